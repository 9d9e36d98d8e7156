import Codec
import Foundation
import SpeechData

/// Writes what the codec makes of held-out recordings: `samples/epoch-0005/NAME.wav`, beside `samples/reference/NAME.wav`, what it got.
struct SampleWriter {
    let folder: RunFolder
    let validator: Validator
    /// Most recordings.
    let count: Int

    /// Writes the samples of an epoch. Values that are not finite become silence, as 16-bit files cannot hold them.
    func write(epoch: Int, of generator: any TrainableCodec) throws {
        let items = Array(validator.items.prefix(count))
        let names = SampleFileName.names(of: items.map(\.name))
        let digits = String(epoch)
        let target =
            "\(folder.samplesPath)/epoch-\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits)"
        let reference = "\(folder.samplesPath)/reference"
        for path in [target, reference] { try folder.makeFolder(path) }
        for (item, name) in zip(items, names) {
            let original = "\(reference)/\(name).wav"
            if !FileManager.default.fileExists(atPath: original) {
                try write(try validator.audio(of: [item]).values, to: original, generator.sampleRate)
            }
            try write(try validator.decoded(item, by: generator), to: "\(target)/\(name).wav", generator.sampleRate)
        }
    }

    private func write(_ samples: [Float], to path: String, _ sampleRate: Int) throws {
        try AudioFile.write(AudioSignal(mono: samples, sampleRate: sampleRate), to: path)
    }
}
