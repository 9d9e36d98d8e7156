/// What the words of metric names mean. Data: one line a concept, all spellings seen in trainers behind it.
enum NameLexicon {
    /// What a word can say about a number.
    enum Concept: String, Hashable, Sendable, CaseIterable {
        case noise, step, epoch, mean, variant
        case loss, total, weight, other
        case discriminator, generator, adversarial, featureMatching, real, fake
        case reconstruction, mel, stft, convergence, magnitude, waveform, distance, time
        case vq, commitment, codebook, kl, perplexity, usage
        case snr, siSDR, aligned, delay, amplitude, ratio, level, peak, output, input, offset, clipped, correlation,
            percent
        case accuracy, score, sign, quality
        case bandwidth, repeatDifference, updateRatio, gradientLeak
        case learningRate, gradient, norm, encoder, gradientScale, skipped, loader, seconds, milliseconds
        case part, number, progress
    }

    private static let lines = """
        noise: other metric metrics scalar scalars statistics stats stat value values raw current curr cur last log multi \
        soundstream codec model vocoder autoencoder vae encodec audio the of per matching match db result results \
        running smoothed smooth final network net netloss weighted unweighted div divergence hinge \
        history adam sgd radam nadam adamax rmsprop lion pg
        step: step steps iter iters iteration iterations it batch batches update updates
        epoch: epoch epochs
        mean: mean avg average
        variant: ema ae
        loss: loss losses error errors err objective cost
        total: total tot sum overall full all
        weight: weight weights coef coeff coeffs coefficient lambda lam lamb
        other: perceptual lpips s2s slm distill distillation distil penalty gp r1 pl reg regularization \
        regularisation regularizer cycle idt identity anchor nll bce
        discriminator: d disc discr discs discriminator discriminators dis netd critic
        generator: g gen gens generator generators netg
        adversarial: adv gan adversarial advers adversary
        featureMatching: fm feat feats feature features fmap fmaps featmatch featurematching
        real: real
        fake: fake generated
        reconstruction: rec recon recons reconst reconstruction reconstruct reconstructed
        mel: mel mels msspec melspec melspectrogram melspectrum logmel msmel mrmel
        stft: stft mrstft mstft msstft spec specs spectral spectrum spectrogram freq frequency linear fft
        convergence: sc convergence
        magnitude: mag magnitude magnitudes logmag
        waveform: waveform wave wav samplewise temporal timedomain
        distance: l1 l2 mse mae rmse huber
        time: time timing
        vq: vq rvq quant quantization quantisation quantizer quantiser quantize q vqvae
        commitment: commit commitment cmt commits
        codebook: codebook codebooks cb code codes
        kl: kl kld kldiv
        perplexity: ppl perplexity perplexities perp perpexlity perplexty perlexity perplexit
        usage: usage utilization utilisation util used
        snr: snr
        siSDR: sisdr sisnr
        aligned: aligned
        delay: delay lag
        amplitude: amplitude amp ampl amplitudes loudness volume
        ratio: ratio fraction
        level: std stddev rms level stdev spread
        peak: peak max maximum
        output: output outputs out decoded pred predicted estimate
        input: input inputs in target targets gt reference ref data groundtruth
        offset: dcoffset
        clipped: clipped clipping
        correlation: corr correlation cos cosine pearson rho cossim
        percent: percent pct percentage
        accuracy: acc accuracy
        score: score scores logit logits
        sign: sign signs
        quality: pesq stoi estoi utmos visqol nisqa dnsmos mos warpq fid fad mcd psnr ssim segsnr wer cer
        bandwidth: inputbandwidth
        repeatDifference: repeatdifference
        updateRatio: updateratio
        gradientLeak: gradleak
        learningRate: lr learningrate
        gradient: grad grads gradient gradients
        norm: norm norms gradnorm
        encoder: encodernorm encodergrad
        gradientScale: scaler gradscale lossscale ampscale ampscaler
        skipped: skippedsteps
        loader: loader dataloader dataload loading fetch
        seconds: s sec secs second seconds
        milliseconds: ms msec millisecond milliseconds
        part: mpd msd mrd mssd msstftd mstftd mbsd cqtd mscqtd mpbd period periods scale scales resolution resolutions \
        res mp mrd mr stftd jcu dac subband fullband stage layer head band bands
        progress: eta cpu memory mem cpumem gpumem gpu vram cuda progress seen kimg nimg tick items samples elapsed runtime \
        timestamp bandwidth hours hour days minutes remaining throughput maintenance augment bs size idx index seed rank workers
        """

