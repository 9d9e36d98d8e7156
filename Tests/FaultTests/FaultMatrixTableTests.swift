import Experiments
import HealthRules
import Testing

struct FaultMatrixTableTests {
    private static func outcome(
        _ name: String,
        _ verdict: FaultOutcome.Verdict,
        missing: String = "",
        errors: Int = 0
    ) -> FaultOutcome {
        FaultOutcome(
            name: name,
            summary: "",
            seed: 1,
            verdict: verdict,
            sightings: (0..<errors).map { _ in
                FaultOutcome.Sighting(rule: "OPT001", name: "non-finite", severity: .error, firstStep: 7, message: "")
            },
            rootRule: errors > 0 ? "OPT001" : nil,
            rootCause: errors > 0 ? "a | in a cause" : "",
            missingMetric: missing,
            steps: 10,
            seconds: 1,
            lastValues: []
        )
    }

    private let table = FaultMatrixTable(
        faults: [
            outcome("a", .caught, errors: 1), outcome("b", .misnamed, errors: 2), outcome("c", .missed),
            outcome("d", .invisible, missing: "a metric"),
        ],
        healthy: [outcome("base", .silent)]
    )

    @Test func itCountsWhatWasFound() {
        #expect(table.visibleCount == 3 && table.caughtCount == 2 && table.namedCount == 1)
        #expect(table.healthyErrorCount == 0 && !table.holds)
    }

    @Test func theSummarySaysIt() {
        #expect(
            table.summary
                == "2 of 3 faults that show in the log were found, 1 with the right first cause; 1 cannot be seen in it. "
                + "1 healthy runs gave 0 errors."
        )
    }

    @Test func markdownKeepsItsColumns() {
        let rows = table.markdown.split(separator: "\n").filter { $0.hasPrefix("|") }
        #expect(rows.count == 9)
        #expect(rows[2] == "| a | 1 | OPT001 non-finite | 7 | OPT001 | a \\| in a cause | caught |")
        #expect(rows[5].contains("would be shown by a metric"))
    }

    @Test func textIsAligned() {
        let lines = table.text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines[0].hasPrefix("fault  seed  first rule"))
        #expect(lines[1].hasPrefix("a      1     OPT001 non-finite"))
    }
}
