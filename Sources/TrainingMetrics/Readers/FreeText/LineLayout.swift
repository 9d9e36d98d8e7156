/// The layout of a record line: the text that stays and the numbers that change.
///
/// A line that fits was read before with other numbers, so what its numbers mean is known. A run of blanks fits any run
/// of blanks; digits that mean nothing (a running mean, a rate) fit any digits; everything else must be equal.
struct LineLayout: Sendable {
    /// A piece of the line.
    enum Piece: Sendable {
        /// These bytes of `literals`.
        case literal(Int, Int)
        /// One or more blanks.
        case blanks
        /// A number that is kept.
        case number
        /// A number that is kept and written with digits only.
        case integer
        /// Digits without a meaning, with or without a sign.
        case digits
        /// Date and time.
        case timestamp
    }

    /// A number that places the line: which of the kept numbers it is, and its total.
    struct Position: Sendable {
        var kind: PositionKind
        var number: Int
        var total: Int?
    }

    /// A metric of the line.
    struct Metric: Sendable {
        var number: Int
        var name: String
        var unit: String
        var split: Split?
        var isDecibel: Bool
    }

    private var literals: [UInt8] = []
    private var pieces: [Piece] = []
    private(set) var numberCount = 0

    var positions: [Position] = []
    var metrics: [Metric] = []
    /// The split the line as a whole speaks of.
    var lineSplit: Split?
    var indent = 0
    var isBulleted = false
    var run = ""
    /// Name of the metric that headed the line.
    var parent: String?
    /// What the line is to indented lines below it.
    var asParent: ReadingContext.Parent?
    /// Metric indices per axis and heading split, filled when first used.
    var indices: [[Int32]] = Array(repeating: [], count: 9)

    /// Adds what stands between two numbers.
    mutating func addText(_ bytes: [UInt8], _ range: Range<Int>, isKept: (Int) -> Bool) {
        var index = range.lowerBound
        while index < range.upperBound {
            if bytes[index] == 0x20, index > 0, !bytes[..<index].allSatisfy(\.isBlank) {
                pieces.append(.blanks)
                while index < range.upperBound, bytes[index] == 0x20 { index += 1 }
            } else if Self.isSign(bytes, index), !isKept(index), !isKept(index + 1), index + 1 < range.upperBound {
                pieces.append(.digits)
                index += 1
                while index < range.upperBound, bytes[index].isDigit { index += 1 }
            } else if bytes[index].isDigit, !isKept(index), index == 0 || !Self.isWord(bytes[index - 1]) {
                pieces.append(.digits)
                while index < range.upperBound, bytes[index].isDigit { index += 1 }
            } else {
                if case .literal(let start, let count)? = pieces.last {
                    pieces[pieces.count - 1] = .literal(start, count + 1)
                } else {
                    pieces.append(.literal(literals.count, 1))
                }
                literals.append(bytes[index])
                index += 1
            }
        }
    }

    /// Adds a kept number.
    /// - Returns: which it is.
    mutating func addNumber(isInteger: Bool) -> Int {
        pieces.append(isInteger ? .integer : .number)
        numberCount += 1
        return numberCount - 1
    }

    /// Adds the date.
    mutating func addTimestamp() { pieces.append(.timestamp) }

    /// Whether the line fits; its numbers and its time.
    func match(_ line: Span<UInt8>, _ numbers: inout [Double], _ seconds: inout Double) -> Bool {
        var index = 0
        let count = line.count
        numbers.removeAll(keepingCapacity: true)
        seconds = .nan
        for piece in pieces {
            switch piece {
            case .literal(let start, let length):
                guard index &+ length <= count else { return false }
                for offset in 0..<length where literals[start &+ offset] != line[index &+ offset] { return false }
                index &+= length
            case .blanks:
                guard index < count, line[index] == 0x20 else { return false }
                while index < count, line[index] == 0x20 { index &+= 1 }
            case .number, .integer:
                guard
                    let (value, end) = NumberParser.number(in: line, from: index, allowsThousandsSeparators: true)
                else { return false }
                if case .integer = piece {
                    for position in index..<end where !line[position].isDigit { return false }
                }
                numbers.append(value)
                index = end
            case .digits:
                if index < count, line[index] == 0x2B || line[index] == 0x2D { index &+= 1 }
                guard index < count, line[index].isDigit else { return false }
                while index < count, line[index].isDigit { index &+= 1 }
            case .timestamp:
                guard let stamp = Timestamp.parse(line, at: index) else { return false }
                seconds = stamp.seconds
                index = stamp.end
            }
        }
        while index < count, line[index].isBlank { index &+= 1 }
        return index == count
    }

    /// Whether a sign in front of digits, behind a blank or a bracket, stands there.
    private static func isSign(_ bytes: [UInt8], _ index: Int) -> Bool {
        guard bytes[index] == 0x2B || bytes[index] == 0x2D, index > 0, index + 1 < bytes.count else { return false }
        return bytes[index + 1].isDigit && (bytes[index - 1].isBlank || bytes[index - 1] == 0x28)
    }

    private static func isWord(_ byte: UInt8) -> Bool { byte.isLetter || byte.isDigit || byte == 0x5F }
}
