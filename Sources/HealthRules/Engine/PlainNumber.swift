import Foundation
import TrainingMetrics

/// Numbers as a sentence shows them.
enum PlainNumber {
    /// Four significant digits without trailing zeros (`1.996`, `0.0118`, `5.518e+04` from 100 000 on).
    static func text(_ value: Double) -> String {
        guard value.isFinite else { return value.isNaN ? "NaN" : value < 0 ? "-inf" : "inf" }
        return String(format: "%.4g", value)
    }

    /// A share 0…1 as a percentage (`60 %`, `0.42 %`).
    static func percent(_ share: Double) -> String {
        String(format: abs(share) < 0.0995 ? "%.2g %%" : "%.0f %%", 100 * share)
    }
}

extension Episode {
    /// When it began, as a phrase on the run's axis (`since epoch 1`, `since step 12000`, `since record 3`).
    func since(_ axis: StepAxis) -> String {
        if let firstEpoch { return "since epoch \(PlainNumber.text(firstEpoch))" }
        return "since \(axis.rawValue) \(firstPosition)"
    }
}
