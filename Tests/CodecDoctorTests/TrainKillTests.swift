import Foundation
import RunStore
import TestSupport
import Testing
import TrainingMetrics

/// `train`, killed without warning. `scripts/kill-test` does the same at many moments.
@Suite(.serialized) struct TrainKillTests {
    private static let words = [
        "--steps", "12", "--num-epochs", "6", "--scale", "0.25", "--batch-size", "1", "--segment-length", "2048",
    ]

    /// Moments are counted in measurements written, so that a slow machine kills at the same ones.
    @Test func aRunKilledWithoutWarningEndsAsOneThatWasNot() throws {
        let doctor = try CommandRunner()
        defer { doctor.remove() }
        func bytes(_ name: String) throws -> Data { try Data(contentsOf: doctor.folder.appending(path: name)) }
        func has(_ name: String) -> Bool {
            FileManager.default.fileExists(atPath: doctor.folder.appending(path: name).path(percentEncoded: false))
        }
        func lines() -> Int { (try? bytes("killed/metrics.jsonl"))?.count { $0 == UInt8(ascii: "\n") } ?? 0 }

        let whole = try doctor.run(["train", "--checkpoint-dir", "whole", "--quiet"] + Self.words)
        #expect(whole.status == 0, "\(whole.errors)")
        for moment in [1, 6, 11] {
            let begins = !has("killed/configuration.json")
            let place = begins ? ["--checkpoint-dir", "killed"] + Self.words : ["--resume", "killed"]
            let process = try doctor.start(["train", "--quiet"] + place)
            while process.isRunning, lines() < moment { sched_yield() }
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            #expect(process.terminationReason == .uncaughtSignal)
        }
        let resumed = try doctor.run(["train", "--resume", "killed", "--quiet"])
        #expect(resumed.status == 0, "\(resumed.errors)")
        for name in ["codec.safetensors", "best.safetensors"] {
            #expect(try bytes("whole/\(name)") == bytes("killed/\(name)"), "\(name)")
        }

        let store = try RunStore(path: doctor.store)
        var stored: [[String]] = []
        for run in try store.runs() {
            var samples: [String] = []
            try store.export(run) { sample in
                samples.append("\(sample.metric.key.name) \(sample.metric.key.split) \(sample.step) \(sample.value)")
            }
            stored.append(samples.sorted())
            let loss = try #require(try store.history(of: run).first?.series(.totalLoss))
            #expect(Array(loss.positions) == Array(1...12))
        }
        #expect(stored.count == 2 && stored.first == stored.last)
    }
}
