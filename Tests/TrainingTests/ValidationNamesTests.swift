import Testing
import Training

struct ValidationNamesTests {
    @Test func aReportHasNoNameThatTheTableLacks() throws {
        let report = try ValidatorTests.report()
        let known = Set(MeasurementNames.validation(stages: 2))
        #expect(report.entries.allSatisfy { known.contains($0.name) })
        #expect(Set(report.entries.map(\.name)).count == report.entries.count)
        #expect(MeasurementNames.inDecibels.isSubset(of: known))
    }
}
