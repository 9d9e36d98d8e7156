/// Discriminators that can be told from their number of parameters. Counts follow from the layer definitions, plain and
/// with weight normalisation (one gain per output channel more).
enum KnownDiscriminators {
    /// A discriminator and its number of sub-discriminators.
    struct Entry: Sendable {
        let parameters: Double
        let count: Int
        let name: String
    }

    private static let entries: [Entry] = {
        let grouped = "grouped waveform discriminators as in MelGAN"
        let periods = "5 period discriminators as in HiFi-GAN and DAC"
        let dac = "DAC's 5 period and 3 multi-resolution discriminators"
        return [
            Entry(parameters: 5_637_953, count: 1, name: "1 of the " + grouped),
            Entry(parameters: 11_275_906, count: 2, name: "2 " + grouped),
            Entry(parameters: 16_913_859, count: 3, name: "3 " + grouped),
            Entry(parameters: 16_924_086, count: 3, name: "3 " + grouped + ", with weight normalisation"),
            Entry(parameters: 41_092_165, count: 5, name: periods),
            Entry(parameters: 41_105_770, count: 5, name: periods + ", with weight normalisation"),
            Entry(parameters: 42_503_752, count: 8, name: dac),
            Entry(parameters: 42_519_760, count: 8, name: dac + ", with weight normalisation"),
            Entry(parameters: 29_618_821, count: 3, name: "HiFi-GAN's 3 scale discriminators"),
            Entry(parameters: 70_724_591, count: 8, name: "HiFi-GAN's 5 period and 3 scale discriminators"),
        ]
    }()

    /// The discriminator of a count; a rounded count (`42.5M`) must be given to three digits and fit one number only.
    static func matching(_ parameters: Double) -> Entry? {
        if let exact = entries.first(where: { $0.parameters == parameters }) { return exact }
        guard parameters >= 1e6, (parameters / 1e5).rounded() * 1e5 == parameters else { return nil }
        let near = entries.filter { ($0.parameters / 1e5).rounded() * 1e5 == parameters }
        return Set(near.map(\.count)).count == 1 ? near.first : nil
    }
}
