public import Codec
import Foundation

/// What a discriminator answers as it is, without training.
public enum SignalProbe {
    /// Logits, starting losses, gains, gradients and blindness of a discriminator. It is not changed.
    ///
    /// Runs about 50 items of 4096 samples, or of the segments' length or the net's shortest input. Equal seeds give equal numbers.
    /// NaN in the weights makes the numbers they reach NaN. Spectral norms are estimated by as many training steps' passes as
    /// ``spectralPasses`` first: a fresh one begins with random vectors, and what it scales means nothing until then.
    public static func report(of discriminator: Discriminator, audio: ProbeAudio, seed: UInt64) -> SignalReport {
        let net = discriminator.independentCopy()
        let length = max(min(audio.segmentLength, 4096), net.description.shortestInput ?? 0)
        var random = RandomSource(seed: seed)
        let start = max(0, audio.segmentLength - length) / 2
        func batch(_ segments: [[Float]], _ count: Int) -> Tensor {
            ProbeAudio.batch(Array(segments.prefix(count)), from: start, length: length)
        }
        let speech = batch(spread(audio.heldOut.real + audio.training.real, 6), 6)
        settleSpectralNorms(of: net, on: speech.sliced(dimension: 0, range: 0..<1))
        let inputs = [
            ("speech", speech),
            ("decoded", batch(audio.heldOut.decoded, 4)),
            ("degraded", batch(audio.heldOut.degraded, 4)),
            ("noise", batch(audio.noise, 4)),
            ("silence", batch([audio.silence], 1)),
        ]
        var parts = net.description.subDiscriminators.map { SignalReport.Part(name: $0.name) }
        var outputs: [DiscriminatorOutput] = []
        withoutGradients {
            for (index, input) in inputs.enumerated() {
                let output = net.output(of: input.1)
                if index == 0 { addGains(of: output, to: &parts, net: net, audio: speech) }
                outputs.append(output.logits(ofItems: 0..<input.1.shape[0]))
            }
        }
        addLogits(outputs, names: inputs.map(\.0), to: &parts)
        addGradients(of: net, real: batch(audio.heldOut.real, 2), decoded: batch(audio.heldOut.decoded, 2), to: &parts)
        let base = spread(audio.heldOut.real, 3).prefix(3).map {
            faded(ProbeAudio.piece(of: $0, from: start, length: length))
        }
        addSensitivities(of: net, base: base, sampleRate: audio.sampleRate, to: &parts, using: &random)
        return SignalReport(parts: parts, startingLosses: startingLosses(speech: outputs[0], decoded: outputs[1]))
    }

    /// Steps of the power iteration after which a fresh layer's largest singular value is known to some per cent.
    private static let spectralPasses = 10

    private static func settleSpectralNorms(of net: Discriminator, on audio: Tensor) {
        guard net.description.layers.contains(where: { $0.normalization == .spectral }) else { return }
        net.setTraining(true)
        for _ in 0..<spectralPasses { withoutGradients { _ = net.output(of: audio) } }
        net.setTraining(false)
    }

    /// With both ends faded in and out over a sixteenth, so that what a net or a change makes of the ends does not count.
    private static func faded(_ samples: [Float]) -> [Float] {
        let fade = samples.count / 16
        return samples.enumerated().map { index, sample in
            let place = min(index, samples.count - 1 - index)
            return place < fade ? sample * (0.5 - 0.5 * Float(cos(Double.pi * Double(place) / Double(fade)))) : sample
        }
    }

    /// At most `count` of them, evenly spread.
    private static func spread(_ segments: [[Float]], _ count: Int) -> [[Float]] {
        guard segments.count > count else { return segments }
        return (0..<count).map { segments[$0 * segments.count / count] }
    }

    private static func addGains(
        of output: DiscriminatorOutput,
        to parts: inout [SignalReport.Part],
        net: Discriminator,
        audio: Tensor
    ) {
        let inputs = net.branchInputs(of: audio)
        for (index, description) in net.description.subDiscriminators.enumerated() {
            let gains = LayerGains.of(description, inputs: inputs[index], output: output.parts[index])
            parts[index].layers = zip(description.layers, gains).map {
                SignalReport.Layer(name: $0.name, gain: $1, discriminatorGradient: .nan, generatorGradient: .nan)
            }
        }
    }

    private static func addLogits(
        _ outputs: [DiscriminatorOutput],
        names: [String],
        to parts: inout [SignalReport.Part]
    ) {
        for index in parts.indices {
            let means = outputs.map { itemMeans(of: $0.parts[index].logits) }
            parts[index].logits = zip(names, means).map {
                SignalReport.Logits(input: $0, mean: mean($1), spread: deviation($1))
            }
            parts[index].spreadAcrossInputs = deviation(means.flatMap { $0 })
            let noise = names.firstIndex(of: "noise").map { means[$0] } ?? []
            parts[index].speechFromNoise = abs(mean(means[0]) - mean(noise))
        }
    }

    /// Every item's mean over positions.
    static func itemMeans(of logits: Tensor) -> [Double] {
        let (items, values) = (logits.shape[0], logits.values)
        let length = values.count / max(1, items)
        return (0..<items).map { item in mean(values[(item * length)..<((item + 1) * length)].map(Double.init)) }
    }

    static func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }

    /// The standard deviation around the mean, of all values there are; 0 of one value.
    static func deviation(_ values: [Double]) -> Double {
        let middle = mean(values)
        return mean(values.map { ($0 - middle) * ($0 - middle) }).squareRoot()
    }
}
