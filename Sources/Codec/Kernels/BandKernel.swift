import CKernels

/// Applies a filterbank and its transpose to spectrograms whose frames lie side by side, `[items, bins, frames]`.
enum BandKernel {
    /// Sums bins into bands.
    static func sum(_ bank: MelFilterbank, _ spectrogram: TensorStorage, items: Int, frames: Int) -> TensorStorage {
        let result = TensorStorage(count: items * bank.bandCount * frames, repeating: 0)
        let (source, target) = (spectrogram.pointer, result.mutablePointer)
        forEachWeight(of: bank, items: items) { item, band, bin, weight in
            ck_add_scaled(
                weight,
                source + (item * bank.binCount + bin) * frames,
                target + (item * bank.bandCount + band) * frames,
                frames
            )
        }
        return result
    }

    /// Gives bins what their bands have.
    static func spread(_ bank: MelFilterbank, _ bands: TensorStorage, items: Int, frames: Int) -> TensorStorage {
        let result = TensorStorage(count: items * bank.binCount * frames, repeating: 0)
        let (source, target) = (bands.pointer, result.mutablePointer)
        forEachWeight(of: bank, items: items) { item, band, bin, weight in
            ck_add_scaled(
                weight,
                source + (item * bank.bandCount + band) * frames,
                target + (item * bank.binCount + bin) * frames,
                frames
            )
        }
        return result
    }

    private static func forEachWeight(
        of bank: MelFilterbank,
        items: Int,
        _ body: (_ item: Int, _ band: Int, _ bin: Int, _ weight: Float) -> Void
    ) {
        WorkerPool.run(items) { item in
            for band in 0..<bank.bandCount {
                let (start, end) = (Int(bank.offsets[band]), Int(bank.offsets[band + 1]))
                for index in start..<end {
                    body(item, band, Int(bank.firstBins[band]) + index - start, bank.weights[index])
                }
            }
        }
    }
}
