/// Whether a source begins like a JSON document with numbers of a training in it.
enum JSONRecognition {
    /// 0.98 for a document that gives samples with a place, or metrics by their names; 0 for anything else: a
    /// configuration, a data set, JSON Lines.
    static func confidence(_ head: Span<UInt8>) -> Double {
        guard mayBegin(head) else { return 0 }
        var reader = JSONDocumentReader()
        var buffer = EventBuffer(keptRejections: 0)
        let used = reader.consume(head, into: &buffer)
        // More than one document: lines of their own.
        guard reader.phase != .givenUp else { return 0 }
        let isWhole = reader.phase == .ended
        reader.finish(head.extracting(used..<head.count), into: &buffer)
        // A line of JSON Lines is one record; a document on one line holds several.
        let hasRecords = Set(buffer.step).count >= 2
        guard buffer.count > 0, !isWhole || hasRecords || !isLine(head) else { return 0 }
        let isTraining = buffer.keys.contains { $0.axis != .record || LogWords.isMetric($0.name) }
        return isTraining ? 0.98 : 0
    }

    /// `{ "` or `[ {`: a line of a text log begins otherwise.
    private static func mayBegin(_ head: Span<UInt8>) -> Bool {
        var marks: [UInt8] = []
        for index in 0..<head.count where head[index] > 0x20 {
            marks.append(head[index])
            if marks.count == 2 { break }
        }
        return marks == [0x7B, 0x22] || marks == [0x5B, 0x7B]
    }

    /// Whether the document is one line that may be the first of JSON Lines: an object with a number of its own.
    private static func isLine(_ head: Span<UInt8>) -> Bool {
        let content = head.trimmed(0..<(head.firstIndex(of: 0x0A) ?? head.count))
        guard !content.isEmpty, head[content.lowerBound] == 0x7B,
            JSONExtent.end(of: head, from: content.lowerBound).map({ $0 <= content.upperBound }) == true
        else { return false }
        var reader = JSONLinesReader()
        var buffer = EventBuffer(keptRejections: 0)
        reader.finish(head.extracting(content), into: &buffer)
        return buffer.keys.contains { !$0.name.contains("/") }
    }
}
