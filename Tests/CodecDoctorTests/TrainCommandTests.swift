import Foundation
import TestSupport
import Testing

/// `train`, as a user runs it: a few steps of the smallest net.
@Suite(.serialized) struct TrainCommandTests {
    private let doctor: CommandRunner
    /// Small and short; what is measured is the command, not the codec.
    private static let tiny = ["--scale", "0.25", "--batch-size", "1", "--segment-length", "2048"]

    init() throws { doctor = try CommandRunner() }

    private func document(_ outcome: CommandRunner.Outcome) throws -> [String: Any] {
        try #require(
            try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any],
            "\(outcome.errors)"
        )
    }

    private func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: doctor.folder.appending(path: path).path(percentEncoded: false))
    }

    @Test func aRunIsRecordedAndSummedUp() throws {
        defer { doctor.remove() }
        let outcome = try doctor.run(
            ["train", "--steps", "4", "--num-epochs", "2", "--seed", "3", "--json"] + Self.tiny
        )
        #expect(outcome.status == 0, "\(outcome.errors)")
        let summary = try document(outcome)
        #expect(summary["schema_version"] as? Int == 1 && summary["ending"] as? String == "finished")
        #expect(
            summary["steps"] as? Int == 4 && summary["planned_steps"] as? Int == 4 && summary["epochs"] as? Int == 2
        )
        #expect(summary["seed"] as? Int == 3 && summary["preset"] as? String == "dac-tiny")
        #expect(["healthy", "unsettled", "failing"].contains(summary["verdict"] as? String))
        let changes = try #require(summary["validation"] as? [[String: Any]])
        #expect(changes.first?["name"] as? String == "mel")
        #expect(changes.allSatisfy { $0["before"] != nil && $0["after"] != nil })
        let files = try #require(summary["files"] as? [String: String])
        for (name, path) in files { #expect(FileManager.default.fileExists(atPath: path), "\(name): \(path)") }
        #expect(exists("runs/dac-tiny-1/metrics.jsonl") && exists("runs/dac-tiny-1/configuration.json"))
        #expect(outcome.errors.contains("step 1 of 4") && outcome.errors.contains("held out at step 2"))

        let shown = try doctor("runs", "--json")
        let runs = try #require(try JSONSerialization.jsonObject(with: Data(shown.output.utf8)) as? [[String: Any]])
        #expect(runs.count == 1 && runs[0]["last_step"] as? Int == 4)
        #expect(try doctor("show", "--run").output.contains("mel/loss"))
        let samples = try doctor("export", "--run").output.split(separator: "\n").filter {
            $0.hasPrefix("mel/loss,train")
        }
        #expect(samples.count == 4)
        let checked = try document(try doctor("check", "--run", "--json", "--fail-on", "never"))
        #expect(checked["verdict"] as? String == summary["verdict"] as? String)
    }

    @Test func theLogsOfARunGiveTheSameVerdict() throws {
        defer { doctor.remove() }
        let trained = try doctor.run(["train", "--steps", "12", "--num-epochs", "6", "--quiet"] + Self.tiny)
        #expect(trained.status == 0 && trained.errors.isEmpty, "\(trained.errors)")
        func findings(_ words: [String]) throws -> [String] {
            let report = try CheckDocument(try doctor.run(["check", "--json", "--fail-on", "never"] + words).output)
            return [report.verdict]
                + report.findings.filter { $0.severity != "info" }.map { "\($0.rule) \($0.severity)" }
        }
        let recorded = try findings(["--run", "1"])
        for file in ["metrics.jsonl", "log.txt"] {
            let store = doctor.folder.appending(path: "\(file).sqlite").path(percentEncoded: false)
            let ingested = try doctor.run(["ingest", "runs/dac-tiny-1/\(file)", "--store", store], usesStore: false)
            #expect(ingested.status == 0, "\(ingested.errors)")
            let again = try doctor.run(
                ["check", "--json", "--fail-on", "never", "--store", store],
                usesStore: false
            )
            let report = try CheckDocument(again.output)
            #expect(report.verdict == recorded[0], "\(file)")
        }
    }

    @Test func anInterruptedRunIsResumedAndHasEveryStepOnce() throws {
        defer { doctor.remove() }
        let metrics = doctor.folder.appending(path: "here/metrics.jsonl")
        func lines() -> Int {
            (try? String(contentsOf: metrics, encoding: .utf8).split(separator: "\n").count) ?? 0
        }
        let words = ["--steps", "100000", "--checkpoint-dir", "here"] + Self.tiny
        let first = try doctor.start(["train"] + words)
        while first.isRunning, lines() < 3 { sched_yield() }
        first.interrupt()
        first.waitUntilExit()
        #expect(first.terminationStatus == 130)
        let before = lines()
        let second = try doctor.start(["train", "--resume", "here"])
        while second.isRunning, lines() < before + 3 { sched_yield() }
        second.terminate()
        second.waitUntilExit()
        #expect(second.terminationStatus == 143)
        let steps = try doctor("export", "--run").output.split(separator: "\n").filter { $0.hasPrefix("loss,train") }
            .compactMap {
                $0.split(separator: ",", omittingEmptySubsequences: false).dropFirst(5).first.flatMap { Int($0) }
            }
        #expect(steps.count >= before && steps == Array(1...steps.count))
        #expect(try doctor("runs", "--json").output.contains("\"last_step\" : \(steps.count)"))
    }

    @Test func mistakesAreSentencesAndNothingIsWritten() throws {
        defer { doctor.remove() }
        let unknown = try doctor("train", "--preset", "nonsense\u{1B}[31m")
        #expect(unknown.status == 64 && unknown.errors.contains("origin-failing") && !unknown.errors.contains("\u{1B}"))
        #expect(try doctor("train", "--batch-size", "0").errors.contains("--batch-size"))
        #expect(try doctor("train", "--segment-length", "10").errors.contains("--segment-length"))
        let missing = try doctor("train", "--data-dir", "nowhere")
        #expect(missing.status == 2 && missing.errors.contains("nowhere"))
        let nothing = try doctor("train", "--resume")
        #expect(nothing.status == 2 && nothing.errors.contains("--resume"))
        #expect(try doctor("train", "--resume", "nowhere").errors.contains("nowhere"))
        #expect(try doctor("train", "--resume", "--seed", "4").status == 64)
        _ = try doctor.write("mine", to: "mine/letter.txt")
        let foreign = try doctor.run(["train", "--checkpoint-dir", "mine", "--steps", "1"] + Self.tiny)
        #expect(foreign.status == 2 && foreign.errors.contains("mine"))
        #expect(!exists("runs") && !exists("runs.sqlite") && !exists("mine/train.json"))
    }

    @Test func presetsAreListed() throws {
        defer { doctor.remove() }
        let text = try doctor("train", "--list-presets")
        let names = ["dac-tiny", "dac-16khz", "origin-failing", "origin-fixed"]
        #expect(text.status == 0 && names.allSatisfy { text.output.contains($0) })
        let json = try doctor("train", "--list-presets", "--json")
        let list = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: Any]]
        #expect(list?.first?["name"] as? String == "dac-tiny" && !exists("runs"))
    }

    @Test func aDeadRunIsStoppedAndSaysWhatThatSaved() throws {
        defer { doctor.remove() }
        let outcome = try doctor.run(
            [
                "train", "--steps", "4000", "--learning-rate", "30", "--check-every", "5", "--stop-on", "error",
                "--price-per-hour", "3600", "--currency", "€", "--json",
            ] + Self.tiny
        )
        // A learning rate of 30 ends in NaN (status 2, the last good checkpoint named) or is called dead before.
        #expect(outcome.status == 1 || outcome.status == 2, "\(outcome.errors)")
        guard outcome.status == 1 else {
            #expect(outcome.errors.contains("NaN or infinite"))
            return
        }
        let summary = try document(outcome)
        let saved = try #require(summary["saved"] as? [String: Any])
        #expect(summary["ending"] as? String == "stopped" && saved["currency"] as? String == "€")
        #expect(try #require(saved["steps"] as? Int) > 0 && #require(saved["money"] as? Double) > 0)
    }
}
