extension FieldName {
    /// The split the bytes name in any case, without making a text of every cell.
    static func split(named line: Span<UInt8>, _ range: Range<Int>) -> Split? {
        if line.spells("train", in: range) { return .train }
        if line.spells("val", in: range) || line.spells("validation", in: range) { return .validation }
        guard range.count >= 3, range.count <= 10 else { return nil }
        return split(named: line.text(range))
    }
}

extension Split {
    /// 0, 1, 2.
    var slot: Int {
        switch self {
        case .train: 0
        case .validation: 1
        case .evaluation: 2
        }
    }
}

extension String.UTF8View {
    /// Whether these are the bytes of the line in that range.
    func elementsEqual(_ line: Span<UInt8>, in range: Range<Int>) -> Bool {
        guard count == range.count else { return false }
        var index = range.lowerBound
        for byte in self {
            if byte != line[index] { return false }
            index &+= 1
        }
        return true
    }
}
