import HealthRules
import TrainingMetrics

/// The evidence of every error and warning: the sentence, the numbers, the curve, the causes that come into question.
enum EvidenceSection {
    static func make(_ material: ReportMaterial) -> ReportSection {
        let shown = material.telling.prefix(material.limits.cards)
        var blocks = shown.map { card($0, material) }
        if shown.count < material.telling.count {
            blocks.append(
                .paragraph(.dim("\(material.telling.count - shown.count) more findings have no card of their own."))
            )
        }
        let infos = material.order.map { material.nodes[$0.node].finding }.filter {
            $0.severity == .info && $0.rule != "RUN004"
        }
        if !infos.isEmpty {
            blocks.append(.heading("Good to know", anchor: ""))
            blocks.append(
                .list(
                    infos.prefix(material.limits.rows).map {
                        RichText.strong(ReportMaterial.name($0)) + ": \(material.words.sentence($0))"
                    },
                    isNumbered: false
                )
            )
        }
        return ReportSection(anchor: "evidence", title: "Evidence", blocks: blocks)
    }

    private static func card(_ index: Int, _ material: ReportMaterial) -> ReportBlock {
        let finding = material.nodes[index].finding
        let tone = ReportTone(finding.severity)
        var blocks: [ReportBlock] = [
            .heading(
                RichText([.strong(ReportMaterial.name(finding)), .plain(" "), .badge(finding.severity.rawValue, tone)]),
                anchor: ReportMaterial.anchor(index)
            ),
            .paragraph(RichText(finding.message)),
            .paragraph(.dim(circumstances(index, material))),
        ]
        if let chart = chart(finding, material) { blocks.append(.chart(chart)) }
        let rows = finding.evidence.prefix(12).map { evidence -> [RichText] in
            [
                RichText(evidence.label), .strong(NumberText.tidy(evidence.value, unit: evidence.unit)),
                RichText(evidence.expected),
            ]
        }
        blocks += material.table(
            "The numbers it rests on",
            [("measured", .left), ("value", .right), ("expected", .left)],
            rows
        )
        let causes = RuleAdvice(finding).causes
        if material.nodes[index].isRoot, !causes.isEmpty {
            blocks.append(.paragraph(.strong("Possible causes, most likely first")))
            blocks.append(.list(causes.prefix(6).map { RichText($0) }, isNumbered: true))
        } else if !material.nodes[index].causes.isEmpty {
            blocks.append(
                .list(
                    material.nodes[index].causes.prefix(4).map {
                        RichText("because of ") + material.link($0.node) + ": \($0.mechanism)"
                    },
                    isNumbered: false
                )
            )
        }
        return .card(blocks, tone)
    }

    /// When it held, how sure it is, when it could be seen.
    private static func circumstances(_ index: Int, _ material: ReportMaterial) -> String {
        let finding = material.nodes[index].finding
        var parts = [
            material.words.since(finding), "\(finding.confidence.rawValue) confidence",
        ]
        if let first = material.checkup.timeline.firstSight(of: finding) {
            parts.append("visible since \(material.words.place(first.position, first.epoch))")
        }
        if let certain = material.checkup.timeline.firstSight(of: finding, atLeast: .error),
            certain.position != material.checkup.timeline.firstSight(of: finding)?.position
        {
            parts.append("as an error since \(material.words.place(certain.position, certain.epoch))")
        }
        return parts.joined(separator: "; ")
    }

    private static func chart(_ finding: Finding, _ material: ReportMaterial) -> ReportChart? {
        guard let curve = finding.curve,
            let series = material.history.series.first(where: { $0.name == curve.metric && $0.split == curve.split }),
            series.count > 1 || !(series.values.first?.isFinite ?? true)
        else { return nil }
        let (first, last) = (Double(finding.episode.firstPosition), Double(finding.episode.lastPosition))
        return ReportChart(
            title: CurveWords.name(series),
            description: [CurveWords.text(series, material.words), material.words.since(finding)].joined(
                separator: "; "
            ),
            curves: [ReportChart.Curve(series, columns: SVGChart.columns(.wide))],
            lower: curve.lower,
            upper: curve.upper,
            marked: first <= last ? first...last : nil,
            markLabel: material.words.since(finding),
            axis: material.history.axis,
            positions: material.positions
        )
    }
}

/// What was visible when.
enum TimelineSection {
    static func make(_ material: ReportMaterial) -> ReportSection {
        let rows = material.checkup.timeline.entries.map { entry -> [RichText] in
            let names = entry.appeared.prefix(20).map { finding in
                RichText([
                    .badge(finding.severity.rawValue, ReportTone(finding.severity)),
                    .plain(" \(ReportMaterial.name(finding))"),
                ])
            }
            let joined = names.dropFirst().reduce(names.first ?? "") { $0 + ", " + $1 }
            let more = entry.appeared.count > 20 ? ", … \(entry.appeared.count - 20) more" : ""
            return [RichText(material.words.place(entry.position, entry.epoch)), joined + more]
        }
        return ReportSection(
            anchor: "timeline",
            title: "What was visible when",
            blocks: material.table(
                "Findings that are new or more severe at a point, judged as the log was then",
                [("at", .left), ("appeared", .left)],
                rows
            )
        )
    }
}
