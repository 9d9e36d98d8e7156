/// Units as logs spell them, and the one spelling each is kept under.
enum UnitWords {
    private static let table: [String: String] = [
        "%": "%", "db": "dB", "dbfs": "dBFS", "m": "M", "k": "K", "b": "B", "s": "s", "sec": "s", "secs": "s",
        "second": "s", "seconds": "s", "ms": "ms", "msec": "ms", "us": "us", "hz": "Hz", "khz": "kHz", "kb": "KB",
        "mb": "MB", "gb": "GB", "kib": "KiB", "mib": "MiB", "gib": "GiB", "kbps": "kbps", "bits": "bits", "bit": "bits",
        "nats": "nats", "min": "min", "mins": "min", "minutes": "min", "minute": "min", "h": "h", "hr": "h", "hrs": "h",
        "hours": "h", "hour": "h",
    ]

    /// Whether a word is a unit of time as sentences spell it (`minutes`, not `m`).
    static func isTimeSpelledOut(_ word: String) -> Bool {
        let words: Set<String> = [
            "second", "seconds", "sec", "secs", "minute", "minutes", "min", "mins", "hour", "hours", "hr", "hrs", "day",
            "days",
        ]
        return words.contains(word.lowercased())
    }

    /// The kept spelling of a unit, `nil` for a word that is none. A rate (`it/s`, `samples/sec`) is kept as it is.
    static func unit(_ word: String) -> String? {
        // A small `m` is a minute or a metre: a duration, not millions.
        if word == "m" { return nil }
        if let unit = table[word.lowercased()] { return unit }
        let parts = word.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let over = parts.last?.lowercased(), !parts[0].isEmpty else { return nil }
        let isRate = ["s", "sec", "second", "it", "iter", "step", "batch", "epoch", "sample"].contains(over)
        return isRate && parts[0].allSatisfy(\.isLetter) ? word : nil
    }

    /// Splits a unit in brackets off the end of a name: `SNR (dB)` is `SNR` in `dB`.
    static func split(_ name: String) -> (name: String, unit: String) {
        guard let last = name.last, last == ")" || last == "]",
            let open = name.lastIndex(of: last == ")" ? "(" : "["), open > name.startIndex,
            let unit = unit(String(name[name.index(after: open)..<name.index(before: name.endIndex)]))
        else { return (name, "") }
        let rest = name[..<open].reversed().drop { $0 == " " }.reversed()
        return rest.isEmpty ? (name, "") : (String(rest), unit)
    }
}
