import TrainingMetrics

/// Judges the networks whose probes were saved for a run.
enum ProbedNetworks {
    /// Why nothing could be judged, when no saved probe measured what a rule reads.
    enum Missing {
        /// Any probe of the discriminator measures it.
        case anyProbe
        /// Only a probe that runs the network does.
        case measurement
        /// A probe that reads a checkpoint does.
        case checkpoint
        /// A probe of the generator has it, beside one of the discriminator.
        case generator

        fileprivate var hint: String {
            switch self {
            case .anyProbe: "codec-doctor probe discriminator --save --run RUN"
            case .measurement: "codec-doctor probe discriminator --save --run RUN, without --static"
            case .checkpoint: "codec-doctor probe discriminator --checkpoint FILE --save --run RUN"
            case .generator: "codec-doctor probe codec --save --run RUN, beside the discriminator's"
            }
        }
    }

    /// Judges every network that was measured.
    /// - Parameters:
    ///   - run: the run.
    ///   - kind: the networks to judge, `nil` for all.
    ///   - missing: what to do where nothing was measured.
    ///   - measured: whether a probe measured what the rule reads.
    ///   - judge: a finding, `nil` for none.
    /// - Returns: what was found, `.unmeasured` where no such probe was saved.
    static func judge(
        _ run: RunView,
        kind: ProbeEvidence.Kind? = .discriminator,
        needs missing: Missing,
        where measured: (ProbeEvidence) -> Bool,
        _ judge: (ProbeEvidence) -> Finding?
    ) -> RuleOutcome {
        let probes = run.probes.filter { (kind == nil || $0.kind == kind) && measured($0) }
        guard !probes.isEmpty else { return .unmeasured(needs: [.probe(missing.hint)]) }
        let findings = probes.compactMap(judge)
        return findings.isEmpty ? .pass : .findings(findings)
    }

    /// A probe has no place in the log: what it says holds for the whole run.
    static func episode(_ run: RunView) -> Episode {
        Episode(
            firstPosition: run.history.firstPosition ?? 0,
            lastPosition: run.history.lastPosition ?? 0,
            isOngoing: true
        )
    }

    /// `scale 0`, `2 of 8 sub-discriminators (scale 0, scale 1)`.
    static func parts(_ names: [String], of count: Int) -> String {
        guard names.count > 1 else { return names.first ?? "" }
        let shown = names.count > 4 ? names.prefix(3) + ["…"] : names[...]
        return "\(names.count) of \(count) sub-discriminators (\(shown.joined(separator: ", ")))"
    }
}

extension ProbeEvidence {
    /// Whether this very network was seen to learn when it was trained alone.
    var isProvenAble: Bool { learning?.verdict == .able }
    /// Whether it was trained for long enough to tell whether it learns.
    var isLearningDecided: Bool { learning.map { $0.verdict != .undecided } ?? false }
}
