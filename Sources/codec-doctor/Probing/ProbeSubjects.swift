import ArgumentParser
import Codec
import HealthReport
import Probe

/// The nets a command line names, in the order: files, checkpoints, known nets, then what to compare with.
struct ProbeSubjects {
    let configurations: [String]
    let checkpoints: [String]
    let names: [String]
    let against: [String]
    /// Hz; nil for what a file says.
    let sampleRate: Int?

    /// The nets; the origin's against DAC's when none is named.
    func all() throws -> [ProbeSubject] {
        var subjects: [ProbeSubject] = []
        for path in configurations {
            subjects.append(ProbeSubject(try DiscriminatorConfiguration(path: path, sampleRate: sampleRate)))
        }
        for path in checkpoints {
            let inferred = try InferredDiscriminator.infer(from: Checkpoint.open(path), sampleRate: sampleRate)
            subjects.append(ProbeSubject(inferred, file: path))
        }
        let rate = sampleRate ?? subjects.first?.description.sampleRate ?? DiscriminatorConfiguration.defaultSampleRate
        let isDefault = subjects.isEmpty && names.isEmpty
        let known = (isDefault ? ["origin-failing"] : names) + (isDefault && against.isEmpty ? ["dac"] : against)
        for name in known { subjects.append(ProbeSubject(try KnownDiscriminator.entry(name).make(rate))) }
        return subjects
    }
}

/// Nets of the catalogue by the names users type.
enum KnownDiscriminator {
    /// The net of this name.
    static func entry(_ name: String) throws -> DiscriminatorCatalogue.Entry {
        guard let entry = DiscriminatorCatalogue.entry(named: name) else {
            let known = DiscriminatorCatalogue.entries.map(\.name).joined(separator: ", ")
            throw ValidationError("there is no net '\(TerminalText.escaped(name, width: 60))'; nets: \(known)")
        }
        return entry
    }
}
