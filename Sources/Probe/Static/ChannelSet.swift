/// A set of channel numbers, one bit each.
struct ChannelSet: Equatable {
    private var words: [UInt64]

    /// The empty set of numbers below `capacity`.
    init(capacity: Int) {
        words = [UInt64](repeating: 0, count: (capacity + 63) / 64)
    }

    /// The set of one number.
    init(_ channel: Int, capacity: Int) {
        self.init(capacity: capacity)
        words[channel / 64] |= 1 << UInt64(channel % 64)
    }

    mutating func formUnion(_ other: ChannelSet) {
        for index in words.indices { words[index] |= other.words[index] }
    }

    var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }
}
