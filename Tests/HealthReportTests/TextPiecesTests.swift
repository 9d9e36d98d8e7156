import HealthReport
import Testing

@Suite struct TextPiecesTests {
    @Test(arguments: [
        ("plain", "plain"), ("\u{1B}[31mred\u{7}", "\\u{1B}[31mred\\u{7}"), ("a\tb\nc\rd", "a\\tb\\nc\\rd"),
        ("right\u{202E}left", "right\\u{202E}left"), ("తెలుగు 🙂", "తెలుగు 🙂"),
    ])
    func controlCharactersAreEscaped(text: String, expected: String) {
        #expect(TerminalText.escaped(text) == expected)
    }

    @Test func longTextIsCutWithAnEllipsis() {
        #expect(TerminalText.escaped("abcdef", width: 4) == "abc…")
        #expect(TerminalText.escaped("abcd", width: 4) == "abcd")
    }

    @Test(
        arguments: [
            (0, "0"), (2, "2.000"), (-2.44, "-2.440"), (113.6, "113.6"), (64_922_832, "6.49e7"), (7e-111, "7e-111"),
            (0.0118, "0.0118"), (-0.0004, "-0.0004"), (0.00000049, "4.9e-7"), (.nan, "nan"), (-.infinity, "-inf"),
            (1481, "1481"),
        ] as [(Double, String)]
    )
    func numbersAreShort(value: Double, expected: String) {
        #expect(NumberText.short(value) == expected)
    }

    @Test(
        arguments: [
            (1500, "₹", "₹1,500"), (24500, "INR", "24,500 INR"), (12.4, "$", "$12.40"), (1_234_567.8, "", "1,234,568"),
            (-3, "€", "€-3.00"),
        ] as [(Double, String, String)]
    )
    func moneyIsGrouped(amount: Double, currency: String, expected: String) {
        #expect(NumberText.money(amount, currency: currency) == expected)
    }

    @Test func sparklineShowsLevelsAndWhatIsOutsideTheBand() {
        let line = Sparkline([1, 2, 3, 8], lower: nil, upper: 4)
        #expect(line.bars == "▁▂▃█")
        #expect(line.marks == "   ^")
        #expect(line.range == 1...8)
    }

    @Test func sparklineKeepsNonFiniteValuesInSight() {
        var values = Array(repeating: 1.0, count: 400)
        values[111] = .nan
        values[222] = -.infinity
        let line = Sparkline(values[...], width: 40)
        #expect(line.bars.count == 40)
        #expect(line.bars.contains("×") && line.bars.contains("↓"))
        #expect(Sparkline([.nan, .infinity]).bars == "×↑")
    }

    @Test func tableAlignsColumns() {
        var table = TextTable([("name", .left), ("value", .right)])
        table.append(["a", "1.5"])
        table.append(["longer", "12"])
        #expect(table.lines() == ["name    value", "a         1.5", "longer     12"])
    }

    @Test func wrapBreaksBetweenWords() {
        #expect(TextWrap.lines("one two three", width: 7) == ["one two", "three"])
        #expect(TextWrap.lines("averylongword x", width: 5) == ["averylongword", "x"])
    }

    @Test(
        arguments: [
            (true, [:], true), (true, ["NO_COLOR": "1"], false), (false, [:], false),
            (false, ["FORCE_COLOR": "1"], true),
            (true, ["TERM": "dumb"], false),
        ] as [(Bool, [String: String], Bool)]
    )
    func coloursFollowTerminalAndEnvironment(isTerminal: Bool, environment: [String: String], expected: Bool) {
        #expect(ANSIStyle.detect(isTerminal: isTerminal, environment: environment).isEnabled == expected)
    }
}
