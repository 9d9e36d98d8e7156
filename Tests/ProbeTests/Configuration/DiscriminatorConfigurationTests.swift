import Codec
import CodecTestSupport
import Foundation
import Probe
import Testing

@Suite struct DiscriminatorConfigurationTests {
    private static let tiny = """
        sub_discriminators:
          - input: period 3
            layers:
              - conv2d 1 8 k5x1 s3x1 lrelu 0.2 no_norm
              - { out: 12, kernel: [5, 1], groups: 4 }
            head: conv2d 12 1 k3x1
        """

    @Test func theOriginsNetInYAMLIsTheOriginsNet() throws {
        let path = Golden.fixtures.appending(path: "discriminators/origin-grouped.yml").path(percentEncoded: false)
        let read = try DiscriminatorConfiguration(path: path)
        #expect(read.description == .originGrouped())
        #expect(read.description.parameterCount == 16_913_859)
        #expect(read.assumptions.isEmpty)
    }

    @Test(arguments: DiscriminatorCatalogue.entries.map(\.name)) func everyKnownNetGoesThroughYAMLUnchanged(
        name: String
    )
        throws
    {
        let description = try #require(DiscriminatorCatalogue.entry(named: name)).make(24_000)
        let text = DiscriminatorConfiguration.yaml(of: description)
        #expect(try DiscriminatorConfiguration(yaml: text).description == description)
    }

    @Test func whatAFileLeavesOutIsFilledAndSaid() throws {
        let read = try DiscriminatorConfiguration(yaml: Self.tiny, file: "tiny.yml", name: "tiny")
        let part = read.description.subDiscriminators[0]
        #expect(read.description.name == "tiny")
        #expect(read.description.sampleRate == 16_000)
        #expect(read.assumptions == ["sample rate 16000 Hz: tiny.yml has no sample_rate"])
        #expect(part.input == .period(3, alwaysPads: false))
        #expect(part.layers.map(\.name) == ["convs.0", "convs.1", "conv_post"])
        #expect(part.layers.map(\.slope) == [0.2, 0.1, nil])
        #expect(part.layers.map(\.normalization) == [.none, .weight, .weight])
        #expect(part.layers[1].inputChannels == 8)
        #expect(part.layers[1].padding == [2, 0])
        let other = try DiscriminatorConfiguration(yaml: Self.tiny, sampleRate: 8000)
        #expect(other.description.sampleRate == 8000 && other.assumptions.isEmpty)
    }

    @Test func bandsGiveABranchEach() throws {
        let read = try DiscriminatorConfiguration(
            yaml: """
                sample_rate: 24000
                preprocessing: center_and_normalize_peak
                sub_discriminators:
                  - input: { kind: spectrogram, n_fft: 512, channels: magnitude, padding: 128, normalized: window_energy }
                    bands: [[0, 0.25], [0.25, 1]]
                    layers: [conv2d 1 8 k3x9 s1x2, conv2d 8 8 k3]
                    head: conv2d 8 1 k3
                """
        )
        let part = read.description.subDiscriminators[0]
        #expect(part.branches.map(\.band) == [0...0.25, 0.25...1])
        #expect(part.branches[1].layers.map(\.name) == ["band_convs.1.0", "band_convs.1.1"])
        #expect(part.name == "STFT 512")
        #expect(read.description.preprocessing == .centerAndNormalizePeak)
        #expect(part.input.channels == 1)
    }

