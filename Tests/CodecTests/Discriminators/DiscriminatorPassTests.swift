import Codec
import CodecTestSupport
import Testing

/// A discriminator's passes part by part against passes through all of it at once.
@Suite struct DiscriminatorPassTests {
    static let descriptions: [DiscriminatorDescription] = [
        .dac(sampleRate: 16_000, windowLengths: [128]).narrowed(by: 0.0625),
        .hiFiGANScales().narrowed(by: 0.0625),
        .originGrouped().narrowed(by: 0.0625),
    ]
    static let families = AdversarialLoss.Family.allCases
    static let featureLosses: [FeatureMatchingLoss] = [.dac, .hifigan, .encodecPaper, .vocos, .originFailing]

    private struct Scene {
        let discriminator: Discriminator
        let real: Tensor
        let decoded: Tensor

        init(_ description: DiscriminatorDescription) {
            var random = RandomSource(seed: 3)
            discriminator = Discriminator(description, using: &random)
            discriminator.setTraining(true)
            real = Tensor.normal([2, 1, 1500], deviation: 0.2, using: &random)
            let audio = Tensor.normal([2, 1, 1500], deviation: 0.2, using: &random)
            decoded = Tensor(storage: audio.storage, shape: audio.shape, requiresGradient: true)
        }

        var parameterGradients: [Tensor] {
            discriminator.namedParameters.map { $0.tensor.gradient ?? Tensor(repeating: 0, shape: $0.tensor.shape) }
        }
    }

    private func expectClose(
        _ a: [Tensor],
        _ b: [Tensor],
        _ limit: Float = 2e-4,
        _ place: SourceLocation = #_sourceLocation
    ) {
        #expect(a.count == b.count, sourceLocation: place)
        for (a, b) in zip(a, b) {
            let difference = difference(a, b)
            // Gradients of biases cancel to a rounding error of what they are sums of.
            #expect(difference.relative < limit || difference.largest < 1e-6, "\(difference)", sourceLocation: place)
        }
    }

    @Test(arguments: descriptions, families)
    func learningPartByPartIsTheWholeLossBackward(
        _ description: DiscriminatorDescription,
        _ family: AdversarialLoss.Family
    ) {
        for reduction in AdversarialLoss.Reduction.allCases {
            let loss = AdversarialLoss(family, reduction: reduction)
            let (whole, parts) = (Scene(description), Scene(description))
            let real = whole.discriminator.output(of: whole.real)
            let decoded = whole.discriminator.output(of: whole.decoded.detached())
            let expected = loss.discriminator(real: real, decoded: decoded)
            expected.total.backward()
            let lesson = parts.discriminator.learn(loss, real: parts.real, decoded: parts.decoded.detached())
            expectClose([lesson.loss.total], [expected.total], 1e-5)
            expectClose(lesson.loss.terms, expected.terms, 1e-5)
            expectClose(lesson.loss.realTerms, expected.realTerms, 1e-4)
            expectClose(lesson.loss.decodedTerms, expected.decodedTerms, 1e-4)
            expectClose(lesson.real.logits, real.logits, 1e-4)
            expectClose(lesson.decoded.logits, decoded.logits, 1e-4)
            expectClose(parts.parameterGradients, whole.parameterGradients)
            #expect(parts.decoded.gradient == nil)
            #expect((0...1).contains(lesson.forwardShare))
        }
    }

    @Test(arguments: descriptions, families)
    func judgingPartByPartIsTheWholeObjectiveBackward(
        _ description: DiscriminatorDescription,
        _ family: AdversarialLoss.Family
    ) {
        let adversarial = AdversarialLoss(family, reduction: .mean)
        for features in Self.featureLosses {
            for (game, matching) in [(1, 2), (0, 3), (2, 0)] as [(Float, Float)] {
                let (whole, parts) = (Scene(description), Scene(description))
                let real = withoutGradients { whole.discriminator.output(of: whole.real) }
                let answer = whole.discriminator.output(of: whole.decoded)
                let expected = (
                    adversarial.generator(decoded: answer, real: real).total, features(decoded: answer, real: real)
                )
                (expected.0 * game + expected.1 * matching).backward()
                let judgement = parts.discriminator.judge(
                    decoded: parts.decoded,
                    real: parts.real,
                    adversarial: adversarial,
                    featureMatching: features,
                    weights: (game, matching)
                )
                expectClose([judgement.adversarial, judgement.featureMatching], [expected.0, expected.1], 1e-4)
                #expect(judgement.pull?.item == 0)
                judgement.pull?.backward()
                expectClose([parts.decoded.gradient].compactMap { $0 }, [whole.decoded.gradient].compactMap { $0 })
                expectClose(parts.parameterGradients, whole.parameterGradients)
            }
        }
    }

