/// How a run is kept and watched. None of it changes what is learned.
public struct TrainingRunOptions: Sendable, Hashable {
    /// Steps between checkpoints; `nil` for one at the end of every epoch. One is also written after every validation and at the end.
    public var checkpointInterval: Int?
    /// Longest time between checkpoints in seconds, so that long epochs lose little.
    public var checkpointSeconds: Double
    /// How many checkpoints are kept, beside that of the best validation.
    public var keptCheckpoints: Int
    /// Epochs between samples of decoded held-out audio, which are written after validations; `nil` for none.
    public var sampleInterval: Int?
    /// Most held-out recordings that samples are written of.
    public var sampleCount: Int
    /// Steps between checks of what was measured so far; `nil` for none.
    public var checkInterval: Int?
    /// What an hour of training costs; `nil` when it does not matter.
    public var pricePerHour: Double?

    /// The defaults.
    public init(
        checkpointInterval: Int? = nil,
        checkpointSeconds: Double = 600,
        keptCheckpoints: Int = 3,
        sampleInterval: Int? = 5,
        sampleCount: Int = 8,
        checkInterval: Int? = nil,
        pricePerHour: Double? = nil
    ) {
        self.checkpointInterval = checkpointInterval
        self.checkpointSeconds = checkpointSeconds
        self.keptCheckpoints = keptCheckpoints
        self.sampleInterval = sampleInterval
        self.sampleCount = sampleCount
        self.checkInterval = checkInterval
        self.pricePerHour = pricePerHour
    }
}
