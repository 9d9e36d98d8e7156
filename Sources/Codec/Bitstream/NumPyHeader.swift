/// The header of an `.npy` file: `{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }`.
struct NumPyHeader {
    /// Type string, `<f4`.
    private(set) var description = ""
    private(set) var isColumnMajor = false
    private(set) var shape: [Int] = []

    private let text: [UInt8]
    private var position = 0

    /// Reads a header; nothing but these three keys may be in it.
    init(_ bytes: ByteRegion) throws(CheckpointError) {
        text = bytes.bytes
        var found: Set<String> = []
        try expect("{")
        while !take("}") {
            let key = try string()
            guard found.insert(key).inserted else { throw Self.broken("its header repeats '\(key)'") }
            try expect(":")
            switch key {
            case "descr":
                if next == UInt8(ascii: "[") { throw .unsupported(reason: "a NumPy array of records") }
                description = try string()
            case "fortran_order": isColumnMajor = try boolean()
            case "shape": shape = try tuple()
            default: throw Self.broken("its header has the unknown key '\(key)'")
            }
            if !take(",") {
                try expect("}")
                break
            }
        }
        guard found.count == 3 else { throw Self.broken("its header lacks descr, fortran_order or shape") }
    }

    private static func broken(_ reason: String) -> CheckpointError { NumPyArray.broken(reason) }

    private var next: UInt8? {
        mutating get {
            while position < text.count, text[position] == 0x20 || text[position] == 0x0A { position += 1 }
            return position < text.count ? text[position] : nil
        }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard next == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func expect(_ character: Unicode.Scalar) throws(CheckpointError) {
        guard take(character) else { throw Self.broken("its header lacks '\(character)' at byte \(position)") }
    }

    private mutating func string() throws(CheckpointError) -> String {
        guard let quote = next, quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"") else {
            throw Self.broken("its header lacks a string at byte \(position)")
        }
        position += 1
        let start = position
        while position < text.count, text[position] != quote { position += 1 }
        guard position < text.count else { throw Self.broken("its header ends inside a string") }
        defer { position += 1 }
        return String(decoding: text[start..<position], as: UTF8.self)
    }

    private mutating func boolean() throws(CheckpointError) -> Bool {
        _ = next
        for (word, value) in [("True", true), ("False", false)]
        where text[position...].starts(with: Array(word.utf8)) {
            position += word.utf8.count
            return value
        }
        throw Self.broken("its header's fortran_order is neither True nor False")
    }

    private mutating func tuple() throws(CheckpointError) -> [Int] {
        try expect("(")
        var lengths: [Int] = []
        while !take(")") {
            _ = next
            let start = position
            while position < text.count, (0x30...0x39).contains(text[position]) { position += 1 }
            guard let length = Int(String(decoding: text[start..<position], as: UTF8.self)) else {
                throw Self.broken("its header's shape is no tuple of lengths")
            }
            if position < text.count, text[position] == UInt8(ascii: "L") { position += 1 }
            lengths.append(length)
            if !take(",") {
                try expect(")")
                break
            }
        }
        return lengths
    }
}
