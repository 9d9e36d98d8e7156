/// All readers. A new format is its reader and one line here.
public enum ReaderRegistry {
    /// The readers in alphabetical order; of two that are equally sure the first reads a source.
    public static let readers: [any LogReader.Type] = [
        CSVReader.self,
        EventFileReader.self,
        FreeTextReader.self,
        JSONDocumentReader.self,
        JSONLinesReader.self,
        MLflowMetricReader.self,
        WandbFileReader.self,
    ]

    /// The reader of a format, `nil` when there is none.
    public static func reader(of format: LogFormat) -> (any LogReader.Type)? {
        readers.first { $0.format == format }
    }
}
