import CKernels

/// The three passes of a convolution, cut into jobs for `threads` threads. Results do not depend on their number.
enum ConvolutionKernel {
    /// The instruction set used; tests choose lower ones.
    @TaskLocal static var level = InstructionLevel.supported

    /// `conv(input, weights) + bias`.
    static func forward(
        _ geometry: ConvolutionGeometry,
        input: TensorStorage,
        weights: TensorStorage,
        bias: TensorStorage?,
        threads: Int = WorkerPool.threads
    ) -> TensorStorage {
        if let transform = RowTransform(geometry, threads: threads),
            let result = transform.forward(input: input, weights: weights, bias: bias)
        {
            return result
        }
        return product(
            geometry,
            CK_FORWARD,
            geometry.outputCount,
            source: input,
            weights: weights,
            bias: bias,
            threads: threads
        )
    }

    /// The gradient of the input from the gradient of the output, or a transposed convolution with its bias.
    static func backwardData(
        _ geometry: ConvolutionGeometry,
        output: TensorStorage,
        weights: TensorStorage,
        bias: TensorStorage? = nil,
        threads: Int = WorkerPool.threads
    ) -> TensorStorage {
        if bias == nil, let transform = RowTransform(geometry, threads: threads),
            let result = transform.backwardData(output: output, weights: weights)
        {
            return result
        }
        return product(
            geometry,
            CK_BACKWARD_DATA,
            geometry.inputCount,
            source: output,
            weights: weights,
            bias: bias,
            threads: threads
        )
    }

    /// The gradient of the weights from the input and the gradient of the output.
    static func backwardWeights(
        _ geometry: ConvolutionGeometry,
        input: TensorStorage,
        output: TensorStorage,
        threads: Int = WorkerPool.threads
    ) -> TensorStorage {
        precondition(input.count == geometry.inputCount && output.count == geometry.outputCount)
        if let transform = RowTransform(geometry, threads: threads),
            let result = transform.backwardWeights(input: input, output: output)
        {
            return result
        }
        let result = TensorStorage(count: geometry.weightCount)
        guard input.count > 0, output.count > 0 else { return TensorStorage(count: result.count, repeating: 0) }
        var description = geometry.kernelDescription
        guard let plan = ck_weight_gradient_create(&description, Int32(threads), level.kernelLevel) else {
            fatalError("out of memory for the plan of a convolution")
        }
        defer { ck_weight_gradient_free(plan) }
        let (x, y, w) = (input.pointer, output.pointer, result.mutablePointer)
        withMemory(ck_weight_gradient_shared(plan)) { shared in
            for round in 0..<ck_weight_gradient_rounds(plan) {
                for pass in 0..<Int32(2) {
                    WorkerPool.run(Int(ck_weight_gradient_jobs(plan, pass))) { job in
                        withMemory(ck_weight_gradient_scratch(plan)) { scratch in
                            ck_weight_gradient_run(plan, round, pass, Int64(job), x, y, w, shared, scratch)
                        }
                    }
                }
            }
        }
        return result
    }

    /// The gradient of a bias: sums over items and positions of `[items, channels, plane]`.
    static func channelSums(_ values: TensorStorage, items: Int, channels: Int) -> TensorStorage {
        let sums = TensorStorage(count: channels, repeating: 0)
        guard values.count > 0 else { return sums }
        let plane = values.count / (items * channels)
        let (source, target) = (values.pointer, sums.mutablePointer)
        WorkerPool.runRanges(channels, grain: max(1, 65_536 / (items * plane))) { range in
            ck_channel_sums(
                source,
                Int64(items),
                Int64(channels),
                Int64(plane),
                Int64(range.lowerBound),
                Int64(range.upperBound),
                target
            )
        }
        return sums
    }

    private static func product(
        _ geometry: ConvolutionGeometry,
        _ direction: ck_direction,
        _ count: Int,
        source: TensorStorage,
        weights: TensorStorage,
        bias: TensorStorage?,
        threads: Int
    ) -> TensorStorage {
        precondition(weights.count == geometry.weightCount)
        let result = TensorStorage(count: count)
        guard count > 0, source.count > 0 else { return TensorStorage(count: count, repeating: 0) }
        var description = geometry.kernelDescription
        guard let plan = ck_product_create(&description, direction, Int32(threads), level.kernelLevel) else {
            fatalError("out of memory for the plan of a convolution")
        }
        defer { ck_product_free(plan) }
        let (x, w, b, y) = (source.pointer, weights.pointer, bias?.pointer, result.mutablePointer)
        WorkerPool.run(Int(ck_product_jobs(plan))) { job in
            withMemory(ck_product_scratch(plan)) { scratch in
                ck_product_run(plan, Int64(job), x, w, b, y, scratch)
            }
        }
        return result
    }

    /// Lends a block of floats that stays alive until `body` returns.
    private static func withMemory(_ count: Int64, _ body: (UnsafeMutablePointer<Float>) -> Void) {
        let storage = TensorStorage(count: Int(count))
        withExtendedLifetime(storage) { body(storage.mutablePointer) }
    }
}
