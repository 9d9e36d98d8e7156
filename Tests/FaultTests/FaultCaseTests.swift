import Codec
import Experiments
import Testing
import Training

struct FaultCaseTests {
    @Test func aFaultChangesOneThing() {
        let fault = FaultCase(name: "recon-weight-0", summary: "no mel loss") {
            $0.objective.weights = $0.objective.weights.replacing("mel/loss", with: 0)
        }
        var configuration = TrainingConfiguration.dacTiny
        fault.change(&configuration)
        #expect(configuration.objective.weights["mel/loss"] == 0)
        configuration.objective.weights = TrainingConfiguration.dacTiny.objective.weights
        #expect(configuration == .dacTiny)
    }
}
