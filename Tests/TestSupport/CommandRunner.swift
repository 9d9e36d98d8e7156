public import Foundation

/// Runs the built program as a user would.
public struct CommandRunner: Sendable {
    /// What came of a call.
    public struct Outcome: Sendable {
        /// Exit status.
        public let status: Int32
        /// Standard output.
        public let output: String
        /// Standard error.
        public let errors: String
    }

    /// Store of all calls of this runner.
    public let store: String
    /// Folder calls run in, empty at first.
    public let folder: URL

    /// A runner with a store and a folder of its own; `remove()` takes them away.
    public init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "codec-doctor-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        store = folder.appending(path: "runs.sqlite").path(percentEncoded: false)
    }

    /// Removes folder and store.
    public func remove() { try? FileManager.default.removeItem(at: folder) }

    /// Writes a file into the folder.
    /// - Returns: its path.
    public func write(_ text: String, to name: String) throws -> String {
        let file = folder.appending(path: name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        try Data(text.utf8).write(to: file)
        return file.path(percentEncoded: false)
    }

    /// The program, beside the test bundle in the build folder.
    public static let program: URL = {
        let bundle = URL(filePath: CommandLine.arguments[0])
        return bundle.deletingLastPathComponent().appending(path: "codec-doctor")
    }()

    /// Calls the program with `--store` behind the words unless they name one or the command has none.
    public func callAsFunction(
        _ words: String...,
        input: String = "",
        usesStore: Bool = true,
        environment: [String: String] = [:]
    ) throws -> Outcome {
        try run(words, input: input, usesStore: usesStore, environment: environment)
    }

    /// The same with a list of words.
    public func run(
        _ words: [String],
        input: String = "",
        usesStore: Bool = true,
        environment: [String: String] = [:]
    ) throws -> Outcome {
        let (outFile, errorFile, inFile) = (file("out"), file("err"), file("in"))
        try Data(input.utf8).write(to: inFile)
        try Data().write(to: outFile)
        try Data().write(to: errorFile)
        let process = process(usesStore ? words + ["--store", store] : words, environment: environment)
        process.standardOutput = try FileHandle(forWritingTo: outFile)
        process.standardError = try FileHandle(forWritingTo: errorFile)
        process.standardInput = try FileHandle(forReadingFrom: inFile)
        try process.run()
        process.waitUntilExit()
        return Outcome(
            status: process.terminationStatus,
            output: String(decoding: try Data(contentsOf: outFile), as: UTF8.self),
            errors: String(decoding: try Data(contentsOf: errorFile), as: UTF8.self)
        )
    }

    /// Starts the program with `--store` and does not wait for it; what it prints is thrown away.
    public func start(_ words: [String]) throws -> Process {
        let process = process(words + ["--store", store], environment: [:])
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        return process
    }

    /// Bytes of the store and its write-ahead log; 0 while there is none.
    public var storedBytes: Int {
        ["", "-wal"].reduce(0) { total, suffix in
            let size = try? FileManager.default.attributesOfItem(atPath: store + suffix)[.size] as? Int
            return total + (size ?? 0)
        }
    }

    private func file(_ kind: String) -> URL { folder.appending(path: ".\(kind)-\(UUID().uuidString)") }

    private func process(_ words: [String], environment: [String: String]) -> Process {
        let process = Process()
        process.executableURL = Self.program
        process.arguments = words
        process.currentDirectoryURL = folder
        process.environment = ["PATH": "/usr/bin:/bin", "HOME": folder.path(percentEncoded: false)]
            .merging(environment) { _, given in given }
        return process
    }
}
