/// Dates and times of day in front of log lines.
struct Timestamp {
    /// Seconds since 1970, the zone taken as UTC unless the text names one; NaN where the date or the year is missing.
    var seconds: Double
    /// Position behind the last byte.
    var end: Int

    /// The date and time, or the time of day, that begins at `start`.
    ///
    /// Read: `2025-01-22 07:09:29,766`, `2025/01/22T07:09:29.766Z`, `…+02:00`, `01-22 07:09:29`, `0122 07:09:29.766123`,
    /// `07:09:29.766`.
    static func parse(_ bytes: Span<UInt8>, at start: Int) -> Timestamp? {
        var index = start
        var date: (year: Int, month: Int, day: Int)?
        var hasDate = false
        if let (year, afterYear) = digits(bytes, at: index, count: 4), separator(bytes, at: afterYear),
            let (month, afterMonth) = digits(bytes, at: afterYear + 1, count: 2), separator(bytes, at: afterMonth),
            let (day, afterDay) = digits(bytes, at: afterMonth + 1, count: 2)
        {
            guard 1...12 ~= month, 1...31 ~= day else { return nil }
            date = (year, month, day)
            hasDate = true
            index = afterDay
        } else if let (_, afterMonth) = digits(bytes, at: index, count: 2), separator(bytes, at: afterMonth),
            let (_, afterDay) = digits(bytes, at: afterMonth + 1, count: 2)
        {
            hasDate = true
            index = afterDay
        }
        if hasDate {
            guard index + 1 < bytes.count, bytes[index] == 0x20 || bytes[index] == 0x54 || bytes[index] == 0x5F else {
                return nil
            }
            index += 1
        }
        guard let (hour, afterHour) = digits(bytes, at: index, count: 2), hour < 24, byte(bytes, afterHour) == 0x3A,
            let (minute, afterMinute) = digits(bytes, at: afterHour + 1, count: 2), minute < 60,
            byte(bytes, afterMinute) == 0x3A,
            let (second, afterSecond) = digits(bytes, at: afterMinute + 1, count: 2), second <= 60
        else { return nil }
        index = afterSecond
        var fraction = 0.0
        if byte(bytes, index) == 0x2E || byte(bytes, index) == 0x2C {
            var scale = 0.1
            var position = index + 1
            while position < bytes.count, bytes[position].isDigit {
                fraction += Double(bytes[position] &- 0x30) * scale
                scale /= 10
                position += 1
            }
            if position > index + 1 { index = position }
        }
        var seconds = Double.nan
        if let date {
            let time = hour * 3600 + minute * 60 + second
            // Milliseconds as a quotient, so that .766 is the double nearest to .766.
            seconds =
                ((Double(days(date)) * 86_400 + Double(time)) * 1000 + (fraction * 1_000_000).rounded() / 1000) / 1000
        }
        index = zone(bytes, at: index, seconds: &seconds)
        return Timestamp(seconds: seconds, end: index)
    }

    private static func zone(_ bytes: Span<UInt8>, at start: Int, seconds: inout Double) -> Int {
        guard let sign = byte(bytes, start) else { return start }
        if sign == 0x5A { return start + 1 }
        guard sign == 0x2B || sign == 0x2D, let (hours, afterHours) = digits(bytes, at: start + 1, count: 2) else {
            return start
        }
        let minutesAt = byte(bytes, afterHours) == 0x3A ? afterHours + 1 : afterHours
        guard let (minutes, end) = digits(bytes, at: minutesAt, count: 2) else { return start }
        seconds -= Double((hours * 60 + minutes) * 60) * (sign == 0x2B ? 1 : -1)
        return end
    }

    /// Days since 1970-01-01 in the Gregorian calendar, counted in years that begin with March.
    private static func days(_ date: (year: Int, month: Int, day: Int)) -> Int {
        let year = date.month > 2 ? date.year : date.year - 1
        let month = (date.month + 9) % 12
        let era = year / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * month + 2) / 5 + date.day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func separator(_ bytes: Span<UInt8>, at index: Int) -> Bool {
        guard let byte = byte(bytes, index) else { return false }
        return byte == 0x2D || byte == 0x2F
    }

    private static func byte(_ bytes: Span<UInt8>, _ index: Int) -> UInt8? {
        index < bytes.count ? bytes[index] : nil
    }

    /// Exactly that many digits, not followed by another.
    private static func digits(_ bytes: Span<UInt8>, at start: Int, count: Int) -> (value: Int, end: Int)? {
        guard start + count <= bytes.count else { return nil }
        var value = 0
        for index in start..<start + count {
            guard bytes[index].isDigit else { return nil }
            value = value * 10 + Int(bytes[index] &- 0x30)
        }
        if start + count < bytes.count, bytes[start + count].isDigit { return nil }
        return (value, start + count)
    }
}
