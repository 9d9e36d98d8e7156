import Foundation
import TestSupport
import Testing
import TrainingMetrics

/// Damaged logs through every reader: no crash, no hang, columns of equal length, no sample from a progress bar.
///
/// The short version is seeded and always the same. `CODEC_DOCTOR_FUZZ_SECONDS` runs a long one with a new seed, printed
/// first, over the files below `CODEC_DOCTOR_FUZZ_CORPUS` (the fixtures when it is not set).
struct ReaderFuzzTests {
    @Test func damagedLogsNeitherCrashNorHang() throws {
        var fuzzer = LogFuzzer(corpus: try Self.corpus(), seed: 7)
        for _ in 0..<200 { fuzzer.runOnce() }
    }

    @Test(.enabled(if: ReaderFuzzTests.seconds > 0))
    func campaign() throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        print("fuzzing with seed \(seed)")
        var fuzzer = LogFuzzer(corpus: try Self.corpus(), seed: seed)
        let end = ContinuousClock.now + .seconds(Self.seconds)
        var rounds = 0
        while ContinuousClock.now < end {
            fuzzer.runOnce()
            rounds += 1
        }
        print("\(rounds) damaged logs read by \(ReaderRegistry.readers.count) readers")
    }

    /// Bars as tqdm draws them, overwritten by carriage returns, with no metric behind them.
    @Test(arguments: ReaderRegistry.readers.map { $0.format })
    func noSampleComesFromAProgressBar(format: LogFormat) throws {
        let reader = try #require(ReaderRegistry.reader(of: format))
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<50 {
            let bars = LogFuzzer.progressBars(using: &generator)
            let chunk = Int.random(in: 1...500, using: &generator)
            let events = LogEvents(of: Array(bars.utf8), with: reader.init(), chunk: chunk)
            #expect(events.samples.isEmpty, "\(events.samples.first?.key.name ?? "") from \(bars)")
        }
    }

    static var seconds: Int {
        ProcessInfo.processInfo.environment["CODEC_DOCTOR_FUZZ_SECONDS"].flatMap { Int($0) } ?? 0
    }

    private static func corpus() throws -> [[UInt8]] {
        let folder =
            ProcessInfo.processInfo.environment["CODEC_DOCTOR_FUZZ_CORPUS"].map { URL(filePath: $0) }
            ?? FixtureLocation.root.appending(path: "logs")
        let paths = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String }.sorted() ?? []
        let files = try paths.map { folder.appending(path: $0) }.filter { !$0.hasDirectoryPath }.compactMap { file in
            try file.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true
                ? [UInt8](try Data(contentsOf: file).prefix(200_000)) : nil
        }
        try #require(!files.isEmpty, "the corpus \(folder.path) holds files")
        return files
    }
}
