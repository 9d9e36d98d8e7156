import Codec
import Foundation
import HealthReport

/// What `encode` says: sizes, bit rate, and how well each codebook is used.
struct EncodingReport: Encodable {
    /// One codebook.
    struct Stage: Encodable {
        let stage: Int
        let usedShare: JSONNumber
        let perplexity: JSONNumber
        let entropyBits: JSONNumber
    }

    let file: String
    let model: String
    let hasRandomWeights: Bool
    let sampleRate: Int
    let channels: Int
    let seconds: JSONNumber
    let codebooks: Int
    let frames: Int
    let kilobitsPerSecond: JSONNumber
    let codebookSize: Int
    let stages: [Stage]

    init(_ coded: DACFile, model: CodecModel, path: String) {
        file = path
        self.model = model.title
        hasRandomWeights = if case .random = model.weights { true } else { false }
        sampleRate = coded.sampleRate
        channels = coded.channelCount
        seconds = JSONNumber(Double(coded.originalLength) / Double(coded.sampleRate))
        codebooks = coded.codes.stages
        frames = coded.codes.frames
        codebookSize = model.codec.codebookSize
        // What the file holds: overlapping windows store more frames than the codec's rate says.
        let bits = Double(Int.bitWidth - max(1, codebookSize - 1).leadingZeroBitCount)
        kilobitsPerSecond = JSONNumber(Double(coded.codes.values.count) * bits / seconds.value / 1000)
        var usage = CodebookUsage(stages: coded.codes.stages, codebookSize: codebookSize)
        usage.add(coded.codes)
        stages = usage.stages.enumerated().map { index, stage in
            Stage(
                stage: index + 1,
                usedShare: JSONNumber(stage.usedShare),
                perplexity: JSONNumber(stage.perplexity),
                entropyBits: JSONNumber(stage.entropy)
            )
        }
    }

    /// The report in the wished form.
    func text(_ format: OutputOptions.Format) throws -> String {
        guard format == .text else { return try JSONText.render(self) + "\n" }
        var table = TextTable([("codebook", .right), ("used", .right), ("perplexity", .right), ("entropy", .right)])
        for stage in stages {
            table.append([
                String(stage.stage), NumberText.short(stage.usedShare.value * 100, unit: "%"),
                NumberText.short(stage.perplexity.value), NumberText.short(stage.entropyBits.value, unit: "bit"),
            ])
        }
        let lines =
            [
                "\(TerminalText.escaped(file)): \(NumberText.short(seconds.value)) s as \(codebooks) × \(frames) codes, "
                    + "\(NumberText.short(kilobitsPerSecond.value)) kbit/s, by \(TerminalText.escaped(model))"
                    + (hasRandomWeights ? " with random weights" : "")
            ] + table.lines(style: Console.style)
        return lines.joined(separator: "\n") + "\n"
    }
}
