import Foundation
import RunStore
import TrainingMetrics

/// Whether a file that took the place of a log goes on with the same training or begins another one.
enum Continuation {
    /// Its first position lies behind the last that was read.
    case continues
    /// It lies before that, or there are no positions to tell by.
    case begins
    /// Nothing was measured in it yet.
    case undecided

    private static let headLength = 1 << 18

    /// Judges by the first steps, or epochs, at the beginning of the file.
    init(of run: RunRecord, in path: String, format: LogFormat?, store: RunStore) throws {
        let last = try store.run(id: run.id) ?? run
        guard let head = try? FileHandle(forReadingAtPath: path)?.read(upToCount: Self.headLength),
            let reader = try? LogFormatDetector.reader(
                for: [UInt8](head.prefix(LogFormatDetector.headLength)).span,
                override: format
            )
        else {
            self = .undecided
            return
        }
        var decoder = LogDecoder(reader: reader)
        var buffer = EventBuffer(keptRejections: 0)
        decoder.decode([UInt8](head).span, into: &buffer)
        // Half a line at the end of the head is no line.
        if head.count < Self.headLength { decoder.finish(into: &buffer) }
        guard buffer.count > 0 else {
            self = .undecided
            return
        }
        func first(on axis: StepAxis) -> Int64? {
            (0..<buffer.count).first { buffer.keys[Int(buffer.metric[$0])].axis == axis }.map { buffer.step[$0] }
        }
        if let step = first(on: .step), let lastStep = last.lastStep {
            self = step > lastStep ? .continues : .begins
        } else if let epoch = first(on: .epoch), let lastEpoch = last.lastEpoch, last.lastStep == nil {
            self = Double(epoch) > lastEpoch ? .continues : .begins
        } else {
            self = .begins
        }
    }
}
