import Codec
import CodecTestSupport
import Testing

/// What discriminators do apart from their numbers.
@Suite struct DiscriminatorTests {
    /// A net small enough for finite differences: a fold, a grouped scale with a reflected first layer, and bands.
    private func tiny(preprocessing: DiscriminatorDescription.Preprocessing = .none) -> DiscriminatorDescription {
        func layer(_ name: String, _ inputs: Int, _ outputs: Int, kernel: [Int], stride: [Int]? = nil, groups: Int = 1)
            -> DiscriminatorLayerDescription
        {
            DiscriminatorLayerDescription(
                name,
                inputs,
                outputs,
                kernel: kernel,
                stride: stride,
                paddingMode: name == "reflected" ? .reflect : .zero,
                groups: groups,
                slope: 0.3
            )
        }
        func head(_ inputs: Int, kernel: [Int]) -> DiscriminatorLayerDescription {
            DiscriminatorLayerDescription("conv_post", inputs, 1, kernel: kernel, slope: nil)
        }
        return DiscriminatorDescription(
            name: "tiny",
            sampleRate: 100,
            preprocessing: preprocessing,
            subDiscriminators: [
                SubDiscriminatorDescription(
                    name: "period 3",
                    path: "discriminators.0",
                    input: .period(3, alwaysPads: true),
                    layers: [layer("convs.0", 1, 4, kernel: [5, 1], stride: [3, 1])],
                    head: head(4, kernel: [3, 1])
                ),
                SubDiscriminatorDescription(
                    name: "scale 1",
                    path: "discriminators.1",
                    input: .waveform(.averagePool(kernel: 4, stride: 2, padding: 1, countsPadding: false, times: 1)),
                    layers: [
                        layer("reflected", 1, 4, kernel: [7]),
                        layer("convs.1", 4, 4, kernel: [5], stride: [2], groups: 2),
                    ],
                    head: head(4, kernel: [3])
                ),
                SubDiscriminatorDescription(
                    name: "resampled",
                    path: "discriminators.2",
                    input: .waveform(.resample(factor: 3, sampleRate: 100)),
                    layers: [layer("convs.0", 1, 2, kernel: [3])],
                    head: head(2, kernel: [3])
                ),
                SubDiscriminatorDescription(
                    name: "STFT 16",
                    path: "discriminators.3",
                    input: .spectrogram(
                        STFTConfiguration(transformLength: 16, padding: .matchingStride),
                        channels: .realImaginaryMagnitude,
                        axes: .binsFrames
                    ),
                    branches: [
                        .init(band: 0...0.4, layers: [layer("bands.0", 3, 2, kernel: [3, 3], stride: [1, 2])]),
                        .init(band: 0.4...1, layers: [layer("bands.1", 3, 2, kernel: [3, 3], stride: [1, 2])]),
                    ],
                    head: head(2, kernel: [3, 3])
                ),
            ]
        )
    }

    private func make(_ description: DiscriminatorDescription, seed: UInt64 = 5) -> Discriminator {
        var random = RandomSource(seed: seed)
        return Discriminator(description, using: &random)
    }

    @Test(arguments: DiscriminatorDescription.Preprocessing.allCases)
    func gradientsAreFiniteDifferences(_ preprocessing: DiscriminatorDescription.Preprocessing) throws {
        let model = make(tiny(preprocessing: preprocessing))
        try tiny().validate()
        let audio = 0.5 * HashedNumbers.uniform("audio", [2, 1, 41])
        let names = model.namedParameters.map(\.name)
        // Small steps: larger ones cross the kinks of LeakyReLU.
        let description = model.description
        func joined(_ output: DiscriminatorOutput) -> Tensor {
            let all = output.features(withLogits: true).flatMap { $0 }.map { $0.reshaped([$0.count]) }
            return Tensor.concatenated(all, dimension: 0)
        }
        let error = GradientCheck.largestError(of: [audio], step: 1e-3) { joined(model.output(of: $0[0])) }
        #expect(error < 3e-2, "\(error)")
        let weights = HashedNumbers.uniform("weights", [joined(model.output(of: audio)).count])
        model.clearGradients()
        (weights * joined(model.output(of: audio))).sum().backward()
        for name in names {
            let tensor = try #require(model.tensor(named: name))
            let gradient = try #require(tensor.gradient)
            func objective(_ moved: Float) throws -> Double {
                var state = model.stateDictionary
                var values = tensor.values
                values[0] += moved
                state[name] = Tensor(values, shape: tensor.shape)
                let other = try Discriminator(description, weights: state)
                let result = withoutGradients { joined(other.output(of: audio)) }.values
                return zip(result, weights.values).reduce(0) { $0 + Double($1.0) * Double($1.1) }
            }
            let numeric = try (objective(1e-3) - objective(-1e-3)) / 2e-3
            #expect(abs(numeric - Double(gradient.values[0])) < 0.02 * (1 + abs(numeric)), "\(name)")
        }
    }

