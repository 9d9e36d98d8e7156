import Foundation
import HealthReport
import RunStore

/// Whether this installation works: the store, the places it writes to, the clock, the numeric libraries.
struct SelfCheck: Encodable {
    /// What came of one check.
    enum Outcome: String, Encodable {
        case ok, warning, failed
    }

    /// One check.
    struct Item: Encodable, Equatable {
        let name: String
        let outcome: Outcome
        /// What was found, and for anything but `ok` what to do.
        let message: String

        init(_ name: String, _ outcome: Outcome, _ message: String) {
            (self.name, self.outcome, self.message) = (name, outcome, message)
        }
    }

    let schemaVersion = 1
    let version = CodecDoctor.version
    let checks: [Item]
    /// Whether nothing failed.
    let healthy: Bool

    /// Checks everything; a store that does not exist is not created.
    init(storePath: String) {
        checks =
            StoreCheck.items(path: storePath) + PlaceCheck.items(storePath: storePath) + [ClockCheck.item]
            + NumericCheck.items
        healthy = !checks.contains { $0.outcome == .failed }
    }

    /// For people: a line a check.
    func text(style: ANSIStyle) -> String {
        let width = checks.map(\.name.count).max() ?? 0
        let lines = checks.map { check in
            let (word, tone): (String, ANSIStyle.Tone) =
                switch check.outcome {
                case .ok: ("ok     ", .green)
                case .warning: ("warning", .yellow)
                case .failed: ("FAILED ", .red)
                }
            let blanks = String(repeating: " ", count: width - check.name.count + 2)
            return "\(style(word, tone))  \(check.name)\(blanks)\(TerminalText.escaped(check.message))"
        }
        let failed = checks.count { $0.outcome == .failed }
        let warned = checks.count { $0.outcome == .warning }
        let end =
            failed > 0
            ? style("\(failed) of \(checks.count) checks failed", .bold, .red)
            : style("everything works", .bold, .green)
                + (warned > 0 ? ", \(warned) warning\(warned == 1 ? "" : "s")" : "")
        return (lines + [end]).joined(separator: "\n") + "\n"
    }
}
