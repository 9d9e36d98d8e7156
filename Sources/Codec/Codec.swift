/// The version of the codec's numeric behaviour, written into checkpoints and `.npz` files.
public let codecVersion = "1"
