/// Why a file does not describe a discriminator: where in it, and what would be right there.
public struct DiscriminatorConfigurationError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The file.
    public let file: String
    /// The entry: "sub_discriminators[1].layers[3].groups"; empty for the whole file.
    public let place: String
    /// Line of the file, from 1; nil where there is none.
    public let line: Int?
    /// What is wrong and what is valid.
    public let problem: String

    /// The sentence.
    public var description: String {
        let line = line.map { "line \($0)" } ?? ""
        let place = [line, place].filter { !$0.isEmpty }.joined(separator: ", ")
        return "\(file)\(place.isEmpty ? "" : ": \(place)"): \(problem)"
    }
}
