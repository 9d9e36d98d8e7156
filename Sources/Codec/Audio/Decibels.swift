import Glibc

/// 10·log10 of a ratio of powers: −infinity for 0, NaN for negative or NaN.
func decibels(ofPower ratio: Double) -> Double { 10 * log10(ratio) }

/// The amplitude factor of a level change in dB: 10^(dB/20).
func decibelsToAmplitude(_ decibels: Double) -> Double { pow(10, decibels / 20) }
