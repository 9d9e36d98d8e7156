import Codec
import Foundation

/// What a net says about audio it was not trained with.
///
/// An item's answer is the mean of its logits. The border between real and imitation lies halfway between the mean answers to real and to
/// imitated *training* items, because a discriminator early in training has an offset that says nothing about what it can tell apart.
struct HeldOutJudgement {
    /// Answers to one kind of item: `[sub-discriminator][item]`; the last list is the mean over sub-discriminators.
    typealias Answers = [[Double]]

    let real: Answers, decoded: Answers, degraded: Answers
    let borders: [Double]
    /// Feature-matching loss between held-out speech and the same decoded, mean over maps.
    let featureMatching: Double

    init(of net: Discriminator, audio: ProbeAudio, imitations: LearningProbe.Imitations, length: Int) {
        let start = max(0, audio.segmentLength - length) / 2
        let (held, training) = (audio.heldOut, audio.training)
        func answers(_ segments: [[Float]]) -> Answers {
            let perPart = Self.inChunks(segments) { chunk in
                net.output(of: ProbeAudio.batch(chunk, from: start, length: length)).logits.map(SignalProbe.itemMeans)
            }
            let means = perPart[0].indices.map { item in SignalProbe.mean(perPart.map { $0[item] }) }
            return perPart + [means]
        }
        let step = max(1, training.real.count / 8)
        let few = stride(from: 0, to: training.real.count, by: step).prefix(8)
        net.setTraining(false)
        (real, decoded, degraded) = withoutGradients {
            (answers(held.real), answers(held.decoded), answers(held.degraded))
        }
        borders = withoutGradients {
            let trainedReal = answers(few.map { training.real[$0] })
            let trainedImitated = answers(
                few.enumerated().map { place, index in
                    let isDecoded = imitations == .both ? place % 2 == 0 : imitations == .decoded
                    return isDecoded ? training.decoded[index] : training.degraded[index]
                }
            )
            return zip(trainedReal, trainedImitated).map { (SignalProbe.mean($0) + SignalProbe.mean($1)) / 2 }
        }
        featureMatching = Self.featureMatching(of: net, audio: audio, from: start, length: length)
        net.setTraining(true)
    }

    /// Mean answer to real less that to imitated items.
    func gap(_ part: Int, to imitated: Answers) -> Double {
        SignalProbe.mean(real[part]) - SignalProbe.mean(imitated[part])
    }

    /// Share of real items above and of imitated ones below the border; 0.5 is chance, NaN where an answer is.
    func accuracy(_ part: Int, against imitated: Answers) -> Double {
        let answers = real[part] + imitated[part] + [borders[part]]
        guard answers.allSatisfy({ !$0.isNaN }) else { return .nan }
        return right(part, against: imitated) / Double(real[part].count + imitated[part].count)
    }

    /// Whether the whole net's accuracy is better than guessing: so many right answers have a chance below 1 % (exact binomial tail).
    func isBetterThanGuessing(against imitated: Answers) -> Bool {
        let whole = real.count - 1
        let count = real[whole].count + imitated[whole].count
        var tail = 0.0
        for right in Int(right(whole, against: imitated))...count {
            tail += exp(lgamma(Double(count + 1)) - lgamma(Double(right + 1)) - lgamma(Double(count - right + 1)))
        }
        return tail * pow(0.5, Double(count)) < 0.01
    }

    /// Items judged rightly; one on the border counts half.
    private func right(_ part: Int, against imitated: Answers) -> Double {
        func half(_ answer: Double) -> Double { answer == borders[part] ? 0.5 : 0 }
        return real[part].reduce(0) { $0 + ($1 > borders[part] ? 1 : half($1)) }
            + imitated[part].reduce(0) { $0 + ($1 < borders[part] ? 1 : half($1)) }
    }

    static func featureMatching(of net: Discriminator, audio: ProbeAudio, from start: Int, length: Int) -> Double {
        let loss = FeatureMatchingLoss(reduction: .mean, includesLogits: net.description.matchesLogits)
        return withoutGradients {
            let pairs = zip(audio.heldOut.real, audio.heldOut.decoded).prefix(4)
            let real = net.output(of: ProbeAudio.batch(pairs.map(\.0), from: start, length: length))
            let decoded = net.output(of: ProbeAudio.batch(pairs.map(\.1), from: start, length: length))
            return Double(loss(decoded: decoded, real: real).item)
        }
    }

    /// Four items at a time, so that memory does not grow with their number.
    private static func inChunks(_ segments: [[Float]], _ body: ([[Float]]) -> Answers) -> Answers {
        var result: Answers = []
        for start in stride(from: 0, to: segments.count, by: 4) {
            let answers = body(Array(segments[start..<min(start + 4, segments.count)]))
            result = result.isEmpty ? answers : zip(result, answers).map { $0 + $1 }
        }
        return result
    }
}
