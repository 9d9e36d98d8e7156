import Foundation
import TestSupport
import Testing

@testable import TrainingMetrics

/// `docs/formats.md` names every format and every trainer the program knows.
@Suite struct FormatsPageTests {
    private func page() throws -> String {
        let folder = FixtureLocation.root.deletingLastPathComponent()
        return try String(contentsOf: folder.appending(path: "docs/formats.md"), encoding: .utf8)
    }

    @Test(arguments: LogFormat.allCases)
    func namesEveryFormat(_ format: LogFormat) throws {
        #expect(try page().contains("`\(format.rawValue)`"))
    }

    @Test func namesEveryTrainerWithWhatItsCodeFixes() throws {
        let lines = try page().split(separator: "\n").map(String.init)
        let rows = MetricInterpreter.tables.map { table in
            let game = table.game.map { $0.family.rawValue + ($0.reduction.map { ", \($0.rawValue)" } ?? "") }
            let count = table.subDiscriminators.map { "\($0)" }
            let terms = table.logsWeightedTerms ? "weighted" : ""
            return "| \(table.dialect) | \(game ?? "") | \(count ?? "") | \(terms) |"
        }
        #expect(rows.filter { !lines.contains($0) } == [])
    }
}
