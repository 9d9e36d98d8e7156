import CKernels

/// Short-time transforms of many signals of one length, and their transposes, cut into chunks of frames for threads.
///
/// Scratch stays within the second-level cache: a chunk's samples and a block of its frames at a time.
struct STFTKernel {
    /// Where the frames lie.
    let layout: FrameLayout
    /// Bins of a frame.
    let binCount: Int
    /// Floats between spectra in scratch memory; a multiple of 16 keeps each aligned.
    let spectrumStride: Int
    /// Frames transformed before the next step of a chunk.
    let blockLength: Int

    private let frameStride: Int
    private let plan: FourierTransformPlan
    private let window: TensorStorage

    /// A kernel for signals of `length` samples.
    init(_ configuration: STFTConfiguration, length: Int) {
        self.init(configuration, layout: configuration.layout(length: length))
    }

    /// A kernel for frames that lie as in `layout`.
    init(_ configuration: STFTConfiguration, layout: FrameLayout) {
        self.layout = layout
        precondition(
            layout.frameCount > 0,
            "\(layout.signalLength) samples are too few for a frame of \(configuration.transformLength)"
        )
        binCount = configuration.binCount
        spectrumStride = (2 * binCount + 15) / 16 * 16
        frameStride = (configuration.transformLength + 15) / 16 * 16
        blockLength = max(1, 4096 / configuration.transformLength)
        plan = .ofLength(configuration.transformLength)
        window = TensorStorage(configuration.weights)
    }

    /// One scale for the first bin and, if there is one, the bin at half the sample rate; another for those between.
    func binScales(edge: Float, interior: Float) -> TensorStorage {
        var scales = [Float](repeating: interior, count: binCount)
        scales[0] = edge
        if layout.frameLength.isMultiple(of: 2) { scales[binCount - 1] = edge }
        return TensorStorage(scales)
    }

    // MARK: Whole spectrograms

    /// Writes the spectrograms of `items` signals, which lie one after another, each bin times its scale.
    func analyse(_ signals: TensorStorage, items: Int, steps: SpectrogramLayout.Steps, scales: TensorStorage)
        -> TensorStorage
    {
        let spectrogram = TensorStorage(count: items * layout.frameCount * binCount * 2)
        let (source, target, factors) = (signals.pointer, spectrogram.mutablePointer, scales.pointer)
        let chunks = layout.chunks
        WorkerPool.run(items * chunks.count) { unit in
            let (item, frames) = (unit / chunks.count, chunks[unit % chunks.count])
            let span = TensorStorage(count: layout.spanLength(frames))
            let block = Block(of: self)
            layout.read(frames, of: source + item * layout.signalLength, into: span.mutablePointer)
            forEachBlock(of: frames.count) { part in
                transform(part, of: span.pointer, in: block)
                let start = frames.lowerBound + part.lowerBound
                ck_spectra_scatter(
                    block.spectra.pointer,
                    spectrumStride,
                    target + item * steps.item + start * steps.kernel.frame,
                    steps.kernel,
                    factors,
                    binCount,
                    part.count
                )
            }
        }
        return spectrogram
    }

    /// The transpose of analysis: real transforms of the spectra, each bin times its scale, windowed and overlapped.
    func synthesise(_ spectrogram: TensorStorage, items: Int, steps: SpectrogramLayout.Steps, scales: TensorStorage)
        -> TensorStorage
    {
        let (source, factors) = (spectrogram.pointer, scales.pointer)
        let spans = SpanSet(layout: layout, items: items)
        WorkerPool.run(spans.count) { unit in
            let (item, frames) = spans.place(unit)
            let block = Block(of: self)
            forEachBlock(of: frames.count) { part in
                let start = frames.lowerBound + part.lowerBound
                ck_spectra_gather(
                    source + item * steps.item + start * steps.kernel.frame,
                    steps.kernel,
                    factors,
                    block.spectra.mutablePointer,
                    spectrumStride,
                    binCount,
                    part.count
                )
                overlap(part, from: block.spectra, in: block, into: spans[unit])
            }
        }
        let signals = TensorStorage(count: items * layout.signalLength, repeating: 0)
        SpanSet.add([spans], to: signals)
        return signals
    }

    // MARK: Blocks of frames

    /// Scratch for one block: windowed samples and spectra, zero where nothing is written.
    final class Block {
        let frames: TensorStorage
        let spectra: TensorStorage

        init(of kernel: STFTKernel) {
            frames = TensorStorage(count: kernel.frameStride)
            spectra = TensorStorage(count: kernel.blockLength * kernel.spectrumStride, repeating: 0)
        }
    }

    /// Calls `body` with consecutive ranges of at most ``blockLength`` frames.
    func forEachBlock(of count: Int, _ body: (Range<Int>) -> Void) {
        for start in stride(from: 0, to: count, by: blockLength) {
            body(start..<min(count, start + blockLength))
        }
    }

    /// Transforms the frames `part` of a chunk whose samples are `span`; spectra begin at the block's start.
    func transform(_ part: Range<Int>, of span: UnsafePointer<Float>, in block: Block) {
        let (frame, spectra) = (block.frames.mutablePointer, block.spectra.mutablePointer)
        for (index, position) in part.enumerated() {
            ck_multiply(span + position * layout.hopLength, window.pointer, frame, layout.frameLength)
            plan.forward(frame, into: spectra + index * spectrumStride)
        }
    }

    /// Adds the windowed inverse real transforms of `spectra`, which are overwritten, to the chunk's samples.
    func overlap(
        _ part: Range<Int>,
        from spectra: TensorStorage,
        in block: Block,
        into span: UnsafeMutablePointer<Float>
    ) {
        let (frame, source) = (block.frames.mutablePointer, spectra.mutablePointer)
        for (index, position) in part.enumerated() {
            plan.inverse(source + index * spectrumStride, into: frame)
            ck_window_add(frame, window.pointer, span + position * layout.hopLength, layout.frameLength)
        }
    }

    /// Halves all bins but the first and the one at half the sample rate, which an inverse real transform counts once.
    func halveInnerBins(_ spectra: UnsafeMutablePointer<Float>, frames: Int) {
        let floats = layout.frameLength.isMultiple(of: 2) ? 2 * binCount - 4 : 2 * binCount - 2
        guard floats > 0 else { return }
        for frame in 0..<frames {
            let inner = spectra + frame * spectrumStride + 2
            ck_multiply_number(inner, 0.5, inner, floats)
        }
    }
}
