import Foundation
import TestSupport
import Testing

/// SIGKILL in the middle of an ingestion, again and again: what was stored stays, nothing is stored twice. The full size
/// of this is `Benchmarks/kill-ingest.sh`.
@Suite struct KilledIngestTests {
    private static let rows = 150_000

    @Test func everySampleIsThereOnceAfterManyKills() throws {
        let doctor = try CommandRunner()
        defer { doctor.remove() }
        var generator = SeededGenerator(seed: 7)
        var text = "step,mel_loss,d_loss,snr\n"
        for row in 0..<Self.rows { text += "\(row),\(row % 977),\(row % 13),\(row % 7)\n" }
        let log = try doctor.write(text, to: "big.csv")
        var kills = 0
        for _ in 0..<8 {
            // Killed when the store has grown by a random amount: at another moment of the work each time.
            let limit = doctor.storedBytes + Int.random(in: 1...6_000_000, using: &generator)
            let process = try doctor.start(["ingest", log])
            while process.isRunning, doctor.storedBytes < limit { sched_yield() }
            guard process.isRunning else { continue }
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            kills += 1
        }
        #expect(kills > 2, "the log is too short to be killed in the middle")
        #expect(try doctor("ingest", log).status == 0)
        var seen: [Substring: [Bool]] = [:]
        for line in try doctor("export").output.split(separator: "\n").dropFirst() {
            let cells = line.split(separator: ",", omittingEmptySubsequences: false)
            let step = try #require(Int(cells[5]))
            var steps = seen[cells[0]] ?? Array(repeating: false, count: Self.rows)
            #expect(!steps[step], "\(cells[0]) has step \(step) twice")
            steps[step] = true
            seen[cells[0]] = steps
        }
        #expect(seen.keys.sorted() == ["d_loss", "mel_loss", "snr"])
        for (name, steps) in seen { #expect(!steps.contains(false), "\(name) lacks a step") }
        #expect(try doctor("ingest", log).output.contains("nothing new"))
    }
}
