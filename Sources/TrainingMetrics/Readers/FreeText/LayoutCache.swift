/// Layouts of lines read before.
struct LayoutCache: Sendable {}

extension FreeTextReader {
    mutating func readKnownLayout(_ line: Span<UInt8>, into buffer: inout EventBuffer) -> Bool { false }
}
