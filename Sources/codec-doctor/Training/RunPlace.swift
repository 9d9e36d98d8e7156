import Foundation

/// Where runs are kept when nothing is said: `runs/⟨name⟩-⟨number⟩` in the working directory.
enum RunPlace {
    /// The folder of runs.
    static let root = "runs"

    /// The first folder of that name with a free number.
    static func next(named name: String, root: String = root) -> String {
        let stem = folderName(name)
        let taken = Set((try? FileManager.default.contentsOfDirectory(atPath: root)) ?? [])
        let number = (1...).first { !taken.contains("\(stem)-\($0)") } ?? 1
        return "\(root)/\(stem)-\(number)"
    }

    /// The run in `root` that was worked on last, `nil` when there is none.
    static func newest(root: String = root) -> String? {
        let folders = ((try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []).map { "\(root)/\($0)" }
        let dated = folders.compactMap { folder -> (folder: String, changed: Date)? in
            guard FileManager.default.fileExists(atPath: "\(folder)/configuration.json") else { return nil }
            let files = ["", "/metrics.jsonl", "/checkpoints"].compactMap { name in
                try? FileManager.default.attributesOfItem(atPath: folder + name)[.modificationDate] as? Date
            }
            return files.max().map { (folder, $0) }
        }
        return dated.max { ($0.changed, $0.folder) < ($1.changed, $1.folder) }?.folder
    }

    /// A name as a folder has it: letters, digits, `.`, `_` and `-`; everything else becomes `-`.
    static func folderName(_ name: String) -> String {
        let allowed = name.unicodeScalars.map { scalar -> Character in
            let isPlain = scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
            return isPlain || "._-".unicodeScalars.contains(scalar) ? Character(scalar) : "-"
        }
        let joined = String(allowed).split(separator: "-").joined(separator: "-")
        let visible = String(joined.drop { $0 == "." || $0 == "-" })
        return visible.isEmpty ? "run" : String(visible.prefix(80))
    }
}
