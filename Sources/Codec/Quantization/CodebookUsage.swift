import Foundation

/// How often each code of each stage was chosen, and what follows from it. Grows chunk by chunk; a value.
public struct CodebookUsage: Sendable, Equatable, Codable {
    /// Entries of each codebook.
    public let codebookSize: Int
    /// How often each code was chosen: one array of `codebookSize` counts per stage.
    public private(set) var counts: [[Int]]

    /// Nothing counted yet.
    public init(stages: Int, codebookSize: Int) {
        precondition(stages >= 0 && codebookSize > 0, "a codebook has at least one entry")
        self.codebookSize = codebookSize
        counts = [[Int]](repeating: [Int](repeating: 0, count: codebookSize), count: stages)
    }

    /// Counts these codes. They may have fewer stages; an index outside the codebook counts nothing.
    public mutating func add(_ codes: Codes) {
        precondition(codes.stages <= counts.count, "\(codes.stages) stages of codes for \(counts.count) codebooks")
        for item in 0..<codes.batch {
            for stage in 0..<codes.stages {
                let start = (item * codes.stages + stage) * codes.frames
                for index in codes.values[start..<(start + codes.frames)]
                where index >= 0 && Int(index) < codebookSize {
                    counts[stage][Int(index)] += 1
                }
            }
        }
    }

    /// The stages in order.
    public var stages: [Stage] { counts.map { Stage(counts: $0) } }

    /// The information carried, over the information that fits: Σ entropy / Σ log₂ size, 0…1; NaN when nothing was counted.
    /// The "bitrate efficiency" of Kumar et al. 2023, arXiv:2306.06546, section 4.4.
    public var bitrateEfficiency: Double {
        let carried = stages.reduce(0) { $0 + $1.entropy }
        return carried / (Double(counts.count) * log2(Double(codebookSize)))
    }

    /// One codebook's use. With p the shares of the codes; everything but `total` is NaN when nothing was counted.
    ///
    /// All estimates are low when the total is not many times the codebook's size.
    public struct Stage: Sendable, Equatable {
        /// Codes counted.
        public let total: Int
        /// The share of codes chosen at least once, 0…1.
        public let usedShare: Double
        /// −Σ p·log₂ p in bits (Shannon 1948), 0…log₂ size.
        public let entropy: Double
        /// 2^entropy: as many equally likely codes carry the same information (Jelinek et al. 1977), 1…size.
        public let perplexity: Double
        /// The entropy over its largest possible value log₂ size, 0…1: Moshi's `rvq_entropy`. 1 for a codebook of one entry.
        public let normalizedEntropy: Double
        /// The share of the most frequent code, 0…1; near 1 in a collapsed codebook.
        public let largestShare: Double

        init(counts: [Int]) {
            let total = counts.reduce(0, +)
            self.total = total
            guard total > 0 else {
                (usedShare, entropy, perplexity, normalizedEntropy, largestShare) = (.nan, .nan, .nan, .nan, .nan)
                return
            }
            let shares = counts.filter { $0 > 0 }.map { Double($0) / Double(total) }
            usedShare = Double(shares.count) / Double(counts.count)
            let entropy = max(0, -shares.reduce(0) { $0 + $1 * log2($1) })
            self.entropy = entropy
            perplexity = exp2(entropy)
            normalizedEntropy = counts.count > 1 ? entropy / log2(Double(counts.count)) : 1
            largestShare = shares.max() ?? .nan
        }
    }
}
