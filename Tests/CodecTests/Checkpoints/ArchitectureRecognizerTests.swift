import Codec
import Testing

struct ArchitectureRecognizerTests {
    @Test(arguments: ["dac.pth", "dac_parametrized.pth", "dac_plain.safetensors", "hf_dac/model.safetensors"])
    func aTinyDacIsRecognisedByWhateverNames(file: String) throws {
        let found = try CheckpointFixture.open(file).architecture
        #expect(found.kind == .dac)
        #expect(found.isComplete, "\(found.missing) \(found.unexpected) \(found.mismatches)")
        #expect(found.value("encoder_dim")?.integer == 4)
        #expect(found.value("encoder_rates")?.integers == [2, 3])
        #expect(found.value("latent_dim")?.integer == 16)
        #expect(found.value("decoder_dim")?.integer == 16)
        #expect(found.value("decoder_rates")?.integers == [3, 2])
        #expect(found.value("n_codebooks")?.integer == 2)
        #expect(found.value("codebook_size")?.integer == 8)
        #expect(found.value("codebook_dim")?.integer == 3)
        #expect(found.value("hop_length")?.integer == 6)
        let rates = ["dac.pth": 16000, "hf_dac/model.safetensors": 24000]
        #expect(found.value("sample_rate")?.integer == rates[file])
    }

    @Test(arguments: [
        ("dac_44khz", "DAC (44.1 kHz, 8 kbit/s)", 44100, 512), ("dac_24khz", "DAC (24 kHz, 24 kbit/s)", 24000, 320),
    ])
    func releasedDacsAreNamed(file: String, title: String, rate: Int, hop: Int) throws {
        let found = ArchitectureRecognizer.recognize(try CheckpointFixture.shapes(file))
        #expect(found.title == title)
        #expect(found.isComplete, "\(found.missing) \(found.unexpected) \(found.mismatches)")
        #expect(found.value("sample_rate")?.integer == rate)
        #expect(found.value("hop_length")?.integer == hop)
    }

    @Test(arguments: [
        ("encodec_24khz", "EnCodec (24 kHz, causal)", 24000, 32),
        ("encodec_48khz", "EnCodec (48 kHz, stereo)", 48000, 16),
    ])
    func releasedEncodecsAreNamed(file: String, title: String, rate: Int, codebooks: Int) throws {
        let found = ArchitectureRecognizer.recognize(try CheckpointFixture.shapes(file))
        #expect(found.title == title)
        #expect(found.isComplete, "\(found.missing) \(found.unexpected) \(found.mismatches)")
        #expect(found.value("sample_rate")?.integer == rate)
        #expect(found.value("n_q")?.integer == codebooks)
        #expect(found.value("ratios")?.integers == [8, 5, 4, 2])
        #expect(found.value("lstm")?.integer == 2)
    }

    @Test(arguments: ["encodec.th", "hf_encodec/model.safetensors"])
    func aTinyEncodecIsRecognised(file: String) throws {
        let found = try CheckpointFixture.open(file).architecture
        #expect(found.kind == .encodec)
        #expect(found.isComplete, "\(found.missing) \(found.unexpected) \(found.mismatches)")
        #expect(found.value("ratios")?.integers == [3, 2])
        #expect(found.value("n_filters")?.integer == 4)
        #expect(found.value("dimension")?.integer == 8)
    }

    @Test func dacsPackageIsRecognisedWithItsMetadata() throws {
        let found = try CheckpointFixture.open("dac_package.pth").architecture
        #expect(found.kind == .dac && found.isComplete)
        #expect(found.value("sample_rate")?.integer == 22050)
    }

    @Test func dacsDiscriminatorIsRecognised() throws {
        let found = ArchitectureRecognizer.recognize(try CheckpointFixture.shapes("dac_discriminator"))
        #expect(found.kind == .dacDiscriminator && found.isComplete)
        #expect(found.value("periods")?.integer == 5)
        #expect(found.value("rates")?.integer == 1)
        #expect(found.value("fft_sizes")?.integer == 3)
        #expect(found.value("bands")?.integer == 5)
    }

