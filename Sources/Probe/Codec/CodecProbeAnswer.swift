import Foundation
import TrainingMetrics

/// What follows from a codec's measurements, in sentences, most important first.
struct CodecProbeAnswer {
    private let report: CodecProbeReport

    init(_ report: CodecProbeReport) { self.report = report }

    /// A correlation that could as well be chance: not above twice what reversed audio reaches, or below a tenth.
    private var noise: Double {
        let chance = abs(report.chanceCorrelation)
        return max(0.1, chance.isFinite ? 2 * chance : 0)
    }

    /// The answer.
    var sentences: [String] {
        if !report.nonFiniteTensors.isEmpty { return [brokenWeights] }
        var sentences: [String] = []
        if report.nonFiniteSamples > 0 {
            sentences.append(
                "the audio holds \(report.nonFiniteSamples) samples that are NaN or infinite; what depends on them is NaN"
            )
        }
        if report.weights == .initial {
            sentences.append(
                "the weights are random: the bit rate and the layers' gains can be judged, but not what the model passes, nor its codebooks"
            )
        } else {
            sentences += [transmission].compactMap { $0 } + timing + level
            sentences += codebooks
        }
        sentences.append(bits)
        sentences += [rank, gains].compactMap { $0 }
        return sentences
    }

    private var brokenWeights: String {
        let names = report.nonFiniteTensors
        let shown = names.prefix(3).joined(separator: ", ")
        return "\(names.count) tensor\(names.count == 1 ? "" : "s") of the model hold NaN or infinity (\(shown)"
            + "\(names.count > 3 ? ", …" : "")): nothing it decodes can be judged; go back to a checkpoint before the first NaN"
    }

    private var transmission: String? {
        let (found, direct) = (abs(report.correlation), report.correlationWithoutQuantizer.map(abs))
        guard found.isFinite else {
            return "whether anything passes cannot be judged: the input or the output is constant or not finite"
        }
        let text = "correlation \(number(report.correlation))"
        let chance = "reversed output, which shares nothing, has \(number(abs(report.chanceCorrelation)))"
        if found > noise {
            guard let direct, direct > found + 0.1, direct > noise else {
                return "\(text) between audio and what comes back, SNR \(number(report.snr)) dB"
            }
            return
                "\(text) between audio and what comes back, \(number(direct)) without the quantiser: the quantiser loses most of what is lost"
        }
        guard let direct else { return "nothing passes: \(text) (\(chance))" }
        if direct > max(noise, found + 0.1) {
            return
                "nothing passes the bottleneck: \(text) (\(chance)), but \(number(direct)) without the quantiser: the quantiser is the fault"
        }
        return
            "nothing passes: \(text), \(number(direct)) without the quantiser (\(chance)): the fault is in the encoder or the decoder, "
            + "or training never tied the output's waveform to the input's"
    }

    private var timing: [String] {
        guard let delay = report.delay, delay != 0, abs(report.correlation) > noise else { return [] }
        let milliseconds = number(1000 * Double(abs(delay)) / Double(max(1, report.sampleRate)))
        return [
            "the output is \(abs(delay)) sample\(abs(delay) == 1 ? "" : "s") \(delay > 0 ? "late" : "early") (\(milliseconds) ms)"
        ]
    }

    private var level: [String] {
        var sentences: [String] = []
        if report.correlation < -noise { sentences.append("the output's polarity is inverted") }
        let ratio = report.amplitudeRatio
        if ratio == 0 {
            sentences.append("the output is constant")
        } else if ratio.isFinite, !(0.8...1.25).contains(ratio) {
            let decibels = number(abs(20 * log10(ratio)))
            sentences.append(
                "the output is \(decibels) dB too \(ratio < 1 ? "quiet" : "loud") (amplitude ratio \(number(ratio)))"
            )
        }
        return sentences
    }

    private var codebooks: [String] {
        let size = report.codebookSize
        // So many different entries would be met if all were equally likely.
        let possible = Double(size) * (1 - exp(-Double(report.frames) / Double(max(1, size))))
        let used = report.stages.map { Int(($0.usage * Double(size)).rounded()) }
        var sentences: [String] = []
        func name(_ indices: [Int]) -> String {
            if indices.count == 1 { return "stage \(indices[0] + 1)" }
            return indices.count > 4
                ? "\(indices.count) of \(report.stages.count) stages"
                : "stages \(indices.map { String($0 + 1) }.joined(separator: ", "))"
        }
        let collapsed = report.stages.indices.filter { size > 1 && report.stages[$0].perplexity < 1.5 }
        if !collapsed.isEmpty {
            let most = collapsed.map { used[$0] }.max() ?? 0
            sentences.append(
                "\(name(collapsed)) use\(collapsed.count == 1 ? "s" : "") \(collapsed.count == 1 ? "" : "at most ")\(most) of \(size) entries"
                    + " on \(report.frames) frames: collapsed"
            )
        }
        let starved = report.stages.indices.filter {
            !collapsed.contains($0) && report.stages[$0].perplexity < 0.1 * possible
        }
        if !starved.isEmpty {
            let worst = starved.map { report.stages[$0].perplexity }.min() ?? .nan
            sentences.append(
                "\(name(starved)) use\(starved.count == 1 ? "s" : "") few entries: perplexity down to \(number(worst)) where "
                    + "\(number(possible)) of \(size) could be met in \(report.frames) frames"
            )
        }
        return sentences
    }

    private var bits: String {
        let carried = "\(number(report.usedBitRate / 1000)) of \(number(report.nominalBitRate / 1000)) kbit/s"
        let bound = log2(Double(max(1, report.frames)))
        let perStage = log2(Double(max(1, report.codebookSize)))
        return "the codes carry \(carried) on this audio"
            + (bound < perStage + 2
                ? " (\(report.frames) frames are few for \(report.codebookSize) entries: a lower bound)" : "")
    }

    private var rank: String? {
        let (rank, channels) = (report.latentEffectiveRank, report.latentChannels)
        guard rank.isFinite else { return "the latents hold NaN: their rank cannot be judged" }
        if rank == 0 { return "the latents are constant: the encoder passes nothing" }
        let few = report.frames <= channels ? ", measured on only \(report.frames) frames" : ""
        return "the latents spread in \(number(rank)) directions of \(channels)\(few)"
    }

    private var gains: String? {
        if let broken = report.layers.first(where: { !$0.gain.isFinite }) {
            return "the signal ends at \(broken.name): what goes in is constant or what comes out is not finite"
        }
        let far = report.layers.filter { $0.gain > 0 }.max { abs(log($0.gain)) < abs(log($1.gain)) }
        if let dead = report.layers.first(where: { $0.gain == 0 }) { return "\(dead.name) gives a constant" }
        guard let far, !(0.1...10).contains(far.gain) else { return nil }
        return "the largest step in level is at \(far.name): \(number(far.gain)) times"
    }

    private func number(_ value: Double) -> String {
        guard value.isFinite else { return value.isNaN ? "NaN" : value < 0 ? "−∞" : "∞" }
        let digits = abs(value) < 1 ? 2 : abs(value) < 100 ? 1 : 0
        return String(format: "%.\(digits)f", value == 0 ? 0 : value)
    }
}
