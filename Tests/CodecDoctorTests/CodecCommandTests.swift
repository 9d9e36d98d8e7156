import Foundation
import TestSupport
import Testing

/// encode, decode, evaluate and checkpoint, as a user runs them.
@Suite struct CodecCommandTests {
    private let doctor: CommandRunner

    init() throws { doctor = try CommandRunner() }

    private func fixture(_ path: String) -> String {
        FixtureLocation.root.appending(path: path).path(percentEncoded: false)
    }

    private func path(_ name: String) -> String { doctor.folder.appending(path: name).path(percentEncoded: false) }

    private func run(_ words: String...) throws -> CommandRunner.Outcome { try doctor.run(words, usesStore: false) }

    @Test(arguments: ["codes.dac", "codes.npz"]) func speechGoesThroughACodecAndBack(file: String) throws {
        defer { doctor.remove() }
        let speech = fixture("audio/telugu/boat.flac")
        let encoded = try run("encode", speech, path(file), "--model", "dac-tiny", "--json")
        #expect(encoded.status == 0)
        #expect(encoded.errors.contains("RANDOM weights"))
        #expect(encoded.output.contains("\"has_random_weights\" : true"))
        let decoded = try run("decode", path(file), path("out.wav"), "--model", "dac-tiny")
        #expect(decoded.status == 0)
        let evaluated = try run("evaluate", speech, path("out.wav"), "--json")
        #expect(evaluated.status == 0)
        #expect(evaluated.output.contains("\"length_difference_samples\" : 0"))
        #expect(evaluated.output.contains("si_sdr_aligned_db"))
    }

    @Test func aFolderPairGivesATable() throws {
        defer { doctor.remove() }
        let folder = fixture("audio/telugu")
        let outcome = try run("evaluate", folder, folder)
        #expect(outcome.status == 0)
        #expect(outcome.output.contains("boat") && outcome.output.contains("median of 3"))
        #expect(outcome.output.contains("inf"))
    }

    @Test func filesThatCannotBeReadAreOneSentence() throws {
        defer { doctor.remove() }
        let empty = try doctor.write("", to: "empty.wav")
        let text = try doctor.write("no audio at all", to: "text.wav")
        for input in [empty, text, path("missing.wav")] {
            let outcome = try run("encode", input, path("out.dac"), "--model", "dac-tiny")
            #expect(outcome.status == 2)
            #expect(outcome.errors.split(separator: "\n").count == 2)
        }
        let broken = try doctor.write("no codes", to: "broken.dac")
        let outcome = try run("decode", broken, path("out.wav"), "--model", "dac-tiny")
        #expect(outcome.status == 2 && outcome.errors.contains("broken.dac"))
        #expect(try run("encode", empty, path("out.txt")).status == 64)
        #expect(try run("encode", empty, path("out.dac"), "--model", "nonsense").errors.contains("dac-44khz"))
    }

    @Test func aCheckpointIsListedAndRecognised() throws {
        defer { doctor.remove() }
        let outcome = try run("checkpoint", fixture("checkpoints/dac.pth"))
        #expect(outcome.status == 0)
        #expect(outcome.output.contains("encoder_rates = [2, 3]"))
        #expect(outcome.output.contains("quantizer.quantizers.0.codebook.weight"))
        let types = try run("checkpoint", fixture("checkpoints/types.pth"), "--json", "--summary")
        #expect(types.status == 1)
        #expect(!types.output.contains("\"non_finite\" : 0,"))
        let hostile = try run("checkpoint", fixture("checkpoints/malicious.pth"))
        #expect(hostile.status == 0 && hostile.output.contains("nothing was run"))
    }

    @Test func aCheckpointIsAModel() throws {
        defer { doctor.remove() }
        let speech = fixture("audio/telugu/rain.flac")
        let outcome = try run("encode", speech, path("a.dac"), "--model", fixture("checkpoints/dac.pth"))
        #expect(outcome.status == 0)
        #expect(!outcome.errors.contains("RANDOM"))
        #expect(try run("decode", path("a.dac"), path("a.wav"), "--model", "dac-44khz-nonsense").status == 2)
    }
}
