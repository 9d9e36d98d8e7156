import Foundation
import TestSupport
import Testing

/// The program's contract: exit statuses, streams, errors that say what to do, hostile input.
@Suite struct CommandTests {
    private let doctor: CommandRunner

    init() throws { doctor = try CommandRunner() }

    private let healthy =
        (1...20).map { epoch in
            "Epoch \(epoch): mel_loss: \(2.0 / Double(epoch) + 0.3), vq_loss: \(0.2), snr: \(Double(epoch) * 0.5 + 1) dB"
        }.joined(separator: "\n") + "\n"

    @Test func checkingAnEmptyStoreSaysHowToBegin() throws {
        defer { doctor.remove() }
        let outcome = try doctor("check", "--run")
        #expect(outcome.status == 2)
        #expect(outcome.output.isEmpty)
        #expect(outcome.errors.contains("codec-doctor ingest"))
    }

    @Test func anUnknownRunListsTheKnownOnes() throws {
        defer { doctor.remove() }
        let log = try doctor.write(healthy, to: "first.log")
        #expect(try doctor("ingest", log).status == 0)
        let outcome = try doctor("check", "--run", "nonsense")
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("first"))
    }

    @Test func wrongUsageIsStatus64() throws {
        defer { doctor.remove() }
        #expect(try doctor("check", "--format", "nonsense").status == 64)
        #expect(try doctor("check", "--fact", "nonsense=1").status == 64)
        #expect(try doctor("ingest", usesStore: false).status == 64)
    }

    @Test(arguments: [
        "about", "check", "checkpoint", "decode", "encode", "evaluate", "explain", "export", "forget", "ingest",
        "rules", "runs",
        "self-check", "show", "watch",
    ])
    func everyCommandHasHelp(command: String) throws {
        defer { doctor.remove() }
        let outcome = try doctor(command, "--help", usesStore: false)
        #expect(outcome.status == 0)
        #expect(outcome.output.contains("OVERVIEW") && outcome.output.contains("USAGE"))
    }

    @Test func aFileWithoutMetricsSaysWhatWasLookedFor() throws {
        defer { doctor.remove() }
        let log = try doctor.write("Once upon a time\nthere was a log.\n", to: "tale.txt")
        let outcome = try doctor("ingest", log)
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("No metric") || outcome.errors.contains("no metric"))
        #expect(try doctor("runs").output.contains("empty"))
    }

    @Test func aBinaryFileIsRefused() throws {
        defer { doctor.remove() }
        let file = doctor.folder.appending(path: "weights.bin")
        try Data((0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 37) }).write(to: file)
        let outcome = try doctor("ingest", file.path(percentEncoded: false))
        #expect(outcome.status == 2)
        #expect(outcome.errors.lowercased().contains("binary") || outcome.errors.contains("not text"))
    }

    @Test func escapeSequencesDoNotReachTheTerminal() throws {
        defer { doctor.remove() }
        let csv = "step,\u{1B}]0;owned\u{7}loss,\u{1B}[31mmel_loss\n1,2.0,1.0\n2,1.9,0.9\n3,1.8,0.8\n"
        let log = try doctor.write(csv, to: "evil.csv")
        let name = "evil\u{1B}[2Jname"
        var outputs = [try doctor("ingest", log, "--name", name)]
        outputs.append(try doctor("runs"))
        outputs.append(try doctor("show"))
        outputs.append(try doctor("check"))
        outputs.append(try doctor("check", "--run", "nonsense\u{1B}[2J"))
        for outcome in outputs {
            #expect(!outcome.output.contains("\u{1B}") && !outcome.output.contains("\u{7}"))
            #expect(!outcome.errors.contains("\u{1B}") && !outcome.errors.contains("\u{7}"))
        }
    }

    @Test func aRunMayBeNamedLikeAnAttack() throws {
        defer { doctor.remove() }
        let log = try doctor.write(healthy, to: "a.log")
        let name = "'; DROP TABLE run; --"
        #expect(try doctor("ingest", log, "--name", name).status == 0)
        #expect(try doctor("runs").output.contains(name))
        #expect(try doctor("show", "--run", name).status == 0)
        #expect(try doctor("forget", name).status == 0)
        #expect(try doctor("runs").output.contains("empty"))
    }

    @Test func nanAndInfinitySurviveToTheExport() throws {
        defer { doctor.remove() }
        let log = try doctor.write("step=1 loss=nan snr=-inf\nstep=2 loss=inf snr=1.5\n", to: "a.log")
        #expect(try doctor("ingest", log).status == 0)
        let csv = try doctor("export").output
        let values = csv.split(separator: "\n").dropFirst().compactMap {
            $0.split(separator: ",").last.map(String.init)
        }
        #expect(values.sorted() == ["-inf", "1.5", "inf", "nan"])
        let json = try doctor("export", "--format", "json").output
        #expect(json.contains(#""value":"NaN""#) && json.contains(#""value":"-Infinity""#))
    }

    @Test func everythingShownIsThereAsJSONToo() throws {
        defer { doctor.remove() }
        let log = try doctor.write("step=1 loss=nan snr=-inf\nstep=2 loss=2.5 snr=1.5\n", to: "a.log")
        for words in [["ingest", log], ["runs"], ["show"]] {
            let outcome = try doctor.run(words + ["--json"])
            #expect(outcome.status == 0)
            #expect((try? JSONSerialization.jsonObject(with: Data(outcome.output.utf8))) != nil, "\(words): no JSON")
        }
        let shown = try doctor("show", "--json").output
        #expect(shown.contains(#""first" : "NaN""#) && shown.contains(#""role" : "snr""#))
        for words in [["rules"], ["explain", "ADV001"]] {
            let outcome = try doctor.run(words + ["--json"], usesStore: false)
            #expect((try? JSONSerialization.jsonObject(with: Data(outcome.output.utf8))) != nil, "\(words): no JSON")
        }
    }

    @Test func standardInputIsRead() throws {
        defer { doctor.remove() }
        #expect(try doctor("ingest", "-", "--name", "piped", input: healthy).status == 0)
        #expect(try doctor("runs").output.contains("piped"))
    }

    @Test func everyLogInAFolderBecomesARun() throws {
        defer { doctor.remove() }
        _ = try doctor.write(healthy, to: "logs/one/train.log")
        _ = try doctor.write(healthy.replacing("0.3", with: "0.4"), to: "logs/two/train.log")
        _ = try doctor.write("nothing to see\n", to: "logs/readme.txt")
        let outcome = try doctor("ingest", doctor.folder.appending(path: "logs").path(percentEncoded: false))
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try doctor("runs").output.split(separator: "\n").count == 3)
    }

    @Test func aDryRunShowsLinesAndRolesAndStoresNothing() throws {
        defer { doctor.remove() }
        let log = try doctor.write(healthy, to: "a.log")
        let outcome = try doctor("ingest", "--dry-run", log)
        #expect(outcome.status == 0)
        #expect(outcome.output.contains("reconstructionLoss.mel") && outcome.output.contains("mel_loss"))
        #expect(try doctor("runs").output.contains("empty"))
    }

    @Test func aMappingCorrectsARoleWithoutReadingAgain() throws {
        defer { doctor.remove() }
        let log = try doctor.write(healthy.replacing("mel_loss", with: "zork"), to: "a.log")
        #expect(try doctor("ingest", log).status == 0)
        #expect(try doctor("show", "--map", "zork=reconstructionLoss.mel").output.contains("reconstructionLoss.mel"))
        #expect(try doctor("ingest", log, "--map", "zork=reconstructionLoss.mel").status == 0)
        #expect(try doctor("show").output.contains("reconstructionLoss.mel"))
    }

    @Test func theConfigurationFileIsUsedAndChecked() throws {
        defer { doctor.remove() }
        _ = try doctor.write(
            "facts: { price-per-hour: 10, epoch-seconds: 3600 }\nignore: [SIG010]\n",
            to: "codec-doctor.yml"
        )
        let log = try doctor.write(healthy, to: "a.log")
        #expect(try doctor("ingest", log).status == 0)
        let outcome = try doctor("check", "--format", "json")
        #expect(outcome.output.contains(#""cost""#))
        #expect(!outcome.output.contains("SIG010"))
        _ = try doctor.write("nonsense: 1\n", to: "codec-doctor.yml")
        let refused = try doctor("check")
        #expect(refused.status == 2)
        #expect(refused.errors.contains("nonsense"))
    }

    @Test func failOnDecidesTheExitStatus() throws {
        defer { doctor.remove() }
        let log = try doctor.write("step=1 loss=1.0\nstep=2 loss=nan\nstep=3 loss=nan\n", to: "a.log")
        #expect(try doctor("ingest", log).status == 0)
        #expect(try doctor("check").status == 1)
        #expect(try doctor("check", "--fail-on", "never").status == 0)
        #expect(try doctor("check", "--ignore", "OPT001", "--ignore", "optimization").status == 0)
    }

    @Test func aTooShortRunIsUnsettled() throws {
        defer { doctor.remove() }
        let log = try doctor.write("Epoch 1: mel_loss: 2.0, disc_loss: 1.7, gen_loss: 9.1\n", to: "a.log")
        #expect(try doctor("ingest", log).status == 0)
        let outcome = try doctor("check")
        #expect(outcome.status == 0)
        #expect(outcome.output.hasPrefix("UNSETTLED"))
    }

    @Test func aFileThatIsNoStoreIsLeftAlone() throws {
        defer { doctor.remove() }
        let text = "a text file, longer than the header of a database so that it is looked at"
        let path = try doctor.write(text, to: "notes.txt")
        let outcome = try doctor("runs", "--store", path, usesStore: false)
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("not a codec-doctor store"))
        #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
        let folder = try doctor("runs", "--store", doctor.folder.path(percentEncoded: false), usesStore: false)
        #expect(folder.status == 2)
        #expect(folder.errors.contains("folder"))
    }

    @Test func aDamagedStoreIsToldAndNotACrash() throws {
        defer { doctor.remove() }
        let log = try doctor.write((1...3000).map { "step=\($0) loss=0.\($0)\n" }.joined(), to: "a.log")
        #expect(try doctor("ingest", log).status == 0)
        let file = try FileHandle(forUpdating: URL(filePath: doctor.store))
        try file.seek(toOffset: 8192)
        try file.write(contentsOf: Data(repeating: 0xFF, count: 40_000))
        try file.close()
        let outcome = try doctor("check")
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("damaged"), "\(outcome.errors)")
    }
}
