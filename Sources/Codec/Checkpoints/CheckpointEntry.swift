/// A named tensor of a checkpoint.
public struct CheckpointEntry: Sendable {
    /// Full name: keys of the dictionaries around it and its own, joined by dots.
    public let name: String
    /// Type, shape, place and values.
    public let tensor: StoredTensor
    /// Keys of the dictionaries that lead to the one it is in, outermost first: `["generator"]`, or nothing when the
    /// file is one flat dictionary.
    public let group: [String]

    /// Lengths of the dimensions.
    public var shape: [Int] { tensor.shape }
    /// Type of each number in the file.
    public var elementType: StoredElementType { tensor.elementType }
}

extension String {
    /// Without its first `count` bytes of UTF-8, which end at a character of Unicode.
    func withoutUTF8Prefix(_ count: Int) -> String { String(decoding: utf8.dropFirst(count), as: UTF8.self) }
}
