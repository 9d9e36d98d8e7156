import Codec
import Foundation

/// What two configurations disagree about.
enum ConfigurationDifference {
    /// Sentences `generatorOptimizer.learningRate was 0.0001, is now 0.001`, in the order of names; the number of epochs does not count:
    /// a run may be made longer.
    static func sentences(from then: TrainingConfiguration, to now: TrainingConfiguration) -> [String] {
        var then = then
        then.epochs = now.epochs
        guard then != now else { return [] }
        let (old, new) = (leaves(of: then), leaves(of: now))
        let names = Set(old.keys).union(new.keys).sorted()
        return names.filter { old[$0] != new[$0] }.map {
            "\($0) was \(old[$0] ?? "not set"), is now \(new[$0] ?? "not set")"
        }
    }

    /// A configuration as the file `configuration.json` holds it.
    static func text(of configuration: TrainingConfiguration) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(configuration), as: UTF8.self) + "\n"
    }

    /// Values by path, as texts.
    private static func leaves(of configuration: TrainingConfiguration) -> [String: String] {
        guard let text = try? text(of: configuration), let value = try? JSONReader.value(of: text) else { return [:] }
        var leaves: [String: String] = [:]
        collect(value, at: "", into: &leaves)
        return leaves
    }

    private static func collect(_ value: PickleValue, at path: String, into leaves: inout [String: String]) {
        func joined(_ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }
        if let entries = value.entries {
            for entry in entries { collect(entry.value, at: joined(entry.key.text ?? ""), into: &leaves) }
        } else if let elements = value.elements, elements.contains(where: { $0.entries != nil || $0.elements != nil }) {
            for (index, element) in elements.enumerated() { collect(element, at: joined("\(index)"), into: &leaves) }
        } else {
            leaves[path] = value.description
        }
    }
}
