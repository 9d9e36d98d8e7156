/// Whether the logged terms of the objective add up to the logged total, with which weights, and what share each has.
public struct LossAlgebra: Sendable {
    /// Where a term's weight comes from.
    public enum WeightOrigin: String, Hashable, Sendable, Codable {
        /// A fact: given by the user or read from the log.
        case known
        /// Logged beside the terms, one weight per position.
        case logged
        /// 1, because the terms then add up to the total.
        case one
        /// The weights that fit best.
        case fitted
        /// 1, because that is the common default; nothing proves it.
        case assumed
    }

    /// How far the weights explain the total.
    public enum Verdict: String, Hashable, Sendable, Codable {
        /// Known weights add the terms up to the total.
        case explained
        /// Weights of 1 do, although other weights are known: the terms are logged already weighted.
        case alreadyWeighted
        /// Weights of 1 do, and no others are known.
        case explainedByOnes
        /// Fitted weights do, and no others could.
        case fitted
        /// Fitted weights do, but so would others: terms that move together.
        case fittedNotUnique
        /// More unknown weights than rows allow.
        case tooFewRows
        /// No weights do: a term is missing, or the known weights are wrong.
        case unexplained
    }

    /// A term of the objective.
    public struct Term: Sendable {
        /// Name as logged.
        public let name: String
        /// Which term it is; `nil` for a loss of another kind.
        public let kind: MetricRole.LossTerm?
        /// Its weight; `nil` where unknown. For weights logged per position, the last.
        public let weight: Double?
        /// Where the weight comes from; `nil` where unknown.
        public let origin: WeightOrigin?
        /// Its share of the objective, 0…1, at every row; `nil` where its weight is unknown.
        public let share: MetricSeries?
    }

    /// Name of the total.
    public let total: String
    /// The terms, in the order of the history.
    public let terms: [Term]
    /// Rows: positions at which the total and all terms were logged.
    public let rowCount: Int
    /// What came of it.
    public let verdict: Verdict
    /// Median of |weighted sum − total| / |total| over the rows; `nil` where weights are unknown.
    public let residual: Double?

    /// What was found, as a sentence.
    public var evidence: String {
        let sum = terms.map { term in
            guard let weight = term.weight, let origin = term.origin, origin != .assumed else {
                return "?·\(term.name)"
            }
            return "\(Self.text(weight))·\(term.name)"
        }.joined(separator: " + ")
        let off = residual.map { " to within \(Self.text($0 * 100)) %" } ?? ""
        let rows = rowCount == 1 ? "one row" : "\(rowCount) rows"
        return switch verdict {
        case .explained: "\(sum) explains \(total)\(off) in \(rows)"
        case .alreadyWeighted:
            "the terms add up to \(total)\(off) as they are in \(rows): they are logged already weighted"
        case .explainedByOnes:
            "the terms add up to \(total)\(off) in \(rows): every weight is 1, or they are logged weighted"
        case .fitted: "\(sum) fits \(total)\(off) in \(rows), and no other weights do"
        case .fittedNotUnique:
            "\(sum) fits \(total)\(off) in \(rows), but so do other weights: the terms do not vary independently"
        case .tooFewRows: "\(rows) of \(total) and \(terms.count) terms leave several sets of weights possible"
        case .unexplained:
            "no weights make the logged terms add up to \(total) in \(rows): a term is missing or a weight is wrong"
        }
    }

    /// The shares of all terms with a known weight; of a term logged in several parts and of reconstruction of any kind
    /// also the sum.
    public var shares: [MetricSeries] {
        let single = terms.compactMap(\.share)
        var result = single
        let kinds = MetricRole.LossTerm.allCases
        for kind in kinds where kind != .reconstruction {
            let parts = single.filter { $0.role == .lossShare(kind) }
            if parts.count > 1 || parts.contains(where: { !$0.interpretation.part.isEmpty }) {
                result += Self.sum(parts, .lossShare(kind), "share of all \(kind.rawValue) terms").map { [$0] } ?? []
            }
        }
        let distances: Set<MetricRole> = [
            .lossShare(.reconstruction), .lossShare(.mel), .lossShare(.stft), .lossShare(.waveform),
        ]
        let parts = single.filter { distances.contains($0.role) }
        let isWhole = parts.count == 1 && parts[0].role == .lossShare(.reconstruction)
        // Only where no distance is left out.
        let logged = terms.filter { $0.kind.map { distances.contains(.lossShare($0)) } ?? false }
        if !isWhole, parts.count == logged.count {
            result +=
                Self.sum(parts, .lossShare(.reconstruction), "share of all reconstruction terms").map { [$0] } ?? []
        }
        return result
    }

    /// The sum of shares, which all have the rows of the algebra.
    private static func sum(_ parts: [MetricSeries], _ role: MetricRole, _ name: String) -> MetricSeries? {
        guard let first = parts.first else { return nil }
        var values = Array(first.values)
        for part in parts.dropFirst() {
            for (row, value) in part.values.enumerated() { values[row] += value }
        }
        return AlignedSamples(first, []).derived(name: name, role: role, values: values)
    }

    /// The fact that holds the weight of a term.
    public static let weightKeys: [(MetricRole.LossTerm, FactKey)] = [
        (.adversarial, .adversarialWeight), (.featureMatching, .featureMatchingWeight),
        (.reconstruction, .reconstructionWeight), (.mel, .melWeight), (.stft, .stftWeight),
        (.waveform, .waveformWeight),
        (.vq, .vqWeight), (.commitment, .commitmentWeight), (.codebook, .codebookWeight), (.kl, .klWeight),
    ]

    /// A number to four digits, without trailing zeros.
    static func text(_ value: Double) -> String {
        guard value.isFinite, value != 0, abs(value) < 1e12 else { return "\(value)" }
        var step = 1.0
        while abs(value) * step < 1000 { step *= 10 }
        return LoggedFactInterpreter.text((value * step).rounded() / step)
    }
}
