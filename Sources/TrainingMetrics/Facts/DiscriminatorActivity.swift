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
        let roles: Set<MetricRole> = [.discriminatorLoss, .discriminatorRealLoss, .discriminatorFakeLoss]
        let own = history.series.filter { roles.contains($0.role) && !$0.isDerived && !$0.isEmpty }
        let adversarial = history.series.filter { $0.role == .adversarialLoss && !$0.isDerived && !$0.isEmpty }
        guard !own.isEmpty || !adversarial.isEmpty else { return .unknown }
        let inTraining = { (series: [MetricSeries]) in
            series.contains { $0.split == .train } ? series.filter { $0.split == .train } : series
        }
        let starts = (inTraining(own) + inTraining(adversarial)).compactMap { series in
            series.values.firstIndex { $0 != 0 }.map {
                series.positions[series.positions.startIndex + $0 - series.values.startIndex]
            }
        }
        return starts.min().map { .started(at: $0) } ?? .notStarted
    }

    /// Whether a warm-up was logged: zeros before the start.
    static func warmUp(in history: RunHistory) -> Int64? {
        guard case .started(let position) = start(in: history) else { return nil }
        let first = history.series.filter { $0.role == .discriminatorLoss || $0.role == .adversarialLoss }
            .compactMap(\.positions.first).min()
        return first.map { $0 < position } == true ? position : nil
    }
}
