import Foundation

/// Levels as engineers write them.
enum Level {
    /// A ratio of amplitudes in dB; −inf for 0, NaN for a negative one.
    static func decibels(_ ratio: Double) -> Double { 20 * log10(ratio) }
}
