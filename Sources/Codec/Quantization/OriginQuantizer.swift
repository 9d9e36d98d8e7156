/// The residual quantiser of the origin's run, with each suspected defect as an option (origin-system.md, sections 3 and 4).
///
/// Every stage chooses by Euclidean distance and subtracts its detached result from the residual. The loss is the mean over stages
/// of mean (q − sg r)² + 0.25 · mean (r − sg q)², in and out of training mode; averages move in training mode only.
/// Equal seeds and inputs give equal codebooks.
public final class OriginQuantizer: Layer {
    /// What a call returns.
    public struct Output {
        /// The sum of the chosen rows, `[B, D, T]`.
        public let quantized: Tensor
        /// The chosen rows.
        public let codes: Codes
        /// Each stage's loss, scalars.
        public let losses: [Tensor]

        /// The mean of ``losses`` over stages.
        public var loss: Tensor {
            losses.dropFirst().reduce(losses.first ?? Tensor(0)) { $0 + $1 } * (1 / Float(max(1, losses.count)))
        }
    }

    /// One codebook per stage.
    public let codebooks: [OriginCodebook]
    /// Which defects it has.
    public let options: OriginQuantizerOptions
    /// Where random rows come from in training.
    public var random: RandomSource

    /// `stages` codebooks of `size` rows for latents of `dimension` channels; `random` decides first rows and later replacements.
    public init(
        dimension: Int,
        size: Int,
        stages: Int,
        options: OriginQuantizerOptions = .asInTheOriginRun,
        using random: inout some RandomNumberGenerator
    ) {
        precondition(stages > 0, "a residual quantiser needs at least one codebook")
        var codebooks: [OriginCodebook] = []
        for _ in 0..<stages {
            codebooks.append(OriginCodebook(size: size, dimension: dimension, options: options, using: &random))
        }
        self.codebooks = codebooks
        self.options = options
        self.random = RandomSource(seed: random.next())
        super.init()
    }

    public override var children: [(name: String, layer: Layer)] {
        codebooks.enumerated().map { ("quantizers.\($0.offset)", $0.element) }
    }

    public override func forward(_ input: Tensor) -> Tensor { quantize(input).quantized }

    /// Quantises `latents` `[B, D, T]` with the first `codebooks` codebooks, or all.
    public func quantize(_ latents: Tensor, codebooks: Int? = nil) -> Output {
        quantize(latents, codebooks: codebooks ?? self.codebooks.count, learning: isTraining)
    }

    /// The rows that quantising `latents` `[B, D, T]` chooses, without any side effect.
    public func encode(_ latents: Tensor, codebooks: Int? = nil) -> Codes {
        withoutGradients { quantize(latents, codebooks: codebooks ?? self.codebooks.count, learning: false).codes }
    }

    /// The sum of the rows that `codes` name, `[B, D, T]`; the codes may have fewer stages than there are codebooks.
    public func decode(_ codes: Codes) -> Tensor {
        precondition(
            (1...codebooks.count).contains(codes.stages),
            "\(codes.stages) stages of codes for \(codebooks.count) codebooks"
        )
        let parts = (0..<codes.stages).map { codebooks[$0].decode(codes.stage($0).map(Int.init), batch: codes.batch) }
        return parts.dropFirst().reduce(parts[0]) { $0 + $1 }
    }

    private func quantize(_ latents: Tensor, codebooks: Int, learning: Bool) -> Output {
        let perStage = options.passesGradientPerStage || options.projectionDimension != nil
        var (residual, total) = (latents, Tensor(repeating: 0, shape: latents.shape))
        var losses: [Tensor] = []
        var indices: [[Int32]] = []
        for codebook in self.codebooks.prefix(codebooks) {
            let result = codebook.quantize(residual, learning: learning, using: &random)
            residual = residual - result.quantized.detached()
            total = total + (perStage ? result.quantized : result.quantized.detached())
            losses.append(result.loss)
            indices.append(result.choices.map(Int32.init))
        }
        if !perStage { total = latents + (total - latents).detached() }
        ActivationRecorder.current?.record(total, of: self)
        let codes = Codes(batch: latents.shape[0], frames: latents.shape[2], stages: indices)
        return Output(quantized: total, codes: codes, losses: losses)
    }
}
