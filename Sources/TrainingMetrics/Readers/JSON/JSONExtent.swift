/// Where a piece of a JSON text ends, without reading it.
enum JSONExtent {
    /// The position behind the object or list that begins at `start`; `nil` when it is not there to its end.
    static func end(of bytes: Span<UInt8>, from start: Int) -> Int? {
        var depth = 0
        var index = start
        while index < bytes.count {
            switch bytes[index] {
            case 0x22:
                guard let end = endOfString(bytes, from: index) else { return nil }
                index = end
                continue
            case 0x7B, 0x5B: depth += 1
            case 0x7D, 0x5D:
                depth -= 1
                if depth == 0 { return index + 1 }
            default: break
            }
            index &+= 1
        }
        return nil
    }

    /// The position behind the closing quote of the string that begins at `start`.
    static func endOfString(_ bytes: Span<UInt8>, from start: Int) -> Int? {
        var index = start + 1
        while index < bytes.count {
            if bytes[index] == 0x22 { return index + 1 }
            index += bytes[index] == 0x5C ? 2 : 1
        }
        return nil
    }
}
