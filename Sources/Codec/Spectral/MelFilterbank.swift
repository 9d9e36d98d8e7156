/// Triangular bands, equally wide in pitch, that sum the bins of a spectrum (as `librosa.filters.mel`).
///
/// Where bands are narrower than bins, some cover none and their output is 0; DAC's short windows have such bands.
public struct MelFilterbank: Sendable, Equatable {
    /// How high the triangles are.
    public enum Normalization: Sendable, Equatable {
        /// Of equal area: 2 over the width in Hz (librosa's default).
        case slaney
        /// Of height 1 (torchaudio's default).
        case none
    }

    /// Samples of the Fourier transform.
    public let transformLength: Int
    /// The number of bands.
    public let bandCount: Int
    /// The weights of all bands, those of a band together, only bins where it is not 0.
    let weights: [Float]
    /// Band by band, the first bin with a weight.
    let firstBins: [Int32]
    /// Band by band, where its weights begin; one more at the end.
    let offsets: [Int32]

    /// Bands between two frequencies in Hz, the upper one half the sample rate unless given.
    public init(
        sampleRate: Int,
        transformLength: Int,
        bandCount: Int,
        minimumFrequency: Double = 0,
        maximumFrequency: Double? = nil,
        scale: MelScale = .slaney,
        normalization: Normalization = .slaney
    ) {
        precondition(
            sampleRate > 0 && transformLength > 0 && bandCount > 0,
            "a filterbank needs a rate, bins and bands"
        )
        let highest = maximumFrequency ?? Double(sampleRate) / 2
        precondition(
            minimumFrequency >= 0 && minimumFrequency < highest,
            "bands from \(minimumFrequency) to \(highest) Hz are not possible"
        )
        self.transformLength = transformLength
        self.bandCount = bandCount
        let (low, high) = (scale.mel(hertz: minimumFrequency), scale.mel(hertz: highest))
        let edges = (0...(bandCount + 1)).map {
            scale.hertz(mel: low + (high - low) * Double($0) / Double(bandCount + 1))
        }
        let binWidth = Double(sampleRate) / Double(transformLength)
        var (weights, firstBins, offsets): ([Float], [Int32], [Int32]) = ([], [], [0])
        for band in 0..<bandCount {
            let (left, peak, right) = (edges[band], edges[band + 1], edges[band + 2])
            let height = normalization == .slaney ? 2 / (right - left) : 1
            let bins = (0...(transformLength / 2)).map { bin in
                let frequency = Double(bin) * binWidth
                let triangle = min((frequency - left) / (peak - left), (right - frequency) / (right - peak))
                return Float(height * Double(Float(max(0, triangle))))  // rounded twice, as librosa does
            }
            let first = bins.firstIndex { $0 > 0 } ?? 0
            let last = bins.lastIndex { $0 > 0 } ?? -1
            firstBins.append(Int32(first))
            if first <= last { weights += bins[first...last] }
            offsets.append(Int32(weights.count))
        }
        (self.weights, self.firstBins, self.offsets) = (weights, firstBins, offsets)
    }

    /// The number of bins, `transformLength/2 + 1`.
    public var binCount: Int { transformLength / 2 + 1 }

    /// The filterbank as a matrix `[M, F]` of bands and bins.
    public var matrix: Tensor {
        var values = [Float](repeating: 0, count: bandCount * binCount)
        for band in 0..<bandCount {
            let (start, end) = (Int(offsets[band]), Int(offsets[band + 1]))
            for index in start..<end {
                values[band * binCount + Int(firstBins[band]) + index - start] = weights[index]
            }
        }
        return Tensor(values, shape: [bandCount, binCount])
    }

    /// Sums the bins of a spectrogram `[…, F, L]` into bands `[…, M, L]`.
    public func callAsFunction(_ spectrogram: Tensor) -> Tensor {
        let shape = spectrogram.shape
        precondition(
            shape.count >= 2 && shape[shape.count - 2] == binCount,
            "the filterbank needs […, \(binCount), L], but got \(shape)"
        )
        let (leading, frames) = (Array(shape.dropLast(2)), shape[shape.count - 1])
        let items = leading.reduce(1, *)
        return Tensor(
            operation: "melFilterbank",
            storage: BandKernel.sum(self, spectrogram.storage, items: items, frames: frames),
            shape: leading + [bandCount, frames],
            inputs: [spectrogram]
        ) { gradient in
            [Tensor(storage: BandKernel.spread(self, gradient.storage, items: items, frames: frames), shape: shape)]
        }
    }
}
