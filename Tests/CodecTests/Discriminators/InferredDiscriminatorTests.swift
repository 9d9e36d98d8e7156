import Codec
import CodecTestSupport
import Testing

/// Checkpoints with users' own names become nets that run.
struct InferredDiscriminatorTests {
    /// A small net of MelGAN's kind, described by hand.
    private static func grouped(_ names: [String], path: String, normalization: WeightNormalization)
        -> SubDiscriminatorDescription
    {
        func layer(_ name: String, _ inputs: Int, _ outputs: Int, _ kernel: Int, _ stride: Int, _ groups: Int)
            -> DiscriminatorLayerDescription
        {
            .init(
                name,
                inputs,
                outputs,
                kernel: [kernel],
                stride: [stride],
                groups: groups,
                normalization: normalization,
                slope: name == names.last ? nil : 0.2
            )
        }
        return SubDiscriminatorDescription(
            name: "scale 0",
            path: path,
            input: .waveform(.none),
            layers: [
                layer(names[0], 1, 8, 15, 1, 1), layer(names[1], 8, 16, 41, 4, 2), layer(names[2], 16, 32, 41, 4, 4),
                layer(names[3], 32, 32, 5, 1, 1),
            ],
            head: layer(names[4], 32, 1, 3, 1, 1)
        )
    }

    private static func net(_ parts: [SubDiscriminatorDescription], seed: UInt64 = 1) -> Discriminator {
        var random = RandomSource(seed: seed)
        return Discriminator(.init(name: "user's", sampleRate: 16_000, subDiscriminators: parts), using: &random)
    }

    /// What is inferred from the tensors, written as safetensors, whose names are sorted.
    private func inferred(
        _ tensors: [(name: String, tensor: Tensor)],
        sampleRate: Int? = nil
    ) throws -> InferredDiscriminator {
        try ScratchFolder.with { folder in
            let path = folder + "/net.safetensors"
            try StateDictionary(tensors).write(to: path)
            return try InferredDiscriminator.infer(from: Checkpoint.open(path), sampleRate: sampleRate)
        }
    }

    private func expectSameAnswers(_ a: Discriminator, _ b: Discriminator) {
        var random = RandomSource(seed: 5)
        let audio = Tensor.normal([2, 1, 3000], using: &random)
        let (x, y) = withoutGradients { (a.output(of: audio), b.output(of: audio)) }
        #expect(x.parts.count == y.parts.count)
        for (one, other) in zip(x.parts, y.parts) {
            #expect(one.features.count == other.features.count)
            #expect(difference(one.logits, other.logits).largest == 0)
        }
    }