    /// Words whose trailing digits are a number of their own (`ppl0`, `disc2`, `u3`).
    static let numbered: Set<String> = [
        "d", "disc", "discriminator", "ppl", "perplexity", "usage", "u", "vq", "rvq", "q", "codebook", "cb", "stage",
        "layer", "scale", "period", "mpd", "msd", "mrd", "lr", "optim", "ratio", "pg",
    ]

    /// Words that say which data or which mean a number was taken over; the split is told by `MetricKey.split`.
    static let splitWords: Set<String> = [
        "train", "training", "trn", "val", "valid", "validation", "validate", "dev", "test", "testing", "eval",
        "evaluation", "evaluate", "avg", "average", "held", "heldout",
    ]

    /// Two words that mean one.
    static let phrases: [String: String] = [
        "si sdr": "sisdr", "si snr": "sisnr", "scale invariant": "si", "learning rate": "lr",
        "feature matching": "featurematching", "feature match": "featurematching", "feat match": "featmatch",
        "feat matching": "featmatch", "dc offset": "dcoffset", "dc bias": "dcoffset", "grad scale": "gradscale",
        "amp scaler": "ampscaler", "amp scale": "ampscale", "grad scaler": "gradscale",
        "ground truth": "groundtruth", "time domain": "timedomain", "seg snr": "segsnr", "segmental snr": "segsnr",
        "adam w": "adam", "mel spec": "melspec", "mel spectrogram": "melspectrogram", "log mel": "logmel",
        "multi scale": "multi",
        "cos sim": "cossim", "cosine similarity": "cossim", "clip fraction": "clipped", "data loading": "loading",
        "data time": "loading", "data loader": "dataloader", "weight decay": "weightdecay", "log mag": "logmag",
        "mel distance": "mel", "stft distance": "stft", "feature map": "fmap", "feature maps": "fmap",
        "feat map": "fmap", "clip ratio": "clipped", "warp q": "warpq", "clipped fraction": "clipped",
        "delay samples": "delay", "input bandwidth": "inputbandwidth", "repeat difference": "repeatdifference",
        "update ratio": "updateratio", "update to": "update", "weight ratio": "weightratio",
        "update weightratio": "updateratio", "grad leak": "gradleak", "gradient leak": "gradleak",
        "norm encoder": "encodernorm", "encoder grad": "encodergrad",
        "encoder gradient": "encodergrad", "number of": "of", "skipped steps": "skippedsteps",
        "skipped iterations": "skippedsteps", "skipped batches": "skippedsteps", "skipped updates": "skippedsteps",
        "skip count": "skippedsteps", "nan iterations": "skippedsteps", "nan steps": "skippedsteps",
        "nan batches": "skippedsteps", "nan count": "skippedsteps", "nonfinite steps": "skippedsteps",
        "nonfinite count": "skippedsteps", "load time": "loading", "time data": "loading", "scaler scale": "gradscale",
        "num nan": "skippedsteps",
        "num nans": "skippedsteps", "num skipped": "skippedsteps", "fp16 scale": "gradscale", "wait time": "loading",
    ]

    /// Concept of each word.
    static let concepts: [String: Concept] = {
        var table: [String: Concept] = [:]
        for line in lines.split(separator: "\n") {
            let sides = line.split(separator: ":", maxSplits: 1)
            guard sides.count == 2, let concept = Concept(rawValue: String(sides[0])) else { continue }
            for word in sides[1].split(separator: " ") { table[String(word)] = concept }
        }
        return table
    }()

    /// Concept of a word, numbers and sample rates (`22k`) included; `nil` for a word the lexicon does not know.
    static func concept(of word: String) -> Concept? {
        if let known = concepts[word] { return known }
        if MetricName.isNumber(word) { return .number }
        let body = word.hasSuffix("khz") ? word.dropLast(3) : word.hasSuffix("k") ? word.dropLast() : Substring()
        return !body.isEmpty && Double(body) != nil ? .part : nil
    }
}
