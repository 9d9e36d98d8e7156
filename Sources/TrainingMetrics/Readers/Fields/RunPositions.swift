/// The runs of a source and where each of them is.
struct RunPositions: Hashable, Codable {
    /// Most runs one source may hold.
    static let most = 4096

    private struct Run: Hashable, Codable {
        var label: String
        var position: Int64 = 0
        var records: Int64 = 0
        var hasStep = false
    }
    private var runs = [Run(label: "")]
    /// Number of the run the record belongs to.
    private(set) var current = 0

    /// Its label, empty when the source does not name it.
    var label: String { runs[current].label }

    /// Goes to the run of that label.
    /// - Returns: `false` when there are too many runs.
    mutating func select(_ line: Span<UInt8>, _ range: Range<Int>) -> Bool {
        runs[current].label.utf8.elementsEqual(line, in: range) || select(line.text(range))
    }

    /// Goes to the run of that label.
    /// - Returns: `false` when there are too many runs.
    mutating func select(_ label: String) -> Bool {
        if let known = runs.firstIndex(where: { $0.label == label }) {
            current = known
            return true
        }
        guard runs.count < Self.most else { return false }
        runs.append(Run(label: label))
        current = runs.count - 1
        return true
    }

    /// Whether this run has had a step: records without one then stand at the last.
    var hasStep: Bool { runs[current].hasStep }

    /// Position of a record: the number given, towards zero; the last one where none was given; the number of the record
    /// itself on the record axis.
    /// - Returns: `nil` when the number is no position.
    mutating func advance(to position: Double, axis: StepAxis) -> Int64? {
        runs[current].records += 1
        if axis == .record { return runs[current].records }
        guard !position.isNaN else { return runs[current].position }
        guard abs(position) < 9e18 else { return nil }
        if axis == .step { runs[current].hasStep = true }
        runs[current].position = Int64(position)
        return runs[current].position
    }
}
