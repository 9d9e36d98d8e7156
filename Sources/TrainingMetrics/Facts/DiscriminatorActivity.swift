/// Whether the discriminator takes part in the training, and since when.
///
/// Many trainers switch it on after a warm-up and log a loss of exactly 0 until then. Such zeros are no finding.
public enum DiscriminatorActivity: Hashable, Sendable {
    /// It trains since that position: the first at which D's loss or the adversarial term is not exactly 0.
    case started(at: Int64)
    /// All its losses are exactly 0 so far.
    case notStarted
    /// Neither D's losses nor an adversarial term are logged.
    case unknown

    /// Looks at D's losses, or failing these at the adversarial term. O(samples before the start).
    ///
    /// An adversarial term other than 0 means that D is there even where D's own loss is displayed as 0 (a perfect D).
    public static func start(in history: RunHistory) -> DiscriminatorActivity {
        let own: [MetricRole] = [.discriminatorLoss, .discriminatorRealLoss, .discriminatorFakeLoss]
        let players = (own + [.adversarialLoss]).map { representatives(of: $0, in: history) }
        let series = players.flatMap { $0 }
        guard !series.isEmpty else { return .unknown }
        let starts = series.compactMap { series in
            series.values.firstIndex { $0 != 0 }.map {
                series.positions[series.positions.startIndex + $0 - series.values.startIndex]
            }
        }
        if starts.isEmpty,
            MetricInterpreter.trainer(ofNames: series.map(\.key) + totals(history))?.startsImmediately == true
        {
            return series.compactMap(\.positions.first).min().map { .started(at: $0) } ?? .unknown
        }
        return starts.min().map { .started(at: $0) } ?? .notStarted
    }

    /// The series that stands for a role, or all its parts where there is no whole.
    private static func representatives(of role: MetricRole, in history: RunHistory) -> [MetricSeries] {
        if let whole = history.series(role), !whole.isDerived { return [whole] }
        let logged = history.all(role).filter { !$0.isDerived && !$0.isEmpty }
        let training = logged.filter { $0.split == .train }
        return training.isEmpty ? logged : training
    }

    private static func totals(_ history: RunHistory) -> [MetricKey] { history.all(.totalLoss).map(\.key) }

    /// Whether a warm-up was logged: zeros before the start.
    static func warmUp(in history: RunHistory) -> Int64? {
        guard case .started(let position) = start(in: history) else { return nil }
        let first = [MetricRole.discriminatorLoss, .adversarialLoss]
            .flatMap { representatives(of: $0, in: history) }.compactMap(\.positions.first).min()
        return first.map { $0 < position } == true ? position : nil
    }
}
