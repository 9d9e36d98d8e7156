import ArgumentParser
import Codec
import Foundation
import HealthReport

/// The two kinds of files that hold codes.
enum CodeFileFormat: String, CaseIterable {
    /// The dac package's.
    case dac
    /// NumPy's.
    case npz

    /// By the path's extension. Throws a usage error for others.
    init(path: String) throws {
        guard let format = CodeFileFormat(rawValue: URL(filePath: path).pathExtension.lowercased()) else {
            throw ValidationError("'\(TerminalText.escaped(path))' must end in .dac or .npz")
        }
        self = format
    }

    /// Why a file cannot be written.
    enum Problem: Error, CustomStringConvertible {
        /// A `.dac` file for another codec.
        case onlyDAC(path: String, title: String)

        var description: String {
            switch self {
            case .onlyDAC(let path, let title):
                "\(path): .dac files hold codes of DAC models only, and this is \(title); write a .npz file instead"
            }
        }
    }

    /// Reads codes.
    func read(_ path: String) throws -> DACFile {
        self == .dac ? try DACFile(contentsOf: path) : try CodeArchive.read(path)
    }

    /// Writes codes.
    func write(_ file: DACFile, to path: String) throws {
        if self == .dac { try file.write(to: path) } else { try CodeArchive.write(file, to: path) }
    }
}
