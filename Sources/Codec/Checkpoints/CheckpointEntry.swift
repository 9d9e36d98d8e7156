/// A named tensor of a checkpoint.
public struct CheckpointEntry: Sendable {
    /// Full name: keys of the dictionaries around it and its own, joined by dots.
    public let name: String
    /// Type, shape, place and values.
    public let tensor: StoredTensor
    /// Keys of the dictionaries that lead to the one it is in, outermost first: `["generator"]`, or nothing when the
    /// file is one flat dictionary.
    public let group: [String]

    /// Name inside its group: a state dictionary's own key.
    public var key: String {
        let prefix = group.joined(separator: ".")
        return prefix.isEmpty ? name : String(name.dropFirst(prefix.count + 1))
    }

    /// Lengths of the dimensions.
    public var shape: [Int] { tensor.shape }
    /// Type of each number in the file.
    public var elementType: StoredElementType { tensor.elementType }
}