    @Test(arguments: DiscriminatorCatalogue.entries.map(\.name))
    func theShortestInputWorksAndOneSampleLessIsSaid(_ name: String) throws {
        let description = try #require(DiscriminatorCatalogue.entry(named: name)).make(16_000)
        let shortest = try #require(description.shortestInput)
        for part in description.subDiscriminators {
            let own = try #require(part.shortestInput)
            #expect(own <= shortest)
            #expect(part.outputSizes(samples: own - 1) == nil)
            #expect((own..<(own + 40)).allSatisfy { part.outputSizes(samples: $0) != nil })
        }
    }

    @Test(arguments: [
        DiscriminatorDescription.dac(periods: [], rates: [1, 3]), .melGAN(), .enCodec(), .bigVGANResolutions(),
    ])
    func sizesAreThoseOfTheTensors(_ description: DiscriminatorDescription) throws {
        let model = make(description)
        let shortest = try #require(description.shortestInput)
        for samples in [shortest, shortest + 1, shortest + 357] {
            let output = withoutGradients { model.output(of: Tensor(repeating: 0.1, shape: [1, 1, samples])) }
            for (part, answer) in zip(description.subDiscriminators, output.parts) {
                let sizes = (answer.features + [answer.logits]).map { Array($0.shape[2...]) }
                #expect(part.outputSizes(samples: samples) == sizes)
            }
        }
    }

    @Test func lengthsAreThoseOfTheFacts() throws {
        let description = DiscriminatorDescription.dac(rates: [1])
        func first(_ part: Int) throws -> [Int] {
            try #require(description.subDiscriminators[part].outputSizes(samples: 16_758)).map { $0[0] }
        }
        #expect(try first(0) == [2794, 932, 311, 104, 104, 104])
        #expect(try first(4) == [508, 170, 57, 19, 19, 19])
        #expect(try first(5) == [16_758, 4190, 1048, 262, 66, 66, 66])
        let logits = try description.subDiscriminators[6...].map {
            try #require($0.outputSizes(samples: 16_758)?.last)
        }
        #expect(logits == [[33, 130], [66, 66], [131, 34]])
        #expect(description.subDiscriminators[6].input.imageSizes(samples: 16_758) == [33, 1025])
    }

    @Test func nanInOneItemStaysThere() {
        let model = make(.dac(sampleRate: 8000, periods: [3], rates: [2], windowLengths: [64]))
        let clean = HashedNumbers.uniform("clean", [1, 1, 300])
        var broken = HashedNumbers.uniform("broken", [1, 1, 300]).values
        broken[17] = .nan
        let both = Tensor.concatenated([Tensor(broken, shape: [1, 1, 300]), clean], dimension: 0)
        let (together, alone) = withoutGradients { (model.output(of: both), model.output(of: clean)) }
        let maps = zip(together.features(withLogits: true), alone.features(withLogits: true)).flatMap { zip($0, $1) }
        for (pair, single) in maps {
            #expect(pair.sliced(dimension: 0, range: 0..<1).values.allSatisfy { $0.isNaN })
            #expect(difference(pair.sliced(dimension: 0, range: 1..<2), single).relative < 1e-5)
        }
    }

    @Test func gainAndOffsetCannotBeSeen() {
        let model = make(.dac(periods: [2], windowLengths: [64]))
        let audio = HashedNumbers.uniform("gain", [1, 1, 200])
        let (one, other) = withoutGradients { (model.output(of: audio), model.output(of: 0.25 * audio + 0.125)) }
        for (a, b) in zip(one.logits, other.logits) { #expect(difference(b, a).relative < 1e-4) }
        let silence = withoutGradients { model.output(of: Tensor(repeating: 0, shape: [1, 1, 200])) }
        #expect(silence.logits.allSatisfy { $0.values.allSatisfy { $0.isFinite } })
    }

    @Test func theRecorderSeesWhatALayerReturns() {
        let model = make(tiny())
        let recorder = ActivationRecorder(model: model)
        let output = recorder.recording { model.output(of: HashedNumbers.uniform("recorded", [1, 1, 40])) }
        #expect(recorder.activations["discriminators.0.convs.0"]?.values == output.parts[0].features[0].values)
        #expect(recorder.activations["discriminators.1.reflected"]?.values == output.parts[1].features[0].values)
        #expect(recorder.activations["discriminators.3.conv_post"]?.values == output.parts[3].logits.values)
    }

    @Test func recordedGradientsAreThoseOfTheOutput() throws {
        let model = make(tiny())
        let recorder = ActivationRecorder(model: model, retainingGradients: true)
        let output = recorder.recording { model.output(of: HashedNumbers.uniform("recorded", [1, 1, 40])) }
        output.parts[0].logits.sum().backward()
        let activation = try #require(recorder.activations["discriminators.0.convs.0"])
        #expect(activation.gradient?.shape == activation.shape)
        #expect(recorder.activations["discriminators.0.conv_post"]?.gradient?.values.allSatisfy { $0 == 1 } == true)
    }
}