    @Test(arguments: [
        ["net.0", "net.2", "net.4", "net.6", "net.10"], ["conv_pre", "convs.0", "convs.1", "convs.10", "conv_post"],
        ["layers.0.conv", "layers.1.conv", "layers.2.conv", "layers.3.conv", "out"],
    ])
    func aUsersOwnNamesAreUnderstood(names: [String]) throws {
        for normalization in [WeightNormalization.none, .weight, .spectral] {
            let own = Self.net([Self.grouped(names, path: "disc", normalization: normalization)])
            let found = try inferred(own.namedTensors, sampleRate: 24_000)
            let layers = found.discriminator.description.layers
            #expect(layers.map(\.groups) == [1, 2, 4, 1, 1] && layers.map(\.stride) == [[1], [4], [4], [1], [1]])
            #expect(found.discriminator.description.sampleRate == 24_000)
            #expect(found.discriminator.parameterCount == own.parameterCount)
            #expect(
                found.discriminator.namedTensors.map(\.name).sorted() == own.namedTensors.map(\.name).sorted()
            )
            expectSameAnswers(found.discriminator, own)
            let text = found.assumptions.joined(separator: "\n")
            #expect(text.contains("groups 1, 2, 4, 1, 1") && text.contains("strides 1, 4, 4, 1, 1"))
            #expect(text.contains("slope 0.2") && text.contains("do not depend"))
        }
    }

    @Test func namesThatTellNoOrderAreOrderedByChannels() throws {
        let own = Self.net([Self.grouped(["e", "b", "d", "a", "c"], path: "x", normalization: .none)])
        let found = try inferred(own.namedTensors)
        #expect(found.discriminator.description.layers.map(\.name) == ["e", "b", "d", "a", "c"])
        #expect(found.assumptions.contains { $0.contains("order") })
        expectSameAnswers(found.discriminator, own)
    }

    @Test func theNewerFormsOfNormalisationAreRead() throws {
        let names = ["net.0", "net.1", "net.2", "net.3", "net.4"]
        for normalization in [WeightNormalization.weight, .spectral] {
            let own = Self.net([Self.grouped(names, path: "d", normalization: normalization)])
            let renamed = own.namedTensors.map { name, tensor -> (name: String, tensor: Tensor) in
                let endings =
                    normalization == .weight
                    ? [
                        ("weight_g", "parametrizations.weight.original0"),
                        ("weight_v", "parametrizations.weight.original1"),
                    ]
                    : [
                        ("weight_orig", "parametrizations.weight.original"),
                        ("weight_u", "parametrizations.weight.0._u"), ("weight_v", "parametrizations.weight.0._v"),
                    ]
                for (old, new) in endings where name.hasSuffix(old) {
                    return (String(name.dropLast(old.count)) + new, tensor)
                }
                return (name, tensor)
            }
            expectSameAnswers(try inferred(renamed).discriminator, own)
        }
    }

    @Test func partsSideBySideAreToldApart() throws {
        let lists = (0..<3).map { part in
            Self.grouped((0..<5).map { "\($0)" }, path: "module.d.nets.\(part)", normalization: .weight)
        }
        let found = try inferred(Self.net(lists).namedTensors)
        #expect(found.discriminator.description.subDiscriminators.map(\.layers.count) == [5, 5, 5])
        #expect(found.discriminator.description.subDiscriminators.map(\.name) == ["scale 0", "scale 1", "scale 2"])
        // Lists of layers with one entry per part.
        let crossed = (0..<3).map { part in
            Self.grouped((0..<5).map { "convs.\($0).\(part)" }, path: "", normalization: .weight)
        }
        let other = try inferred(Self.net(crossed).namedTensors)
        #expect(
            other.discriminator.description.subDiscriminators.map { $0.layers.map(\.groups) }
                == [[Int]](repeating: [1, 2, 4, 1, 1], count: 3)
        )
    }

    @Test func foldedWaveformsAndSpectrogramsAreToldByTheirKernels() throws {
        func part(_ path: String, channels: Int, _ kernel: [Int], _ post: [Int]) -> SubDiscriminatorDescription {
            SubDiscriminatorDescription(
                name: path,
                path: path,
                input: .period(2, alwaysPads: false),
                layers: [
                    .init("convs.0", channels, 4, kernel: kernel, slope: 0.1),
                    .init("convs.1", 4, 8, kernel: kernel, slope: 0.1),
                ],
                head: .init("conv_post", 8, 1, kernel: post, slope: nil)
            )
        }
        let own = Self.net([
            part("a.0", channels: 1, [5, 1], [3, 1]), part("a.1", channels: 1, [5, 1], [3, 1]),
            part("b.0", channels: 2, [3, 9], [3, 3]), part("c.0", channels: 3, [3, 9], [3, 3]),
            part("c.1", channels: 1, [3, 9], [3, 3]),
        ])
        let found = try inferred(own.namedTensors).discriminator
        let parts = found.description.subDiscriminators
        #expect(parts.map(\.name) == ["period 2", "period 3", "STFT 2048 (b.0)", "STFT 2048 (c.0)", "STFT 2048 (c.1)"])
        #expect(parts[0].layers.map(\.stride) == [[3, 1], [3, 1], [1, 1]])
        #expect(parts[2].layers.map(\.stride) == [[1, 1], [1, 2], [1, 1]])
        #expect(parts.map(\.input.channels) == [1, 1, 2, 3, 1])
        var random = RandomSource(seed: 1)
        let output = withoutGradients { found.output(of: .normal([1, 1, 4000], using: &random)) }
        #expect(output.logits.allSatisfy { $0.count > 0 })
    }

    @Test func bandsWithOneHeadAreBranches() throws {
        let narrow = DiscriminatorDescription.dac(periods: [], windowLengths: [512]).mappingLayers { layer in
            var layer = layer
            layer.inputChannels = min(layer.inputChannels, 4)
            layer.outputChannels = min(layer.outputChannels, 4)
            layer.name = layer.name.replacing("band_convs", with: "stacks")
            return layer
        }
        var random = RandomSource(seed: 2)
        let found = try inferred(Discriminator(narrow, using: &random).namedTensors)
        let part = found.discriminator.description.subDiscriminators[0]
        #expect(part.branches.count == 5 && part.branches[1].band == 0.1...0.25)
        #expect(part.branches[0].layers.map(\.stride) == narrow.subDiscriminators[0].branches[0].layers.map(\.stride))
        #expect(found.assumptions.contains { $0.contains("bands") })
    }

    @Test func aPublishedNetAnswersAsItself() throws {
        var random = RandomSource(seed: 3)
        let own = Discriminator(.enCodec(sampleRate: 16_000, windowLengths: [1024]), using: &random)
        let found = try inferred(own.namedTensors, sampleRate: 16_000)
        #expect(found.title == "EnCodec" && found.discriminator.description == own.description)
        expectSameAnswers(found.discriminator, own)
    }

    @Test func biasesThatAreMissingAreMissingInTheNet() throws {
        let own = Self.net([Self.grouped(["n.0", "n.1", "n.2", "n.3", "n.4"], path: "d", normalization: .none)])
        let found = try inferred(own.namedTensors.filter { !$0.name.hasSuffix("bias") })
        #expect(found.discriminator.parameterCount == own.parameterCount - 8 - 16 - 32 - 32 - 1)
        #expect(found.assumptions.contains { $0.contains("without bias") })
    }

    @Test func whatIsNoConvolutionIsNamed() throws {
        var tensors = Self.net([Self.grouped(["n.0", "n.1", "n.2", "n.3", "n.4"], path: "d", normalization: .none)])
            .namedTensors
        tensors += [
            ("d.n.1.shortcut.weight", Tensor(repeating: 1, shape: [16, 8, 1])),
            ("d.fc.weight", Tensor(repeating: 1, shape: [4, 7])), ("d.bn.weight", Tensor(repeating: 1, shape: [16])),
            ("d.bn.running_mean", Tensor(repeating: 0, shape: [16])),
        ]
        let found = try inferred(tensors)
        let sentence = try #require(found.assumptions.first { $0.contains("not understood") })
        #expect(sentence.contains("d.fc.weight [4, 7]") && sentence.contains("d.bn.weight [16]"))
        #expect(found.assumptions.contains { $0.contains("around other layers") && $0.contains("d.n.1.shortcut") })
    }

    @Test func ofAFileWithAGeneratorTheDiscriminatorIsTaken() throws {
        let own = Self.net([Self.grouped(["n.0", "n.1", "n.2", "n.3", "n.4"], path: "", normalization: .weight)])
        var tensors = own.namedTensors.map { ("netD.\($0.name)", $0.tensor) }
        tensors += [
            ("netG.first.weight", Tensor(repeating: 1, shape: [64, 80, 7])),
            ("netG.up.weight", Tensor(repeating: 1, shape: [64, 32, 16])),
        ]
        let found = try inferred(tensors)
        #expect(found.discriminator.parameterCount == own.parameterCount)
        #expect(found.assumptions.contains { $0.contains("left out") || $0.contains("is taken for the discriminator") })
    }

    @Test func allDiscriminatorsOfAFileArePartsOfOne() throws {
        let names = ["convs.0", "convs.1", "convs.2", "convs.3", "conv_post"]
        let own = Self.net([
            Self.grouped(names, path: "mpd.0", normalization: .weight),
            Self.grouped(names, path: "msd.0", normalization: .spectral),
        ])
        let generator = ("generator.conv_pre.weight", Tensor(repeating: 1, shape: [64, 80, 7]))
        let found = try inferred(own.namedTensors + [generator])
        #expect(found.discriminator.description.subDiscriminators.map(\.path) == ["mpd.0", "msd.0"])
        #expect(found.discriminator.parameterCount == own.parameterCount)
        #expect(found.assumptions.first?.contains("left out") == true)
    }

    @Test func valuesThatAreNotFiniteAreLoaded() throws {
        let own = Self.net([Self.grouped(["n.0", "n.1", "n.2", "n.3", "n.4"], path: "d", normalization: .weight)])
        var dictionary = own.stateDictionary
        dictionary["d.n.1.weight_g"] = Tensor(repeating: .nan, shape: [16, 1, 1])
        let found = try inferred(dictionary.entries)
        #expect(found.discriminator.tensor(named: "d.n.1.weight_g")?.values.allSatisfy(\.isNaN) == true)
    }
}
