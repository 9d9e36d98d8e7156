/// A piece of text with the little emphasis reports use. Every piece may come from a log; renderers escape it.
struct RichText: Sendable, Equatable, ExpressibleByStringLiteral {
    /// How a piece is set.
    enum Span: Sendable, Equatable {
        /// As it is.
        case plain(String)
        /// Names that matter.
        case strong(String)
        /// What one types or logs.
        case code(String)
        /// Secondary text.
        case dim(String)
        /// A word in a box of its own.
        case badge(String, ReportTone)
        /// A jump inside the document, to the anchor of that name.
        case link(String, anchor: String)
    }

    var spans: [Span]

    init(_ spans: [Span]) { self.spans = spans }
    init(_ text: String) { spans = text.isEmpty ? [] : [.plain(text)] }
    init(stringLiteral text: String) { self.init(text) }

    static func strong(_ text: String) -> RichText { RichText([.strong(text)]) }
    static func code(_ text: String) -> RichText { RichText([.code(text)]) }
    static func dim(_ text: String) -> RichText { RichText([.dim(text)]) }
    static func badge(_ text: String, _ tone: ReportTone) -> RichText { RichText([.badge(text, tone)]) }
    static func link(_ text: String, to anchor: String) -> RichText { RichText([.link(text, anchor: anchor)]) }

    static func + (first: RichText, second: RichText) -> RichText { RichText(first.spans + second.spans) }
    static func + (first: RichText, second: String) -> RichText { first + RichText(second) }

    /// The text without emphasis.
    var plain: String {
        spans.map { span in
            switch span {
            case .plain(let text), .strong(let text), .code(let text), .dim(let text), .badge(let text, _),
                .link(let text, anchor: _):
                text
            }
        }.joined()
    }
}

/// What a piece of a report means, for its colour.
enum ReportTone: String, Sendable {
    case error, warning, info, good, neutral
}