    @Test func whatIsMissingUnexpectedOrMisshapenIsSaid() throws {
        var shapes = try CheckpointFixture.shapes("dac_44khz")
        shapes.removeAll { $0.name == "decoder.model.5.alpha" }
        shapes.append(("extra.weight", [1]))
        let place = try #require(shapes.firstIndex { $0.name == "decoder.model.1.block.1.weight_g" })
        // One length per output channel: the classic mistake with transposed convolutions.
        shapes[place].shape = [768, 1, 1]
        let found = ArchitectureRecognizer.recognize(shapes)
        #expect(found.kind == .dac && !found.isComplete)
        #expect(found.missing == ["decoder.model.5.alpha"])
        #expect(found.unexpected == ["extra.weight"])
        #expect(
            found.mismatches == [
                .init(name: "decoder.model.1.block.1.weight_g", found: [768, 1, 1], expected: [1536, 1, 1])
            ]
        )
    }

    @Test func metadataThatContradictTheTensorsAreNoted() throws {
        let shapes = try CheckpointFixture.shapes("dac_44khz")
        let arguments = PickleValue.dictionary([
            PickleEntry(key: .text("n_codebooks"), value: .integer(12)),
            PickleEntry(key: .text("sample_rate"), value: .integer(22050)),
        ])
        let found = ArchitectureRecognizer.recognize(
            shapes,
            hints: ArchitectureRecognizer.Hints(arguments: arguments, configuration: nil)
        )
        #expect(found.value("sample_rate")?.integer == 22050)
        #expect(found.variant.isEmpty)
        #expect(found.notes.contains { $0.contains("n_codebooks = 12") })
    }

    @Test(
        arguments: [
            (
                [
                    ("conv_pre.weight", [512, 80, 7]), ("ups.0.weight", [512, 256, 16]),
                    ("resblocks.0.convs1.0.weight", [256, 256, 3]),
                ],
                RecognizedArchitecture.Kind.hifiGAN
            ),
            ([("discriminators.0.convs.0.weight", [32, 1, 5, 1])], .multiPeriodDiscriminator),
            ([("discriminators.0.convs.0.weight_orig", [128, 1, 15])], .multiScaleDiscriminator),
            ([("discriminators.0.convs.0.conv.weight", [32, 2, 3, 9])], .encodecDiscriminator),
            ([("encoder_transformer.a", [1]), ("decoder_transformer.a", [1]), ("quantizer.rvq_first.a", [1])], .mimi),
            (
                [
                    ("encoder.0.weight", [32, 1, 7]), ("encoder.2.conv1.weight", [64, 64, 3]),
                    ("encoder.2.snake1.alpha", [1, 64, 1]),
                    ("decoder.2.conv1.weight", [64, 64, 3]), ("quantizer.quantizers.0.codebook", [1024, 1024]),
                ], .telugu
            ),
        ] as [([(String, [Int])], RecognizedArchitecture.Kind)]
    )
    func othersAreRecognisedByTheirNames(shapes: [(String, [Int])], kind: RecognizedArchitecture.Kind) {
        #expect(ArchitectureRecognizer.recognize(shapes.map { (name: $0.0, shape: $0.1) }).kind == kind)
    }

    @Test func anUnknownModelIsComparedByItsNames() {
        let shapes = [
            (name: "encoder.model.3.conv.conv.weight", shape: [1]), (name: "dec.convtr.convtr.weight", shape: [1]),
            (name: "lstm.weight_ih_l0", shape: [1]),
        ]
        let found = ArchitectureRecognizer.recognize(shapes)
        #expect(found.kind == .unrecognized && found.closest == .encodec)
        #expect(ArchitectureRecognizer.recognize([]).closest == nil)
        #expect(ArchitectureRecognizer.recognize([(name: "x", shape: [1])]).title == "unrecognized")
    }
}
