import ArgumentParser
import Foundation
import HealthRules
import RunStore
import TrainingMetrics

/// What a shell offers behind an option when the user presses the tab key.
enum Completions {
    /// Identifiers and names of rules.
    static var rules: CompletionKind {
        .list(RuleRegistry.all.flatMap { [$0.description.id.rawValue, $0.description.name] })
    }

    /// Rules and their groups.
    static var rulesAndGroups: CompletionKind {
        .list(RuleRegistry.all.map(\.description.id.rawValue) + RuleGroup.allCases.map(\.rawValue))
    }

    /// Profiles that ship with the program; files too.
    static var profiles: CompletionKind { .list(ProfileCatalogue.names) }

    /// Formats of logs.
    static var formats: CompletionKind { .list(LogFormat.allCases.map(\.rawValue)) }

    /// Names of the runs in the store the words name, or in the default one; none when it cannot be read.
    static var runs: CompletionKind {
        .custom { words, _, _ in
            let path = store(in: words)
            guard FileManager.default.fileExists(atPath: path), let runs = try? RunStore(path: path).runs() else {
                return []
            }
            // A name that breaks a line would break the shell's list.
            return runs.map(\.name).filter { !$0.contains(where: \.isNewline) }
        }
    }

    /// The store that words typed so far name.
    static func store(in words: [String]) -> String {
        if let place = words.lastIndex(of: "--store"), words.indices.contains(place + 1) { return words[place + 1] }
        if let word = words.last(where: { $0.hasPrefix("--store=") }) { return String(word.dropFirst(8)) }
        return RunStore.defaultPath(environment: ProcessInfo.processInfo.environment)
    }
}
