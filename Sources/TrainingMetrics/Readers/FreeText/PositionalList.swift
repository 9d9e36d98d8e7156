/// The unlabelled lists VITS-like trainers log behind `Train Epoch: N`: losses, step, learning rate.
struct PositionalList {
    /// Names of the losses with their values, in the order of the list.
    var losses: [(name: String, value: Double)]
    /// The step.
    var step: Int64
    /// The learning rate.
    var learningRate: Double

    /// The list the range holds, `nil` when it is no such list: numbers only, the last but one a whole number, the last
    /// a learning rate (0 … 0.1), and none, five or six losses in front.
    ///
    /// Five are those of so-vits-svc (discriminator, generator, feature matching, mel, KL), six those of VITS, which
    /// puts the duration in front of KL; lists of another length get numbered names.
    static func parse(_ bytes: [UInt8], in range: Range<Int>) -> PositionalList? {
        guard let first = range.first, let last = range.last, bytes[first] == UInt8(ascii: "["),
            bytes[last] == UInt8(ascii: "]"), let numbers = numbers(bytes, in: first + 1..<last), numbers.count >= 2
        else { return nil }
        let rate = numbers[numbers.count - 1]
        let step = numbers[numbers.count - 2]
        guard step.isInteger, step.value >= 0, step.value < 9e15, !rate.isInteger || rate.value == 0,
            rate.value >= 0, rate.value <= 0.1
        else { return nil }
        let values = numbers.dropLast(2).map(\.value)
        return PositionalList(
            losses: Array(zip(names(values.count), values)).map { (name: $0, value: $1) },
            step: Int64(step.value),
            learningRate: rate.value
        )
    }

    /// All numbers of a list separated by commas or by blanks, `nil` when anything else stands in it.
    static func numbers(_ bytes: [UInt8], in range: Range<Int>) -> [RecordNumber]? {
        var numbers: [RecordNumber] = []
        let scanner = ValueScanner(bytes: bytes, end: range.upperBound)
        var index = scanner.skipBlanks(range.lowerBound)
        while index < range.upperBound {
            guard let (value, end) = NumberParser.number(in: bytes.span, from: index), end <= range.upperBound else {
                return nil
            }
            let isInteger = (index..<end).allSatisfy { bytes[$0].isDigit }
            numbers.append(RecordNumber(value: value, range: index..<end, isInteger: isInteger))
            index = scanner.skipBlanks(end)
            if index < range.upperBound {
                guard bytes[index] == 0x2C || index > end else { return nil }
                if bytes[index] == 0x2C { index = scanner.skipBlanks(index + 1) }
            }
        }
        return numbers
    }

    /// Names of MelGAN's four losses.
    static let namesOfMelGAN = [
        "loss/discriminator", "loss/generator", "loss/feature_matching", "loss/mel_reconstruction",
    ]

    /// Names of that many losses.
    static func names(_ count: Int) -> [String] {
        switch count {
        case 5: ["loss_disc", "loss_gen", "loss_fm", "loss_mel", "loss_kl"]
        case 6: ["loss_disc", "loss_gen", "loss_fm", "loss_mel", "loss_dur", "loss_kl"]
        default: (0..<count).map { "loss_\($0)" }
        }
    }
}
