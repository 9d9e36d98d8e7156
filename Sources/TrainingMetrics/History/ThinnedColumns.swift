/// One metric of one source while its run is followed: columns that grow without growing beyond a bound.
///
/// At level 0 every sample is kept. At level k the records of the source are cut into blocks of 2^k, and of each block the metric's
/// first sample is kept, and the first that is not finite and the first whose position fell back where there are such. Blocks are the
/// same for all metrics, so samples of one line stay together, distances stay even, and a share of a window stays what it was. The
/// latest sample is always there.
public struct ThinnedColumns: Sendable {
    /// A sample as it is logged.
    public struct Sample: Sendable, Equatable {
        /// Record of the source.
        public var order: Int64
        /// Position on the metric's axis.
        public var position: Int64
        /// Epoch, NaN where unknown.
        public var epoch: Double
        /// Wall time in seconds since 1970 UTC, NaN where unknown.
        public var time: Double
        /// Raw value.
        public var value: Double

        /// Creates a sample.
        public init(order: Int64, position: Int64, epoch: Double = .nan, time: Double = .nan, value: Double) {
            (self.order, self.position, self.epoch, self.time, self.value) = (order, position, epoch, time, value)
        }
    }

    /// Reasons to keep a sample of a block.
    private struct Reasons: OptionSet {
        let rawValue: UInt8
        static let first = Reasons(rawValue: 1)
        static let notFinite = Reasons(rawValue: 2)
        static let fallsBack = Reasons(rawValue: 4)
    }

    /// Binary logarithm of the records a kept sample stands for.
    public private(set) var level = 0
    /// Samples taken, kept or not.
    public private(set) var total = 0
    /// The latest sample, kept or not.
    public private(set) var last: Sample?

    private var order: [Int64] = []
    private var positions: [Int64] = []
    private var epochs: [Double] = []
    private var times: [Double] = []
    private var values: [Double] = []
    private var block: Int64 = -1
    private var kept: Reasons = []

    /// Columns of a metric nothing is known of yet.
    public init(level: Int = 0) { self.level = max(0, min(level, 62)) }

    /// Number of samples kept.
    public var count: Int { values.count }

    /// Takes the next sample in log order.
    public mutating func append(_ sample: Sample) {
        total += 1
        keep(sample, fallsBack: last.map { sample.position < $0.position } ?? false)
        last = sample
    }

    /// Doubles the records that a kept sample stands for.
    public mutating func thin() {
        var thinner = ThinnedColumns(level: level + 1)
        for index in values.indices {
            let sample = sample(index)
            thinner.keep(sample, fallsBack: index > 0 && sample.position < positions[index - 1])
        }
        (thinner.total, thinner.last) = (total, last)
        self = thinner
    }

    private mutating func keep(_ sample: Sample, fallsBack: Bool) {
        if sample.order >> Int64(level) != block {
            block = sample.order >> Int64(level)
            kept = []
        }
        var reasons: Reasons = .first
        if !sample.value.isFinite { reasons.insert(.notFinite) }
        if fallsBack { reasons.insert(.fallsBack) }
        guard level == 0 || !reasons.isSubset(of: kept) else { return }
        kept.formUnion(reasons)
        if epochs.isEmpty, !sample.epoch.isNaN { epochs = [Double](repeating: .nan, count: values.count) }
        if times.isEmpty, !sample.time.isNaN { times = [Double](repeating: .nan, count: values.count) }
        if !epochs.isEmpty || !sample.epoch.isNaN { epochs.append(sample.epoch) }
        if !times.isEmpty || !sample.time.isNaN { times.append(sample.time) }
        order.append(sample.order)
        positions.append(sample.position)
        values.append(sample.value)
    }

    private func sample(_ index: Int) -> Sample {
        Sample(
            order: order[index],
            position: positions[index],
            epoch: epochs.isEmpty ? .nan : epochs[index],
            time: times.isEmpty ? .nan : times[index],
            value: values[index]
        )
    }

    /// What is kept, the latest sample and then `provisional` ones behind it.
    public func columns(
        key: MetricKey,
        interpretation: MetricInterpretation,
        source: Int,
        provisional: [Sample] = []
    ) -> MetricColumns {
        var whole = self
        whole.level = 0
        if let last, last.order != order.last { whole.keep(last, fallsBack: false) }
        for sample in provisional { whole.keep(sample, fallsBack: false) }
        return MetricColumns(
            key: key,
            interpretation: interpretation,
            source: source,
            order: whole.order,
            positions: whole.positions,
            epochs: whole.epochs,
            times: whole.times,
            values: whole.values
        )
    }
}
