/// The words by which free text is understood. All lower case.
enum LogWords {
    /// Names of measured numbers that no configuration uses alone.
    static let metric: Set<String> = [
        "loss", "losses", "snr", "sdr", "sisdr", "sisnr", "psnr", "ssim", "pesq", "stoi", "fid", "fad", "visqol",
        "utmos", "mos", "mcd", "wer", "cer", "mse", "mae", "rmse", "l1", "l2", "kl", "kld", "elbo", "nll", "bce", "ppl",
        "perplexity", "acc", "accuracy", "error", "recon", "rec", "reconstruction", "adv", "adversarial", "disc",
        "discr", "feat", "fm", "vq", "vqloss", "commit", "commitment", "entropy", "usage", "amp", "amplitude",
        "correlation", "corr", "lpips", "distill", "distillation", "perceptual", "score",
    ]

    /// Names of measured numbers that also name parts, options or sizes.
    static let ambiguousMetric: Set<String> = [
        "d", "g", "ad", "gan", "dis", "gen", "generator", "discriminator", "feature", "features", "mel", "stft",
        "mrstft", "spec", "spectral", "codebook", "quantizer", "quant", "grad", "gradient", "norm", "gnorm", "penalty",
        "r1", "gp", "std", "rms", "dc", "offset", "peak", "wave", "waveform", "energy", "f1", "dur", "duration",
        "pitch", "real", "fake", "lr", "err", "s2s", "slm", "mono", "cos", "ratio",
    ]

    /// Words that make a name an option or a size.
    static let option: Set<String> = [
        "weight", "weights", "lambda", "coef", "coeff", "coefficient", "size", "num", "n", "number", "channels",
        "channel", "rate", "type", "path", "dir", "directory", "seed", "dim", "dims", "kernel", "hop", "fft", "win",
        "window", "min", "max", "fmin", "fmax", "beta", "betas", "eps", "epsilon", "decay", "workers", "params",
        "parameters", "param", "steps", "epochs", "interval", "every", "start", "threshold", "warmup", "patience",
        "dropout", "layers", "heads", "version", "gpus", "gpu", "cpus", "cpu", "threads", "device", "length", "segment",
        "samples", "rates", "momentum", "gamma", "milestones", "scheduler", "name", "mode", "file", "files", "images",
        "speakers", "bins", "mels", "filter", "filters", "stride", "groups", "dilation", "padding", "factor", "port",
        "clip", "limit", "count", "world", "rank", "id", "pid", "batch", "dataset", "cudnn",
    ]

    /// Words of sentences, which names of metrics between number and number do not hold.
    static let prose: Set<String> = [
        "a", "after", "again", "all", "an", "and", "are", "as", "at", "available", "be", "because", "been", "before",
        "begin", "both", "but", "by", "can", "completed", "created", "creating", "did", "do", "does", "done", "each",
        "elapsed", "ended", "ends", "file", "finished", "for", "found", "from", "get", "got", "had", "has", "have",
        "if", "in", "into", "is", "it's", "line", "load", "loaded", "loading", "made", "more", "much", "need", "needs",
        "new", "no", "not", "now", "of", "on", "only", "or", "out", "over", "please", "reached", "remaining",
        "restored", "resumed", "resuming", "running", "saved", "saving", "see", "set", "setting", "should", "since",
        "skipped", "so", "some", "start", "started", "starting", "starts", "than", "that", "the", "their", "then",
        "there", "these", "this", "those", "to", "too", "took", "until", "up", "use", "used", "using",
        "version", "was", "we", "were", "when", "where", "which", "while", "will", "with", "without", "won't", "would",
        "you", "your",
    ]

    /// Words behind which the name of a number begins in a sentence (`Saved model at epoch 3 with loss: 0.1`).
    static let nameBegins: Set<String> = [
        "at", "with", "is", "was", "the", "to", "by", "has", "got", "reached", "achieved", "from", "new", "saved",
        "and",
    ]

    /// Words of headings that name no network and no metric.
    static let heading: Set<String> = [
        "statistics", "stats", "results", "result", "metrics", "metric", "performance", "summary", "set", "phase",
        "stage", "loss", "losses", "report", "scores", "data", "step", "epoch", "loop", "end", "start", "averages",
        "average", "avg", "pass", "on", "started", "finished", "begin", "mode", "split",
    ]

    /// Words that say how a number was condensed; kept as a path in front of the name.
    static let statistic: Set<String> = ["avg", "average", "averages", "mean", "ema", "median", "best", "smoothed"]

    /// Spellings of a value that is not there.
    static let missing: Set<String> = [
        "n/a", "na", "none", "null", "nil", "-", "--", "---", "?", "??", "undefined", "missing", "tbd", "invalid",
    ]

    /// Numbers of a bar's postfix that measure nothing.
    static let notMeasured: Set<String> = ["v_num", "refresh"]

    /// The parts of a name: lower case, separated at everything that is not a letter or digit, and without the number
    /// at the end of a part (`loss_disc_real_0` gives loss, disc, real).
    static func parts(of name: String) -> [String] {
        name.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init).flatMap { part -> [String] in
            if metric.contains(part) || ambiguousMetric.contains(part) { return [part] }
            let word = part.reversed().drop(while: \.isNumber).reversed()
            return word.isEmpty ? [] : [String(word)]
        }
    }

    /// Whether the name is that of a measured number beyond doubt.
    static func isMetric(_ name: String) -> Bool {
        parts(of: name).contains {
            metric.contains($0) || $0.hasSuffix("loss") || $0.hasPrefix("loss") || $0.hasPrefix("fid")
        }
    }

    /// Whether the name may be that of a measured number.
    static func mayBeMetric(_ name: String) -> Bool {
        isMetric(name) || parts(of: name).contains { ambiguousMetric.contains($0) }
    }

    /// Whether the name has a word of an option or a size.
    static func isOption(_ name: String) -> Bool { parts(of: name).contains { option.contains($0) } }

    /// Whether the name is that of a ratio in dB.
    static func isDecibel(_ name: String) -> Bool {
        parts(of: name).contains { ["snr", "sdr", "sisdr", "sisnr", "psnr"].contains($0) }
    }

    /// Whether the name is that of a learning rate.
    static func isLearningRate(_ name: String) -> Bool {
        let parts = parts(of: name)
        return parts.contains("lr") || (parts.contains("learning") && parts.contains("rate"))
    }
}
