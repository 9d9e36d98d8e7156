/// Why an expectation profile could not be used.
public enum ProfileError: Error, Equatable, CustomStringConvertible {
    /// There is no profile of that name.
    case unknown(name: String, known: [String])
    /// The file cannot be opened.
    case unreadable(path: String)
    /// The text is not YAML, or not a mapping with the keys of a profile.
    case syntax(source: String, line: Int, reason: String)
    /// A field is missing or holds something else than it should.
    case field(source: String, line: Int, field: String, reason: String)

    /// A sentence that says what to do.
    public var description: String {
        switch self {
        case .unknown(let name, let known):
            "there is no profile '\(name)'; known profiles: \(known.joined(separator: ", ")) "
                + "(or give the path of a YAML file)"
        case .unreadable(let path):
            "cannot read the profile file '\(path)'; check that it exists and may be read"
        case .syntax(let source, let line, let reason):
            "\(source):\(line): \(reason)"
        case .field(let source, let line, let field, let reason):
            "\(source):\(line): field '\(field)': \(reason)"
        }
    }
}
