import Experiments
import HealthRules
import SpeechData
import Testing
import Training

/// A few faults in very short runs; the whole matrix is `codec-doctor experiment faults`.
struct FaultMatrixTests {
    @Test(arguments: [
        "discriminator-never-stepped", "real-fed-twice", "discriminator-head-zero", "detach-missing", "silent-data",
    ])
    func aFaultIsFoundAndNamed(name: String) throws {
        let fault = try #require(FaultCatalogue.fault(named: name))
        let outcome = try FaultMatrix(length: 0.2).run(fault, seed: 5)
        #expect(outcome.verdict == .caught, "\(outcome.rootRule?.rawValue ?? "no root"): \(outcome.rootCause)")
        #expect(outcome.steps == 60)
    }

    @Test func aHealthyRunHasNoErrors() throws {
        var shares: [Double] = []
        let outcome = try FaultMatrix(length: 0.2).run(HealthyVariation.base, seed: 5) { shares.append($0) }
        #expect(outcome.verdict == .silent, "\(outcome.sightings.map(\.message))")
        #expect(shares.count == 60 && shares.last == 1)
    }

    @Test func equalSeedsGiveEqualRuns() throws {
        let matrix = try FaultMatrix(length: 0.1)
        let fault = try #require(FaultCatalogue.fault(named: "gain-x0.1"))
        let first = try matrix.run(fault, seed: 2)
        let second = try matrix.run(fault, seed: 2)
        #expect(first.lastValues == second.lastValues && !first.lastValues.isEmpty)
    }
}
