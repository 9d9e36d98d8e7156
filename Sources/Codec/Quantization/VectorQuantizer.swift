/// One stage of DAC's quantiser: a projection to few dimensions, the nearest code by direction, and a projection back
/// (Kumar et al. 2023, arXiv:2306.06546; the normalised lookup is from Yu et al. 2021, arXiv:2110.04627).
public final class VectorQuantizer: Layer {
    /// The number of codes.
    public let codebookSize: Int
    /// The number of dimensions of a code.
    public let codebookDimension: Int

    /// Whether the code counts as the latent itself in gradients. Without it the encoder hears nothing of the decoder's loss: a fault, for
    /// experiments.
    public var isStraightThrough = true

    private let inputProjection: Convolution1d
    private let outputProjection: Convolution1d
    private let codebook: Embedding

    /// What quantising gives.
    public struct Output {
        /// The quantised signal, `[B, C, T]`.
        public let quantized: Tensor
        /// The squared distance of the latents to their fixed codes, mean over dimensions and frames: `[B]`. Pulls the encoder.
        public let commitmentLoss: Tensor
        /// The same number, but it pulls the codes to the fixed latents: `[B]`.
        public let codebookLoss: Tensor
        /// The indices, row-major `[B, T]`.
        public let codes: [Int32]
        /// The projected signal before quantisation, `[B, D, T]`.
        public let latents: Tensor
    }

    /// A quantiser of `[B, inputDimension, T]`. The codebook begins as N(0, 1), the projections as PyTorch's default without bias.
    public init(
        inputDimension: Int,
        codebookSize: Int,
        codebookDimension: Int,
        using random: inout some RandomNumberGenerator
    ) {
        self.codebookSize = codebookSize
        self.codebookDimension = codebookDimension
        inputProjection = Convolution1d(
            inputDimension,
            codebookDimension,
            kernel: 1,
            zeroBias: true,
            normalization: .weight,
            using: &random
        )
        outputProjection = Convolution1d(
            codebookDimension,
            inputDimension,
            kernel: 1,
            zeroBias: true,
            normalization: .weight,
            using: &random
        )
        codebook = Embedding(count: codebookSize, dimension: codebookDimension, using: &random)
        super.init()
    }

    public override var children: [(name: String, layer: Layer)] {
        [("in_proj", inputProjection), ("out_proj", outputProjection), ("codebook", codebook)]
    }

    /// Quantises `[B, C, T]`.
    ///
    /// In gradients the code counts as the latent itself (straight-through, before the output projection), unless that is switched off.
    public func quantize(_ input: Tensor) -> Output {
        let latents = inputProjection(input)
        let codes = nearestCodes(of: latents)
        let chosen = vectors(of: codes, batch: latents.shape[0], frames: latents.shape[2])
        let quantized = outputProjection(isStraightThrough ? latents + (chosen - latents).detached() : chosen)
        ActivationRecorder.current?.record(quantized, of: self)
        return Output(
            quantized: quantized,
            commitmentLoss: (latents - chosen.detached()).squared().mean(dimensions: [1, 2]),
            codebookLoss: (chosen - latents.detached()).squared().mean(dimensions: [1, 2]),
            codes: codes,
            latents: latents
        )
    }

    /// Indices of the nearest codes to latents `[B, D, T]` when both are scaled to length 1, the first on ties; row-major `[B, T]`.
    ///
    /// A NaN in a frame gives index 0, a NaN in a code that code, as PyTorch's `max` does.
    public func nearestCodes(of latents: Tensor) -> [Int32] {
        NearestCodeKernel.nearest(encodings: latents, codebook: codebook.weight)
    }

    /// The codes' own vectors, not normalised: `[B, D, T]` from row-major `[B, T]`.
    public func vectors(of codes: [Int32], batch: Int, frames: Int) -> Tensor {
        codebook.weight.embedding(indices: codes.map(Int.init), shape: [batch, frames]).transposed(1, 2)
    }

    /// Projects vectors `[B, D, T]` back to `[B, C, T]`.
    public func projected(_ vectors: Tensor) -> Tensor { outputProjection(vectors) }
}
