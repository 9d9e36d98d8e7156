/// Whole audio files in one call; `AudioFileReader` and `AudioFileWriter` take long ones block by block.
public enum AudioFile {
    /// Reads `path`, or `count` frames of it from frame `start` on; fewer when the file ends before.
    ///
    /// Throws `AudioFileError.noFrames` when nothing lies in that range, and `corrupt` when a frame of it cannot be
    /// decoded; `AudioFileReader` also delivers what is sound before such a frame.
    ///
    /// - Precondition: `start` is not negative; `count`, when given, is positive.
    public static func read(_ path: String, from start: Int = 0, count: Int? = nil) throws(AudioFileError)
        -> AudioSignal
    {
        try read(AudioFileReader(path), from: start, count: count)
    }

    /// Reads a whole audio file held in memory, in any format that can be read from disk; errors call it `name`.
    public static func read(bytes: [UInt8], name: String) throws(AudioFileError) -> AudioSignal {
        try read(AudioFileReader(bytes: bytes, name: name), from: 0, count: nil)
    }

    private static func read(_ reader: AudioFileReader, from start: Int, count: Int?) throws(AudioFileError)
        -> AudioSignal
    {
        if start > 0 { try reader.seek(toFrame: start) }
        guard let signal = try reader.readBlock(frameCount: count ?? .max) else { throw .noFrames(path: reader.path) }
        // A decoder that gave up inside the range says so when asked for more.
        if signal.frameCount < count ?? .max { _ = try reader.readBlock(frameCount: 1) }
        return signal
    }

    /// Writes a signal, replacing what is at `path` only once all is written.
    ///
    /// Without `format` the path's extension decides, with 16 bits. Integer and lossy formats clip at full scale and
    /// turn NaN into 0; `.wav(.float32)` keeps every value.
    public static func write(_ signal: AudioSignal, to path: String, format: AudioFileFormat? = nil)
        throws(AudioFileError)
    {
        let writer = try AudioFileWriter(
            path,
            sampleRate: signal.sampleRate,
            channelCount: signal.channelCount,
            format: format
        )
        try writer.write(signal)
        try writer.finish()
    }
}