    @Test func lossesHaveGradientsOfTheirOwnWithoutWeights() throws {
        let (whole, parts) = (Scene(Self.descriptions[0]), Scene(Self.descriptions[0]))
        whole.discriminator.setParametersNeedGradients(false)
        parts.discriminator.setParametersNeedGradients(false)
        let real = withoutGradients { whole.discriminator.output(of: whole.real) }
        let answer = whole.discriminator.output(of: whole.decoded)
        let judgement = parts.discriminator.judge(
            decoded: parts.decoded,
            real: parts.real,
            adversarial: .dac,
            featureMatching: .dac,
            weights: nil
        )
        #expect(judgement.pull == nil)
        let pairs = [
            (judgement.adversarial, AdversarialLoss.dac.generator(decoded: answer).total),
            (judgement.featureMatching, FeatureMatchingLoss.dac(decoded: answer, real: real)),
        ]
        for (result, expected) in pairs {
            parts.decoded.clearGradient()
            whole.decoded.clearGradient()
            result.backward(keepingGraph: true)
            expected.backward(keepingGraph: true)
            expectClose([try #require(parts.decoded.gradient)], [try #require(whole.decoded.gradient)])
        }
        #expect(parts.discriminator.namedParameters.allSatisfy { $0.tensor.gradient == nil })
    }

    @Test func whatWasNotDetachedIsReached() throws {
        let (whole, parts) = (Scene(Self.descriptions[0]), Scene(Self.descriptions[0]))
        let real = whole.discriminator.output(of: whole.real)
        let decoded = whole.discriminator.output(of: whole.decoded * 2)
        AdversarialLoss.dac.discriminator(real: real, decoded: decoded).total.backward()
        let made = parts.decoded * 2
        _ = parts.discriminator.learn(.dac, real: parts.real, decoded: made)
        expectClose([try #require(parts.decoded.gradient)], [try #require(whole.decoded.gradient)])
        parts.decoded.clearGradient()
        made.sum().backward()
        #expect(parts.decoded.gradient?.values.allSatisfy { $0 == 2 } == true)
    }

    @Test func judgingAddsToGradientsThatAreThere() {
        let (once, twice) = (Scene(Self.descriptions[2]), Scene(Self.descriptions[2]))
        func judge(_ scene: Scene) {
            _ = scene.discriminator.judge(
                decoded: scene.decoded,
                real: scene.real,
                adversarial: .dac,
                featureMatching: .dac,
                weights: (1, 2)
            )
        }
        judge(once)
        judge(twice)
        judge(twice)
        expectClose(twice.parameterGradients, once.parameterGradients.map { $0 * 2 }, 1e-5)
    }

    @Test func whatIsNotANumberReachesLossesAndGradients() throws {
        let scene = Scene(Self.descriptions[0])
        scene.decoded.storage.withMutableSpan { $0[700] = .nan }
        let lesson = scene.discriminator.learn(.dac, real: scene.real, decoded: scene.decoded)
        #expect(lesson.loss.total.item.isNaN)
        #expect(lesson.loss.realParts.allSatisfy { $0.isFinite })
        #expect(scene.parameterGradients.contains { $0.values.contains { $0.isNaN } })
        let judgement = scene.discriminator.judge(
            decoded: scene.decoded,
            real: scene.real,
            adversarial: .dac,
            featureMatching: .dac,
            weights: (1, 2)
        )
        #expect(judgement.adversarial.item.isNaN && judgement.featureMatching.item.isNaN)
        judgement.pull?.backward()
        #expect(try #require(scene.decoded.gradient).values.contains { $0.isNaN })
    }
}
