import Codec
import Testing
import TrainingMetrics

@testable import Probe

@Suite struct LearningProbeTests {
    private let audio: ProbeAudio
    private var options = LearningProbe.Options()

    init() throws {
        audio = try ProbeAudio.make(from: TinyNets.speech(), sampleRate: 16_000, segmentLength: 4096, seed: 5)
        options.steps = 60
        options.fewestSteps = 20
        options.learningRate = 3e-3
        options.batchSize = 4
        options.itemLength = 2048
        options.seed = 1
    }

    private func report(_ subject: LearningProbe.Subject, _ options: LearningProbe.Options) -> LearningReport {
        LearningProbe.reports(of: [subject], audio: audio, options: options)[0]
    }

    @Test func aTinyNetIsAble() throws {
        let report = report(.init(TinyNets.waveform(), seed: 2), options)
        #expect(report.verdict == .able)
        let left = try #require(report.leftBlindAt)
        #expect(left < 60 && report.steps == 60 && report.curve.count == 60)
        #expect(abs(report.curve[0].loss - 2) < 0.05 && report.finalLoss < 1.9)
        #expect(report.gap > 0.2 && report.heldOutAccuracy >= 0.75)
        #expect(report.featureMatchingBefore > 0 && report.featureMatchingAfter > 0)
        #expect(report.parts.count == 1 && report.parts[0].leftBlindAt == left)
        #expect(report.counterfactuals.isEmpty && report.remedy == nil)
        #expect(report.evidence.verdict == .able && report.evidence.leftBlindAt == left)
    }

    @Test func equalSeedsGiveEqualCurvesAndSubjectsTheSameBatches() {
        var options = options
        options.steps = 12
        options.triesChanges = false
        let subject = LearningProbe.Subject(TinyNets.waveform(), seed: 2)
        let reports = LearningProbe.reports(of: [subject, subject], audio: audio, options: options)
        #expect(reports[0].curve.map(\.loss) == reports[1].curve.map(\.loss))
        let again = report(subject, options)
        #expect(again.curve.map(\.loss) == reports[0].curve.map(\.loss) && again.gap == reports[0].gap)
    }

    @Test func aNetThatDoesNotMoveIsUnable() {
        var options = options
        options.learningRate = 0
        options.steps = 30
        let report = report(.init(TinyNets.waveform(), seed: 2), options)
        #expect(report.verdict == .unable && report.leftBlindAt == nil)
        #expect(report.counterfactuals.contains { $0.change == "learning rate × 10" && $0.verdict == .unable })
        #expect(report.remedy == nil)
    }

    @Test func fewStepsDecideNothing() {
        var options = options
        options.learningRate = 0
        options.steps = 19
        options.triesChanges = false
        #expect(report(.init(TinyNets.waveform(), seed: 2), options).verdict == .undecided)
    }

    @Test func realAgainstRealIsNotLearnt() {
        var options = options
        let split = ProbeAudio.Split(
            real: audio.training.real,
            decoded: audio.training.real,
            degraded: audio.training.real
        )
        let heldOut = ProbeAudio.Split(
            real: audio.heldOut.real,
            decoded: audio.heldOut.real,
            degraded: audio.heldOut.real
        )
        let same = ProbeAudio(
            sampleRate: 16_000,
            segmentLength: 4096,
            training: split,
            heldOut: heldOut,
            noise: audio.noise
        )
        options.triesChanges = false
        let report = LearningProbe.reports(
            of: [.init(TinyNets.waveform(), seed: 2)],
            audio: same,
            options: options
        )[0]
        #expect(report.verdict == .unable)
        #expect(abs(report.gap) < 1e-6)
    }

    @Test func shuffledLabelsAreNotLearntAlthoughTheyCanBeRemembered() {
        var options = options
        // Every second "real" segment is decoded and the other way round.
        func shuffled(_ split: ProbeAudio.Split) -> ProbeAudio.Split {
            var (real, decoded) = (split.real, split.decoded)
            for index in real.indices where index % 2 == 0 {
                (real[index], decoded[index]) = (decoded[index], real[index])
            }
            return ProbeAudio.Split(real: real, decoded: decoded, degraded: decoded)
        }
        let mixed = ProbeAudio(
            sampleRate: 16_000,
            segmentLength: 4096,
            training: shuffled(audio.training),
            heldOut: shuffled(audio.heldOut),
            noise: audio.noise
        )
        options.triesChanges = false
        let report = LearningProbe.reports(
            of: [.init(TinyNets.waveform(), seed: 2)],
            audio: mixed,
            options: options
        )[0]
        #expect(report.verdict == .unable)
    }

