import Foundation
import HealthReport
import HealthRules
import RunStore
import TrainingMetrics

/// What this program is made of and where it runs: what belongs into a bug report.
struct AboutProgram: Encodable {
    struct Platform: Encodable {
        let system: String
        let architecture: String
        let processors: Int
    }
    struct Store: Encodable {
        let path: String
        let exists: Bool
        let bytes: Int?
    }

    let schemaVersion = 1
    let version = CodecDoctor.version
    let swift: String
    let build: String
    let sqlite: String
    let rules: Int
    let formats: [String]
    let platform: Platform
    let store: Store
    let libraries: [NumericLibrary]
    /// What the user should know, sentences.
    let notes: [String]

    /// This process, with a store at a path; nothing is created.
    init(storePath: String) {
        swift = Self.swiftVersion
        build = Self.isOptimised ? "release" : "debug"
        sqlite = RunStore.sqliteVersion
        rules = RuleRegistry.all.count
        formats = LogFormat.allCases.map(\.rawValue)
        let process = ProcessInfo.processInfo
        platform = Platform(
            system: process.operatingSystemVersionString,
            architecture: Self.architecture,
            processors: process.activeProcessorCount
        )
        let attributes = try? FileManager.default.attributesOfItem(atPath: storePath)
        store = Store(path: storePath, exists: attributes != nil, bytes: attributes?[.size] as? Int)
        libraries = NumericLibraries.all
        notes = Self.notes(environment: process.environment, hasBLAS: libraries.contains { $0.name == "OpenBLAS" })
    }

    /// What the environment changes about the numeric libraries.
    static func notes(environment: [String: String], hasBLAS: Bool) -> [String] {
        let variable = NumericLibraries.coreTypeVariable
        guard hasBLAS, let core = environment[variable], !core.isEmpty else { return [] }
        return [
            "\(variable)=\(core) makes OpenBLAS use other kernels than it would choose; 'codec-doctor self-check' measures what that costs."
        ]
    }

    /// For people.
    func text(style: ANSIStyle) -> String {
        func line(_ label: String, _ text: String) -> String {
            style(label + String(repeating: " ", count: max(1, 11 - label.count)), .dim) + TerminalText.escaped(text)
        }
        let size = store.bytes.map { String(format: "%.1f MB", Double($0) / 1e6) } ?? "not there yet"
        var lines = [
            style("codec-doctor \(version)", .bold),
            line("built", "with Swift \(swift), \(build)"),
            line("runs on", "\(platform.system), \(platform.architecture), \(platform.processors) processors"),
            line("SQLite", sqlite), line("store", "\(store.path) (\(size))"),
            line("reads", formats.joined(separator: ", ")), line("rules", String(rules)),
        ]
        for library in libraries {
            let core = library.coreType.map { ", \($0) kernels" } ?? ""
            let threads = library.threads.map { ", \($0) thread\($0 == 1 ? "" : "s")" } ?? ""
            lines.append(line(library.name, library.version + core + threads))
        }
        if libraries.isEmpty { lines.append(line("numeric", "no library is loaded; this build cannot train or code")) }
        lines += notes.map { TerminalText.escaped($0) }
        return lines.joined(separator: "\n") + "\n"
    }

    private static var architecture: String {
        #if arch(x86_64)
            "x86_64"
        #elseif arch(arm64)
            "arm64"
        #else
            "unknown"
        #endif
    }

    private static var isOptimised: Bool {
        #if DEBUG
            false
        #else
            true
        #endif
    }

    /// The compiler, as far as a program can know it.
    private static var swiftVersion: String {
        #if compiler(>=6.4)
            "6.4 or newer"
        #elseif compiler(>=6.3)
            "6.3"
        #else
            "6.2"
        #endif
    }
}
