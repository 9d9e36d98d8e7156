/// Names of files and folders made from what users call theirs.
enum SafeName {
    /// The most bytes of a name: file systems allow 255, and numbers, extensions and temporary names are added.
    private static let longest = 160

    /// The text as the name of one file or folder: never empty, never hidden, never a path, without control characters, never a name
    /// that the manifest needs.
    static func make(_ text: String) -> String {
        var name = ""
        for character in text {
            let isUsable = character.unicodeScalars.allSatisfy { scalar in
                scalar != "/" && scalar != "\\" && scalar != "\u{FFFD}" && !isControl(scalar)
            }
            name.append(isUsable ? character : "_")
        }
        if name.isEmpty || name.hasPrefix(".") || name.lowercased() == PreparationManifest.fileName {
            name = "_" + name
        }
        guard name.utf8.count > longest else { return name }
        var short = ""
        for character in name where short.utf8.count + character.utf8.count <= longest - 9 { short.append(character) }
        return short + "-" + digest(name)
    }

    /// Eight hexadecimal digits that depend on all of the text.
    static func digest(_ text: String) -> String {
        SHA256.hexadecimal(SHA256.digest(Array(text.utf8)).prefix(4))
    }

    /// Control and format characters: also those that turn the direction of writing or are not seen.
    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned: true
        // The two joiners are letters' companions in Indic scripts.
        case .format: scalar != "\u{200C}" && scalar != "\u{200D}"
        default: false
        }
    }
}
