import Foundation

/// What was prepared, from what and how: the file `manifest.json` of a prepared folder.
public struct PreparationManifest: Codable, Sendable {
    /// The file's name in the output folder.
    public static let fileName = "manifest.json"
    /// The version this program writes and reads.
    public static let currentVersion = 1

    private static let formatName = "codec-doctor speech"

    /// Training or validation.
    public enum Split: String, Codable, Sendable {
        /// To train on.
        case training
        /// Held out.
        case validation
    }

    /// A file written.
    public struct Output: Codable, Sendable {
        /// Its path inside the output folder.
        public let path: String
        /// By what it is known again.
        public internal(set) var stamp: FileStamp
        /// The speaker, as found in the source's path.
        public let speaker: String
        /// Whether it is held out; all outputs of a source are on one side.
        public internal(set) var split: Split
        /// How many samples it has.
        public let samples: Int
        /// The largest absolute sample, full scale 1.
        public let peak: Double
        /// RMS in dBFS; −infinity for a silent segment.
        public let rms: Double
        /// Integrated loudness in LUFS, at least −70; NaN below 3001 Hz.
        public let loudness: Double
    }

    /// A file read.
    public struct Source: Codable, Sendable {
        /// The input it was found in, absolute.
        public let input: String
        /// Its path inside the input.
        public let path: String
        /// Its content; nil when it could not be read at all.
        public internal(set) var stamp: FileStamp?
        /// Names the options it was prepared under.
        public let recipe: String
        /// The speaker, as found in the path.
        public let speaker: String
        /// Hz; nil when it was not decoded.
        public internal(set) var sampleRate: Int?
        /// Channels; nil when it was not decoded.
        public internal(set) var channels: Int?
        /// Seconds it lasts; nil when it was not decoded.
        public internal(set) var seconds: Double?
        /// Seconds cut off at the beginning, at the end, and as a last segment that was too short.
        public internal(set) var dropped = Dropped()
        /// Why it is not part of the data; nil when it is.
        public internal(set) var rejection: Rejection?
        /// The rejection in a sentence.
        public internal(set) var detail: String?
        /// What is doubtful about it.
        public internal(set) var warnings: [PreparationWarning] = []
        /// What was made of it.
        public internal(set) var outputs: [Output] = []
    }

    /// Seconds of a source that were not written.
    public struct Dropped: Codable, Hashable, Sendable {
        /// Silence before the first sound.
        public internal(set) var beginning = 0.0
        /// Silence behind the last sound.
        public internal(set) var end = 0.0
        /// A last segment shorter than the minimum.
        public internal(set) var lastSegment = 0.0
    }

    /// Says what this is to whoever opens it.
    public let format: String
    /// The layout's version.
    public let version: Int
    /// What was asked for.
    public let options: PreparationOptions
    /// All sources, in the order of inputs and paths.
    public let sources: [Source]

    init(options: PreparationOptions, sources: [Source]) {
        format = PreparationManifest.formatName
        version = PreparationManifest.currentVersion
        self.options = options
        self.sources = sources
    }

    /// All files written, in order.
    public var outputs: [Output] { sources.flatMap(\.outputs) }

    /// How manifests are written: sorted keys, infinities and NaN as words.
    static var encoder: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "Infinity",
            negativeInfinity: "-Infinity",
            nan: "NaN"
        )
        return encoder
    }

    static var decoder: JSONDecoder {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "Infinity",
            negativeInfinity: "-Infinity",
            nan: "NaN"
        )
        return decoder
    }

    /// The manifest of a prepared folder; nil when the folder has none, or one of another program.
    ///
    /// Throws ``SpeechDataError/manifest(path:reason:)`` when it is damaged or of another version.
    public static func read(folder: String) throws(SpeechDataError) -> PreparationManifest? {
        let path = folder + "/" + fileName
        guard let data = FileManager.default.contents(atPath: path),
            let head = try? decoder.decode(Head.self, from: data), head.format == formatName
        else { return nil }
        guard head.version == currentVersion else {
            throw .manifest(
                path: path,
                reason: "its version is \(head.version), and this program reads \(currentVersion)"
            )
        }
        do { return try decoder.decode(PreparationManifest.self, from: data) } catch {
            throw .manifest(path: path, reason: "it is damaged")
        }
    }

    /// What every version begins with.
    private struct Head: Codable {
        let format: String
        let version: Int
    }

    /// Writes the manifest; it replaces an older one only when it is complete.
    func write(folder: String) throws {
        let encoder = PreparationManifest.encoder
        encoder.outputFormatting.insert(.prettyPrinted)
        try encoder.encode(self).write(to: URL(filePath: folder + "/" + PreparationManifest.fileName), options: .atomic)
    }
}
