import Codec
import Testing
import Training

@Suite struct StepProfileTests {
    @Test func timesAddUpByPhase() {
        var profile = StepProfile()
        #expect(profile.lines.isEmpty)
        profile.add(0.25, to: .generatorForward)
        profile.add(0.5, to: .discriminatorForward, share: 0.25, rest: .discriminatorBackward)
        profile.add(0.25, to: .generatorForward)
        profile.countStep()
        profile.countStep()
        #expect(profile.seconds(.generatorForward) == 0.5)
        #expect(profile.seconds(.discriminatorForward) == 0.125)
        #expect(profile.seconds(.discriminatorBackward) == 0.375)
        #expect(profile.total == 1)
        #expect(profile.lines.count == StepProfile.Phase.allCases.count + 1)
        #expect(profile.lines.contains("generator forward          250.0 ms  50.0 %"))
        #expect(profile.lines.last == "all                        500.0 ms 100.0 %")
    }

    @Test func aStepIsMeasuredInItsPhases() throws {
        let trainer = try GANTrainer(.dacTiny)
        var random = RandomSource(seed: 1)
        _ = try trainer.step(Tensor.normal([1, 1, 4096], deviation: 0.1, using: &random))
        #expect(trainer.profile.steps == 1)
        for phase in StepProfile.Phase.allCases where phase != .data {
            #expect(trainer.profile.seconds(phase) > 0, "\(phase.rawValue)")
        }
        #expect(trainer.profile.seconds(.data) == 0)
    }
}
