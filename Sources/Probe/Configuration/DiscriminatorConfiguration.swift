public import Codec
import Foundation

/// A user's own stack of convolutions, as YAML. docs/probe.md lists the entries and their defaults.
///
/// ```yaml
/// name: my scales
/// sample_rate: 16000
/// normalization: none
/// sub_discriminators:
///   - input: waveform
///     layers:
///       - conv1d 1 16 k15 lrelu 0.2
///       - { out: 64, kernel: 41, stride: 4, groups: 4, slope: 0.2 }
///     head: conv1d 64 1 k3
/// ```
public struct DiscriminatorConfiguration: Sendable {
    /// What the file describes.
    public let description: DiscriminatorDescription
    /// What it left open and how that was filled.
    public let assumptions: [String]

    /// Sub-discriminators, branches of one, and layers of a branch that are read at most.
    static let mostParts = 64, mostLayers = 256
    /// Hz where neither the file nor the caller says.
    public static let defaultSampleRate = 16_000

    /// Reads a file. `sampleRate` in Hz, when given, goes before the file's.
    public init(path: String, sampleRate: Int? = nil) throws(DiscriminatorConfigurationError) {
        let name = URL(filePath: path).deletingPathExtension().lastPathComponent
        let text = try ConfigurationDocument.text(ofFile: path)
        try self.init(yaml: text, file: path, name: name, sampleRate: sampleRate)
    }

    /// Reads a text; `file` is what errors call it, `name` the discriminator's unless the text has one.
    public init(
        yaml: String,
        file: String = "configuration",
        name: String = "discriminator",
        sampleRate: Int? = nil
    ) throws(DiscriminatorConfigurationError) {
        let root = try ConfigurationDocument.root(of: yaml, file: file)
        let table = try root.table([
            "name", "sample_rate", "preprocessing", "matches_logits", "normalization", "slope", "sub_discriminators",
        ])
        var assumptions: [String] = []
        let rate: Int
        if let given = sampleRate {
            rate = given
        } else if let entry = table["sample_rate"] {
            rate = try entry.integer(1...1_000_000)
        } else {
            rate = Self.defaultSampleRate
            assumptions.append("sample rate \(rate) Hz: \(file) has no sample_rate")
        }
        guard let parts = table["sub_discriminators"] else {
            throw root.failure("needs 'sub_discriminators', a list with 'input', 'layers' and 'head' each")
        }
        let defaults = try ConfiguredLayer.Defaults().replaced(by: table)
        var subDiscriminators: [SubDiscriminatorDescription] = []
        for (index, entry) in try parts.list(most: Self.mostParts).enumerated() {
            subDiscriminators.append(
                try ConfiguredPart.part(entry, index: index, sampleRate: rate, defaults: defaults)
            )
        }
        var described = DiscriminatorDescription(
            name: try table["name"]?.text() ?? name,
            sampleRate: rate,
            subDiscriminators: subDiscriminators
        )
        if let entry = table["preprocessing"] { described.preprocessing = try entry.choice(Self.preprocessings) }
        if let entry = table["matches_logits"] { described.matchesLogits = try entry.flag() }
        do {
            try described.validate()
        } catch {
            throw parts.failure("\(error)")
        }
        description = described
        self.assumptions = assumptions
    }

    /// Words for preprocessing.
    static let preprocessings: [(word: String, value: DiscriminatorDescription.Preprocessing)] = [
        ("none", .none), ("center_and_normalize_peak", .centerAndNormalizePeak),
    ]
}
