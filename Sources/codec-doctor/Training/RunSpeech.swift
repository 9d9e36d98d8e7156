import Foundation
import SpeechData

/// The speech of a run: what it learns from, and what is held out.
struct RunSpeech {
    let dataset: SpeechDataset
    /// Names the data: a run is not resumed on other data.
    let digest: String

    /// The shipped speech, or that of a folder; a tenth of a folder that was not prepared is held out.
    init(folder: String?, sampleRate: Int) throws {
        if let folder {
            dataset = try SpeechDataset.load(path: folder, sampleRate: sampleRate)
            guard !dataset.validation.isEmpty else { throw RunSpeechError.nothingHeldOut(folder: folder) }
            for file in dataset.skipped.prefix(3) {
                Console.error("codec-doctor: not used: \(file.path): \(file.reason)")
            }
            if dataset.skipped.count > 3 {
                Console.error("codec-doctor: and \(dataset.skipped.count - 3) other files are not used")
            }
        } else {
            dataset = try SpeechDataset.shipped(sampleRate: sampleRate)
        }
        digest = Self.digest(dataset)
    }

    /// FNV-1a of names and lengths.
    private static func digest(_ dataset: SpeechDataset) -> String {
        let clips =
            dataset.training.map { "t/\($0.name)/\($0.sampleCount)" }
            + dataset.validation.map { "v/\($0.name)/\($0.sampleCount)" }
        let hash = clips.joined(separator: "\n").utf8.reduce(UInt64(0xcbf2_9ce4_8422_2325)) {
            ($0 ^ UInt64($1)) &* 0x100_0000_01b3
        }
        return "\(dataset.sampleRate)-\(clips.count)-" + String(hash, radix: 16)
    }
}

/// Speech that is no training data.
enum RunSpeechError: Error, CustomStringConvertible {
    /// There is one file only.
    case nothingHeldOut(folder: String)

    var description: String {
        switch self {
        case .nothingHeldOut(let folder):
            "\(folder) has one recording only: nothing can be held out to validate on. Give two or more."
        }
    }
}
