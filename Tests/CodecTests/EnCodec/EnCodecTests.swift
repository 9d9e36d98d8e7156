import CodecTestSupport
import Testing

@testable import Codec

@Suite struct EnCodecTests {
    @Test func parametersAreCountedAsInEncodec() {
        var random = NoInitialValues()
        let model = EnCodec(configuration: .encodec24kHz, using: &random)
        #expect(model.parameterCount == 14_851_810)
        let codebooks = model.namedBuffers.filter { $0.name.hasSuffix(".embed") }
        #expect(codebooks.reduce(0) { $0 + $1.tensor.count } == 4_194_304)
        var plain = EnCodecConfiguration.encodec24kHz
        plain.network.normalization = .none
        #expect(EnCodec(configuration: plain, using: &random).parameterCount == 14_846_817)
    }

    @Test func namesAreEncodecs() {
        var random = NoInitialValues()
        let names = Set(EnCodec(configuration: .encodec24kHz, using: &random).namedTensors.map(\.name))
        for name in [
            "encoder.model.0.conv.conv.weight_g", "encoder.model.1.block.3.conv.conv.weight_v",
            "encoder.model.1.shortcut.conv.conv.bias", "encoder.model.13.lstm.weight_hh_l1",
            "encoder.model.15.conv.conv.bias", "decoder.model.1.lstm.bias_ih_l0",
            "decoder.model.12.convtr.convtr.weight_g", "decoder.model.15.conv.conv.weight_v",
            "quantizer.vq.layers.31._codebook.inited", "quantizer.vq.layers.0._codebook.embed_avg",
        ] {
            #expect(names.contains(name), "\(name)")
        }
        let stereo = Set(EnCodec(configuration: .encodec48kHz, using: &random).namedTensors.map(\.name))
        #expect(stereo.contains("encoder.model.0.conv.norm.weight"))
        #expect(stereo.contains("decoder.model.3.convtr.norm.bias"))
    }

    @Test(arguments: [(1.5, 2), (3, 4), (6, 8), (12, 16), (24, 32), (100, 32), (0.1, 1)])
    func bandwidthsChooseCodebooks(kilobits: Double, codebooks: Int) {
        #expect(EnCodecConfiguration.encodec24kHz.codebooks(forBandwidth: kilobits) == codebooks)
    }

    /// Sums of fewer codebooks are prefixes: coding with n gives the first n stages of coding with all.
    @Test func fewerCodebooksAreAPrefix() throws {
        let golden = try Golden("encodec_causal")
        let model = try EnCodecCase.unsegmented[0].model(golden)
        let audio = try golden("input.67")
        let all = try model.codes(of: audio)
        #expect(try model.codes(of: audio, codebooks: 2) == all.firstStages(2))
        #expect(try model.decode(all.firstStages(1)).shape == [2, 1, 72])
    }

    @Test func causalOutputDoesNotSeeTheFuture() throws {
        let golden = try Golden("encodec_causal")
        let model = try EnCodecCase.unsegmented[0].model(golden)
        var random = RandomSource(seed: 2)
        let audio = Tensor.uniform([1, 1, 160], from: -1, to: 1, using: &random)
        let changed = Tensor(
            audio.values.enumerated().map { $0.offset < 80 ? $0.element : -$0.element },
            shape: [1, 1, 160]
        )
        let (a, b) = withoutGradients { (model.encoder(audio), model.encoder(changed)) }
        #expect(
            a.sliced(dimension: 2, range: 0..<10).values == b.sliced(dimension: 2, range: 0..<10).values
        )
        #expect(a.values != b.values)
    }

    @Test func wrongInputIsAnError() throws {
        var random = RandomSource(seed: 1)
        let model = EnCodec(configuration: .tiny, using: &random)
        #expect(throws: CodecError.tooShort(samples: 0, needed: 1)) {
            try model.codes(of: Tensor([], shape: [1, 1, 0]))
        }
        #expect(throws: CodecError.audioShape(found: [1, 2, 9], channels: 1)) {
            try model.encode(Tensor(repeating: 0, shape: [1, 2, 9]))
        }
        #expect(throws: CodecError.index(64, codebookSize: 64)) {
            try model.decode(Codes(batch: 1, stages: 1, frames: 1, values: [64]))
        }
        #expect(throws: CodecError.stages(found: 5, available: 4)) {
            try model.decode(Codes(batch: 1, stages: 5, frames: 1, values: [0, 0, 0, 0, 0]))
        }
    }

    @Test(
        arguments: [
            { $0.network.ratios = [] }, { $0.network.filters = 0 }, { $0.network.compression = 99 },
            { $0.network.normalization = .timeGroup }, { $0.codebookSize = 0 }, { $0.segmentOverlap = 1 },
            { $0.segmentDuration = 0 }, { $0.segmentDuration = .nan },
            {
                $0.network.isCausal = false
                $0.network.trimRightRatio = 0.5
            },
        ] as [@Sendable (inout EnCodecConfiguration) -> Void]
    )
    func unusableSizesAreAnError(change: @Sendable (inout EnCodecConfiguration) -> Void) {
        var configuration = EnCodecConfiguration.tiny
        change(&configuration)
        #expect(throws: CodecError.self) { try configuration.validate() }
    }

    @Test func silenceAndNaNGoThrough() throws {
        let golden = try Golden("encodec_stereo")
        let model = try EnCodecCase.stereo.model(golden)
        let silence = try withoutGradients { try model.reconstruct(Tensor(repeating: 0, shape: [1, 2, 100])) }.audio
        #expect(silence.values.allSatisfy { $0.isFinite && abs($0) < 1e-6 })
        var values = [Float](repeating: 0.1, count: 200)
        values[3] = .nan
        let broken = try withoutGradients { try model.reconstruct(Tensor(values, shape: [1, 2, 100])) }
        #expect(broken.codes.values.allSatisfy { (0..<16).contains($0) })
        #expect(broken.audio.values.contains { $0.isNaN })
    }
}
