import Foundation

/// Names of files for recordings whose names may be anything.
enum SampleFileName {
    /// Longest name in bytes, without the extension: file systems end at 255, a number and an extension follow.
    private static let longest = 200

    /// A name of one path component per recording, different from the others in any case of letters: what no file system or terminal
    /// likes becomes `_`, an extension goes, and a name that is taken gets a number.
    static func names(of recordings: [String]) -> [String] {
        var taken: Set<String> = []
        return recordings.map { recording in
            let plain = plain(recording)
            var name = plain
            var number = 2
            while !taken.insert(name.lowercased()).inserted {
                name = "\(plain)-\(number)"
                number += 1
            }
            return name
        }
    }

    private static func plain(_ recording: String) -> String {
        var body = recording[...]
        let extensions = [".wav", ".flac", ".mp3", ".ogg"]
        if let known = extensions.first(where: { body.lowercased().hasSuffix($0) }) {
            body = body.dropLast(known.count)
        }
        var name = ""
        for scalar in body.unicodeScalars {
            let isFine =
                scalar.properties.isAlphabetic || scalar.properties.numericType != nil
                || "-_. ".unicodeScalars.contains(scalar)
                || scalar.properties.generalCategory == .nonspacingMark
                || scalar.properties.generalCategory == .spacingMark
            let next = isFine ? String(scalar) : "_"
            guard name.utf8.count + next.utf8.count <= longest else { break }
            name += next
        }
        while let first = name.first, first == "." || first == " " || first == "-" { name.removeFirst() }
        while let last = name.last, last == "." || last == " " { name.removeLast() }
        return name.isEmpty ? "sample" : name
    }
}
