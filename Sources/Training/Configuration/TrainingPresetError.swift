/// Why a preset gives no configuration.
public enum TrainingPresetError: Error, Equatable, Sendable, CustomStringConvertible {
    /// No preset has this name.
    case unknown(name: String)
    /// A scale that is not in 1/64…1.
    case scale(Double)

    /// A sentence for the user.
    public var description: String {
        switch self {
        case .unknown(let name):
            "there is no preset '\(name)'; there are \(TrainingPreset.all.map(\.name).joined(separator: ", "))"
        case .scale(let scale):
            "a scale of \(scale) is not possible: 1 is the full size, 0.125 an eighth of the width; give one from \(TrainingPreset.smallestScale) to 1"
        }
    }
}
