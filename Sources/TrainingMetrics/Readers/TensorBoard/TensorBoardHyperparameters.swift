/// Reads what the plugin `hparams` keeps in the metadata of a summary (tensorboard/plugins/hparams/plugin_data.proto):
/// `session_start_info` holds the values of the run.
enum TensorBoardHyperparameters {
    /// Most values that are read.
    private static let most = 500

    /// The plugin's content in a `SummaryMetadata`, `nil` when it is another plugin's.
    static func content(_ bytes: Span<UInt8>, metadata: Range<Int>) -> Range<Int>? {
        guard let plugin = member(1, bytes, metadata), let name = member(1, bytes, plugin),
            bytes.spells("hparams", in: name)
        else { return nil }
        return member(2, bytes, plugin)
    }

    /// Names and values in the order they are stored.
    static func values(_ bytes: Span<UInt8>, _ content: Range<Int>) -> [(key: String, value: String)] {
        guard let start = member(3, bytes, content) else { return [] }
        var result: [(key: String, value: String)] = []
        var fields = ProtobufFields(start)
        while let field = fields.next(bytes), result.count < most {
            guard field.number == 1, field.wire == .bytes, let key = member(1, bytes, field.range),
                let value = member(2, bytes, field.range).flatMap({ text(bytes, $0) })
            else { continue }
            result.append((bytes.text(key.prefix(200)), value))
        }
        return result
    }

    /// A `google.protobuf.Value` as text; `nil` for null and for lists.
    private static func text(_ bytes: Span<UInt8>, _ range: Range<Int>) -> String? {
        var fields = ProtobufFields(range)
        var text: String?
        while let field = fields.next(bytes) {
            switch (field.number, field.wire) {
            case (2, .fixed64): text = LoggedFactInterpreter.text(field.double)
            case (3, .bytes): text = bytes.text(field.range.prefix(2000))
            case (4, .varint): text = field.bits == 0 ? "false" : "true"
            default: break
            }
        }
        return text
    }

    /// The last member of that number, which is a text or a message.
    private static func member(_ number: Int, _ bytes: Span<UInt8>, _ range: Range<Int>) -> Range<Int>? {
        var fields = ProtobufFields(range)
        var found: Range<Int>?
        while let field = fields.next(bytes) {
            if field.number == number, field.wire == .bytes { found = field.range }
        }
        return found
    }
}
