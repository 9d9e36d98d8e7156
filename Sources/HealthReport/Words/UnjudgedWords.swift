import HealthRules

/// Why a rule could not be judged, in words. Holds no text from the log.
enum UnjudgedWords {
    /// `ADV001 discriminator-blind was not measured; needs discriminatorLoss (…)`.
    static func text(_ rule: UnmeasuredRule) -> String {
        "\(rule.rule) \(rule.name) was not measured\(needs(rule).isEmpty ? "" : "; needs \(needs(rule))")"
    }

    /// `SIG003 snr-deteriorating has too little to judge by; needs 3 more epochs`.
    static func text(_ rule: TooShortRule) -> String {
        "\(rule.rule) \(rule.name) has too little to judge by; needs \(rule.missing)"
    }

    /// What it needs (`the SNR on validation audio (snr); the loss family (loss-family)`).
    static func needs(_ rule: UnmeasuredRule) -> String {
        rule.needs.map {
            $0.isProbe || $0.hint.isEmpty ? ($0.hint.isEmpty ? $0.name : $0.hint) : "\($0.hint) (\($0.name))"
        }
        .joined(separator: "; ")
    }
}
