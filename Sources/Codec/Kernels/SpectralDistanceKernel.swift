import CKernels

/// Computes spectral distances and their gradients chunk by chunk: one unit of work is a scale, an item and a chunk of frames.
struct SpectralDistanceKernel {
    /// A distance and the gradients that were asked for.
    struct Result {
        let value: Double
        let estimateGradient: TensorStorage?
        let referenceGradient: TensorStorage?
    }

    private let scales: [ScaleKernel]
    private let items: Int
    private let length: Int

    init(scales: [SpectralScale], length: Int, items: Int) {
        self.items = items
        self.length = length
        self.scales = scales.map { ScaleKernel($0, length: length, items: items) }
    }

    /// Compares `items` signals with their references, both one after another.
    func compare(
        _ estimate: TensorStorage,
        _ reference: TensorStorage,
        withGradients wanted: (estimate: Bool, reference: Bool)
    ) -> Result {
        func spans(if wanted: Bool) -> [SpanSet] {
            wanted ? scales.map { SpanSet(layout: $0.stft.layout, items: items) } : []
        }
        let estimateSpans = spans(if: wanted.estimate)
        let referenceSpans = spans(if: wanted.reference)
        let units = scales.indices.flatMap { scale in
            (0..<items).flatMap { item in
                scales[scale].chunks.indices.map { (scale: scale, item: item, chunk: $0) }
            }
        }
        let (x, y) = (estimate.pointer, reference.pointer)
        var values = [Double](repeating: 0, count: units.count)
        values.withUnsafeMutableBufferPointer { values in
            // Every unit writes its own element.
            nonisolated(unsafe) let values = values
            WorkerPool.run(units.count) { index in
                let unit = units[index]
                let kernel = scales[unit.scale]
                let position = unit.item * kernel.chunks.count + unit.chunk
                values[index] = kernel.compare(
                    kernel.chunks[unit.chunk],
                    x + unit.item * length,
                    y + unit.item * length,
                    (
                        wanted.estimate ? estimateSpans[unit.scale][position] : nil,
                        wanted.reference ? referenceSpans[unit.scale][position] : nil
                    )
                )
            }
        }
        func gradient(_ spans: [SpanSet], if wanted: Bool) -> TensorStorage? {
            guard wanted else { return nil }
            let storage = TensorStorage(count: items * length, repeating: 0)
            SpanSet.add(spans, to: storage)
            return storage
        }
        return Result(
            value: values.reduce(0, +),
            estimateGradient: gradient(estimateSpans, if: wanted.estimate),
            referenceGradient: gradient(referenceSpans, if: wanted.reference)
        )
    }
}

/// One scale of a spectral distance.
private struct ScaleKernel {
    let stft: STFTKernel
    let chunks: [Range<Int>]
    private let scale: SpectralScale
    private let comparison: ck_comparison

    init(_ scale: SpectralScale, length: Int, items: Int) {
        self.scale = scale
        stft = STFTKernel(scale.configuration, length: length)
        chunks = stft.layout.chunks
        let count = Float(items * scale.valueCount(length: length))
        let (floor, adds): (Float, Bool) =
            switch scale.floor {
            case .clamp(let floor): (floor, false)
            case .add(let floor): (floor, true)
            }
        comparison = ck_comparison(
            floor: floor,
            level_weight: scale.levelWeight / count,
            log_weight: scale.logWeight / count,
            adds_floor: adds ? 1 : 0,
            squares: scale.squaresLogDifference ? 1 : 0
        )
    }

    /// One signal's way from samples to the values compared and back.
    private final class Side {
        let block: STFTKernel.Block
        let samples: TensorStorage
        let levels: TensorStorage
        let levelSlopes: TensorStorage
        let bands: TensorStorage
        let bandSlopes: TensorStorage
        let spectrumSlopes: TensorStorage

        init(of kernel: ScaleKernel, frames: Range<Int>) {
            let size = kernel.stft.blockLength * kernel.stft.spectrumStride / 2
            let bandSize = kernel.stft.blockLength * (kernel.scale.filterbank?.bandCount ?? 0)
            block = STFTKernel.Block(of: kernel.stft)
            samples = TensorStorage(count: kernel.stft.layout.spanLength(frames))
            levels = TensorStorage(count: size)
            levelSlopes = TensorStorage(count: size)
            bands = TensorStorage(count: bandSize)
            bandSlopes = TensorStorage(count: bandSize)
            spectrumSlopes = TensorStorage(count: 2 * size)
        }
    }

