import Experiments
import HealthReport
import HealthRules

/// Which runs of the fault matrix are done, in order.
struct FaultPlan {
    /// One run.
    struct Item {
        let name: String
        let isHealthy: Bool
        /// Trains and judges.
        let run: (FaultMatrix, (Double) -> Void) throws -> FaultOutcome
    }

    let items: [Item]

    /// All names, faults first.
    static var names: [String] {
        FaultCatalogue.all.map(\.name) + HealthyVariation.all.map(\.name)
    }

    /// Every fault and every healthy variation, or those of these names, with so many seeds.
    init(only: [String], seeds: Int) {
        func isWanted(_ name: String) -> Bool { only.isEmpty || only.contains(name) }
        let faults = FaultCatalogue.all.filter { isWanted($0.name) }
        let healthy = HealthyVariation.all.filter { isWanted($0.name) }
        items =
            faults.flatMap { fault in
                (0..<seeds).map { seed in
                    Item(name: fault.name, isHealthy: false) { try $0.run(fault, seed: UInt64(seed), progress: $1) }
                }
            }
            + healthy.flatMap { variation in
                (0..<seeds).map { seed in
                    Item(name: variation.name, isHealthy: true) {
                        try $0.run(variation, seed: UInt64(seed), progress: $1)
                    }
                }
            }
    }

    /// One line about a run that is done.
    static func line(_ outcome: FaultOutcome) -> String {
        let seen = outcome.first.map { ", first \($0.rule) at step \($0.firstStep.map(String.init) ?? "?")" } ?? ""
        let seconds = NumberText.short(outcome.seconds)
        return "\(outcome.name) (seed \(outcome.seed)): \(outcome.verdict.rawValue)\(seen), \(seconds) s"
    }

    private struct Listed: Encodable {
        let name: String
        let summary: String
        let kind: String
        let expected: String
    }

    /// The faults and variations with what is expected of their diagnosis.
    static func list(as format: OutputOptions.Format) throws -> String {
        let faults = FaultCatalogue.all.map { fault in
            Listed(name: fault.name, summary: fault.summary, kind: "fault", expected: text(fault.expectation))
        }
        let healthy = HealthyVariation.all.map { variation in
            Listed(name: variation.name, summary: variation.summary, kind: "healthy", expected: "no error")
        }
        if format == .json { return try JSONText.render(faults + healthy) + "\n" }
        var table = TextTable([("name", .left), ("expected", .left), ("what is done", .left)])
        for item in faults + healthy { table.append([item.name, item.expected, item.summary]) }
        return table.lines(style: Console.style).joined(separator: "\n") + "\n"
    }

    private static func text(_ expectation: FaultCase.Expectation) -> String {
        switch expectation {
        case .caught(let rules, _): rules.map(\.rawValue).joined(separator: " or ")
        case .invisible(let metric): "invisible without \(metric)"
        }
    }
}
