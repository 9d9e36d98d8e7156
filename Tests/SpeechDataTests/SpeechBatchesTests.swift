import Codec
import Testing

@testable import SpeechData

struct SpeechBatchesTests {
    private func batches(
        _ clips: [SpeechClip],
        size: Int = 4,
        length: Int = 100,
        level: Double? = nil,
        seed: UInt64 = 1
    )
        -> SpeechBatches
    {
        SpeechBatches(clips: clips, batchSize: size, segmentLength: length, level: level, seed: seed)
    }

    private let ramps = [
        SpeechClip(name: "a", samples: Sound.ramp(1..<1000)), SpeechClip(name: "b", samples: Sound.ramp(2000..<5000)),
    ]

    @Test func aBatchDependsOnSeedAndStepAlone() throws {
        let first = try batches(ramps).batch(step: 7)
        _ = try batches(ramps).batch(step: 8)
        #expect(first.shape == [4, 1, 100])
        #expect(try batches(ramps).batch(step: 7).values == first.values)
        #expect(try batches(ramps).batch(step: 8).values != first.values)
        #expect(try batches(ramps, seed: 2).batch(step: 7).values != first.values)
    }

    @Test func itemsAreSegmentsOfClips() throws {
        let values = try batches(ramps).batch(step: 3).values
        for item in 0..<4 {
            let first = Int(values[item * 100] * 32_768)
            #expect(Array(values[(item * 100)..<(item * 100 + 100)]) == Sound.ramp(first..<(first + 100)))
        }
    }

    @Test func clipsAreDrawnInProportionToTheirLengthAndPlacesEvenly() {
        let batches = batches(ramps, size: 8, length: 200)
        let segments = (0..<1000).flatMap { step in (0..<8).map { batches.segment(step: step, item: $0) } }
        let ofTheShort = segments.filter { $0.clip == 0 }
        #expect(abs(Double(ofTheShort.count) / 8000 - 999.0 / 3999) < 0.02)
        #expect(ofTheShort.allSatisfy { $0.range.upperBound <= 999 && $0.range.count == 200 })
        let starts = ofTheShort.map { Double($0.range.lowerBound) / 799 }
        #expect(abs(starts.reduce(0, +) / Double(starts.count) - 0.5) < 0.03)
        #expect(Set(ofTheShort.map(\.range.lowerBound)).count > 600)
    }

    @Test func aShortOrEmptyClipIsFollowedByZeros() throws {
        let clips = [SpeechClip(name: "short", samples: [0.5, 0.25])]
        #expect(try batches(clips, size: 1, length: 4).batch(step: 0).values == [0.5, 0.25, 0, 0])
        let empty = [SpeechClip(name: "empty", samples: [])]
        #expect(try batches(empty, size: 1, length: 4).batch(step: 0).values == [0, 0, 0, 0])
    }

    @Test func levelsAreTheOriginsAndSilenceStaysSilent() throws {
        let loud = SpeechClip(name: "loud", samples: Sound.speech(amplitude: 0.01))
        let item = AudioSignal(mono: try batches([loud], size: 1, level: -16).batch(step: 0).values, sampleRate: 16_000)
        #expect(abs(item.rmsLevel + 16) < 1e-4)
        var click = [Float](repeating: 0.001, count: 100)
        click[50] = 0.9
        let peaked = SpeechClip(name: "click", samples: click)
        let limited = try batches([peaked], size: 1, level: -16).batch(step: 0).values
        #expect(abs((limited.map(abs).max() ?? 0) - 0.95) < 1e-6)
        let silent = SpeechClip(name: "silent", samples: [Float](repeating: 0, count: 500))
        #expect(try batches([silent], size: 1, level: -16).batch(step: 0).values.allSatisfy { $0 == 0 })
    }

    @Test func notANumberStaysVisible() throws {
        let clip = SpeechClip(name: "nan", samples: [Float](repeating: .nan, count: 100))
        #expect(try batches([clip], size: 1, level: -16).batch(step: 0).values.allSatisfy(\.isNaN))
    }
}
