/// Findings put in causal order: root causes first, each with its effects.
public struct Diagnosis: Sendable, Equatable {
    /// A finding in the causal order.
    public struct Node: Sendable, Equatable {
        /// The finding.
        public let finding: Finding
        /// Findings that can have caused it, by index into `nodes`, the most specific first; empty for a root.
        public let causes: [Cause]
        /// Whether nothing that was found explains it.
        public var isRoot: Bool { causes.isEmpty }
    }

    /// An edge that was drawn.
    public struct Cause: Sendable, Equatable {
        /// Index of the cause in `nodes`.
        public let node: Int
        /// How it brings about the effect.
        public let mechanism: String
    }

    /// All findings: errors before warnings before infos among the roots; effects anywhere.
    public let nodes: [Node]

    /// Indices of the roots: most severe first, by the worst finding among each and its effects; of equally severe ones first those
    /// that leave nothing else to be trusted, then in the order of the findings.
    public var roots: [Int] {
        let roots = nodes.indices.filter { nodes[$0].isRoot }.map { index in
            let first = first(under: index)
            let preempts = CausalGraph.preempting.contains { $0.rule == nodes[index].finding.rule }
            let isFinal = preempts && nodes[index].finding.severity == .error && nodes[index].finding.episode.isOngoing
            return (
                index: index, mildness: Severity.error.rank - nodes[first].finding.severity.rank, late: isFinal ? 0 : 1,
                first: first
            )
        }
        return roots.sorted { ($0.mildness, $0.late, $0.first, $0.index) < ($1.mildness, $1.late, $1.first, $1.index) }
            .map(\.index)
    }

    private func first(under index: Int) -> Int { effects(of: index).map { first(under: $0) }.reduce(index, min) }

    /// Indices of the findings shown under a node: those of which it is the first cause.
    public func effects(of index: Int) -> [Int] { nodes.indices.filter { nodes[$0].causes.first?.node == index } }

    /// Orders findings. An edge is drawn where `CausalGraph` knows a mechanism and the cause began no later than the
    /// effect. A milder finding does not explain a worse one, unless it was measured on the network itself or is the graph's last
    /// resort, and an info neither explains nor is explained.
    public init(_ findings: [Finding]) {
        nodes = findings.indices.map { index in
            Node(finding: findings[index], causes: Self.causes(of: index, among: findings))
        }
    }

    private static func causes(of index: Int, among findings: [Finding]) -> [Cause] {
        let effect = findings[index]
        guard effect.severity > .info else { return [] }
        var causes: [Cause] = []
        var lastResorts: [Cause] = []
        for edge in CausalGraph.edges where edge.effect == effect.rule {
            for (node, cause) in findings.enumerated() where cause.rule == edge.cause && node != index {
                if canCause(cause, effect, isMeasured: edge.isMeasured) {
                    causes.append(Cause(node: node, mechanism: edge.mechanism))
                } else if edge.isLastResort, canCause(cause, effect, isMeasured: true) {
                    lastResorts.append(Cause(node: node, mechanism: edge.mechanism))
                }
            }
        }
        causes += lastResorts
        let rank = CausalGraph.preempting.firstIndex { $0.rule == effect.rule } ?? CausalGraph.preempting.count
        for (order, preemption) in CausalGraph.preempting.enumerated() where preemption.rule != effect.rule {
            let mayCoincide = preemption.comesFirst && order < rank
            for (node, cause) in findings.enumerated()
            where cause.rule == preemption.rule && cause.severity == .error && cause.episode.isOngoing
                && !causes.contains(where: { $0.node == node })
            {
                let (began, followed) = (cause.episode.firstPosition, effect.episode.firstPosition)
                if began < followed || mayCoincide && began == followed {
                    causes.append(Cause(node: node, mechanism: preemption.mechanism))
                }
            }
        }
        return causes
    }

    private static func canCause(_ cause: Finding, _ effect: Finding, isMeasured: Bool) -> Bool {
        cause.severity > .info && (isMeasured || cause.severity >= effect.severity)
            && cause.episode.firstPosition <= effect.episode.firstPosition
    }
}
