import Codec
import CodecTestSupport
import Testing

struct AdversarialLossTests {
    private let answers: AdversarialGolden

    init() throws { answers = try AdversarialGolden() }

    @Test(arguments: AdversarialLoss.Family.allCases, AdversarialLoss.Reduction.allCases)
    func everyFamilyEqualsPyTorch(family: AdversarialLoss.Family, reduction: AdversarialLoss.Reduction) throws {
        let loss = AdversarialLoss(family, reduction: reduction)
        let (name, golden) = (family.rawValue, answers.golden)
        let forD = loss.discriminator(real: answers.real, decoded: answers.decoded)
        let needsReal = family == .relativisticAverage
        let forG = loss.generator(decoded: answers.decoded, real: needsReal ? answers.real : nil)
        #expect(try answers.error(of: forD.total, "\(name).d.\(reduction)") < 2e-6)
        #expect(try answers.error(of: forG.total, "\(name).g.\(reduction)") < 2e-6)
        for (values, key) in [
            (forD.parts, "d.parts"), (forD.realParts, "d.real"), (forD.decodedParts, "d.decoded"),
            (forG.parts, "g.parts"),
        ] {
            #expect(difference(Tensor(values, shape: [3]), try golden("\(name).\(key)")).largest < 2e-6)
        }
        #expect(forG.realParts.count == (needsReal ? 3 : 0) && forG.decodedParts.count == 3)
    }

    @Test func dacIsTheDacPackage() throws {
        let forD = AdversarialLoss.dac.discriminator(real: answers.real, decoded: answers.decoded)
        #expect(try answers.error(of: forD.total, "dac.d") < 2e-6)
        #expect(try answers.error(of: AdversarialLoss.dac.generator(decoded: answers.decoded).total, "dac.g") < 2e-6)
    }

    /// What a discriminator that says the same of everything gives; the algebra of stuck runs rests on it.
    @Test(
        arguments: [
            (AdversarialLoss.dac, Float(0), Float(8), Float(8)), (.dac, 0.5, 4, 2), (.dac, 1, 8, 0),
            (.origin, 0, 2, 1), (.origin, 0.7, 2, 0.3), (.origin, 1.5, 2.5, 0),
            (.melgan, 0.5, 16, -4), (.encodec, 0.25, 2, -0.25),
            (AdversarialLoss(.binaryCrossEntropy, reduction: .mean), 0, 1.386_294_4, 0.693_147_2),
            (AdversarialLoss(.relativisticAverage, reduction: .mean), 3, 2, 2),
        ]
    )
    func aBlindDiscriminatorGivesItsFamilysConstants(
        loss: AdversarialLoss,
        answer: Float,
        discriminator: Float,
        generator: Float
    ) {
        let same = constantAnswer([Float](repeating: answer, count: 8))
        #expect(abs(loss.discriminator(real: same, decoded: same).total.item - discriminator) < 1e-5)
        #expect(abs(loss.generator(decoded: same, real: same).total.item - generator) < 1e-5)
    }

    @Test func aTermHasItsOwnGradients() throws {
        let value = AdversarialLoss.dac.discriminator(real: answers.real, decoded: answers.decoded)
        value.terms[1].backward()
        #expect(answers.real.parts.map { $0.logits.gradient != nil } == [false, true, false])
        #expect(value.parts == value.terms.map(\.item))
    }

    @Test func crossEntropyPullsAtZeroAndStaysFiniteFarAway() {
        let loss = AdversarialLoss(.binaryCrossEntropy, reduction: .sum)
        let fresh = constantAnswer([0])
        loss.generator(decoded: fresh).total.backward()
        #expect(fresh.parts[0].logits.gradient?.values.allSatisfy { abs($0 + 0.5 / 8) < 1e-7 } == true)
        #expect(loss.generator(decoded: constantAnswer([-300])).total.item == 300)
        let sure = loss.generator(decoded: constantAnswer([12])).total.item
        #expect(abs(sure - 6.144_193_7e-6) < 1e-11)
    }

    @Test(arguments: AdversarialLoss.Family.allCases)
    func nanInOneLogitReachesItsPartAndTheTotal(family: AdversarialLoss.Family) {
        let loss = AdversarialLoss(family, reduction: .mean)
        var logits = [Float](repeating: 0.3, count: 8)
        logits[5] = .nan
        let broken = DiscriminatorOutput(
            parts: [
                constantAnswer([0.3]).parts[0],
                .init(name: "broken", features: [], logits: Tensor(logits, shape: [2, 1, 4])),
            ]
        )
        let whole = constantAnswer([0.3, 0.3])
        for value in [loss.discriminator(real: broken, decoded: whole), loss.generator(decoded: broken, real: whole)] {
            #expect(value.total.item.isNaN && !value.parts[0].isNaN && value.parts[1].isNaN)
        }
    }

    @Test func answersWithoutPartsAreAProgrammersError() async {
        await #expect(processExitsWith: .failure) {
            _ = AdversarialLoss.dac.generator(decoded: DiscriminatorOutput(parts: []))
        }
        await #expect(processExitsWith: .failure) {
            _ = AdversarialLoss(.relativisticAverage, reduction: .sum).generator(decoded: constantAnswer([1]))
        }
    }
}
