import HealthReport
import HealthRules
import TrainingMetrics

/// How a watched run stands: everything the screen, a heartbeat and the summary show, as a value.
struct WatchStatus: Sendable {
    /// A metric worth showing.
    struct Curve: Sendable {
        let label: String
        let latest: Double
        let values: ArraySlice<Double>
        let lower: Double?
        let upper: Double?
    }

    let runID: Int64
    let runName: String
    let verdict: Verdict
    /// Root causes, warnings and errors only.
    let roots: [Finding]
    /// How many warnings and errors there are in all.
    let problems: Int
    /// How many rules had enough to judge.
    let judged: Int
    let axis: StepAxis
    let position: Int64?
    let epoch: Double?
    let curves: [Curve]
    let forecast: RunForecast?
    /// Positions per second.
    let speed: Double?
    let silentSeconds: Double
    let samples: Int
    /// 1 when every sample was judged, otherwise how many records one judged stands for.
    let recordsPerSample: Int

    init(
        run: (id: Int64, name: String),
        checkup: RunningCheckup,
        firstError: Int64?,
        speed: Double?,
        silentSeconds: Double,
        samples: Int,
        recordsPerSample: Int
    ) {
        (runID, runName) = run
        verdict = checkup.verdict
        roots = checkup.roots
        problems = checkup.results.findings.count { $0.severity > .info }
        judged = checkup.results.passed.count + Set(checkup.results.findings.map(\.rule)).count
        let history = checkup.run.history
        axis = history.axis
        position = history.lastPosition
        epoch = history.lastEpoch
        curves = Self.curves(of: checkup)
        forecast = RunForecast(history: history, facts: checkup.run.facts, firstError: firstError)
        self.speed = speed
        self.silentSeconds = silentSeconds
        self.samples = samples
        self.recordsPerSample = recordsPerSample
    }

    private static let roles: [MetricRole] = [
        .totalLoss, .generatorLoss, .discriminatorLoss, .adversarialLoss, .featureMatchingLoss,
        .reconstructionLoss(.mel), .reconstructionLoss(.stft), .reconstructionLoss(.waveform),
        .reconstructionLoss(.unspecified), .vqLoss, .commitmentLoss, .snr, .siSDR, .perplexity,
    ]
    private static let mostCurves = 7

    /// The curves of the findings first, with their bands; then losses and measures of quality.
    private static func curves(of checkup: RunningCheckup) -> [Curve] {
        let history = checkup.run.history
        var curves: [Curve] = []
        func add(_ series: MetricSeries, _ lower: Double?, _ upper: Double?) {
            let split = series.split == .train ? "" : " (\(series.split.rawValue))"
            let label = series.name + split
            guard curves.count < mostCurves, let last = series.values.last,
                !curves.contains(where: { $0.label == label })
            else { return }
            curves.append(Curve(label: label, latest: last, values: series.values, lower: lower, upper: upper))
        }
        for finding in checkup.results.findings where finding.severity > .info {
            guard let curve = finding.curve,
                let series = history.series.first(where: { $0.name == curve.metric && $0.split == curve.split })
            else { continue }
            add(series, curve.lower, curve.upper)
        }
        for role in roles {
            guard let series = history.series(role), !series.isDerived else { continue }
            let band = checkup.run.profile?.band(
                of: role,
                epoch: history.lastEpoch,
                step: history.axis == .step ? history.lastPosition.map(Double.init) : nil
            )
            let curve = checkup.results.findings.compactMap(\.curve).first {
                $0.metric == series.name && $0.split == series.split
            }
            add(series, curve?.lower ?? band?.lower, curve?.upper ?? band?.upper)
        }
        return curves
    }
}
