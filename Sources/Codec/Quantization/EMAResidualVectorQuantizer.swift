/// Residual vector quantisation with codebooks learnt by running averages (EnCodec, Défossez et al. 2022, arXiv:2210.13438).
///
/// In training mode a call starts the codebooks by k-means if needed, passes the decoder's gradient straight through, returns
/// commitment losses and then updates the codebooks. Out of training mode it only looks up: no update, no loss, and, as in
/// encodec 0.1.1, no gradient for its input. Equal seeds and inputs give equal codebooks.
public final class EMAResidualVectorQuantizer: Layer {
    /// What a call returns.
    public struct Output {
        /// The sum of the chosen rows, `[B, D, T]`.
        public let quantized: Tensor
        /// The chosen rows.
        public let codes: Codes
        /// mean (q − r)² of every stage times its weight, scalars; zero out of training mode.
        public let losses: [Tensor]

        /// The mean of ``losses`` over stages, EnCodec's `penalty`.
        public var commitmentLoss: Tensor {
            losses.dropFirst().reduce(losses.first ?? Tensor(0)) { $0 + $1 } * (1 / Float(max(1, losses.count)))
        }
    }

    /// One codebook per stage.
    public let codebooks: [EuclideanCodebook]
    /// How codebooks are learnt.
    public let options: EMAQuantizerOptions
    /// Where random rows come from in training.
    public var random: RandomSource

    /// `stages` codebooks of `size` rows of `dimension` values; `random` decides first rows and later random replacements.
    public init(
        dimension: Int,
        size: Int,
        stages: Int,
        options: EMAQuantizerOptions = .asInEncodec,
        using random: inout some RandomNumberGenerator
    ) {
        precondition(stages > 0, "a residual quantiser needs at least one codebook")
        var codebooks: [EuclideanCodebook] = []
        for _ in 0..<stages {
            codebooks.append(EuclideanCodebook(size: size, dimension: dimension, options: options, using: &random))
        }
        self.codebooks = codebooks
        self.options = options
        self.random = RandomSource(seed: random.next())
        super.init()
    }

    public override var children: [(name: String, layer: Layer)] {
        codebooks.enumerated().map { ("vq.layers.\($0.offset)._codebook", $0.element) }
    }

    public override func forward(_ input: Tensor) -> Tensor { quantize(input).quantized }

    /// Quantises `latents` `[B, D, T]` with the first `codebooks` codebooks, or all.
    public func quantize(_ latents: Tensor, codebooks: Int? = nil) -> Output {
        var (residual, total) = (latents, Tensor(repeating: 0, shape: latents.shape))
        var losses: [Tensor] = []
        var indices: [[Int32]] = []
        for codebook in self.codebooks.prefix(codebooks ?? self.codebooks.count) {
            let vectors = residual.detached().frameVectors
            if isTraining { codebook.initializeIfNeeded(from: vectors, using: &random) }
            let choices = codebook.nearestRows(to: vectors)
            var quantized = codebook.rows.frames(choices, batch: latents.shape[0])
            if isTraining {
                losses.append((quantized - residual).squared().mean() * options.commitmentWeight)
                quantized = residual + (quantized - residual).detached()
                codebook.update(with: vectors, choices: choices, using: &random)
            } else {
                losses.append(Tensor(0))
            }
            if options.detachesResiduals { quantized = quantized.detached() }
            residual = residual - quantized
            total = total + quantized
            indices.append(choices.map(Int32.init))
        }
        if isTraining, options.detachesResiduals { total = latents + (total - latents).detached() }
        ActivationRecorder.current?.record(total, of: self)
        let codes = Codes(batch: latents.shape[0], frames: latents.shape[2], stages: indices)
        return Output(quantized: total, codes: codes, losses: losses)
    }

    /// The rows that quantising `latents` `[B, D, T]` chooses, without any side effect.
    public func encode(_ latents: Tensor, codebooks: Int? = nil) -> Codes {
        withoutGradients {
            var residual = latents
            let indices = self.codebooks.prefix(codebooks ?? self.codebooks.count).map { codebook in
                let choices = codebook.nearestRows(to: residual.frameVectors)
                residual = residual - codebook.rows.frames(choices, batch: latents.shape[0])
                return choices.map(Int32.init)
            }
            return Codes(batch: latents.shape[0], frames: latents.shape[2], stages: indices)
        }
    }

    /// The sum of the rows that `codes` name, `[B, D, T]`; the codes may have fewer stages than there are codebooks.
    public func decode(_ codes: Codes) -> Tensor {
        precondition(
            codes.stages <= codebooks.count,
            "\(codes.stages) stages of codes for \(codebooks.count) codebooks"
        )
        let width = codebooks[0].rows.shape[1]
        return (0..<codes.stages).reduce(Tensor(repeating: 0, shape: [codes.batch, width, codes.frames])) {
            sum,
            stage in
            sum + codebooks[stage].rows.frames(codes.stage(stage).map(Int.init), batch: codes.batch)
        }
    }
}
