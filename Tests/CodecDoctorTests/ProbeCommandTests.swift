import Foundation
import TestSupport
import Testing

/// `probe discriminator|codec|layer`, as a user runs them.
@Suite struct ProbeCommandTests {
    private let doctor: CommandRunner

    init() throws { doctor = try CommandRunner() }

    /// A net small enough for a test: two grouped parts.
    private static let tiny = """
        name: tiny
        sample_rate: 16000
        sub_discriminators:
          - input: waveform
            layers: [conv1d 1 8 k15 lrelu 0.2, conv1d 8 16 k9 s4 g4, conv1d 16 16 k5]
            head: conv1d 16 1 k3
          - input: period 3
            layers: [conv2d 1 8 k5x1 s3x1, conv2d 8 8 k5x1 s3x1]
            head: conv2d 8 1 k3x1
        """

    private func fixture(_ path: String) -> String {
        FixtureLocation.root.appending(path: path).path(percentEncoded: false)
    }

    private func run(_ words: String...) throws -> CommandRunner.Outcome {
        try doctor.run(["probe"] + words, usesStore: false)
    }

    private func document(_ outcome: CommandRunner.Outcome) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    }

    @Test func withoutAForwardPassTheAnswerSaysSizeAndReach() throws {
        defer { doctor.remove() }
        let outcome = try run("discriminator", "--static")
        #expect(outcome.status == 0 && outcome.errors.isEmpty)
        let words = outcome.output.split(separator: "\n").prefix(9).joined(separator: " ")
        for part in [
            "16,913,859 parameters", "5,634,544 of the 59,699,440 weights", "9.44 %", "4 of 16 first-layer channels",
            "the dense layer convs.5", "93.1 %", "42,519,760", "not measured",
        ] {
            #expect(words.contains(part), "\(part) is missing in: \(words)")
        }
        #expect(outcome.output.contains("1/1,048,576. It is not a capacity"))
        #expect(outcome.output.split(separator: "\n").allSatisfy { $0.count <= 100 })
    }

    @Test func aUsersOwnNetIsTrainedAndSaved() throws {
        defer { doctor.remove() }
        let net = try doctor.write(Self.tiny, to: "tiny.yml")
        _ = try doctor("ingest", fixture("logs/origin.txt"))
        let outcome = try doctor.run([
            "probe", "discriminator", "--config", net, "--steps", "12", "--seconds", "10", "--audio",
            fixture("audio/telugu"), "--json", "--run",
        ])
        #expect(outcome.status == 0 || outcome.status == 1)
        #expect(outcome.errors.contains("for run 1"))
        let report = try document(outcome)
        let networks = try #require(report["networks"] as? [[String: Any]])
        #expect(networks.count == 1 && networks[0]["name"] as? String == "tiny")
        let learning = try #require(networks[0]["learning"] as? [String: Any])
        #expect(learning["steps"] as? Int == 12)
        #expect((report["capacities"] as? [Any])?.isEmpty == false)
        #expect(report["evidence"] != nil)
        let shown = try doctor("check", "--run", "--json", "--fail-on", "never")
        #expect(shown.output.contains("tiny"))
    }

    @Test func equalSeedsAndStepsGiveEqualReports() throws {
        defer { doctor.remove() }
        let net = try doctor.write(Self.tiny, to: "tiny.yml")
        func report() throws -> [String: Any] {
            var report = try document(
                try run("discriminator", "--config", net, "--steps", "6", "--seconds", "5", "--seed", "3", "--json")
            )
            report["seconds"] = nil
            return report
        }
        func withoutTimes(_ value: Any) -> Any {
            if let table = value as? [String: Any] {
                return table.filter { $0.key != "seconds" }.mapValues(withoutTimes)
            }
            if let list = value as? [Any] { return list.map(withoutTimes) }
            return value
        }
        let (one, other) = (withoutTimes(try report()), withoutTimes(try report()))
        #expect("\((one as? NSObject)?.isEqual(other) ?? false)" == "true")
    }

    @Test func everyFieldIsDocumented() throws {
        defer { doctor.remove() }
        let net = try doctor.write(Self.tiny, to: "tiny.yml")
        let page = try String(
            contentsOf: FixtureLocation.root.deletingLastPathComponent().appending(path: "docs/probe.md"),
            encoding: .utf8
        )
        func keys(_ value: Any) -> Set<String> {
            if let table = value as? [String: Any] {
                return table.reduce(into: Set(table.keys)) { $0.formUnion(keys($1.value)) }
            }
            return (value as? [Any] ?? []).reduce(into: []) { $0.formUnion(keys($1)) }
        }
        let audio = fixture("audio/telugu/boat.flac")
        let documents = [
            try document(try run("discriminator", "--config", net, "--steps", "4", "--seconds", "5", "--json")),
            try document(try run("codec", "--model", "dac-tiny", "--audio", audio, "--json")),
        ]
        let undocumented = documents.reduce(into: Set()) { $0.formUnion(keys($1)) }.filter { key in
            !page.contains("`\(key)`") && !page.contains("`\(key)[]`")
        }
        #expect(undocumented.isEmpty)
    }

    @Test func aLayerIsWordsOrOneText() throws {
        defer { doctor.remove() }
        let words = try run("layer", "conv1d", "16", "16", "k3", "g4", "--seconds", "1", "--json")
        let text = try run("layer", "conv1d 16 16 k3 g4", "--seconds", "1", "--json")
        #expect(words.status == 0 && text.status == 0)
        let capacities = try #require(try document(text)["capacities"] as? [[String: Any]])
        #expect(capacities[0]["layer"] as? String == "conv1d 16 16 k3 g4")
        let shown = try run("layer", "conv1d 16 16 k3 g4", "--seconds", "1")
        #expect(shown.output.contains("192 of the 768 weights"))
        #expect(try run("layer", "conv1d 16 16 k3 g5").status == 64)
        #expect(try run("layer", "pool 3").errors.contains("conv2d"))
    }

    @Test func aCodecIsMeasured() throws {
        defer { doctor.remove() }
        let outcome = try run("codec", "--model", "dac-tiny", "--audio", fixture("audio/telugu/boat.flac"), "--json")
        #expect(outcome.status == 0)
        let codec = try #require(try document(outcome)["codec"] as? [String: Any])
        #expect((codec["stages"] as? [Any])?.count == 12)
        let page = try run("codec", "--model", "dac-tiny", "--audio", fixture("audio/telugu/boat.flac"))
        #expect(page.output.contains("codebook") && page.output.contains("random"))
        #expect(try run("codec", "--model", "nonsense").errors.contains("dac-tiny"))
    }

    @Test func mistakesAreOneSentenceThatSaysWhatIsRight() throws {
        defer { doctor.remove() }
        let unknown = try run("discriminator", "--arch", "nonsense\u{1B}[31m")
        #expect(unknown.status == 64 && unknown.errors.contains("origin-failing") && !unknown.errors.contains("\u{1B}"))
        let wrong = try doctor.write(
            Self.tiny.replacingOccurrences(of: "k9 s4 g4", with: "k9 s4 g3"),
            to: "wrong.yml"
        )
        let outcome = try run("discriminator", "--config", wrong, "--static")
        #expect(outcome.status == 2 && outcome.output.isEmpty)
        #expect(outcome.errors.contains("sub_discriminators[0].layers[1]") && outcome.errors.contains("wrong.yml"))
        #expect(try run("discriminator", "--config", "missing.yml").errors.contains("no such file"))
        #expect(try run("discriminator", "--checkpoint", "missing.pth").status == 2)
        #expect(try run("discriminator", "--seconds", "1").status == 64)
        let codec = try run("discriminator", "--checkpoint", fixture("checkpoints/types.pth"), "--static")
        #expect(codec.status == 2 && codec.errors.contains("convolution"))
        let quiet = try doctor.write("no audio", to: "audio/a.wav")
        #expect(try run("discriminator", "--audio", quiet).status == 2)
    }

    @Test func aKnownNetIsWrittenAsYAMLThatIsReadAgain() throws {
        defer { doctor.remove() }
        let printed = try run("discriminator", "--print-config", "dac")
        #expect(printed.status == 0)
        let file = try doctor.write(printed.output, to: "dac.yml")
        let outcome = try run("discriminator", "--config", file, "--static", "--json")
        let networks = try #require(try document(outcome)["networks"] as? [[String: Any]])
        #expect(networks.count == 1)
        #expect(try run("discriminator", "--config", file, "--static").output.contains("42,519,760"))
    }
}
