import Codec
public import HealthRules
import Training
import TrainingMetrics

/// One training run of the origin experiment: its epochs, and what the rules make of its log.
public struct OriginRun: Sendable, Codable {
    /// The cell's name.
    public let cell: String
    /// Decides weights and batches.
    public let seed: UInt64
    /// Parameters of D; 0 without one.
    public let discriminatorParameters: Int
    /// What each epoch measured.
    public let epochs: [OriginEpoch]
    /// The first step at which the mean of D's loss over ten steps lies more than 1 % below its blind value; `nil` if never.
    public let leftBlindAt: Int?
    /// Rules that found errors, in the order of the diagnosis.
    public let errors: [RuleID]
    /// The rule of the diagnosis' first root; `nil` when nothing was found.
    public let rootRule: RuleID?
    /// The name of the root's rule.
    public let rootName: String
    /// The cause that is named first for it.
    public let rootCause: String
    /// Seconds, validation included.
    public let seconds: Double

    /// The last epoch.
    public var last: OriginEpoch? { epochs.last }

    /// A run that was measured elsewhere.
    public init(
        cell: String,
        seed: UInt64,
        discriminatorParameters: Int,
        epochs: [OriginEpoch],
        leftBlindAt: Int?,
        errors: [RuleID],
        rootRule: RuleID?,
        rootName: String,
        rootCause: String,
        seconds: Double
    ) {
        self.cell = cell
        self.seed = seed
        self.discriminatorParameters = discriminatorParameters
        self.epochs = epochs
        self.leftBlindAt = leftBlindAt
        self.errors = errors
        self.rootRule = rootRule
        self.rootName = rootName
        self.rootCause = rootCause
        self.seconds = seconds
    }

    /// Judges a log.
    init(_ log: FaultRun.Log, cell: String, configuration: TrainingConfiguration) throws {
        let checkup = try Checkup(
            history: RunHistory(log.text.measured, name: configuration.name),
            facts: RunFacts(log.text.facts)
        )
        let root = checkup.firstRoot
        self.init(
            cell: cell,
            seed: configuration.seed,
            discriminatorParameters: configuration.discriminator?.parameterCount ?? 0,
            epochs: OriginEpoch.all(in: log.text.measured),
            leftBlindAt: Self.leftBlindAt(
                log.text.measured.compactMap { $0.split == .train ? $0[MeasurementNames.discriminatorLoss] : nil }
            ),
            errors: checkup.diagnosis.nodes.map(\.finding).filter { $0.severity == .error }.map(\.rule),
            rootRule: root?.rule,
            rootName: root?.name ?? "",
            rootCause: root?.firstCause ?? "",
            seconds: log.seconds
        )
    }

    /// For D's loss at every step.
    static func leftBlindAt(_ losses: [Double]) -> Int? {
        let window = 10
        guard losses.count >= window else { return nil }
        return (window...losses.count).first { end in
            losses[(end - window)..<end].reduce(0, +) / Double(window) < 0.99 * OriginSymptom.blindLoss
        }
    }
}
