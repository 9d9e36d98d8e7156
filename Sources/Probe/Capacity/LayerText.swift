public import Codec

/// A convolution as one line of text: `conv1d 1024 1024 k41 s4 g256`, `conv2d 32 32 k3x9 s1x2 p1x4 d2x1 g4`.
///
/// Kind, channels in, channels out, then in any order k (kernel, needed), s (stride), p (zeros on both sides), d (dilation) and
/// g (groups). One number stands for both dimensions of a `conv2d`. Left out, stride, dilation and groups are 1 and the padding
/// is what keeps the length at stride 1 with an odd kernel.
public enum LayerText {
    private static let options: [Character: (name: String, range: ClosedRange<Int>)] = [
        "k": ("kernel", 1...1 << 20), "s": ("stride", 1...1 << 20), "p": ("padding", 0...1 << 20),
        "d": ("dilation", 1...1 << 20), "g": ("groups", 1...1 << 20),
    ]

    private struct Word {
        let text: Substring
        let position: Int

        func error(_ problem: LayerTextError.Problem) -> LayerTextError {
            LayerTextError(problem: problem, position: position, word: String(text))
        }
    }

    /// The layer that `text` describes, without normalisation and activation, named by its own text.
    ///
    /// Upper and lower case are the same. Throws ``LayerTextError`` with the character at which the text is wrong.
    public static func parse(_ text: String) throws(LayerTextError) -> DiscriminatorLayerDescription {
        let words = words(of: text)
        guard let kind = words.first else { throw LayerTextError(problem: .empty, position: 1, word: "") }
        let dimensions: Int
        switch kind.text.lowercased() {
        case "conv1d": dimensions = 1
        case "conv2d": dimensions = 2
        default: throw kind.error(.unknownKind)
        }
        var channels: [Int] = []
        for what in ["channels in", "channels out"] {
            guard words.count > channels.count + 1 else { throw missing(what, in: text) }
            let word = words[channels.count + 1]
            channels.append(try number(word.text, of: word, what, 1...1 << 20))
        }
        var values: [Character: [Int]] = [:]
        var groupsWord = kind
        for word in words.dropFirst(3) {
            guard let letter = word.text.first.map({ Character($0.lowercased()) }), let option = options[letter] else {
                throw word.error(.unknownOption)
            }
            guard values[letter] == nil else { throw word.error(.repeated) }
            values[letter] = try numbers(of: word, option, dimensions: letter == "g" ? 1 : dimensions)
            if letter == "g" { groupsWord = word }
        }
        guard let kernel = values["k"] else { throw missing("kernel (k41)", in: text) }
        let groups = values["g"]?[0] ?? 1
        guard channels.allSatisfy({ $0 % groups == 0 }) else {
            let common = greatestCommonDivisor(channels[0], channels[1])
            let divisors = (1...common).lazy.filter { common % $0 == 0 }.suffix(8)
            throw groupsWord.error(.groups(groups, channels: channels, valid: Array(divisors)))
        }
        var weights = 1.0
        for factor in channels + kernel { weights *= Double(factor) }
        guard weights <= 0x1p40 else { throw kind.error(.tooLarge) }
        var layer = DiscriminatorLayerDescription(
            "",
            channels[0],
            channels[1],
            kernel: kernel,
            stride: values["s"],
            dilation: values["d"],
            padding: values["p"],
            groups: groups,
            normalization: .none,
            slope: nil
        )
        layer.name = describe(layer)
        return layer
    }

    /// The text of a layer, with nothing in it that is a default; ``parse(_:)`` gives the layer's sizes back.
    public static func describe(_ layer: DiscriminatorLayerDescription) -> String {
        func joined(_ numbers: [Int]) -> String { numbers.map(String.init).joined(separator: "x") }
        let usual = DiscriminatorLayerDescription("", 1, 1, kernel: layer.kernel, dilation: layer.dilation, slope: nil)
        var words = ["conv\(layer.kernel.count)d", "\(layer.inputChannels)", "\(layer.outputChannels)"]
        words.append("k" + joined(layer.kernel))
        if layer.stride != usual.stride { words.append("s" + joined(layer.stride)) }
        if layer.padding != usual.padding { words.append("p" + joined(layer.padding)) }
        if layer.dilation.contains(where: { $0 != 1 }) { words.append("d" + joined(layer.dilation)) }
        if layer.groups != 1 { words.append("g\(layer.groups)") }
        return words.joined(separator: " ")
    }

    private static func words(of text: String) -> [Word] {
        var words: [Word] = []
        for piece in text.split(whereSeparator: \.isWhitespace) {
            words.append(Word(text: piece, position: text.distance(from: text.startIndex, to: piece.startIndex) + 1))
        }
        return words
    }

    private static func missing(_ what: String, in text: String) -> LayerTextError {
        LayerTextError(problem: .missing(what), position: text.count + 1, word: "")
    }

    private static func numbers(
        of word: Word,
        _ option: (name: String, range: ClosedRange<Int>),
        dimensions: Int
    ) throws(LayerTextError) -> [Int] {
        let parts = word.text.dropFirst().split(separator: /[xX]/, omittingEmptySubsequences: false)
        guard parts.count <= dimensions else { throw word.error(.dimensions(expected: dimensions)) }
        var values: [Int] = []
        for part in parts { values.append(try number(part, of: word, option.name, option.range)) }
        return values.count == dimensions ? values : [Int](repeating: values[0], count: dimensions)
    }

    private static func number(
        _ text: Substring,
        of word: Word,
        _ what: String,
        _ range: ClosedRange<Int>
    ) throws(LayerTextError) -> Int {
        guard !text.isEmpty, text.utf8.allSatisfy({ (48...57).contains($0) }) else {
            throw word.error(.notANumber(what))
        }
        // Digits that are no Int are too many.
        guard let value = Int(text), range.contains(value) else { throw word.error(.outOfRange(what, range)) }
        return value
    }

    private static func greatestCommonDivisor(_ a: Int, _ b: Int) -> Int {
        b == 0 ? a : greatestCommonDivisor(b, a % b)
    }
}
