import CShippedSpeech
public import Codec

/// A minute of synthetic Telugu speech inside the program: twelve clips of 4 to 6 s by four speakers, mono, 16 kHz.
///
/// What is said, by which voices and under which licence: `Fixtures/audio/README.md`.
public enum ShippedSpeech {
    /// The clips, always in the same order.
    public static func signals() throws(AudioFileError) -> [AudioSignal] {
        var signals: [AudioSignal] = []
        for index in 0..<cs_clip_count() {
            var bytes = [UInt8](repeating: 0, count: cs_clip_size(index))
            cs_clip_copy(index, &bytes)
            let name = String(cString: cs_clip_name(index))
            signals.append(try AudioFile.read(bytes: bytes, name: "\(name).flac (shipped)"))
        }
        return signals
    }
}
