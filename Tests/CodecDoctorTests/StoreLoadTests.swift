import Foundation
import TestSupport
import Testing

/// Many processes on one store that is new to all of them; the full size of this is `scripts/store-load`.
@Suite struct StoreLoadTests {
    private static let writers = 10

    @Test func everySampleIsThereOnceWhoeverIsKilled() throws {
        let doctor = try CommandRunner()
        defer { doctor.remove() }
        var generator = SeededGenerator(seed: 3)
        var lengths = [Int](repeating: 0, count: Self.writers)
        for round in 1...3 {
            var logs: [String] = []
            for number in 0..<Self.writers {
                lengths[number] = round * 4000 + number
                let text = (0..<lengths[number]).map { "step \($0) loss_d=\($0 % 7).25 snr=\(number)\n" }.joined()
                logs.append(try doctor.write(text, to: "log-\(number).txt"))
            }
            let writing = try logs.enumerated().map { number, log in
                try doctor.start(number % 4 == 3 ? ["watch", log, "--once"] : ["ingest", log])
            }
            let reading = try [["runs"], ["check"], ["show"]].map { try doctor.start($0) }
            for process in writing where Int.random(in: 0..<3, using: &generator) == 0 {
                kill(process.processIdentifier, SIGKILL)
            }
            for process in writing + reading {
                process.waitUntilExit()
                let isKilled = process.terminationReason == .uncaughtSignal
                // A reader may come before the first run.
                #expect(isKilled || process.terminationStatus < (reading.contains(process) ? 3 : 2))
            }
        }
        for number in 0..<Self.writers {
            let outcome = try doctor("ingest", "log-\(number).txt")
            #expect(outcome.status == 0, "\(outcome.errors)")
        }
        for number in 0..<Self.writers {
            let steps = try doctor("export", "log-\(number)").output.split(separator: "\n").dropFirst().compactMap {
                let cells = $0.split(separator: ",", omittingEmptySubsequences: false)
                return cells[0] == "loss_d" ? Int(cells[5]) : nil
            }
            #expect(steps == Array(0..<lengths[number]), "log \(number)")
        }
    }
}
