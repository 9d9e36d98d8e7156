/// A cause or a piece of advice, a clause without a full stop, with what a probe of the discriminator has to say to it.
public struct RuleClause: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// What a probe that trained the discriminator alone decides about a clause.
    public enum Question: Hashable, Sendable {
        /// Whether the network itself can learn: the clause falls when it can, and comes first when it cannot.
        case network
        /// How to find out: the clause falls as soon as it has been done.
        case learningTest
    }

    /// The clause.
    public let text: String
    /// What of it a probe decides, `nil` for nothing.
    public let question: Question?

    /// A clause no probe decides about.
    public init(stringLiteral value: String) {
        text = value
        question = nil
    }

    private init(_ text: String, _ question: Question) {
        self.text = text
        self.question = question
    }

    /// A cause that lies in the network, or what to change about it.
    public static func network(_ text: String) -> RuleClause { RuleClause(text, .network) }
    /// Advice to find out whether the network can learn.
    public static func learningTest(_ text: String) -> RuleClause { RuleClause(text, .learningTest) }

    /// The clause.
    public var description: String { text }
}