    /// A wrong text for each kind of mistake, the place that must be named, and a word of what would be right.
    private static let mistakes: [(change: (from: String, to: String), place: String, hint: String)] = [
        (("groups: 4", "groups: 5"), "sub_discriminators[0].layers[1].groups", "1, 2, 4"),
        (("groups: 4", "group: 4"), "sub_discriminators[0].layers[1].group", "padding_mode"),
        (("groups: 4", "groups: 0"), "sub_discriminators[0].layers[1].groups", "whole number"),
        (("{ out", "{ in: 7, out"), "sub_discriminators[0].layers[1].in", "8 come"),
        (("12 1 k3x1", "13 1 k3x1"), "sub_discriminators[0].head", "12 come"),
        (("kernel: [5, 1]", "kernel: [5, 1, 1]"), "sub_discriminators[0].layers[1].kernel", "at most 2"),
        (("kernel: [5, 1], ", ""), "sub_discriminators[0].layers[1]", "needs 'kernel'"),
        (("out: 12", "out: 99999999"), "sub_discriminators[0].layers[1].out", "65536"),
        (
            ("out: 12, kernel: [5, 1]", "out: 65536, kernel: [65536, 65536]"), "sub_discriminators[0].layers[1]",
            "too many"
        ),
        (("period 3", "period 0"), "sub_discriminators[0].input", "spectrogram N"),
        (("period 3", "{ kind: mel }"), "sub_discriminators[0].input.kind", "spectrogram"),
        (("period 3", "waveform"), "sub_discriminators[0].layers[0]", "conv1d"),
        (("lrelu 0.2", "lrelu"), "sub_discriminators[0].layers[0]", "lrelu 0.2"),
        (("lrelu 0.2", "relu"), "sub_discriminators[0].layers[0]", "relu"),
        (("k5x1 s3x1", "k5x1 s3x1 g9"), "sub_discriminators[0].layers[0]", "9 groups"),
        (("head: conv2d 12 1 k3x1", "bands: [[0, 1]]"), "sub_discriminators[0].bands", "spectrograms"),
        (("sub_discriminators:", "sub_discriminator:"), "sub_discriminator", "sub_discriminators"),
        (("sub_discriminators:", "sample_rate: -1\nsub_discriminators:"), "sample_rate", "from 1"),
    ]

    @Test(arguments: Self.mistakes.indices) func aMistakeIsNamedWithItsPlaceAndWhatWouldBeRight(index: Int) throws {
        let (change, place, hint) = Self.mistakes[index]
        let text = Self.tiny.replacingOccurrences(of: change.from, with: change.to)
        let error = #expect(throws: DiscriminatorConfigurationError.self) {
            try DiscriminatorConfiguration(yaml: text, file: "net.yml")
        }
        #expect(error?.place == place)
        #expect(error?.description.hasPrefix("net.yml") == true)
        #expect(error?.description.contains(hint) == true, "\(error?.description ?? "")")
    }

    @Test(arguments: [
        "", "- 1", "{{{", "a: [", "sub_discriminators: []", "sub_discriminators: 3", "sub_discriminators:\n  - 1",
        "? [a]\n: 1", "\u{1}", "sub_discriminators: *nothing", "a: 1\na: 2",
    ]) func whatIsNoDescriptionIsRefused(text: String) {
        #expect(throws: DiscriminatorConfigurationError.self) { try DiscriminatorConfiguration(yaml: text) }
    }

    @Test func anchorsThatGrowExponentiallyAreHarmless() {
        var lines = ["a0: &a0 [1, 2]"]
        for level in 1..<40 {
            let words = Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ")
            lines.append("a\(level): &a\(level) [\(words)]")
        }
        for end in ["sub_discriminators: *a39", "? *a39 : 1", "{*a39 : 1}", "[*a39]: 1"] {
            #expect(throws: DiscriminatorConfigurationError.self) {
                try DiscriminatorConfiguration(yaml: (lines + [end]).joined(separator: "\n"))
            }
        }
    }

    @Test func filesThatCannotBeReadAreASentence() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "configuration-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let large = folder.appending(path: "large.yml")
        try Data(repeating: 0x20, count: (1 << 20) + 1).write(to: large)
        let binary = folder.appending(path: "binary.yml")
        try Data([0xFF, 0xFE, 0x00, 0x80]).write(to: binary)
        for (path, hint) in [
            (folder.path(percentEncoded: false), "folder"), (large.path(percentEncoded: false), "larger"),
            (binary.path(percentEncoded: false), "UTF-8"), ("/nonexistent/net.yml", "no such file"),
        ] {
            let error = #expect(throws: DiscriminatorConfigurationError.self) {
                try DiscriminatorConfiguration(path: path)
            }
            #expect(error?.problem.contains(hint) == true)
        }
    }
}
