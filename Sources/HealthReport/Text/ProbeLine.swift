public import TrainingMetrics

/// The line with which reports name the probes they used.
public enum ProbeLine {
    /// `Probes used: disc.pth (discriminator, trained weights: able)`; `nil` without probes. Escaped for a terminal.
    public static func text(_ probes: [ProbeEvidence]) -> String? {
        guard !probes.isEmpty else { return nil }
        let items = probes.map { probe in
            let verdict = probe.learning.map { ": \(words($0))" } ?? ""
            let weights = probe.weights == .trained ? "trained" : "fresh"
            return "\(TerminalText.escaped(probe.subject, width: 40)) "
                + "(\(probe.kind.rawValue), \(weights) weights\(verdict))"
        }
        return "Probes used: \(items.joined(separator: ", "))"
    }

    private static func words(_ learning: ProbeEvidence.Learning) -> String {
        switch learning.verdict {
        case .able: "able to learn"
        case .slow: "slow to learn"
        case .unable: "unable to learn"
        case .undecided: "trained too briefly to tell"
        }
    }
}
