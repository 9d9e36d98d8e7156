import Foundation
import TestSupport
import Testing

/// `watch` as users call it, on input that ends.
@Suite struct WatchCommandTests {
    private let doctor: CommandRunner

    init() throws { doctor = try CommandRunner() }

    private func log(_ steps: Range<Int>, lostFrom lost: Int = .max) -> String {
        steps.map { step in
            let value = step >= lost ? "nan" : "\(2.0 + 100.0 / Double(step + 50))"
            return "step \(step * 10) loss_d=\(value) mel_loss=\(value)\n"
        }.joined()
    }

    private func events(_ output: String) throws -> [[String: Any]] {
        try output.split(separator: "\n").map {
            try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        }
    }

    @Test func aLookAtALogEndsWithTheStatusOfACheck() throws {
        defer { doctor.remove() }
        let (good, bad) = try (
            doctor.write(log(0..<300), to: "good.log"), doctor.write(log(0..<300, lostFrom: 250), to: "bad.log")
        )
        for (file, run) in [(good, "good"), (bad, "bad")] {
            let watched = try doctor("watch", file, "--once")
            let checked = try doctor("check", run)
            #expect(watched.status == checked.status, "\(watched.output)\(watched.errors)")
            #expect(watched.output.contains(run == "bad" ? "FAILING" : run))
        }
        #expect(try doctor("watch", bad, "--once", "--fail-on", "never").status == 0)
        #expect(try doctor("watch", "bad", "--once").status == 1, "a run of the store")
        #expect(try doctor("watch", "--once").status == 1, "the newest run")
    }

    @Test func standardInputIsPassedOnUnchangedAndStored() throws {
        defer { doctor.remove() }
        let text = "\u{1B}[1mstarting\u{1B}[0m\r\n" + log(0..<300, lostFrom: 290) + "no line end"
        let outcome = try doctor("watch", "-", "--tee", "--plain", input: text)
        #expect(outcome.output == text)
        #expect(outcome.status == 1 && outcome.errors.contains("OPT001"))
        #expect(try doctor("runs").output.contains("stdin"))
    }

    @Test func everyEventIsAnObjectOnALine() throws {
        defer { doctor.remove() }
        let outcome = try doctor("watch", "-", "--json", "--name", "piped", input: log(0..<300, lostFrom: 290))
        let events = try events(outcome.output)
        #expect(events.allSatisfy { $0["schema_version"] as? Int == 1 && $0["time"] is String })
        #expect(events.first?["event"] as? String == "started" && events.last?["event"] as? String == "summary")
        let finding = try #require(events.first { $0["event"] as? String == "finding" })
        #expect((finding["finding"] as? [String: Any])?["rule"] as? String == "OPT001")
        #expect((finding["run"] as? [String: Any])?["name"] as? String == "piped")
    }

    @Test func theCommandGetsTheFindingThroughItsEnvironmentOnly() throws {
        defer { doctor.remove() }
        let script = try doctor.write(
            "#!/bin/sh\nprintf '%s|%s|%s|%s' \"$1\" \"$CODEC_DOCTOR_RULE\" \"$CODEC_DOCTOR_SEVERITY\" \"$CODEC_DOCTOR_RUN\" > \"$2\"\nexit 3\n",
            to: "alarm.sh"
        )
        let name = "$(touch hacked); `touch hacked`"
        let outcome = try doctor(
            "watch",
            "-",
            "--plain",
            "--name",
            name,
            "--exec",
            "/bin/sh \(script) 'a b; $(touch hacked)' told",
            input: log(0..<300, lostFrom: 290)
        )
        let told = try String(contentsOf: doctor.folder.appending(path: "told"), encoding: .utf8)
        #expect(told == "a b; $(touch hacked)|OPT001|error|\(name)")
        #expect(outcome.output.contains("failed with status 3"))
        #expect(
            !FileManager.default.fileExists(atPath: doctor.folder.appending(path: "hacked").path(percentEncoded: false))
        )
    }

    @Test func aCommandThatDoesNotExistIsToldAtOnce() throws {
        defer { doctor.remove() }
        let log = try doctor.write(log(0..<10), to: "a.log")
        let outcome = try doctor("watch", log, "--once", "--exec", "no-such-program-here")
        #expect(outcome.status == 2 && outcome.errors.contains("no-such-program-here"))
    }

    @Test func wrongUsageIsRefused() throws {
        defer { doctor.remove() }
        for words in [
            ["--tee"], ["a.log", "--tee"], ["--for", "0"], ["--kill"], ["--grace", "-1"], ["--exec", "a 'b"],
            ["--exec-on", "info"], ["--heartbeat", "-1"],
        ] {
            #expect(try doctor.run(["watch"] + words).status == 64, "\(words)")
        }
        let log = try doctor.write(log(0..<10), to: "a.log")
        for pid in ["1", "0", "4194305"] {
            let outcome = try doctor("watch", log, "--once", "--stop-pid", pid)
            #expect(outcome.status == 2 && outcome.errors.contains("--stop-pid"))
        }
    }

    @Test func aTrainingThatIsLostIsEnded() throws {
        defer { doctor.remove() }
        let trainer = Process()
        trainer.executableURL = URL(filePath: "/bin/sleep")
        trainer.arguments = ["60"]
        try trainer.run()
        defer { if trainer.isRunning { trainer.terminate() } }
        let path = try doctor.write(log(0..<300, lostFrom: 200), to: "a.log")
        // Grows while it is watched: one check of a log that does not is not enough.
        let writer = Process()
        writer.executableURL = URL(filePath: "/bin/sh")
        writer.arguments = [
            "-c",
            "i=3000; while [ $i -lt 5000 ]; do echo step ${i}0 loss_d=nan mel_loss=nan >> '\(path)'; i=$((i+1)); sleep 0.02; done",
        ]
        try writer.run()
        defer { writer.terminate() }
        // Programs started by a test run have SIGTERM blocked: this one has to be killed.
        let outcome = try doctor(
            "watch",
            path,
            "--plain",
            "--stop-pid",
            "\(trainer.processIdentifier)",
            "--grace",
            "0",
            "--kill",
            "--for",
            "60"
        )
        trainer.waitUntilExit()
        #expect(trainer.terminationReason == .uncaughtSignal && trainer.terminationStatus == SIGKILL)
        #expect(outcome.status == 1 && outcome.output.contains("SIGTERM") && outcome.output.contains("has ended"))
    }

    @Test func aShortRunEndsNothing() throws {
        defer { doctor.remove() }
        let outcome = try doctor(
            "watch",
            "-",
            "--plain",
            "--stop-pid",
            "\(getpid())",
            input: "step 1 loss_d=nan\nstep 2 loss_d=nan\nstep 3 loss_d=nan\nstep 4 loss_d=nan\n"
        )
        #expect(!outcome.output.contains("SIGTERM"), "this test would be gone")
    }
}