    @Test func theRemedyIsFoundByTrying() {
        var options = options
        options.learningRate = 1e-5
        let report = report(.init(TinyNets.waveform(groups: 4), seed: 2), options)
        #expect(report.verdict != .able)
        let changes = report.counterfactuals.map(\.change)
        #expect(
            changes == [
                "learning rate × 10", "initial gain 1 per layer", "with weight normalisation", "without groups",
            ]
        )
        let helping = report.counterfactuals.first { $0.verdict == .able }
        #expect(report.remedy == helping?.change && report.evidence.remedy == report.remedy)
    }

    @Test func trainingLeavesTheCallersNetAlone() {
        var options = options
        let net = TinyNets.net(TinyNets.waveform())
        let before = net.stateDictionary.entries.map(\.tensor.values)
        options.steps = 4
        let report = report(.init(net, name: "disc.pth"), options)
        #expect(net.stateDictionary.entries.map(\.tensor.values) == before)
        #expect(!net.isTraining && report.steps == 4)
    }

    @Test func aTrainedNetStartsFromItsWeights() {
        var options = options
        options.triesChanges = false
        let net = TinyNets.net(TinyNets.waveform())
        net.tensor(named: "discriminators.0.conv_post.bias")?.assign(Tensor([3], shape: [1]))
        options.steps = 1
        // relu(1 − 3) + relu(1 + 3)
        #expect(abs(report(.init(net, name: "biased"), options).curve[0].loss - 4) < 0.05)
    }

    @Test func timeIsSharedAndKept() {
        var options = options
        options.steps = nil
        options.seconds = 0.5
        options.mostSteps = 10_000
        options.triesChanges = false
        let subject = LearningProbe.Subject(TinyNets.waveform(), seed: 2)
        var shares: [Double] = []
        let reports = LearningProbe.reports(of: [subject, subject], audio: audio, options: options) {
            shares.append($0)
        }
        #expect(reports[0].steps == reports[1].steps && reports[0].steps >= 1 && reports[0].steps < 10_000)
        #expect(shares == shares.sorted() && shares.allSatisfy { (0...1).contains($0) })
    }

    @Test(arguments: AdversarialLoss.Family.allCases) func everyLossFamilyCanBeTrained(family: AdversarialLoss.Family) {
        var options = options
        options.loss = AdversarialLoss(family, reduction: .sum)
        options.steps = 40
        options.triesChanges = false
        let report = report(.init(TinyNets.magnitude, seed: 3), options)
        #expect(report.blindLoss == BlindConstants(family: family.lossFamily).discriminator)
        #expect(report.finalLoss < report.curve[0].loss)
        #expect(report.curve.allSatisfy { $0.gradientNorm > 0 })
    }

    @Test func aNetThatNeedsMoreSamplesThanASegmentGetsThem() {
        var description = TinyNets.waveform()
        description.subDiscriminators[0].branches[0].layers[0].kernel = [6001]
        description.subDiscriminators[0].branches[0].layers[0].padding = [0]
        var options = options
        options.steps = 2
        options.triesChanges = false
        #expect(report(.init(description, seed: 2), options).curve.allSatisfy { $0.loss.isFinite })
        let signal = SignalProbe.report(of: TinyNets.net(description), audio: audio, seed: 1)
        #expect(signal.parts[0].spreadAcrossInputs > 0)
    }

    @Test func aNetWithNaNIsUnable() {
        var options = options
        let net = TinyNets.net(TinyNets.waveform())
        net.tensor(named: "discriminators.0.convs.1.bias")?.assign(Tensor(repeating: .nan, shape: [32]))
        options.steps = 20
        let report = report(.init(net, name: "broken"), options)
        #expect(report.verdict == .unable && report.leftBlindAt == nil && report.finalLoss.isNaN)
    }
}

@Suite struct BlindExitTests {
    @Test func fallingIsMoreThanNoise() {
        for seed in 0..<200 as Range<UInt64> {
            var random = RandomSource(seed: seed)
            let noise = (0..<40).map { _ in 2 + 0.05 * Double(random.normal()) }
            let slow = noise.enumerated().map { $1 - 0.01 * Double($0) }
            #expect(BlindExit.step(in: noise, blind: 2) == nil)
            #expect(BlindExit.isFalling(slow, blind: 2))
        }
        #expect(!BlindExit.isFalling([Double](repeating: 2, count: 40), blind: 2))
        #expect(!BlindExit.isFalling([2, 1], blind: 2))
    }

    @Test func noiseAroundTheBlindValueIsNoExit() {
        for seed in 0..<200 as Range<UInt64> {
            var random = RandomSource(seed: seed)
            let losses = (0..<150).map { _ in 2 + 0.2 * Double(random.normal()) }
            #expect(BlindExit.step(in: losses, blind: 2) == nil)
        }
    }

    @Test func aLossThatFallsLeaves() throws {
        var random = RandomSource(seed: 4)
        let losses = (0..<100).map { 2 - max(0, Double($0) - 40) * 0.02 + 0.03 * Double(random.normal()) }
        let step = try #require(BlindExit.step(in: losses, blind: 2))
        #expect((40...55).contains(step))
    }

    @Test func aDipIsNoExit() {
        let losses = (0..<60).map { (20..<28).contains($0) ? 1.5 : 2.0 }
        #expect(BlindExit.step(in: losses, blind: 2) == nil)
    }

    @Test func aLossAboveTheBlindValueHasNotLeft() {
        #expect(BlindExit.step(in: [Double](repeating: 1, count: 50), blind: 0.5) == nil)
        #expect(BlindExit.step(in: [Double](repeating: .nan, count: 50), blind: 2) == nil)
        #expect(BlindExit.step(in: [], blind: 2) == nil)
    }
}
