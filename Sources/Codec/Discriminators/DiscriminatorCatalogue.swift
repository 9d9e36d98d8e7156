/// The discriminators one can ask for by name.
public enum DiscriminatorCatalogue {
    /// One of them.
    public struct Entry: Sendable {
        /// What one asks for: "dac", "hifigan-msd".
        public let name: String
        /// One line: whose it is and what it looks at.
        public let summary: String
        /// The discriminator for audio of so many Hz.
        public let make: @Sendable (_ sampleRate: Int) -> DiscriminatorDescription
    }

    /// All of them, in the order they are listed to people.
    public static let entries = [
        Entry(
            name: "origin-failing",
            summary: "the origin's GroupedMultiScale: MelGAN's grouped convolutions at 3 scales, not normalised",
            make: { .originGrouped(sampleRate: $0) }
        ),
        Entry(
            name: "origin-fixed",
            summary: "the origin's OriginDAC: 5 folded waveforms, 3 spectrograms with magnitude",
            make: { .originDAC(sampleRate: $0) }
        ),
        Entry(
            name: "dac",
            summary: "DAC: 5 folded waveforms (MPD), 3 complex spectrograms in 5 bands (MRD)",
            make: { .dac(sampleRate: $0) }
        ),
        Entry(
            name: "hifigan",
            summary: "HiFi-GAN: 5 folded waveforms (MPD), 3 scales of the waveform (MSD)",
            make: { .hiFiGAN(sampleRate: $0) }
        ),
        Entry(
            name: "hifigan-mpd",
            summary: "HiFi-GAN's MPD alone: waveforms folded by 2, 3, 5, 7 and 11",
            make: { .hiFiGANPeriods(sampleRate: $0) }
        ),
        Entry(
            name: "hifigan-msd",
            summary: "HiFi-GAN's MSD alone: grouped convolutions at 3 scales, spectral norm on the first",
            make: { .hiFiGANScales(sampleRate: $0) }
        ),
        Entry(
            name: "melgan",
            summary: "MelGAN: grouped convolutions at 3 scales, weight norm",
            make: { .melGAN(sampleRate: $0) }
        ),
        Entry(
            name: "encodec",
            summary: "EnCodec's MS-STFT: 3 complex spectrograms, dilated convolutions",
            make: { .enCodec(sampleRate: $0) }
        ),
        Entry(
            name: "bigvgan",
            summary: "BigVGAN v1: 5 folded waveforms (MPD), 3 magnitude spectrograms (MRD)",
            make: { .bigVGAN(sampleRate: $0) }
        ),
        Entry(
            name: "bigvgan-mrd",
            summary: "BigVGAN's MRD alone: 3 magnitude spectrograms",
            make: { .bigVGANResolutions(sampleRate: $0) }
        ),
    ]

    /// The discriminator of this name; nil when there is none.
    public static func entry(named name: String) -> Entry? { entries.first { $0.name == name } }
}
