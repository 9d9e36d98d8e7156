import Foundation
import Probe
import Testing
import TrainingMetrics

@Suite struct ProbeReportTests {
    @Test func numbersThatAreNotFiniteSurviveJSON() throws {
        var report = ProbeReport(kind: .discriminator, seed: 1)
        report.seconds = .infinity
        #expect(try report.json().contains(#""seconds":"Infinity""#))
    }
}
