/// Recordings to train on and recordings held out.
public struct SpeechDataset: Sendable {
    /// Hz, of all clips.
    public let sampleRate: Int
    /// Clips to train on.
    public let training: [SpeechClip]
    /// Held-out clips; none when there is only one file.
    public let validation: [SpeechClip]
    /// Files of a folder that are not used, and why.
    public let skipped: [SkippedFile]

    /// A file that is not used.
    public struct SkippedFile: Hashable, Sendable {
        /// Its path inside the folder.
        public let path: String
        /// A sentence.
        public let reason: String
    }

    /// A dataset of these clips.
    public init(sampleRate: Int, training: [SpeechClip], validation: [SpeechClip], skipped: [SkippedFile] = []) {
        self.sampleRate = sampleRate
        self.training = training
        self.validation = validation
        self.skipped = skipped
    }

    /// A prepared folder when it holds a manifest, any other folder of audio files otherwise; see
    /// ``prepared(_:sampleRate:)`` and ``folder(_:sampleRate:validationShare:seed:)``.
    ///
    /// A prepared folder brings its own division: `validationShare` and `seed` are for other folders. Throws ``SpeechDataError``.
    public static func load(
        path: String,
        sampleRate: Int,
        validationShare: Double = 0.1,
        seed: UInt64 = 0
    ) throws(SpeechDataError) -> SpeechDataset {
        try AudioFileTree.check(path)
        if try PreparationManifest.read(folder: path) != nil { return try prepared(path, sampleRate: sampleRate) }
        return try folder(path, sampleRate: sampleRate, validationShare: validationShare, seed: seed)
    }
}
