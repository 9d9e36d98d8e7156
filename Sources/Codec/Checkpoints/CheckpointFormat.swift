/// The kinds of file that hold tensors.
public enum CheckpointFormat: String, Hashable, Sendable, CustomStringConvertible {
    /// `safetensors`: a JSON header and raw numbers.
    case safetensors
    /// `torch.save` since PyTorch 1.6: a zip archive of a pickle and one file per storage.
    case torchZip = "torch-zip"
    /// `torch.save` before PyTorch 1.6: pickles one after another, then the storages.
    case torchLegacy = "torch-legacy"
    /// `numpy.savez`: a zip archive of `.npy` files.
    case numpyArchive = "npz"
    /// `numpy.save`: one array.
    case numpyArray = "npy"
    /// `pickle.dump` of arrays and other values.
    case pickle

    /// For people: "PyTorch zip", …
    public var description: String {
        switch self {
        case .safetensors: "safetensors"
        case .torchZip: "PyTorch zip"
        case .torchLegacy: "PyTorch legacy pickle"
        case .numpyArchive: "NumPy archive"
        case .numpyArray: "NumPy array"
        case .pickle: "pickle"
        }
    }
}
