import Codec
import Foundation

/// A folder of a test's own that vanishes with it.
final class TemporaryFolder {
    let path = FileManager.default.temporaryDirectory.appending(path: "speech-\(UUID().uuidString)").path

    init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// The path of something in the folder.
    func callAsFunction(_ name: String) -> String { path + "/" + name }

    /// Writes audio; folders on the way are made.
    func write(_ samples: [Float], to name: String, sampleRate: Int = 16_000, format: AudioFileFormat? = nil) throws {
        try write(AudioSignal(mono: samples, sampleRate: sampleRate), to: name, format: format)
    }

    /// Writes audio; folders on the way are made.
    func write(_ signal: AudioSignal, to name: String, format: AudioFileFormat? = nil) throws {
        try makeFolder(of: name)
        try AudioFile.write(signal, to: self(name), format: format)
    }

    /// Writes bytes; folders on the way are made.
    func write(_ text: String, to name: String) throws {
        try makeFolder(of: name)
        try Data(text.utf8).write(to: URL(filePath: self(name)))
    }

    /// Paths of all files, sorted.
    var files: [String] {
        let paths = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
        return paths.filter { FileManager.default.contents(atPath: self($0)) != nil }.sorted()
    }

    private func makeFolder(of name: String) throws {
        let folder = URL(filePath: self(name)).deletingLastPathComponent().path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }
}

/// Sounds to make files of.
enum Sound {
    /// Noise that fades in and out, as syllables do; different for every seed.
    static func speech(seconds: Double = 1, sampleRate: Int = 16_000, amplitude: Float = 0.3, seed: UInt64 = 1)
        -> [Float]
    {
        var random = RandomSource(seed: seed)
        return (0..<Int(seconds * Double(sampleRate))).map { index in
            let syllable = 0.6 + 0.4 * sin(2 * Double.pi * 4 * Double(index) / Double(sampleRate))
            return amplitude * Float(syllable) * (2 * random.uniform() - 1)
        }
    }

    /// The whole numbers as samples, on the grid of 16 bits: which sample is which can be told.
    static func ramp(_ range: Range<Int>) -> [Float] { range.map { Float($0) / 32_768 } }

    /// Nothing.
    static func silence(seconds: Double, sampleRate: Int = 16_000) -> [Float] {
        [Float](repeating: 0, count: Int(seconds * Double(sampleRate)))
    }
}
