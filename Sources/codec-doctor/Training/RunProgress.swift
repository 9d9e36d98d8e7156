import Codec
import Training
import TrainingMetrics

/// How far a training run is: everything the live screen shows, as a value.
struct RunProgress: Equatable, Sendable {
    /// A number with the word it is shown under.
    struct Shown: Equatable, Sendable {
        let label: String
        let value: Double
        let unit: String

        init(_ label: String, _ value: Double, unit: String = "") {
            (self.label, self.value, self.unit) = (label, value, unit)
        }

        static func == (one: Shown, other: Shown) -> Bool {
            // NaN equals NaN here: what is shown is the same.
            one.label == other.label && one.unit == other.unit
                && (one.value == other.value || (one.value.isNaN && other.value.isNaN))
        }
    }

    /// Name of the run.
    let name: String
    /// Steps of the whole run.
    let steps: Int
    /// Epochs of the whole run.
    let epochs: Int
    /// Steps done when this process took over; more than 0 after a resume.
    private(set) var firstStep = 0
    /// Steps done.
    private(set) var step = 0
    /// The epoch of the last step, from 1.
    private(set) var epoch = 1
    /// The objective and its terms at the last step.
    private(set) var losses: [Shown] = []
    /// The last validation.
    private(set) var validation: [Shown] = []
    /// Steps done at the last validation.
    private(set) var validatedStep: Int?
    /// Seconds this process has trained.
    var elapsed = 0.0
    /// What the last check said.
    var diagnosis: RunningDiagnosis?

    private let terms: [(name: String, label: String)]

    private let stepsPerEpoch: Int

    /// A run of this configuration that begins.
    init(name: String, configuration: TrainingConfiguration) {
        self.name = name
        steps = configuration.steps
        epochs = configuration.epochs
        stepsPerEpoch = max(1, configuration.stepsPerEpoch)
        let acting = configuration.objective.weights.entries.map(\.name)
        terms = ShownMetrics.training.filter { acting.contains($0.name) || ShownMetrics.always.contains($0.name) }
    }

    /// Goes on with so many steps done.
    mutating func resume(at step: Int) {
        firstStep = step
        self.step = step
        epoch = max(1, (step + stepsPerEpoch - 1) / stepsPerEpoch)
    }

    /// Notes what was measured.
    mutating func take(_ measured: MeasuredStep) {
        switch measured.split {
        case .train:
            step = Int(measured.step)
            epoch = Int(measured.epoch.rounded(.up))
            losses = terms.compactMap { term in measured[term.name].map { Shown(term.label, $0) } }
        default:
            validatedStep = Int(measured.step)
            validation = ShownMetrics.validation.compactMap { metric in
                measured[metric.name].map { Shown(metric.label, $0, unit: metric.unit) }
            }
        }
    }

    /// Steps per second of this process, `nil` before its first.
    var rate: Double? { step > firstStep && elapsed > 0 ? Double(step - firstStep) / elapsed : nil }
    /// Seconds until the end at this rate, `nil` before the first step.
    var secondsLeft: Double? { rate.map { Double(max(0, steps - step)) / $0 } }
    /// 0…1.
    var share: Double { steps > 0 ? Double(step) / Double(steps) : 0 }

    static func == (one: RunProgress, other: RunProgress) -> Bool {
        one.name == other.name && one.steps == other.steps && one.step == other.step && one.epoch == other.epoch
            && one.losses == other.losses && one.validation == other.validation && one.elapsed == other.elapsed
            && one.diagnosis == other.diagnosis
    }
}
