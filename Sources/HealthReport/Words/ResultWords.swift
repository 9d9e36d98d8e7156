import HealthRules

/// Results counted, verdicts and money in words. Holds no text from the log.
enum ResultWords {
    /// `2 errors, 1 warning, 0 infos`.
    static func findings(_ results: RuleResults) -> String {
        [Severity.error, .warning, .info].map { severity in
            plural(results.findings.filter { $0.severity == severity }.count, severity.rawValue)
        }.joined(separator: ", ")
    }

    /// The findings, and how many rules passed or could not be judged.
    static func all(_ results: RuleResults) -> String {
        [
            findings(results), "\(results.passed.count) passed", "\(results.unmeasuredByLog.count) unmeasured",
            "\(results.tooShort.count) too short",
        ].joined(separator: ", ")
    }

    /// `1 error`, `2 errors`.
    static func plural(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

    /// Why a run is neither healthy nor failing, a sentence; `nil` for other verdicts.
    static func unsettled(_ checkup: Checkup) -> String? {
        guard checkup.verdict == .unsettled else { return nil }
        let reasons = checkup.results.tooShort.prefix(3).map { "\($0.rule) needs \($0.missing)" }
        let why =
            reasons.isEmpty
            ? "too little that these rules can judge was logged"
            : "too short to judge: " + reasons.joined(separator: "; ")
        return "Neither healthy nor failing: \(why)."
    }

    /// What the run cost, a sentence.
    static func cost(_ cost: RunCost) -> String {
        let money = { NumberText.money($0, currency: cost.currency) }
        let wasted = cost.afterFirstError.map { ", \(money($0)) of it after the first error was visible" } ?? ""
        return "\(money(cost.total)) spent\(wasted) (\(NumberText.tidy(cost.hours)) h at "
            + "\(money(cost.pricePerHour))/h; \(cost.basis))."
    }

    /// The metric or fact that would help most, a sentence; `nil` when there is none.
    static func unlock(_ results: RuleResults) -> String? {
        guard let unlock = results.bestUnlock else { return nil }
        let need = unlock.need
        let how =
            need.isFact
            ? "give --fact \(need.name)=…\(need.hint.isEmpty ? "" : ", \(need.hint)")"
            : "log \(need.hint.isEmpty ? need.name : "\(need.hint) (\(need.name))")"
        return "\(how): it unlocks \(unlock.rules.map(\.rawValue).joined(separator: ", "))"
    }
}
