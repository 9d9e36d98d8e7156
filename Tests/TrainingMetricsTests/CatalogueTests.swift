import Foundation
import Testing

@testable import TrainingMetrics

@Suite struct CatalogueTests {
    private static func row(_ line: Substring) throws -> (key: MetricKey, expected: MetricInterpretation) {
        let sign = try #require(line.range(of: " = "))
        var name = String(line[..<sign.lowerBound])
        var split = Split.train
        for candidate in Split.allCases where name.hasPrefix(candidate.rawValue + " ") {
            split = candidate
            name.removeFirst(candidate.rawValue.count + 1)
        }
        var unit = ""
        if name.hasSuffix("]"), let bracket = name.lastIndex(of: "[") {
            unit = String(name[name.index(after: bracket)...].dropLast())
            name = String(name[..<bracket].dropLast())
        }
        let fields = line[sign.upperBound...].split(separator: " ")
        var expected = MetricInterpretation(role: try #require(MetricRole(rawValue: String(fields[0]))))
        var part: [String] = []
        for field in fields.dropFirst() {
            if field.hasPrefix("scale=") {
                expected.scale = try #require(Double(field.dropFirst(6)))
            } else if field == "negated" {
                expected.isNegated = true
            } else {
                part.append(field.hasPrefix("part=") ? String(field.dropFirst(5)) : String(field))
            }
        }
        expected.part = part.joined(separator: " ")
        return (MetricKey(name: name, split: split, unit: unit), expected)
    }

    @Test(arguments: DialectNames.all)
    func everyNameOfADialectIsReadAsItsTrainerMeansIt(_ dialect: DialectNames) throws {
        let rows = try dialect.text.split(separator: "\n").map(Self.row)
        let found = MetricInterpreter().interpret(rows.map(\.key))
        for (row, interpretation) in zip(rows, found) {
            #expect(interpretation == row.expected, "\(dialect.trainer): \(row.key.name)")
        }
    }

    @Test func namesOfDifferentRunsDoNotInfluenceEachOther() {
        let keys = [
            MetricKey(name: "d_loss", run: "a"), MetricKey(name: "g_loss", run: "a"),
            MetricKey(name: "g_loss", run: "b"), MetricKey(name: "adv_loss", run: "b"),
        ]
        let roles = MetricInterpreter().interpret(keys).map(\.role)
        #expect(roles == [.discriminatorLoss, .adversarialLoss, .generatorLoss, .adversarialLoss])
    }

    @Test func aLetterAloneIsOnlyAPlayerBesideTheOther() {
        #expect(MetricInterpreter().interpret([MetricKey(name: "d")]).map(\.role) == [.unknown])
        let both = MetricInterpreter().interpret([MetricKey(name: "D"), MetricKey(name: "G")])
        #expect(both.map(\.role) == [.discriminatorLoss, .adversarialLoss])
    }

    @Test(arguments: ["", " ", "////", "é", "💥 loss", String(repeating: "a_B9.", count: 5000), "\u{1B}[31m"])
    func anyTextIsAName(_ name: String) {
        #expect(MetricInterpreter().interpret([MetricKey(name: name)]).count == 1)
    }

    @Test func anOverrideBeatsTheCatalogue() throws {
        let overrides = [
            try RoleOverride(parsing: "LOSS_*=perplexity"), try RoleOverride(parsing: "wave=correlation,unit=%,negate"),
            try RoleOverride(parsing: "loss_2=vqLoss,part=coarse,scale=0.5"),
        ]
        let keys = ["loss_1", "loss_2", "Wave", "loss"].map { MetricKey(name: $0) }
        let found = MetricInterpreter(overrides: overrides).interpret(keys)
        #expect(
            found == [
                MetricInterpretation(role: .perplexity, part: "1"),
                MetricInterpretation(role: .vqLoss, part: "coarse", scale: 0.5),
                MetricInterpretation(role: .correlation, scale: 0.01, isNegated: true),
                MetricInterpretation(role: .totalLoss),
            ]
        )
    }

    @Test func anUnknownRoleListsTheNearestFirst() {
        do throws(RoleOverrideError) {
            _ = try RoleOverride(parsing: "x=discriminatorLos")
            Issue.record("accepted a role that does not exist")
        } catch {
            guard case .unknownRole("discriminatorLos", let nearest) = error else {
                Issue.record("\(error)")
                return
            }
            #expect(nearest.first == "discriminatorLoss")
            #expect(nearest.count == MetricRole.allCases.count)
        }
    }

    @Test(arguments: ["discriminatorLoss", "=vqLoss", "x=", "x=vqLoss,scale=0", "x=vqLoss,colour=red"])
    func aMalformedOverrideIsRefused(_ text: String) {
        #expect(throws: RoleOverrideError.self) { try RoleOverride(parsing: text) }
    }

    @Test func everyRoleCanBeWrittenInAnOverride() throws {
        for role in MetricRole.allCases {
            #expect(try RoleOverride(parsing: "a b=\(role.rawValue)").role == role)
        }
    }
}
