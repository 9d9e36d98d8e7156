/// A format of training log. Each is declared beside its reader; `ReaderRegistry` knows all.
public struct LogFormat: Hashable, Sendable {
    /// Name in `--input-format`, in the store and in reports.
    public let rawValue: String
    /// What a log of this format looks like, a phrase for errors (`one JSON object a line`).
    public let content: String
    /// What the format's records are called where they are counted (`line`).
    public let recordName: String
    /// Whether trainers write such a log anew as a whole each time they add to it.
    public let isWrittenAnew: Bool

    /// A format of that name.
    public init(_ name: String, content: String, recordName: String = "line", isWrittenAnew: Bool = false) {
        rawValue = name
        self.content = content
        self.recordName = recordName
        self.isWrittenAnew = isWrittenAnew
    }
}

extension LogFormat {
    /// MLflow's SQLite database; read by the store, not by a reader.
    public static let mlflowDatabase = LogFormat(
        "mlflow-database",
        content: "the table metrics of MLflow's database",
        recordName: "row"
    )
}

extension LogFormat: RawRepresentable, CaseIterable, Codable {
    /// The format of that name, `nil` when there is none.
    public init?(rawValue: String) {
        guard let format = (Self.allCases + [.mlflowDatabase]).first(where: { $0.rawValue == rawValue }) else {
            return nil
        }
        self = format
    }

    /// The formats of all registered readers, in the registry's order: those a user may choose.
    public static var allCases: [LogFormat] { ReaderRegistry.readers.map { $0.format } }
}
