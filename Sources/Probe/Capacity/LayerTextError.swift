/// Why a text is no layer.
public struct LayerTextError: Error, Equatable, Sendable, CustomStringConvertible {
    /// What is wrong.
    public enum Problem: Equatable, Sendable {
        /// Nothing but blanks.
        case empty
        /// The first word is no kind of layer.
        case unknownKind
        /// The text ends before the number of input or output channels ("channels in", "channels out") or the kernel.
        case missing(String)
        /// Not a whole number where one is needed; the text says what is needed.
        case notANumber(String)
        /// A number outside its range; the text names it.
        case outOfRange(String, ClosedRange<Int>)
        /// A word that begins with none of the options' letters.
        case unknownOption
        /// An option that was given before.
        case repeated
        /// Two numbers ("3x9") where the layer has one dimension, or more than it has.
        case dimensions(expected: Int)
        /// Groups that do not divide both numbers of channels; the list holds the largest that do.
        case groups(Int, channels: [Int], valid: [Int])
        /// More weights than any layer that could be trained.
        case tooLarge
    }

    /// What is wrong.
    public let problem: Problem
    /// The character of the text at which it is, from 1 on.
    public let position: Int
    /// The word there; may hold control characters, which whoever prints it must escape.
    public let word: String

    /// The form of a layer, for messages and help.
    public static let form = "conv1d 1024 1024 k41 s4 g256 or conv2d 32 32 k3x9 s1x2 p1x4 d2x1 g4"

    /// The sentence.
    public var description: String {
        let place = "at character \(position)"
        switch problem {
        case .empty: return "no layer given; write one like \(Self.form)"
        case .unknownKind:
            return "'\(word)' \(place) is no kind of layer; there are conv1d and conv2d, like \(Self.form)"
        case .missing(let what): return "the layer ends \(place) without its \(what); write one like \(Self.form)"
        case .notANumber(let what): return "'\(word)' \(place) is no whole number for the \(what)"
        case .outOfRange(let what, let range):
            return "the \(what) '\(word)' \(place) must lie in \(range.lowerBound)…\(range.upperBound)"
        case .unknownOption:
            return "'\(word)' \(place) is no option; there are k (kernel), s (stride), p (padding), d (dilation) and "
                + "g (groups), each with its number behind it"
        case .repeated: return "'\(word)' \(place) gives an option for the second time"
        case .dimensions(let expected):
            return expected == 1
                ? "'\(word)' \(place) needs one number, because conv1d has one dimension"
                : "'\(word)' \(place) needs one number or two joined by x, because conv2d has two dimensions"
        case .groups(let groups, let channels, let valid):
            return "\(groups) groups \(place) do not divide \(channels[0]) and \(channels[1]) channels; possible are "
                + valid.map(String.init).joined(separator: ", ")
        case .tooLarge: return "the layer \(place) would have more than 2⁴⁰ weights without groups"
        }
    }
}
