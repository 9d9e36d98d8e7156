import Foundation
import HealthReport
import RunStore

/// Finds the logs that paths stand for.
enum LogFiles {
    /// An input, and whether it was only found in a folder (so that a file without metrics is no error).
    struct Input {
        /// What an input is.
        enum Source {
            case standardInput
            case group(SourceGroup)
        }

        let source: Source
        let isFound: Bool
        /// How messages name it.
        var label: String {
            switch source {
            case .group(let group): group.path
            case .standardInput: "standard input"
            }
        }
    }

    /// Inputs in the order of the paths; the runs of a folder in the order in which they were last written to. What a
    /// folder holds is told on standard error.
    static func inputs(_ paths: [String]) throws -> [Input] {
        try paths.flatMap { path -> [Input] in
            if path == "-" { return [Input(source: .standardInput, isFound: false)] }
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
                return [Input(source: .group(SourceGroup(file: path)), isFound: false)]
            }
            let survey = FolderSurvey(folder: path)
            let unknown = survey.unknownSummary
            guard !survey.found.isEmpty else { throw LogFilesError.noLogs(folder: path, unknown: unknown) }
            Console.error(
                TerminalText.escaped(
                    "\(path): found \(survey.summary)" + (unknown.isEmpty ? "" : "; left alone \(unknown)"),
                    width: 200
                )
            )
            return survey.found.map { Input(source: .group($0.group), isFound: true) }
        }
    }
}

/// A folder that holds no log.
enum LogFilesError: Error, CustomStringConvertible {
    /// Nothing in it is known.
    case noLogs(folder: String, unknown: String)

    var description: String {
        switch self {
        case .noLogs(let folder, let unknown):
            "the folder \(folder) holds no log"
                + (unknown.isEmpty ? "" : ", only \(unknown)")
                + ": looked for TensorBoard event files, W&B and MLflow runs, and for files ending in "
                + FolderSurvey.endings.sorted().joined(separator: ", ")
                + "; name a file to read it whatever it is called"
        }
    }
}
