/// Whether a source begins like JSON Lines.
enum JSONLinesRecognition {
    /// Up to 0.97, by the share of the first 20 lines that are JSON objects; 0 when the first line is none.
    static func confidence(_ head: Span<UInt8>) -> Double {
        var position = 0
        var lines = 0
        var objects = 0
        while position < head.count, lines < 20 {
            let end = head.firstIndex(of: 0x0A, from: position)
            let line = head.extracting(position..<(end ?? head.count))
            position = (end ?? head.count) + 1
            guard !line.trimmed(0..<line.count).isEmpty else { continue }
            lines += 1
            if isObject(line, isCut: end == nil) { objects += 1 } else if lines == 1 { return 0 }
        }
        return lines == 0 ? 0 : 0.97 * Double(objects) / Double(lines)
    }

    /// Whether the line is an object, or begins one where the head was cut.
    private static func isObject(_ line: Span<UInt8>, isCut: Bool) -> Bool {
        var scanner = JSONScanner()
        do throws(JSONSyntaxError) {
            guard try scanner.next(line) == .beginObject else { return false }
            while try scanner.next(line) != .end {}
            return true
        } catch {
            return isCut && scanner.depth > 0
        }
    }
}
