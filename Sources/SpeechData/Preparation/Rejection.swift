/// Why a source is not part of prepared data.
public enum Rejection: String, Codable, CaseIterable, Sendable {
    /// Not there, no audio, damaged, or impossible to resample.
    case unreadable
    /// Shorter than the minimum, after trimming.
    case tooShort = "too short"
    /// No 20 ms of it above −70 dBFS.
    case silent
    /// Holds NaN or infinite samples.
    case nonFinite = "non-finite"
    /// The same bytes as another source.
    case duplicate
}

/// What is doubtful about a source that was prepared nevertheless.
public enum PreparationWarning: String, Codable, CaseIterable, Sendable {
    /// Flat tops at full scale: three or more equal samples in a row.
    case clipped
    /// The file holds less than its header says.
    case truncated
    /// The level was not reached, because peaks would have left full scale.
    case peakLimited = "below level"
    /// Samples beyond full scale were cut when they were written, because levels were left alone.
    case overloaded
}
