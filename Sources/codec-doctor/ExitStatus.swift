import ArgumentParser
import Foundation

/// What the program's exit status says.
enum ExitStatus {
    /// Findings at or above `--fail-on`.
    static let findings = ExitCode(1)
    /// The command could not do its work.
    static let couldNotRun = ExitCode(2)

    /// Runs a command's work; an error is told on standard error and becomes status 2.
    static func reporting(_ work: () throws -> Void) throws {
        do {
            try work()
        } catch let code as ExitCode {
            throw code
        } catch let usage as ValidationError {
            throw usage
        } catch {
            Console.error("codec-doctor: \(error)")
            throw couldNotRun
        }
    }
}
