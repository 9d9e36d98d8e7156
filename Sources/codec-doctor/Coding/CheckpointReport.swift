import Codec
import Foundation
import HealthReport

/// What `checkpoint` says.
struct CheckpointReport: Encodable {
    /// One tensor.
    struct TensorRow: Encodable {
        let name: String
        let dtype: String
        let shape: [Int]
        let norm: JSONNumber?
        let minimum: JSONNumber?
        let maximum: JSONNumber?
        let meanMagnitude: JSONNumber?
        let nan: Int?
        let positiveInfinity: Int?
        let negativeInfinity: Int?
        let zeroShare: JSONNumber?
        let problem: String?

        init(_ report: CheckpointInspection.TensorReport) {
            let statistics = report.statistics
            name = report.name
            dtype = "\(report.elementType)"
            shape = report.shape
            norm = statistics.map { JSONNumber($0.norm) }
            minimum = statistics.map { JSONNumber(Double($0.minimum)) }
            maximum = statistics.map { JSONNumber(Double($0.maximum)) }
            meanMagnitude = statistics.map { JSONNumber($0.meanMagnitude) }
            nan = statistics?.nanCount
            positiveInfinity = statistics?.positiveInfinityCount
            negativeInfinity = statistics?.negativeInfinityCount
            zeroShare = statistics.map { JSONNumber($0.zeroFraction) }
            problem = report.problem
        }
    }

    /// One size of the architecture.
    struct Fact: Encodable {
        let name: String
        let value: String
        let source: String
    }

    /// One group of tensors.
    struct Group: Encodable {
        let title: String
        let isModel: Bool
        let tensors: Int
        let elements: Int
        let architecture: String?
        let facts: [Fact]
        let missing: [String]
        let unexpected: [String]
        let mismatched: [String]
        let notes: [String]

        init(_ report: CheckpointInspection.GroupReport) {
            title = report.title
            isModel = report.isModel
            tensors = report.tensorCount
            elements = report.elementCount
            architecture = report.architecture?.title
            facts = (report.architecture?.facts ?? []).map {
                Fact(name: $0.name, value: $0.value.text(limit: 200), source: $0.source)
            }
            missing = report.architecture?.missing ?? []
            unexpected = report.architecture?.unexpected ?? []
            mismatched = (report.architecture?.mismatches ?? []).map {
                "\($0.name): \($0.found), expected \($0.expected)"
            }
            notes = report.architecture?.notes ?? []
        }
    }

    let file: String
    let format: String
    let bytes: Int
    let elements: Int
    let norm: JSONNumber
    let nonFinite: Int
    let unreadable: Int
    let groups: [Group]
    let tensors: [TensorRow]
    let tensorCount: Int
    let notes: [String]

    init(_ inspection: CheckpointInspection, listsTensors: Bool) {
        file = inspection.path ?? ""
        format = "\(inspection.format)"
        bytes = inspection.byteCount
        elements = inspection.tensors.reduce(0) { $0 + $1.count }
        norm = JSONNumber(inspection.total.norm)
        nonFinite = inspection.total.nonFiniteCount
        unreadable = inspection.tensors.filter { $0.problem != nil }.count
        groups = inspection.groups.map(Group.init)
        tensors = listsTensors ? inspection.tensors.map(TensorRow.init) : []
        tensorCount = inspection.tensors.count
        notes = inspection.notes
    }

    /// The report in the wished form.
    func text(_ format: OutputOptions.Format) throws -> String {
        guard format == .text else { return try JSONText.render(self) + "\n" }
        let style = Console.style
        var lines = [
            "\(TerminalText.escaped(file)): \(self.format), \(NumberText.short(Double(bytes) / 1e6)) MB, \(tensorCount) tensors, "
                + "\(elements) numbers, norm \(NumberText.short(norm.value))",
            nonFinite == 0 ? "no NaN or infinite value" : style("\(nonFinite) NaN or infinite values", .red),
        ]
        if unreadable > 0 { lines[1] += "; \(unreadable) tensor(s) could not be read" }
        for group in groups { lines += CheckpointReport.lines(of: group) }
        lines += notes.map { "note: \(TerminalText.escaped($0))" }
        if !tensors.isEmpty { lines += [""] + table.lines(style: style) }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func lines(of group: Group) -> [String] {
        var lines = [
            "\(TerminalText.escaped(group.title)): \(group.tensors) tensors, \(group.elements) numbers"
                + (group.architecture.map { "; \(TerminalText.escaped($0))" } ?? "")
                + (group.isModel ? " (the model)" : "")
        ]
        lines += group.facts.map {
            "  \($0.name) = \(TerminalText.escaped($0.value))  (\(TerminalText.escaped($0.source)))"
        }
        for (label, names) in [
            ("missing", group.missing), ("unexpected", group.unexpected), ("other shape", group.mismatched),
        ] where !names.isEmpty {
            let shown = names.prefix(5).map { TerminalText.escaped($0) }.joined(separator: ", ")
            lines.append("  \(label): \(shown)" + (names.count > 5 ? " and \(names.count - 5) more" : ""))
        }
        return lines + group.notes.map { "  note: \(TerminalText.escaped($0))" }
    }

    private var table: TextTable {
        var table = TextTable([
            ("tensor", .left), ("type", .left), ("shape", .left), ("norm", .right), ("minimum", .right),
            ("maximum", .right), ("mean |x|", .right), ("zeros", .right), ("non-finite", .left),
        ])
        for tensor in tensors {
            func number(_ value: JSONNumber?) -> String { value.map { NumberText.short($0.value) } ?? "" }
            let counts = [("NaN", tensor.nan), ("+inf", tensor.positiveInfinity), ("-inf", tensor.negativeInfinity)]
            let bad = counts.compactMap { name, count in count.flatMap { $0 > 0 ? "\($0) \(name)" : nil } }
            table.append([
                TerminalText.escaped(tensor.name, width: 60), tensor.dtype, "\(tensor.shape)", number(tensor.norm),
                number(tensor.minimum), number(tensor.maximum), number(tensor.meanMagnitude),
                tensor.zeroShare.map { NumberText.short($0.value * 100, unit: "%") } ?? "",
                tensor.problem.map { TerminalText.escaped($0) } ?? bad.joined(separator: ", "),
            ])
        }
        return table
    }
}
