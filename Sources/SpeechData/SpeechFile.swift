import Codec

/// An audio file as a source of mono samples at its own rate, read piece by piece.
struct SpeechFile: Sendable {
    let path: String
    /// Hz.
    let sampleRate: Int
    /// Samples per channel.
    let sampleCount: Int

    /// A file whose form is known already, from a manifest.
    init(path: String, sampleRate: Int, sampleCount: Int) {
        self.path = path
        self.sampleRate = sampleRate
        self.sampleCount = sampleCount
    }

    /// Opens a file to learn its rate and how many samples it really holds.
    init(opening path: String) throws(SpeechDataError) {
        self.path = path
        do {
            let reader = try AudioFileReader(path)
            sampleRate = reader.sampleRate
            sampleCount = try SpeechFile.frameCount(of: reader)
        } catch { throw SpeechFile.failure(error, path: path) }
    }

    /// What the header claims if the last frame is really there; otherwise frames are counted.
    private static func frameCount(of reader: AudioFileReader) throws(AudioFileError) -> Int {
        if let declared = reader.declaredFrameCount {
            let isThere: Bool
            do {
                try reader.seek(toFrame: declared - 1)
                isThere = try reader.readBlock(frameCount: 2)?.frameCount == 1
            } catch { isThere = false }
            if isThere { return declared }
        }
        let counter = try AudioFileReader(reader.path)
        var count = 0
        while let block = try counter.readBlock() { count += block.frameCount }
        return count
    }

    /// The mean of the channels over a range of frames.
    func samples(in range: Range<Int>) throws(SpeechDataError) -> [Float] {
        guard !range.isEmpty else { return [] }
        do {
            let reader = try AudioFileReader(path)
            guard reader.sampleRate == sampleRate else {
                throw SpeechDataError.changed(
                    path: path,
                    found: "\(reader.sampleRate) Hz",
                    expected: "\(sampleRate) Hz"
                )
            }
            if range.lowerBound > 0 { try reader.seek(toFrame: range.lowerBound) }
            let samples = try reader.readBlock(frameCount: range.count)?.mono.channels[0] ?? []
            guard samples.count == range.count else {
                throw SpeechDataError.changed(
                    path: path,
                    found: "only \(range.lowerBound + samples.count) samples",
                    expected: "\(sampleCount)"
                )
            }
            return samples
        } catch let error as SpeechDataError {
            throw error
        } catch { throw SpeechFile.failure(error, path: path) }
    }

    private static func failure(_ error: any Error, path: String) -> SpeechDataError {
        if case .missing = error as? AudioFileError { return .missing(path: path) }
        return .unreadable(path: path, reason: "\(error)")
    }
}
