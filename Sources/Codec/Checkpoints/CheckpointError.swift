/// Why a checkpoint can not be read or written. Each is a sentence that says what to do next.
public indirect enum CheckpointError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file can not be opened; `reason` is the system's.
    case cannotOpen(reason: String)
    /// Nothing is in the file.
    case empty
    /// It begins like none of the formats that are read; `found` says what it looks like.
    case unrecognized(found: String)
    /// It is of that format but breaks its rules.
    case malformed(format: String, reason: String)
    /// It follows the rules but uses something that is not read here.
    case unsupported(reason: String)
    /// It asks for more than a file of its size can need.
    case tooLarge(reason: String)
    /// No tensor of that name; `closest` are names like it.
    case missingTensor(name: String, closest: [String])
    /// The tensor is listed, but its values can not be read.
    case unreadableTensor(name: String, reason: String)
    /// The caller's buffer, or the expected shape, does not fit the tensor.
    case wrongShape(name: String, expected: [Int], found: [Int])
    /// The file holds no tensors where a model's weights were expected.
    case noTensors
    /// The file can not be written; `reason` is the system's.
    case cannotWrite(reason: String)
    /// There is no room for the file; what was there under its name before is still there.
    case diskFull
    /// Any of the above, about that file.
    case inFile(path: String, CheckpointError)

    /// A sentence a user can act on.
    public var description: String {
        switch self {
        case .cannotOpen(let reason): "can not be opened: \(reason)"
        case .empty: "is empty; was the copy or the download interrupted?"
        case .unrecognized(let found):
            "is no checkpoint that is read here (\(found)); expected safetensors, a PyTorch .pth/.pt or a NumPy .npz"
        case .malformed(let format, let reason): "is a broken \(format) file: \(reason)"
        case .unsupported(let reason): "can not be read: \(reason)"
        case .tooLarge(let reason): "is refused: \(reason)"
        case .missingTensor(let name, let closest):
            "has no tensor '\(name)'"
                + (closest.isEmpty
                    ? "" : "; the closest names are " + closest.map { "'\($0)'" }.joined(separator: ", "))
        case .unreadableTensor(let name, let reason): "tensor '\(name)' can not be read: \(reason)"
        case .wrongShape(let name, let expected, let found):
            "tensor '\(name)' has shape \(found), expected \(expected)"
        case .noTensors: "holds no tensors; is it an optimizer's or a training log's file?"
        case .cannotWrite(let reason): "can not be written: \(reason)"
        case .diskFull: "can not be written: the disk is full; free some space and try again"
        case .inFile(let path, let error): "\(path): \(error)"
        }
    }

    /// The same error without the path in front of it.
    public var withoutPath: CheckpointError {
        if case .inFile(_, let error) = self { error.withoutPath } else { self }
    }

    /// The same error about the file at `path`.
    func about(_ path: String) -> CheckpointError { .inFile(path: path, withoutPath) }
}
