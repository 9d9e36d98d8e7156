/// DAC's quantiser: each stage quantises what the stages before left over (Zeghidour et al. 2021, arXiv:2107.03312).
public final class ResidualVectorQuantizer: Layer {
    /// The stages in order.
    public let quantizers: LayerList<VectorQuantizer>
    /// In training, the share of a batch that uses a random number of stages instead of all, 0…1.
    public let dropout: Float
    /// Where the numbers of stages come from in training.
    public var random: RandomSource

    /// What quantising gives.
    public struct Output {
        /// The sum of all used stages, `[B, C, T]`.
        public let z: Tensor
        /// The indices of every stage that ran.
        public let codes: Codes
        /// The projected residuals of every stage that ran, `[B, ΣD, T]`.
        public let latents: Tensor
        /// Σ over stages of the batch mean of the commitment loss; stages an item does not use count 0.
        public let commitmentLoss: Tensor
        /// Σ over stages of the batch mean of the codebook loss; equal in value to the commitment loss.
        public let codebookLoss: Tensor
    }

    /// A quantiser of `[B, inputDimension, T]` with one stage per entry of `codebookDimensions`.
    public init(
        inputDimension: Int,
        codebookSize: Int,
        codebookDimensions: [Int],
        dropout: Float = 0,
        using random: inout some RandomNumberGenerator
    ) {
        var stages: [VectorQuantizer] = []
        for dimension in codebookDimensions {
            stages.append(
                VectorQuantizer(
                    inputDimension: inputDimension,
                    codebookSize: codebookSize,
                    codebookDimension: dimension,
                    using: &random
                )
            )
        }
        quantizers = LayerList(stages)
        self.dropout = dropout
        self.random = RandomSource(seed: random.next())
        super.init()
    }

    public override var children: [(name: String, layer: Layer)] { [("quantizers", quantizers)] }

    /// The number of stages.
    public var stageCount: Int { quantizers.layers.count }

    /// Quantises `[B, C, T]` with the first `codebooks` stages, or all.
    ///
    /// In training all stages run, `codebooks` does not count, and item b uses the first `activeStages[b]` of them;
    /// these are drawn by ``drawActiveStages(batch:)`` unless given.
    public func quantize(_ input: Tensor, codebooks: Int? = nil, activeStages: [Int]? = nil) -> Output {
        let batch = input.shape[0]
        precondition(codebooks.map { $0 >= 1 } ?? true, "a quantiser needs at least one codebook")
        precondition(activeStages.map { $0.count == batch } ?? true, "activeStages needs one number per item")
        let active = isTraining ? activeStages ?? drawActiveStages(batch: batch) : nil
        let used = isTraining ? quantizers.layers[...] : quantizers.layers.prefix(codebooks ?? stageCount)

        var (residual, z): (Tensor, Tensor?) = (input, nil)
        var losses: (commitment: Tensor, codebook: Tensor)?
        var codes: [[Int32]] = []
        var latents: [Tensor] = []
        for (stage, quantizer) in used.enumerated() {
            let output = quantizer.quantize(residual)
            residual = residual - output.quantized
            var (quantized, commitment, codebook) = (output.quantized, output.commitmentLoss, output.codebookLoss)
            if let active, active.contains(where: { $0 <= stage }) {
                let mask = Tensor(active.map { stage < $0 ? 1 : 0 }, shape: [batch])
                quantized = quantized * mask.reshaped([batch, 1, 1])
                commitment = commitment * mask
                codebook = codebook * mask
            }
            z = z.map { $0 + quantized } ?? quantized
            losses =
                losses.map { ($0.commitment + commitment.mean(), $0.codebook + codebook.mean()) }
                ?? (commitment.mean(), codebook.mean())
            codes.append(output.codes)
            latents.append(output.latents)
        }
        guard let z, let losses else { preconditionFailure("a quantiser needs at least one stage") }
        ActivationRecorder.current?.record(z, of: self)
        return Output(
            z: z,
            codes: Codes(batch: batch, frames: input.shape[2], stages: codes),
            latents: .concatenated(latents, dimension: 1),
            commitmentLoss: losses.commitment,
            codebookLoss: losses.codebook
        )
    }

    /// How many stages each item of a training batch uses: the first ⌊batch·dropout⌋ items a number from 1…stageCount, the others all.
    public func drawActiveStages(batch: Int) -> [Int] {
        let dropped = Int(Float(batch) * dropout)
        return (0..<batch).map { $0 < dropped ? Int.random(in: 1...stageCount, using: &random) : stageCount }
    }

    /// The quantised signal `[B, C, T]` and the chosen vectors `[B, ΣD, T]` of stored codes, which may have fewer stages.
    public func decode(_ codes: Codes) throws(CodecError) -> (z: Tensor, vectors: Tensor) {
        guard (1...stageCount).contains(codes.stages) else {
            throw .stages(found: codes.stages, available: stageCount)
        }
        guard codes.batch > 0, codes.frames > 0 else { throw .emptyCodes }
        let size = quantizers[0].codebookSize
        if let index = codes.firstIndex(outside: size) { throw .index(Int(index), codebookSize: size) }
        return decode(stages: (0..<codes.stages).map { codes.stage($0) }, batch: codes.batch, frames: codes.frames)
    }

    /// Quantises stored latents `[B, ΣD, T]` again; as many stages as the latents cover.
    public func decode(latents: Tensor) -> (z: Tensor, vectors: Tensor, codes: Codes) {
        let (batch, frames) = (latents.shape[0], latents.shape[2])
        var start = 0
        var stages: [[Int32]] = []
        for quantizer in quantizers.layers {
            let end = start + quantizer.codebookDimension
            guard end <= latents.shape[1] else { break }
            stages.append(quantizer.nearestCodes(of: latents.sliced(dimension: 1, range: start..<end)))
            start = end
        }
        precondition(!stages.isEmpty, "latents \(latents.shape) do not cover the first stage")
        let decoded = decode(stages: stages, batch: batch, frames: frames)
        return (decoded.z, decoded.vectors, Codes(batch: batch, frames: frames, stages: stages))
    }

    private func decode(stages: [[Int32]], batch: Int, frames: Int) -> (z: Tensor, vectors: Tensor) {
        var z: Tensor?
        var vectors: [Tensor] = []
        for (quantizer, codes) in zip(quantizers.layers, stages) {
            let chosen = quantizer.vectors(of: codes, batch: batch, frames: frames)
            let projected = quantizer.projected(chosen)
            z = z.map { $0 + projected } ?? projected
            vectors.append(chosen)
        }
        guard let z else { preconditionFailure("a quantiser needs at least one stage") }
        return (z, .concatenated(vectors, dimension: 1))
    }
}
