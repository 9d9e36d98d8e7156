/// Where the frames of a short-time transform lie on a signal, and what they see beyond its ends.
struct FrameLayout: Sendable {
    /// Samples of the signal, at least 1.
    let signalLength: Int
    /// Samples of a frame.
    let frameLength: Int
    /// Samples between the beginnings of frames.
    let hopLength: Int
    /// The number of frames.
    let frameCount: Int
    /// Where the first frame begins; negative when it begins before the signal.
    let offset: Int
    /// How many samples before and after the signal are its mirror image, the end sample not doubled; beyond them are zeros.
    /// Images longer than the signal run back and forth.
    let reflected: (left: Int, right: Int)

    /// The same places for another number of frames, with zeros beyond the ends of the signal.
    func withoutImages(frames: Int) -> FrameLayout {
        FrameLayout(
            signalLength: signalLength,
            frameLength: frameLength,
            hopLength: hopLength,
            frameCount: frames,
            offset: offset,
            reflected: (0, 0)
        )
    }

    /// Frames that one thread handles at once: about 16,384 samples, whatever the number of threads.
    var chunks: [Range<Int>] {
        let size = max(8, 16_384 / hopLength)
        return stride(from: 0, to: frameCount, by: size).map { $0..<min(frameCount, $0 + size) }
    }

    /// The samples that `frames` cover together.
    func spanLength(_ frames: Range<Int>) -> Int { (frames.count - 1) * hopLength + frameLength }

    /// Copies the samples that `frames` cover, with images and zeros, to `span`.
    func read(_ frames: Range<Int>, of signal: UnsafePointer<Float>, into span: UnsafeMutablePointer<Float>) {
        let start = frames.lowerBound * hopLength + offset
        let count = spanLength(frames)
        let inside = inside(start: start, count: count)
        (span + inside.lowerBound).update(from: signal + start + inside.lowerBound, count: inside.count)
        for range in [0..<inside.lowerBound, inside.upperBound..<count] {
            for index in range { span[index] = source(start + index).map { signal[$0] } ?? 0 }
        }
    }

    /// The transpose of ``read(_:of:into:)``: adds `span` to the samples it was copied from.
    func add(_ span: UnsafePointer<Float>, of frames: Range<Int>, to signal: UnsafeMutablePointer<Float>) {
        let start = frames.lowerBound * hopLength + offset
        let count = spanLength(frames)
        let inside = inside(start: start, count: count)
        for index in inside { signal[start + index] += span[index] }
        for range in [0..<inside.lowerBound, inside.upperBound..<count] {
            for index in range {
                if let source = source(start + index) { signal[source] += span[index] }
            }
        }
    }

    /// The part of a span that lies on the signal itself, relative to the span.
    private func inside(start: Int, count: Int) -> Range<Int> {
        let lower = min(count, max(0, -start))
        return lower..<max(lower, min(count, signalLength - start))
    }

    /// The sample seen at a position before, on or after the signal; nil where zeros are.
    private func source(_ position: Int) -> Int? {
        guard position >= -reflected.left, position < signalLength + reflected.right else { return nil }
        guard signalLength > 1 else { return 0 }
        let period = 2 * (signalLength - 1)
        let phase = ((position % period) + period) % period
        return min(phase, period - phase)
    }
}
