/// A published or recorded recipe under a name, at any scale.
public struct TrainingPreset: Sendable {
    /// What one asks for: "origin-failing".
    public let name: String
    /// One line: what is trained and how.
    public let summary: String
    /// Where its numbers come from, and which of them no source states.
    public let source: String
    /// What a scale below 1 changes.
    public let summaryOfScaling: String
    /// The scale at which a run takes minutes on two cores.
    public let defaultScale: Double

    /// Below it nothing is left of a recipe.
    static let smallestScale = 1.0 / 64

    private let make: @Sendable (PresetScale) -> TrainingConfiguration

    init(
        name: String,
        summary: String,
        source: String,
        summaryOfScaling: String,
        defaultScale: Double,
        make: @escaping @Sendable (PresetScale) -> TrainingConfiguration
    ) {
        self.name = name
        self.summary = summary
        self.source = source
        self.summaryOfScaling = summaryOfScaling
        self.defaultScale = defaultScale
        self.make = make
    }

    /// The configuration at a scale, 1 for the full size, ``defaultScale`` unless given.
    ///
    /// Throws ``TrainingPresetError`` when the scale is not in 1/64…1.
    public func configuration(scale: Double? = nil) throws(TrainingPresetError) -> TrainingConfiguration {
        let scale = scale ?? defaultScale
        guard (Self.smallestScale...1).contains(scale) else { throw .scale(scale) }
        var configuration = make(PresetScale(factor: scale))
        configuration.name = scale == 1 ? name : "\(name) × \(scale)"
        return configuration
    }

    /// All presets in the order they are listed to people; the first is the default.
    public static let all: [TrainingPreset] = [
        dacTiny, dac16kHz, originFailing, originFixed, encodecTiny, teluguRepaired,
    ]

    /// The preset of a name. Throws ``TrainingPresetError`` when there is none.
    public static func named(_ name: String) throws(TrainingPresetError) -> TrainingPreset {
        guard let preset = all.first(where: { $0.name == name }) else { throw .unknown(name: name) }
        return preset
    }
}