    /// The weighted differences over some frames; adds gradients by samples to the spans given.
    func compare(
        _ frames: Range<Int>,
        _ estimate: UnsafePointer<Float>,
        _ reference: UnsafePointer<Float>,
        _ spans: (estimate: UnsafeMutablePointer<Float>?, reference: UnsafeMutablePointer<Float>?)
    ) -> Double {
        let (a, b) = (Side(of: self, frames: frames), Side(of: self, frames: frames))
        stft.layout.read(frames, of: estimate, into: a.samples.mutablePointer)
        stft.layout.read(frames, of: reference, into: b.samples.mutablePointer)
        var sum = 0.0
        withBands { bands in
            stft.forEachBlock(of: frames.count) { part in
                measure(part, a, bands)
                measure(part, b, bands)
                sum += difference(
                    part.count,
                    a,
                    b,
                    bands,
                    withGradients: spans.estimate != nil || spans.reference != nil
                )
                if let span = spans.estimate { goBack(part, a, bands, into: span) }
                if let span = spans.reference { goBack(part, b, bands, into: span) }
            }
        }
        return sum
    }

    /// From samples to levels and bands.
    private func measure(_ part: Range<Int>, _ side: Side, _ bands: ck_bands?) {
        stft.transform(part, of: side.samples.pointer, in: side.block)
        let count = part.count * stft.spectrumStride / 2
        switch scale.spectrum {
        case .magnitude: ck_modulus(side.block.spectra.pointer, side.levels.mutablePointer, count)
        case .power: ck_modulus_squared(side.block.spectra.pointer, side.levels.mutablePointer, count)
        }
        guard var bands else { return }
        ck_bands_sum(&bands, side.levels.pointer, stft.spectrumStride / 2, side.bands.mutablePointer, part.count)
    }

    /// The sum of differences over a block's bands, or levels where there are none, and its slopes.
    private func difference(_ frames: Int, _ a: Side, _ b: Side, _ bands: ck_bands?, withGradients: Bool) -> Double {
        var comparison = comparison
        let (x, y) = bands == nil ? (a.levels, b.levels) : (a.bands, b.bands)
        let (xSlopes, ySlopes) = bands == nil ? (a.levelSlopes, b.levelSlopes) : (a.bandSlopes, b.bandSlopes)
        return ck_compare(
            &comparison,
            x.pointer,
            y.pointer,
            withGradients ? xSlopes.mutablePointer : nil,
            withGradients ? ySlopes.mutablePointer : nil,
            frames * (bands.map { Int($0.rows) } ?? stft.spectrumStride / 2)
        )
    }

    /// From slopes to the gradient by samples.
    private func goBack(_ part: Range<Int>, _ side: Side, _ bands: ck_bands?, into span: UnsafeMutablePointer<Float>) {
        let stride = stft.spectrumStride
        if var bands {
            ck_bands_spread(&bands, side.bandSlopes.pointer, side.levelSlopes.mutablePointer, stride / 2, part.count)
        }
        let (spectra, slopes) = (side.block.spectra.pointer, side.levelSlopes.pointer)
        let target = side.spectrumSlopes.mutablePointer
        let count = part.count * stride / 2
        switch scale.spectrum {
        case .magnitude: ck_modulus_gradient(spectra, side.levels.pointer, slopes, target, count)
        case .power: ck_modulus_squared_gradient(spectra, slopes, target, count)
        }
        stft.halveInnerBins(target, frames: part.count)
        stft.overlap(part, from: side.spectrumSlopes, in: side.block, into: span)
    }

    private func withBands(_ body: (ck_bands?) -> Void) {
        guard let bank = scale.filterbank else { return body(nil) }
        bank.weights.withUnsafeBufferPointer { weights in
            bank.firstBins.withUnsafeBufferPointer { first in
                bank.offsets.withUnsafeBufferPointer { offsets in
                    body(
                        ck_bands(
                            weights: weights.baseAddress,
                            first: first.baseAddress,
                            offset: offsets.baseAddress,
                            rows: bank.bandCount
                        )
                    )
                }
            }
        }
    }
}
