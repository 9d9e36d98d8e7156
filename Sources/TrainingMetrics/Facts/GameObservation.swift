/// A moment or a stretch of a run at which the two players' losses stand still or begin.
struct GameObservation: Sendable {
    /// Which kind of moment.
    enum Kind: Sendable {
        /// The first sample since the discriminator started: its logits are near 0.
        case start
        /// At least five samples in a row that do not move.
        case stretch
    }

    let kind: Kind
    /// D's loss, the generator's adversarial term, D's terms on real and decoded audio.
    let discriminator: Double
    let adversarial: Double?
    let real: Double?
    let fake: Double?
    /// Whether `adversarial` is the generator's whole objective, because no term of it was logged. It may hold other
    /// terms, so only a constant no other loss has by chance counts (ln 2).
    var isObjective = false
    /// `D is 2.000 and the adversarial term 1.002 at epoch 1`
    let text: String

    /// The telling moments of a history, training split.
    static func all(in history: RunHistory) -> [GameObservation] {
        let whole = { (role: MetricRole) in
            history.series(role, onlyIn: .train).flatMap { $0.interpretation.part.isEmpty ? $0 : nil }
        }
        let adversarial = whole(.adversarialLoss)
        let real = whole(.discriminatorRealLoss)
        let fake = whole(.discriminatorFakeLoss)
        var found: [GameObservation] = []
        if let d = whole(.discriminatorLoss) {
            if let adversarial {
                found += moments(history, d, [adversarial]) { ($0, $1[0], nil, nil) }
            } else if let real, let fake {
                found += moments(history, d, [real, fake]) { ($0, nil, $1[0], $1[1]) }
            } else if let objective = whole(.generatorLoss) {
                found += moments(history, d, [objective]) { ($0, $1[0], nil, nil) }.compactMap { seen in
                    guard seen.kind == .stretch else { return nil }
                    var seen = seen
                    seen.isObjective = true
                    return seen
                }
            }
        } else if let real, let fake {
            if let adversarial {
                found += moments(history, real, [fake, adversarial]) { ($0 + $1[0], $1[1], $0, $1[0]) }
            } else {
                found += moments(history, real, [fake]) { ($0 + $1[0], nil, $0, $1[0]) }
            }
        }
        return found
    }

    private typealias Values = (discriminator: Double, adversarial: Double?, real: Double?, fake: Double?)

    private static func moments(
        _ history: RunHistory,
        _ base: MetricSeries,
        _ others: [MetricSeries],
        _ values: @escaping (Double, [Double]) -> Values
    ) -> [GameObservation] {
        let rows = AlignedSamples(base, others)
        guard case .started(let start) = DiscriminatorActivity.start(in: history) else { return [] }
        let lead = rows.baseValues
        guard let first = lead.indices.first(where: { base[rows.offsets[$0]].position >= start && lead[$0] != 0 })
        else {
            return []
        }
        let at = { (row: Int) in values(lead[row], rows.columns.map { $0[row] }) }
        func observation(_ kind: Kind, _ v: Values, _ place: String) -> GameObservation {
            var text = "D is \(rounded(v.discriminator))"
            if let adversarial = v.adversarial { text += " and the adversarial term \(rounded(adversarial))" }
            if let real = v.real, let fake = v.fake { text += " (real \(rounded(real)), fake \(rounded(fake)))" }
            return GameObservation(
                kind: kind,
                discriminator: v.discriminator,
                adversarial: v.adversarial,
                real: v.real,
                fake: v.fake,
                text: "\(text) \(place)"
            )
        }
        let unit = history.axis.rawValue
        let position = { (row: Int) in base[rows.offsets[row]].position }
        var found = [observation(.start, at(first), "at the start (\(unit) \(position(first)))")]
        if let still = longestStillStretch([lead] + rows.columns, from: first) {
            let medians = rows.columns.map { RobustStatistics.median($0[still]) }
            let place = "without moving from \(unit) \(position(still.lowerBound)) to \(position(still.upperBound - 1))"
            found.append(observation(.stretch, values(RobustStatistics.median(lead[still]), medians), place))
        }
        return found
    }

    /// The longest run of at least five samples in which no loss leaves a band of ±1 % (±0.01 around 0) and D's is not 0.
    /// O(n), without an allocation per sample.
    private static func longestStillStretch(_ columns: [[Double]], from first: Int) -> Range<Int>? {
        var low = columns.map { $0[first] }
        var high = low
        var start = first
        var best = first..<first
        for row in first..<columns[0].count {
            var isStill = columns[0][row] != 0
            for index in columns.indices {
                let value = columns[index][row]
                low[index] = min(low[index], value)
                high[index] = max(high[index], value)
                let width = max(0.01 * abs(high[index] + low[index]), 0.02)
                if !(value.isFinite && high[index] - low[index] <= width) { isStill = false }
            }
            if !isStill {
                start = row
                for index in columns.indices {
                    low[index] = columns[index][row]
                    high[index] = low[index]
                }
                if columns[0][row] == 0 || !columns.allSatisfy({ $0[row].isFinite }) { start = row + 1 }
            }
            if row + 1 - start > best.count { best = start..<(row + 1) }
        }
        return best.count >= 5 ? best : nil
    }

    private func rounded(_ value: Double) -> String { GameObservation.rounded(value) }

    /// Three decimals.
    static func rounded(_ value: Double) -> String {
        guard value.isFinite, abs(value) < 1e9 else { return "\(value)" }
        let thousandths = Int64((abs(value) * 1000).rounded())
        let tail = String(1000 + thousandths % 1000).dropFirst()
        return "\(value < 0 && thousandths > 0 ? "-" : "")\(thousandths / 1000).\(tail)"
    }
}
