import TestSupport
import Testing
import TrainingMetrics

struct NumberParserTests {
    private func parse(_ text: String, from start: Int = 0, separators: Bool = false) -> (value: Double, end: Int)? {
        let bytes = Array(text.utf8)
        return NumberParser.number(in: bytes.span, from: start, allowsThousandsSeparators: separators)
    }

    @Test(
        arguments: [
            ("0.7722.", 0.7722, 6), ("5.", 5, 1), (".5", 0.5, 2), ("5.e-05]", 5e-05, 6), ("-3.2dB", -3.2, 4),
            ("+7", 7, 2),
            ("\u{2212}1.5", -1.5, 6), ("1e", 1, 1), ("1e+", 1, 1), ("1E3x", 1000, 3), ("1.2.3", 1.2, 3),
            ("47.5%", 47.5, 4),
            ("00012", 12, 5), ("1e400", .infinity, 5), ("-1e400", -.infinity, 6), ("1e-400", 0, 6),
            ("4.9e-324", .leastNonzeroMagnitude, 8),
            ("inf", .infinity, 3), ("-INF,", -.infinity, 4), ("Infinity}", .infinity, 8), ("\u{221E}", .infinity, 3),
            ("-\u{221E}", -.infinity, 4), ("1,234", 1, 1), ("5.e3", 5000, 4), ("1e99999999999999999999", .infinity, 22),
        ] as [(String, Double, Int)]
    )
    func readsTheLongestNumber(text: String, value: Double, end: Int) throws {
        let number = try #require(parse(text))
        #expect(number.value == value)
        #expect(number.end == end)
    }

    @Test(arguments: [
        "", "-", "+", ".", "e5", "info", "nano", "inference", "nan_count", "inf2", "infinityx", "abc", "--1", "- 1",
        ".e5",
        "\u{2212}", "\u{2212}x", "NaNs",
    ])
    func readsNoNumberIn(text: String) {
        #expect(parse(text) == nil)
    }

    @Test(arguments: ["nan", "NaN", "NAN", "-nan", "+nan", "nan.", "nan)"])
    func readsNaN(text: String) throws {
        #expect(try #require(parse(text)).value.isNaN)
    }

    @Test(
        arguments: [
            ("1,234.5", 1234.5, 7), ("1_234", 1234, 5), ("12,345,678", 12_345_678, 10), ("1,23", 1, 1),
            ("1,2345", 1, 1),
            ("1234,567", 1234, 4), ("0,123", 0, 1), ("1,234_567", 1234, 5), ("-1,234e2", -123_400, 8),
            ("123,456,789,012,345,678,901,234.5", 1.2345678901234568e23, 33),
        ] as [(String, Double, Int)]
    )
    func readsThousandsSeparatorsBetweenGroupsOfThree(text: String, value: Double, end: Int) throws {
        let number = try #require(parse(text, separators: true))
        #expect(number.value == value)
        #expect(number.end == end)
    }

    @Test func minusZeroKeepsItsSign() throws {
        #expect(try #require(parse("-0.0")).value.sign == .minus)
    }

    @Test func startsInsideTheText() throws {
        let number = try #require(parse("loss=0.25,", from: 5))
        #expect(number.value == 0.25)
        #expect(number.end == 9)
        #expect(parse("loss", from: 4) == nil)
    }

    @Test func agreesWithTheStandardLibraryToTheLastBit() {
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<200_000 {
            let text = Self.randomDecimal(using: &generator)
            guard let expected = Double(text), let number = parse(text) else {
                Issue.record("no number in \(text)")
                continue
            }
            #expect(number.value.bitPattern == expected.bitPattern, "\(text)")
            #expect(number.end == text.utf8.count, "\(text)")
        }
    }

    @Test func readsBackEveryShortestDescription() {
        var generator = SeededGenerator(seed: 2)
        for _ in 0..<100_000 {
            let value = Double(bitPattern: generator.next())
            guard value.isFinite else { continue }
            #expect(parse("\(value)")?.value.bitPattern == value.bitPattern, "\(value)")
            let float = Float(value * 1e-300)
            #expect(parse("\(float)").map { Float($0.value) } == float, "\(float)")
        }
    }

    /// Halfway cases between doubles, and one digit more or less, where a second rounding would show.
    @Test func roundsHalfwayCasesToEven() {
        var generator = SeededGenerator(seed: 3)
        for _ in 0..<20_000 {
            let mantissa = UInt64.random(in: 1 << 52..<1 << 53, using: &generator)
            let halfway = mantissa * 2 + 1
            for text in ["\(halfway)", "\(halfway)0e-1", "\(halfway).0", "\(halfway).01", "\(halfway - 1).99"] {
                #expect(parse(text)?.value == Double(text), "\(text)")
            }
        }
    }

    private static func randomDecimal(using generator: inout SeededGenerator) -> String {
        func digits(_ length: Int) -> String {
            (0..<length).map { _ in String(Int.random(in: 0...9, using: &generator)) }.joined()
        }
        var text = ["", "-", "+"].randomElement(using: &generator) ?? ""
        text += digits(Int.random(in: 1...(Bool.random(using: &generator) ? 4 : 22), using: &generator))
        if Bool.random(using: &generator) { text += "." + digits(Int.random(in: 1...20, using: &generator)) }
        if Bool.random(using: &generator) {
            let width = Bool.random(using: &generator) ? 30 : 340
            text +=
                (Bool.random(using: &generator) ? "e" : "E") + "\(Int.random(in: -width...width, using: &generator))"
        }
        return text
    }
}
