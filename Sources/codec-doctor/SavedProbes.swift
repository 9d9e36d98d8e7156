import Probe
import RunStore
import TrainingMetrics

/// What the probe reports of a run say, as far as they can be read.
struct SavedProbes {
    /// The newest readable evidence of each subject, newest first.
    let evidence: [ProbeEvidence]
    /// How many reports are damaged, and how many a later version of this program wrote.
    let damaged: Int, newer: Int

    /// Reads reports that come newest first.
    init(_ records: [ProbeRecord]) {
        var evidence: [ProbeEvidence] = []
        var (damaged, newer) = (0, 0)
        for record in records {
            do {
                guard let found = try SavedReport.evidence(in: record.report) else { continue }
                let isKnown = evidence.contains { $0.subject == found.subject && $0.kind == found.kind }
                if !isKnown { evidence.append(found) }
            } catch {
                switch error {
                case .damaged: damaged += 1
                case .newer: newer += 1
                }
            }
        }
        (self.evidence, self.damaged, self.newer) = (evidence, damaged, newer)
    }

    /// Sentences about what could not be read.
    var notes: [String] {
        func reports(_ count: Int) -> String { "\(count) saved probe report\(count == 1 ? " is" : "s are")" }
        return [
            damaged > 0 ? "\(reports(damaged)) damaged and not used; save the probe again." : nil,
            newer > 0 ? "\(reports(newer)) of a newer codec-doctor and not used; update codec-doctor." : nil,
        ].compactMap { $0 }
    }
}
