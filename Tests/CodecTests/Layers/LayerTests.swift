import Codec
import CodecTestSupport
import Foundation
import Testing

@Suite struct LayerTests {
    private func chain() -> Sequential {
        var random = RandomSource(seed: 1)
        return Sequential([
            Convolution1d(1, 3, kernel: 3, padding: 1, using: &random), Snake1d(channels: 3), Activation.elu(),
            Activation.leakyReLU(slope: 0.1), Activation.relu(), Activation.tanh(),
        ])
    }

    @Test func chainsCountTheirLayers() {
        #expect(chain().namedTensors.map(\.name) == ["0.weight", "0.bias", "1.alpha"])
        #expect(chain().namedLayers.map(\.name) == ["", "0", "1", "2", "3", "4", "5"])
        #expect(chain().parameterCount == 9 + 3 + 3)
    }

    @Test func activationsEqualTheirFormulas() {
        let x = Tensor([-2, -0.5, 0, 1.5], shape: [1, 1, 4])
        let cases: [(Layer, (Double) -> Double)] = [
            (Snake1d(channels: 1), { $0 + sin($0) * sin($0) / (1 + 1e-9) }),
            (Activation.elu(alpha: 0.7), { $0 > 0 ? $0 : 0.7 * (exp($0) - 1) }),
            (Activation.leakyReLU(slope: 0.1), { $0 > 0 ? $0 : 0.1 * $0 }), (Activation.relu(), { max($0, 0) }),
            (Activation.tanh(), { tanh($0) }),
        ]
        for (layer, formula) in cases {
            for (value, input) in zip(layer(x).values, x.values) {
                #expect(abs(Double(value) - formula(Double(input))) < 1e-6)
            }
        }
    }

    @Test func chainsRunWhatTheyHoldInOrder() {
        var random = RandomSource(seed: 2)
        let (model, input) = (chain(), Tensor.normal([2, 1, 9], using: &random))
        var expected = input
        for layer in model.layers { expected = layer(expected) }
        #expect(model(input).values == expected.values)
        #expect(withoutGradients { model(input) }.values == expected.values)
    }

    @Test func trainingReachesEveryLayer() {
        let model = chain()
        #expect(!model.isTraining)
        model.setTraining(true)
        #expect(model.namedLayers.allSatisfy { $0.layer.isTraining })
    }

    @Test func recordersSeeOnlyTheirModelWhileTheyRun() {
        var random = RandomSource(seed: 3)
        let (model, other, input) = (chain(), chain(), Tensor.normal([1, 1, 5], using: &random))
        let recorder = ActivationRecorder(model: model)
        recorder.recording { _ = other(input) }
        #expect(recorder.activations.isEmpty)
        let output = recorder.recording { model(input) }
        #expect(recorder.activations.keys.sorted() == ["", "0", "1", "2", "3", "4", "5"])
        #expect(recorder.activations[""]?.values == output.values)
        _ = model(input * 2)
        #expect(recorder.activations[""]?.values == output.values)
    }

    @Test func snakesSlopeOfAlphaIsExact() throws {
        var random = RandomSource(seed: 4)
        let snake = Snake1d(channels: 2)
        let alpha = try #require(snake.tensor(named: "alpha"))
        alpha.assign(Tensor([0.4, 1.7], shape: [1, 2, 1]))
        let input = Tensor.normal([1, 2, 6], using: &random)
        snake(input).sum().backward()
        let slopes = try #require(alpha.gradient).values
        for channel in 0..<2 {
            let a = Double(alpha.values[channel])
            let expected = input.values[(channel * 6)..<(channel * 6 + 6)].reduce(0.0) { sum, value in
                let x = Double(value)
                return sum + x * sin(2 * a * x) / a - sin(a * x) * sin(a * x) / (a * a)
            }
            #expect(abs(Double(slopes[channel]) - expected) < 1e-4)
        }
    }

    @Test func tensorsWithNaNOrInfinityAreNamed() {
        var random = RandomSource(seed: 2)
        let model = DAC(configuration: .tiny, using: &random)
        #expect(model.nonFiniteTensors.isEmpty)
        for (name, value) in [("encoder.block.0.bias", Float.nan), ("decoder.model.0.weight_v", -.infinity)] {
            guard let tensor = model.tensor(named: name) else { continue }
            var values = tensor.values
            values[values.count - 1] = value
            tensor.assign(Tensor(values, shape: tensor.shape))
        }
        #expect(model.nonFiniteTensors == ["encoder.block.0.bias", "decoder.model.0.weight_v"])
    }
}
