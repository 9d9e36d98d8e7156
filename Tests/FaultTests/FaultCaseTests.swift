import Experiments
import Testing
import Training

struct FaultCaseTests {
    @Test func everyFaultHasItsOwnName() {
        #expect(Set(FaultCatalogue.all.map(\.name)).count == FaultCatalogue.all.count)
        #expect(FaultCatalogue.all.count >= 24)
    }
}
