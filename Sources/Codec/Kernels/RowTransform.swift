import CKernels

/// Convolutions with kernels of 3 or 5 rows as fewer products between transformed tiles (`ck_row_transform`): 4 rows of output
/// take 6 products instead of 12, or 8 instead of 20. In float32 the error is 2 to 3 times that of the plain sum, measured against the
/// largest values of a tile's rows: a quiet row beside one a million times louder keeps few digits.
///
/// Tiles mix values whose windows do not meet. So that NaN and infinity stay in their windows, and nothing large drowns what is
/// small beside it without being seen, operands with values beyond ±1e15 are left to the plain kernels: a function then returns
/// nil.
struct RowTransform {
    private let geometry: ConvolutionGeometry
    /// One convolution along the columns per point, as groups.
    private let inner: ConvolutionGeometry
    private let transform: UnsafePointer<ck_row_transform>
    private let threads: Int

    /// Nil where the plain kernels take no longer.
    init?(_ geometry: ConvolutionGeometry, threads: Int) {
        guard geometry.allowsRowTransform, geometry.groups == 1, geometry.stride.rows == 1, geometry.dilation.rows == 1,
            min(geometry.inputChannels, geometry.outputChannels) >= 16, geometry.output.rows >= 8,
            geometry.operations >= 4_000_000, geometry.input.rows * geometry.input.columns < 1 << 24,
            let transform = ck_row_transform_for(Int64(geometry.kernel.rows))
        else { return nil }
        let points = Int(transform.pointee.points)
        let tiles = (geometry.output.rows + Int(transform.pointee.outputs) - 1) / Int(transform.pointee.outputs)
        var inner = geometry
        inner.allowsRowTransform = false
        inner.groups = points
        inner.inputChannels *= points
        inner.outputChannels *= points
        inner.input.rows = tiles
        inner.output.rows = tiles
        inner.kernel.rows = 1
        inner.padding.rows = 0
        self.geometry = geometry
        self.inner = inner
        self.transform = transform
        self.threads = threads
    }

    /// `conv(input, weights) + bias`.
    func forward(input: TensorStorage, weights: TensorStorage, bias: TensorStorage?) -> TensorStorage? {
        guard RowTransform.isModerate(input), let kernel = transformed(weights) else { return nil }
        let values = inputTiles.toPoints(input)
        let products = ConvolutionKernel.forward(inner, input: values, weights: kernel, bias: nil, threads: threads)
        return outputTiles.toRows(products, bias: bias)
    }

    /// The gradient of the input from the gradient of the output.
    func backwardData(output: TensorStorage, weights: TensorStorage) -> TensorStorage? {
        guard RowTransform.isModerate(output), let kernel = transformed(weights) else { return nil }
        let slopes = outputTiles.toPoints(output)
        return inputTiles.toRows(
            ConvolutionKernel.backwardData(inner, output: slopes, weights: kernel, threads: threads)
        )
    }

    /// The gradient of the weights. Many weights with few positions gain nothing.
    func backwardWeights(input: TensorStorage, output: TensorStorage) -> TensorStorage? {
        let positions = geometry.items * inner.output.rows * inner.output.columns
        guard positions >= 128, RowTransform.isModerate(input), RowTransform.isModerate(output) else { return nil }
        let (values, slopes) = (inputTiles.toPoints(input), outputTiles.toPoints(output))
        return kernelTiles.toRows(
            ConvolutionKernel.backwardWeights(inner, input: values, output: slopes, threads: threads)
        )
    }

    private func transformed(_ weights: TensorStorage) -> TensorStorage? {
        weights.derived { RowTransform.isModerate($0) ? kernelTiles.toPoints($0) : nil }
    }

    private static func isModerate(_ values: TensorStorage) -> Bool {
        ck_are_moderate(values.pointer, Int64(values.count))
    }

    private var inputTiles: RowTiles {
        RowTiles(
            items: geometry.items,
            planes: geometry.inputChannels,
            plane: geometry.input,
            padding: geometry.padding.rows,
            tiles: inner.input.rows,
            period: transform.pointee.outputs,
            width: transform.pointee.points,
            points: inner.groups,
            coefficients: transform.pointee.input,
            threads: threads
        )
    }

    private var outputTiles: RowTiles {
        RowTiles(
            items: geometry.items,
            planes: geometry.outputChannels,
            plane: geometry.output,
            tiles: inner.output.rows,
            period: transform.pointee.outputs,
            width: transform.pointee.outputs,
            points: inner.groups,
            coefficients: transform.pointee.output,
            threads: threads
        )
    }

    /// A weight's rows are the taps, and every pair of channels is a tile.
    private var kernelTiles: RowTiles {
        RowTiles(
            items: 1,
            planes: geometry.outputChannels,
            plane: (geometry.inputChannels * geometry.kernel.rows, geometry.kernel.columns),
            tiles: geometry.inputChannels,
            period: transform.pointee.taps,
            width: transform.pointee.taps,
            points: inner.groups,
            coefficients: transform.pointee.kernel,
            threads: threads
        )
    }
}
