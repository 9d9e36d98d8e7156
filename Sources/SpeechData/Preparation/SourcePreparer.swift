import Codec
import Foundation

/// Turns one source into files: looks at all of it, decides what to keep, then writes it, in constant memory.
struct SourcePreparer {
    let options: PreparationOptions
    /// Where names are relative to.
    let outputFolder: String
    /// ``PreparationOptions/recipe`` of the options.
    let recipe: String

    /// Prepares a source as `name` (without extension). What concerns this source alone becomes a rejection in the result; throws
    /// ``PreparationError`` when the output cannot be written.
    func prepare(_ file: SourceFile, stamp: FileStamp, name: String) throws -> PreparationManifest.Source {
        var source = PreparationManifest.Source(file, stamp: stamp, options: options, recipe: recipe)
        do { try prepare(file, into: &source, name: name) } catch let problem as RecordingProblem {
            source.reject(problem.rejection, problem.detail)
        }
        return source
    }

    private func prepare(_ file: SourceFile, into source: inout PreparationManifest.Source, name: String) throws {
        let reader = RecordingReader(path: file.location, sampleRate: options.sampleRate)
        var check = SourceCheck()
        var envelope = LevelEnvelope(sampleRate: options.sampleRate)
        let properties = try reader.read(source: { check.add($0) }, body: { envelope.add($0) })
        source.sampleRate = properties.sampleRate
        source.channels = properties.channels
        source.seconds = Double(properties.frames) / Double(properties.sampleRate)
        if let first = check.firstNonFinite {
            let second = String(format: "%.2f", Double(first) / Double(properties.sampleRate))
            let count = check.nonFiniteCount
            throw RecordingProblem(
                rejection: .nonFinite,
                detail: "\(count) sample\(count == 1 ? " is" : "s are") NaN or infinite, the first at \(second) s"
            )
        }
        guard envelope.loudest < .infinity else {
            throw RecordingProblem(rejection: .nonFinite, detail: "its samples are too large to be resampled")
        }
        guard envelope.loudest > LevelEnvelope.floor else {
            throw RecordingProblem(rejection: .silent, detail: "no 20 ms of it exceed \(Int(LevelEnvelope.floor)) dBFS")
        }
        if check.clippedCount > 0 { source.warnings.append(.clipped) }
        if Double(properties.missing) > 0.1 * Double(properties.sampleRate) { source.warnings.append(.truncated) }
        let range = envelope.soundRange(options.trim, sampleRate: options.sampleRate)
        let pieces = try self.pieces(of: range)
        source.dropped = .init(
            beginning: seconds(range.lowerBound),
            end: seconds(envelope.sampleCount - range.upperBound),
            lastSegment: seconds(range.upperBound - (pieces.last?.upperBound ?? range.lowerBound))
        )
        let level = envelope.level(in: range)
        var loudness = Double.nan
        if case .loudness = options.level {
            loudness = try self.loudness(of: range, reader)
            guard loudness.isFinite else {
                throw RecordingProblem(
                    rejection: .unreadable,
                    detail: "loudness cannot be measured below \(LoudnessMeter.lowestSampleRate) Hz"
                )
            }
        }
        let gain = options.level.gain(rms: level.rms, peak: level.peak, loudness: loudness)
        let wanted = options.level.gain(rms: level.rms, peak: 0, loudness: loudness)
        if gain < wanted { source.warnings.append(.peakLimited) }
        var writer = PieceWriter(
            options: options,
            folder: outputFolder,
            name: name,
            speaker: source.speaker,
            gain: Float(gain),
            pieces: pieces
        )
        try reader.read { samples in try writer.add(samples) }
        source.outputs = writer.outputs
        if writer.overloadedCount > 0 { source.warnings.append(.overloaded) }
    }

    /// The ranges that become files.
    private func pieces(of range: Range<Int>) throws(RecordingProblem) -> [Range<Int>] {
        let minimum = max(1, Int((options.minimum * Double(options.sampleRate)).rounded()))
        let length = options.segment.map { Int(($0 * Double(options.sampleRate)).rounded()) } ?? range.count
        var pieces: [Range<Int>] = []
        var start = range.lowerBound
        while start < range.upperBound {
            let piece = start..<min(range.upperBound, start + length)
            if piece.count >= minimum { pieces.append(piece) }
            start = piece.upperBound
        }
        guard !pieces.isEmpty else {
            throw RecordingProblem(
                rejection: .tooShort,
                detail: String(
                    format: "%.3f s of sound; at least %g s are needed",
                    seconds(range.count),
                    options.minimum
                )
            )
        }
        return pieces
    }

    private func loudness(of range: Range<Int>, _ reader: RecordingReader) throws -> Double {
        var meter = LoudnessMeter(sampleRate: options.sampleRate, channelCount: 1)
        var position = 0
        try reader.read { samples in
            let common = range.clamped(to: position..<(position + samples.count))
            if !common.isEmpty {
                meter.add([Array(samples[(common.lowerBound - position)..<(common.upperBound - position)])])
            }
            position += samples.count
        }
        return meter.integratedLoudness
    }

    private func seconds(_ samples: Int) -> Double { Double(samples) / Double(options.sampleRate) }
}

extension PreparationManifest.Source {
    /// A source of which nothing is known but its place and content.
    init(_ file: SourceFile, stamp: FileStamp?, options: PreparationOptions, recipe: String) {
        self.init(
            input: file.input,
            path: file.path,
            stamp: stamp,
            recipe: recipe,
            speaker: file.speaker(options.speaker)
        )
    }

    /// Leaves the source out.
    mutating func reject(_ rejection: Rejection, _ detail: String) {
        self.rejection = rejection
        self.detail = detail
        outputs = []
        warnings = []
    }
}
