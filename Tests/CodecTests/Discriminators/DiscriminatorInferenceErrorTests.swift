import Codec
import Testing

/// Files that hold no discriminator are told from those that do, without a crash.
struct DiscriminatorInferenceErrorTests {
    private func failure(_ tensors: [(name: String, shape: [Int])], sampleRate: Int? = nil) throws -> String {
        try ScratchFolder.with { folder in
            let path = folder + "/net.safetensors"
            let items = tensors.map { name, shape in
                SafeTensorsWriter.Item(
                    name: name,
                    shape: shape,
                    values: .float32([Float](repeating: 0.1, count: shape.reduce(1, *)))
                )
            }
            try SafeTensorsWriter.write(items, to: path)
            let error = #expect(throws: (any Error).self) {
                try InferredDiscriminator.infer(from: Checkpoint.open(path), sampleRate: sampleRate)
            }
            return error.map { "\($0)" } ?? ""
        }
    }

    @Test(arguments: [
        "dac.pth", "encodec.th", "hf_dac/model.safetensors", "dac_plain.safetensors", "hf_encodec/model.safetensors",
    ])
    func aCodecIsSentToItsOwnProbe(file: String) throws {
        let checkpoint = try CheckpointFixture.open(file)
        let error = #expect(throws: DiscriminatorInferenceError.self) {
            try InferredDiscriminator.infer(from: checkpoint, sampleRate: nil)
        }
        #expect(error?.description.contains("probe codec") == true)
    }

    @Test func aDiscriminatorWithoutConvolutionsSaysWhatThereIs() throws {
        let checkpoint = try CheckpointFixture.open("training.pth")
        let error = #expect(throws: DiscriminatorInferenceError.self) {
            try InferredDiscriminator.infer(from: checkpoint, sampleRate: nil)
        }
        #expect(
            error?.description.contains("no convolution") == true && error?.description.contains("[40, 30]") == true
        )
        #expect(try failure([("fc.weight", [3, 4]), ("fc.bias", [3])]).contains("fc.weight"))
    }

    @Test(arguments: [
        "arrays.npz", "codes.npy", "types.safetensors", "rare.pth", "views.pth", "module.pth", "protocol4.pth",
    ])
    func otherFilesAreAnErrorOrANet(file: String) throws {
        let checkpoint = try CheckpointFixture.open(file)
        do {
            let found = try InferredDiscriminator.infer(from: checkpoint, sampleRate: nil)
            #expect(!found.assumptions.isEmpty)
        } catch {
            #expect(!"\(error)".isEmpty)
        }
    }

    @Test func aBrokenChainNamesBothLayers() throws {
        let text = try failure([
            ("d.0.weight", [16, 1, 15]), ("d.1.weight", [32, 12, 5]), ("d.2.weight", [1, 32, 3]),
        ])
        #expect(text.contains("'d.1'") && text.contains("'d.0'") && text.contains("16 channels"))
    }

    @Test func channelsThatNoAudioHasAreNamed() throws {
        #expect(try failure([("d.0.weight", [64, 80, 5]), ("d.1.weight", [1, 64, 3])]).contains("80 input channels"))
        #expect(try failure([("d.0.weight", [64, 2, 5]), ("d.1.weight", [1, 64, 3])]).contains("2 input channels"))
    }

    @Test func dimensionsMayNotBeMixed() throws {
        #expect(try failure([("d.0.weight", [8, 1, 5, 1]), ("d.1.weight", [1, 8, 3])]).contains("two"))
    }

    @Test func weightsWithoutValuesAreRefused() throws {
        #expect(try failure([("d.0.weight", [0, 1, 15]), ("d.1.weight", [1, 0, 3])]).contains("shape [0, 1, 15]"))
        #expect(try failure([("d.0.weight", [4, 1, 0])]).contains("d.0"))
        #expect(try failure([("d.0.weight", [1, 1, 70_000])]).contains("70000"))
    }

    @Test func stridesThatLeaveNothingAreRefused() throws {
        let layers = (0..<14).map { ("d.\($0).weight", [$0 == 13 ? 1 : 2, $0 == 0 ? 1 : 2, 4]) }
        #expect(try failure(layers).contains("leaves nothing"))
    }

    @Test func sampleRatesThatCannotBeAreRefused() throws {
        for rate in [0, -1, Int.max] {
            #expect(try failure([("d.0.weight", [1, 1, 3])], sampleRate: rate).contains("Hz"))
        }
    }

    @Test func logitsThatNobodyLeadsToAreAmbiguous() throws {
        let text = try failure([
            ("trunk.0.weight", [8, 1, 5]), ("trunk.1.weight", [8, 8, 5]), ("a.weight", [1, 8, 3]),
            ("b.weight", [1, 8, 3]),
        ])
        #expect(text.contains("2 convolutions with one output channel"))
    }

    @Test func thousandsOfLayersComeToAnEnd() throws {
        let layers = (0..<3000).map { ("d.\($0).weight", [3, 3, 1]) }
        _ = try failure(layers + [("d.3000.weight", [2, 2, 1])])
        let parts = (0..<800).flatMap {
            [("discriminators.\($0).convs.0.weight", [2, 1, 3]), ("discriminators.\($0).convs.1.weight", [1, 7, 3])]
        }
        _ = try failure(parts)
    }

    /// Random names and shapes: an error with a sentence, or a net that runs.
    @Test(arguments: 0..<60)
    func noFileStopsTheProgram(_ seed: Int) throws {
        var random = RandomSource(seed: UInt64(seed))
        func pick<Value>(_ values: [Value]) -> Value { values[Int(random.next() % UInt64(values.count))] }
        var tensors: [String: [Int]] = [:]
        for _ in 0..<Int(1 + random.next() % 14) {
            let depth = 1 + Int(random.next() % 4)
            let stem = (0..<depth).map { _ in pick(["0", "1", "10", "convs", "d", "conv_post", "", "out", "mpd", "é"]) }
                .joined(separator: ".")
            let shape = (0..<pick([1, 2, 3, 3, 3, 4, 4, 5])).map { _ in pick([0, 1, 1, 2, 3, 4, 5, 8, 41]) }
            let suffix = pick(["weight", "weight", "bias", "weight_v", "weight_g", "weight_orig", "weight_u"])
            if shape.reduce(1, *) < 100_000 { tensors[stem + "." + suffix] = shape }
        }
        try ScratchFolder.with { folder in
            let path = folder + "/net.safetensors"
            let items = tensors.sorted { $0.key < $1.key }.map { name, shape in
                let count = shape.reduce(1, *)
                return SafeTensorsWriter.Item(
                    name: name,
                    shape: shape,
                    values: .float32((0..<count).map { _ in random.normal() })
                )
            }
            try SafeTensorsWriter.write(items, to: path)
            do {
                let found = try InferredDiscriminator.infer(from: Checkpoint.open(path), sampleRate: nil)
                let output = withoutGradients { found.discriminator.output(of: .normal([1, 1, 4000], using: &random)) }
                #expect(output.logits.allSatisfy { $0.count > 0 })
            } catch {
                #expect(!"\(error)".isEmpty)
            }
        }
    }
}
