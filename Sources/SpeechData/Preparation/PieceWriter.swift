import Codec
import Foundation

/// Cuts a stream of samples into files and measures what it writes.
struct PieceWriter {
    private let options: PreparationOptions
    private let folder: String
    private let name: String
    private let speaker: String
    private let gain: Float
    private let pieces: [Range<Int>]

    /// What was written.
    private(set) var outputs: [PreparationManifest.Output] = []
    /// Samples beyond full scale that were cut.
    private(set) var overloadedCount = 0

    private var position = 0
    private var current: OpenPiece?

    /// A file that is being written.
    private struct OpenPiece {
        let path: String
        let writer: AudioFileWriter
        var meter: LoudnessMeter
        var energy = 0.0
        var peak: Float = 0
    }

    /// A writer of these ranges, which follow each other, each multiplied by `gain`.
    init(
        options: PreparationOptions,
        folder: String,
        name: String,
        speaker: String,
        gain: Float,
        pieces: [Range<Int>]
    ) {
        self.options = options
        self.folder = folder
        self.name = name
        self.speaker = speaker
        self.gain = gain
        self.pieces = pieces
    }

    /// Takes the next samples of the recording. Throws ``PreparationError``.
    mutating func add(_ samples: [Float]) throws(PreparationError) {
        let end = position + samples.count
        while outputs.count < pieces.count {
            let piece = pieces[outputs.count]
            let common = piece.clamped(to: position..<end)
            guard !common.isEmpty else { break }
            let part = samples[(common.lowerBound - position)..<(common.upperBound - position)]
            try write(part.map { $0 * gain })
            guard common.upperBound == piece.upperBound else { break }
            try finish()
        }
        position = end
    }

    private mutating func write(_ samples: [Float]) throws(PreparationError) {
        var piece = if let current { current } else { try open() }
        // With one owner the meter grows in place.
        current = nil
        for sample in samples {
            piece.energy += Double(sample) * Double(sample)
            piece.peak = max(piece.peak, abs(sample))
        }
        piece.meter.add([samples])
        do { try piece.writer.write(AudioSignal(mono: samples, sampleRate: options.sampleRate)) } catch {
            throw .cannotWrite(path: folder + "/" + piece.path, reason: "\(error)")
        }
        current = piece
    }

    private func open() throws(PreparationError) -> OpenPiece {
        let path = OutputNames.path(name, index: outputs.count, options: options)
        do {
            let writer = try AudioFileWriter(
                folder + "/" + path,
                sampleRate: options.sampleRate,
                channelCount: 1,
                format: options.format == .wav ? .wav() : .flac()
            )
            let meter = LoudnessMeter(sampleRate: options.sampleRate, channelCount: 1)
            return OpenPiece(path: path, writer: writer, meter: meter)
        } catch { throw .cannotWrite(path: folder + "/" + path, reason: "\(error)") }
    }

    private mutating func finish() throws(PreparationError) {
        guard let piece = current else { return }
        current = nil
        do { try piece.writer.finish() } catch {
            throw .cannotWrite(path: folder + "/" + piece.path, reason: "\(error)")
        }
        guard let stamp = FileStamp(folder + "/" + piece.path) else {
            throw .cannotWrite(path: folder + "/" + piece.path, reason: "it cannot be read back.")
        }
        overloadedCount += piece.writer.clippedSampleCount
        let count = piece.writer.frameCount
        outputs.append(
            PreparationManifest.Output(
                path: piece.path,
                stamp: stamp,
                speaker: speaker,
                split: .training,
                samples: count,
                peak: Double(piece.peak),
                rms: 10 * log10(piece.energy / Double(count)),
                loudness: piece.meter.integratedLoudness
            )
        )
    }
}
