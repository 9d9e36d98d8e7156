import HealthRules
import TrainingMetrics

/// What a healthy run would show: the chosen profile's ranges beside what was measured, and the bands rules hold.
enum ExpectationSection {
    static func make(_ material: ReportMaterial) -> ReportSection {
        var blocks: [ReportBlock] = []
        if let profile = material.checkup.run.profile { blocks += ranges(profile, material) }
        let bands = material.telling.compactMap { index -> [RichText]? in
            let finding = material.nodes[index].finding
            guard let curve = finding.curve, curve.lower != nil || curve.upper != nil,
                let series = material.history.series.first(where: { $0.name == curve.metric && $0.split == curve.split }
                ),
                let last = series.values.last
            else { return nil }
            let band = BandWords.text(curve.lower, curve.upper)
            return [
                RichText(CurveWords.name(series)), .strong(NumberText.short(last)), RichText(band),
                material.link(index),
            ]
        }
        blocks += material.table(
            "Bands the rules hold healthy runs to",
            [("metric", .left), ("last value", .right), ("healthy", .left), ("rule", .left)],
            bands
        )
        if material.checkup.run.profile == nil, !blocks.isEmpty {
            let names = ProfileCatalogue.names.joined(separator: ", ")
            blocks.append(
                .paragraph(
                    .dim(
                        "No expectation profile was chosen. --profile NAME compares epoch by epoch; shipped: \(names)."
                    )
                )
            )
        }
        return ReportSection(anchor: "expected", title: "Expected ranges", blocks: blocks)
    }

    private static func ranges(_ profile: ExpectationProfile, _ material: ReportMaterial) -> [ReportBlock] {
        let rows = profile.rows.map { row -> [RichText] in
            let measured = value(row, material)
            return [
                RichText(MetricRole(rawValue: row.role)?.words ?? row.role),
                RichText("\(row.place.axis.rawValue) \(NumberText.position(row.place.number))"),
                RichText(BandWords.text(row.lower, row.upper)), measured.map { .strong(NumberText.short($0)) } ?? "",
                measured.map { verdict($0, row.lower, row.upper) }
                    ?? .dim(isReached(row.place, material) ? "not measured" : "not reached"),
                RichText(row.status), .dim([row.note, row.source].filter { !$0.isEmpty }.joined(separator: "; ")),
            ]
        }
        return [
            .paragraph(
                RichText("Profile ") + RichText.strong(profile.name)
                    + ": \(profile.summary). Source: \(profile.source). "
                    + "A claim is somebody's expectation, not a measurement."
            )
        ] + now(profile, material)
            + material.table(
                "Ranges of the profile, by epoch or step",
                [
                    ("metric", .left), ("at", .left), ("expected", .left), ("measured", .right), ("result", .left),
                    ("status", .left), ("note and source", .left),
                ],
                rows
            )
    }

    /// The last value of every metric the profile knows, against the range it states for the end of the run.
    private static func now(_ profile: ExpectationProfile, _ material: ReportMaterial) -> [ReportBlock] {
        let rows = profile.roles.compactMap { name -> [RichText]? in
            guard let role = MetricRole(rawValue: name), let series = series(role, material),
                let last = series.values.last,
                let band = profile.band(
                    of: role,
                    epoch: material.history.lastEpoch,
                    step: material.history.axis == .step ? material.history.lastPosition.map(Double.init) : nil
                )
            else { return nil }
            let end = series[series.count - 1]
            return [
                RichText(role.words), .strong(NumberText.short(last)),
                RichText(material.words.place(end.position, end.epoch)),
                RichText(BandWords.text(band.lower, band.upper)),
                verdict(last, band.lower, band.upper),
            ]
        }
        return material.table(
            "Where the run is now, against the range the profile states for its end",
            [("metric", .left), ("last value", .right), ("at", .left), ("expected", .left), ("result", .left)],
            rows
        )
    }

    /// Whether a value lies in a range. NaN lies in none.
    private static func verdict(_ value: Double, _ lower: Double?, _ upper: Double?) -> RichText {
        value >= lower ?? -.infinity && value <= upper ?? .infinity
            ? .badge("inside", .good) : .badge("outside", .warning)
    }

    /// Whether the run came to a place; so it did where that is not known.
    private static func isReached(_ place: ExpectationProfile.Place, _ material: ReportMaterial) -> Bool {
        switch place {
        case .epoch(let epoch): material.history.lastEpoch.map { epoch <= $0 } ?? true
        case .step(let step): material.history.axis != .step || step <= material.positions.upperBound
        }
    }

    /// The series that stands for a role: losses of training, signals of validation.
    private static func series(_ role: MetricRole, _ material: ReportMaterial) -> MetricSeries? {
        material.history.series(role, split: role.isLoss ? .train : .validation)
    }

    /// What was measured at a row's epoch or step, `nil` when nothing was.
    private static func value(_ row: ExpectationProfile.Row, _ material: ReportMaterial) -> Double? {
        guard let role = MetricRole(rawValue: row.role), let series = series(role, material) else { return nil }
        switch row.place {
        case .epoch(let epoch): return EpochValues(series, axis: material.history.axis).value(at: epoch)
        case .step(let step):
            guard material.history.axis == .step, isReached(row.place, material) else { return nil }
            let count = series.prefix(through: Int64(step)).count
            return count > 0 ? series[count - 1].value : nil
        }
    }
}
