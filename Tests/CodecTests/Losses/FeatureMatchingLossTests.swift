import Codec
import CodecTestSupport
import Testing

struct FeatureMatchingLossTests {
    private static let presets: [(name: String, loss: FeatureMatchingLoss)] = [
        ("matching.hifigan", .hifigan), ("matching.melgan", .melgan), ("matching.vocos", .vocos),
        ("matching.encodec", .encodec), ("matching.encodecPaper", .encodecPaper),
        ("matching.originFailing", .originFailing), ("matching.originFixed", .originFixed), ("dac.features", .dac),
    ]
    private let answers: AdversarialGolden

    init() throws { answers = try AdversarialGolden() }

    @Test(arguments: presets) func everyPresetEqualsPyTorch(name: String, loss: FeatureMatchingLoss) throws {
        let value = loss.value(decoded: answers.decoded, real: answers.real)
        #expect(try answers.error(of: value.total, name) < 2e-6)
        #expect(abs(value.parts.reduce(0, +) - value.total.item) < 1e-5 && value.parts.count == 3)
        #expect(value.terms.map(\.count) == (loss.includesLogits ? [3, 4, 2] : [2, 3, 1]))
    }

    @Test func aTermIsTheDistanceOfItsMapAlone() {
        let (real, decoded) = (constantAnswer([1, 2]), constantAnswer([1.5, 2.25]))
        let value = FeatureMatchingLoss.hifigan.value(decoded: decoded, real: real)
        #expect(value.terms.map { $0.map(\.item) } == [[0.5, 0.5, 0.5], [0.25, 0.25, 0.25]])
        #expect(value.parts == [3, 1.5])
        value.terms[1][0].backward()
        #expect(decoded.parts[1].features[0].gradient?.values.allSatisfy { abs($0 - 1 / 24) < 1e-8 } == true)
        #expect(decoded.parts[1].features[1].gradient == nil && real.parts[1].features[0].gradient == nil)
    }

    @Test func silenceNeedsEpsilonInARelativeDistance() {
        let (real, decoded) = (constantAnswer([0]), constantAnswer([0.1]))
        let safe = FeatureMatchingLoss(reduction: .mean, relativeEpsilon: 1e-3)(decoded: decoded, real: real)
        let plain = FeatureMatchingLoss(reduction: .mean, relativeEpsilon: 0)(decoded: decoded, real: real)
        #expect(abs(safe.item - 100) < 1e-3 && plain.item == .infinity)
    }

    @Test(arguments: [true, false]) func nanInOneMapReachesItsPartAndTheTotal(inReal: Bool) {
        let whole = constantAnswer([1, 1])
        let broken = constantAnswer([1, .nan])
        let value = FeatureMatchingLoss.dac.value(decoded: inReal ? whole : broken, real: inReal ? broken : whole)
        #expect(value.total.item.isNaN && value.parts[0] == 0 && value.parts[1].isNaN)
    }

    @Test func mapsThatAreMissingAreAProgrammersError() async {
        await #expect(processExitsWith: .failure) {
            _ = FeatureMatchingLoss.dac(
                decoded: constantAnswer([1], featureMaps: 0),
                real: constantAnswer([1], featureMaps: 0)
            )
        }
        await #expect(processExitsWith: .failure) {
            _ = FeatureMatchingLoss.dac(
                decoded: constantAnswer([1], featureMaps: 2),
                real: constantAnswer([1], featureMaps: 3)
            )
        }
    }
}
