/// A fact a log states about its run: a configuration line, a parameter count.
public struct LoggedFact: Hashable, Sendable, Codable {
    /// Name as logged (`learning_rate`, `Discriminator mpd params`) or a `FactKey` spelling.
    public var key: String
    /// Value as logged.
    public var value: String
    /// Line of the source, starting at 1; 0 for what a file beside it states.
    public var line: Int
    /// Run label inside the source, empty when it is one run.
    public var run: String

    /// Key of the fact that sums up what a source holds beside numbers: pictures, histograms, lists.
    public static let passedOverKey = "passed over (not scalar)"

    /// Creates a fact.
    public init(key: String, value: String, line: Int, run: String = "") {
        self.key = key
        self.value = value
        self.line = line
        self.run = run
    }
}

/// Something a line could not give, and why.
public struct Rejection: Hashable, Sendable, Codable {
    /// Line of the source, starting at 1.
    public var line: Int
    /// The line's text, cut to 500 characters, undecodable bytes replaced.
    public var text: String
    /// Why, as a sentence.
    public var reason: String

    /// Creates a rejection.
    public init(line: Int, text: String, reason: String) {
        self.line = line
        self.text = text
        self.reason = reason
    }
}

/// What a reader hands on: samples as columns (no allocation per sample), facts and rejections.
///
/// The buffer is drained and refilled many times per source; metric indices stay valid for the whole source.
///
/// A source has at most `mostMetrics` of them: what belongs to any further one is rejected sample by sample.
public struct EventBuffer: Sendable {
    /// Most metrics of one source.
    public static let mostMetrics = 20_000
    /// Index of a metric that is one too many.
    public static let refusedMetric: Int32 = -1

    /// Metrics seen so far; a sample's `metric` is an index into this.
    public private(set) var keys: [MetricKey] = []
    private var indexByKey: [MetricKey: Int32] = [:]
    /// Name of the metric refused last.
    private var refusedName = ""

    /// Index into `keys`, per sample.
    public private(set) var metric: [Int32] = []
    /// Position on the metric's axis, per sample.
    public private(set) var step: [Int64] = []
    /// Epoch, per sample; NaN where the log gave none.
    public private(set) var epoch: [Double] = []
    /// Wall time in seconds since 1970 UTC, per sample; NaN where the log gave none.
    public private(set) var time: [Double] = []
    /// Raw value, per sample; NaN and infinities are values.
    public private(set) var value: [Double] = []
    /// Line of the source, per sample, starting at 1. Never decreases within a source.
    public private(set) var line: [Int64] = []

    /// Facts since the last drain.
    public private(set) var facts: [LoggedFact] = []
    /// The first rejections of the source since the last drain; at most `keptRejections` are kept per source.
    public private(set) var rejections: [Rejection] = []
    /// All rejections since the last drain, kept or not.
    public private(set) var rejectedCount = 0
    /// How many rejections are still to be kept for this source.
    public private(set) var keptRejections: Int

    /// Creates a buffer that keeps the text of that many rejections.
    public init(keptRejections: Int = 100) { self.keptRejections = keptRejections }

    /// Number of samples waiting.
    public var count: Int { value.count }

    /// Index of a metric, adding it when it is new; `refusedMetric` when there are too many. Readers cache the result.
    public mutating func index(of key: MetricKey) -> Int32 {
        if let index = indexByKey[key] { return index }
        guard keys.count < Self.mostMetrics else {
            refusedName = key.name
            return Self.refusedMetric
        }
        let index = Int32(keys.count)
        keys.append(key)
        indexByKey[key] = index
        return index
    }

    /// Adds a sample; rejects that of a refused metric.
    public mutating func append(
        metric: Int32,
        step: Int64,
        epoch: Double = .nan,
        time: Double = .nan,
        value: Double,
        line: Int
    ) {
        guard metric >= 0 else { return refuse(line: line) }
        self.metric.append(metric)
        self.step.append(step)
        self.epoch.append(epoch)
        self.time.append(time)
        self.value.append(value)
        self.line.append(Int64(line))
    }

    @inline(never)
    private mutating func refuse(line: Int) {
        let name = refusedName
        let reason = "more than \(Self.mostMetrics) different metrics in one source; those beyond are not kept"
        reject(line: line, text: name, reason: reason)
    }

    /// Adds a fact.
    public mutating func append(_ fact: LoggedFact) { facts.append(fact) }

    /// Counts a rejection and keeps it while there is room.
    public mutating func reject(line: Int, text: @autoclosure () -> String, reason: @autoclosure () -> String) {
        rejectedCount += 1
        guard keptRejections > 0 else { return }
        keptRejections -= 1
        rejections.append(Rejection(line: line, text: String(text().prefix(500)), reason: reason()))
    }

    /// Forgets samples, facts and rejections that have been taken; metric indices stay.
    public mutating func removeAll() {
        metric.removeAll(keepingCapacity: true)
        step.removeAll(keepingCapacity: true)
        epoch.removeAll(keepingCapacity: true)
        time.removeAll(keepingCapacity: true)
        value.removeAll(keepingCapacity: true)
        line.removeAll(keepingCapacity: true)
        facts.removeAll(keepingCapacity: true)
        rejections.removeAll(keepingCapacity: true)
        rejectedCount = 0
    }
}
