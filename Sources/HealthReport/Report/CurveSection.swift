import HealthRules
import TrainingMetrics

/// The run's main curves: losses first, then what comes out, the quantiser, the optimiser.
enum CurveSection {
    private static let roles: [MetricRole] = [
        .discriminatorLoss, .generatorLoss, .totalLoss, .adversarialLoss, .featureMatchingLoss,
        .reconstructionLoss(.mel), .reconstructionLoss(.stft), .reconstructionLoss(.waveform),
        .reconstructionLoss(.unspecified), .vqLoss, .commitmentLoss, .codebookLoss, .klLoss, .snr, .siSDR,
        .amplitudeRatio, .correlation, .qualityScore, .perplexity, .codebookUsage, .discriminatorRealLoss,
        .discriminatorFakeLoss, .discriminatorRealLogit, .discriminatorFakeLogit, .gradientNorm(.generator),
        .gradientNorm(.discriminator), .gradientNorm(.unspecified), .learningRate(.generator),
        .learningRate(.discriminator), .learningRate(.unspecified), .otherLoss, .unknown,
    ]

    static func make(_ material: ReportMaterial) -> ReportSection {
        var charts: [ReportChart] = []
        var left = 0
        for role in roles {
            let series = material.history.all(role).filter { $0.count > 1 }
            guard !series.isEmpty else { continue }
            for group in groups(series) {
                guard charts.count < material.limits.overviews else {
                    left += 1
                    continue
                }
                charts.append(chart(role, group, material))
            }
        }
        var blocks: [ReportBlock] = charts.isEmpty ? [] : [.charts(charts)]
        if left > 0 {
            blocks.append(
                .paragraph(.dim("\(left) more charts would not fit; 'codec-doctor show' lists every metric."))
            )
        }
        return ReportSection(anchor: "curves", title: "The curves", blocks: blocks)
    }

    /// Series that share a chart: the splits of one metric, parts of one whole four at a time; what is not recognised
    /// stands alone.
    private static func groups(_ series: [MetricSeries]) -> [[MetricSeries]] {
        guard series.first?.role != .unknown, series.first?.role != .otherLoss else { return series.map { [$0] } }
        return stride(from: 0, to: series.count, by: 4).map { Array(series[$0..<min($0 + 4, series.count)]) }
    }

    private static func chart(_ role: MetricRole, _ series: [MetricSeries], _ material: ReportMaterial) -> ReportChart {
        let band = material.checkup.run.profile?.band(
            of: role,
            epoch: material.history.lastEpoch,
            step: material.history.axis == .step ? material.history.lastPosition.map(Double.init) : nil
        )
        let isKnown = role != .unknown && role != .otherLoss
        return ReportChart(
            title: isKnown ? role.words : CurveWords.name(series[0]),
            description: series.map { CurveWords.text($0, material.words) }.joined(separator: "; "),
            curves: series.map { ReportChart.Curve($0, columns: SVGChart.columns(.half)) },
            lower: band?.lower,
            upper: band?.upper,
            axis: material.history.axis,
            positions: material.positions,
            size: .half,
            bandName: material.checkup.run.profile.map { "expected by \(TerminalText.escaped($0.name, width: 40))" }
                ?? ""
        )
    }
}

extension MetricRole {
    /// The role in words (`reconstruction loss, mel`).
    var words: String {
        let parts = rawValue.split(separator: ".").map { part in
            part.reduce(into: "") { $0 += $1.isUppercase ? " " + $1.lowercased() : String($1) }
        }
        switch self {
        case .snr: return "SNR, dB"
        case .siSDR: return "SI-SDR, dB"
        case .vqLoss: return "quantiser loss"
        case .klLoss: return "KL loss"
        default: return parts.filter { $0 != "unspecified" }.joined(separator: ", ")
        }
    }
}
