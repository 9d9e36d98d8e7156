import Codec
import Probe
import Testing
import TrainingMetrics

@Suite struct SignalProbeTests {
    private let audio: ProbeAudio

    init() throws {
        audio = try ProbeAudio.make(from: TinyNets.speech(), sampleRate: 16_000, segmentLength: 4096, seed: 5)
    }

    @Test func aNetThatNormalizesItsInputIsBlindToGainAndOffset() {
        let blind = TinyNets.net(TinyNets.waveform(preprocessing: .centerAndNormalizePeak))
        let part = SignalProbe.report(of: blind, audio: audio, seed: 1).parts[0]
        #expect(part.gainSensitivity < 1e-3 && part.offsetSensitivity < 1e-3)
        #expect(part.polaritySensitivity > 0.1 && part.phaseSensitivity > 0.1)
        let seeing = SignalProbe.report(of: TinyNets.net(TinyNets.waveform()), audio: audio, seed: 1).parts[0]
        #expect(seeing.gainSensitivity > 0.1 && seeing.offsetSensitivity > 0.1)
    }

    @Test func aNetThatTakesMagnitudesIsBlindToPolarityAndNearlyToPhase() {
        let part = SignalProbe.report(of: TinyNets.net(TinyNets.magnitude), audio: audio, seed: 1).parts[0]
        #expect(part.polaritySensitivity < 1e-4)
        #expect(part.phaseSensitivity < 0.2)
        #expect(part.gainSensitivity > 0.1)
    }

    @Test func aBandThatTheNetCannotSeeLeavesItsLogitsAlone() {
        var description = TinyNets.magnitude
        description.subDiscriminators[0].branches.removeLast()
        let bands = SignalProbe.report(of: TinyNets.net(description), audio: audio, seed: 1).parts[0].bandSensitivities
        #expect(bands.count == 5 && bands.map(\.upper) == [500, 1000, 2000, 4000, 8000])
        // The branch sees up to a quarter of the bins, 2 kHz; the spectral window leaks a little.
        #expect(bands[1].sensitivity > 0.01)
        #expect(bands[4].sensitivity < 0.05 * bands[1].sensitivity)
    }

    @Test func gainsAreThoseOfTheLayers() {
        // One layer that doubles its input, one that passes on half of it.
        let description = DiscriminatorDescription(
            name: "gains",
            sampleRate: 16_000,
            subDiscriminators: [
                SubDiscriminatorDescription(
                    name: "waveform",
                    path: "",
                    input: .waveform(.none),
                    layers: [DiscriminatorLayerDescription("a", 1, 1, kernel: [1], normalization: .none, slope: nil)],
                    head: DiscriminatorLayerDescription("b", 1, 1, kernel: [1], normalization: .none, slope: nil)
                )
            ]
        )
        let net = TinyNets.net(description)
        net.tensor(named: "a.weight")?.assign(Tensor([2], shape: [1, 1, 1]))
        net.tensor(named: "b.weight")?.assign(Tensor([-0.5], shape: [1, 1, 1]))
        net.tensor(named: "b.bias")?.assign(Tensor([0.25], shape: [1]))
        let before = net.stateDictionary.entries.map(\.tensor.values)
        let report = SignalProbe.report(of: net, audio: audio, seed: 1)
        let layers = report.parts[0].layers
        #expect(abs(layers[0].gain - 2) < 1e-5 && abs(layers[1].gain - 0.5) < 1e-5)
        #expect(layers.allSatisfy { $0.discriminatorGradient > 0 && $0.generatorGradient > 0 })
        // Speech has no offset; all logits are about the biases' sum, and silence gives exactly that.
        let bias = Double(net.tensor(named: "a.bias")?.item ?? .nan)
        let silence = report.parts[0].logits.first { $0.input == "silence" }
        #expect(abs((silence?.mean ?? .nan) - (0.25 - 0.5 * bias)) < 1e-6)
        #expect(net.stateDictionary.entries.map(\.tensor.values) == before)
        #expect(net.namedParameters.allSatisfy { $0.tensor.gradient == nil && $0.tensor.requiresGradient })
    }

    @Test func aNetOfZerosStartsAtTheLossesOfLogitZero() {
        let net = TinyNets.net(TinyNets.waveform())
        for entry in net.namedParameters where entry.name.contains("conv_post") {
            entry.tensor.assign(Tensor(repeating: 0, shape: entry.tensor.shape))
        }
        let report = SignalProbe.report(of: net, audio: audio, seed: 1)
        #expect(report.startingLosses.count == AdversarialLoss.Family.allCases.count)
        for loss in report.startingLosses {
            let expected = loss.family == "LSGAN" ? 1 : loss.family == "BCE" ? 1.386_294_4 : 2.0
            #expect(abs(loss.discriminator - expected) < 1e-5, "\(loss.family)")
        }
        #expect(report.parts[0].spreadAcrossInputs == 0)
    }

    @Test func evidenceHoldsGainsBesideRanks() {
        let description = TinyNets.waveform()
        let net = TinyNets.net(description)
        let report = SignalProbe.report(of: net, audio: audio, seed: 1)
        var network = NetworkReport(
            name: "tiny",
            weights: .initial,
            parameterCount: 1,
            weightCount: 1,
            denseWeightCount: 1
        )
        network.layerWeights = WeightProbe.reports(of: net, seed: 1)
        network.signal = report
        network.gatherEvidence()
        let evidence = network.evidence
        let gains = evidence.layers.filter { $0.gain != nil }
        #expect(gains.count == 4 && evidence.logits.count == 1)
        #expect(gains[1].gain == report.parts[0].layers[1].gain)
        #expect(evidence.layers[1].effectiveRank != nil && evidence.layers[1].name == "discriminators.0.convs.1")
        #expect(evidence.logits[0].spread == report.parts[0].spreadAcrossInputs)
    }

    @Test func weightsThatAreNaNMakeNumbersNaN() {
        let net = TinyNets.net(TinyNets.waveform())
        net.tensor(named: "discriminators.0.convs.1.bias")?.assign(Tensor(repeating: .nan, shape: [32]))
        let report = SignalProbe.report(of: net, audio: audio, seed: 1)
        #expect(report.parts[0].spreadAcrossInputs.isNaN && report.parts[0].layers[2].gain.isNaN)
        #expect(report.parts[0].layers[0].gain.isFinite)
    }
}
