/// The runs of a source and where each of them is.
struct RunPositions: Codable {
    /// Most runs one source may hold.
    static let most = 4096

    private struct Run: Codable {
        var label: String
        var position: Int64 = 0
        var records: Int64 = 0
        var hasStep = false
        var steps = StepCounter()
    }
    private var runs = [Run(label: "")]
    /// Found again from `runs` after the state was read back.
    private var numbers: [String: Int] = [:]
    /// Number of the run the record belongs to.
    private(set) var current = 0

    private enum CodingKeys: String, CodingKey { case runs, current }

    /// Its label, empty when the source does not name it.
    var label: String { runs[current].label }

    /// Goes to the run of that label.
    /// - Returns: `false` when there are too many runs.
    mutating func select(_ line: Span<UInt8>, _ range: Range<Int>) -> Bool {
        runs[current].label.utf8.elementsEqual(line, in: range) || select(line.text(range))
    }

    /// Goes to the run of that label.
    /// - Returns: `false` when there are too many runs.
    mutating func select(_ label: String) -> Bool {
        if numbers.count < runs.count {
            numbers = Dictionary(zip(runs.map(\.label), runs.indices), uniquingKeysWith: { first, _ in first })
        }
        if let known = numbers[label] {
            current = known
            return true
        }
        guard runs.count < Self.most else { return false }
        current = runs.count
        numbers[label] = current
        runs.append(Run(label: label))
        return true
    }

    /// Whether this run has had a step: records without one then stand at the last.
    var hasStep: Bool { runs[current].hasStep }

    /// Position of a record: the number given, towards zero; the last one where none was given; the number of the record
    /// itself on the record axis.
    ///
    /// A step that starts again with every epoch is counted on over the epochs (`StepCounter`).
    /// - Parameters:
    ///   - position: step or epoch, NaN where none was given.
    ///   - axis: what it counts.
    ///   - epoch: epoch of the record where the step may have started again with it, NaN elsewhere.
    ///   - split: only training moves the counter; a validation pass may have one of its own.
    /// - Returns: `nil` when the number is no position.
    mutating func advance(to position: Double, axis: StepAxis, epoch: Double = .nan, split: Split = .train) -> Int64? {
        runs[current].records += 1
        if axis == .record { return runs[current].records }
        guard !position.isNaN else { return runs[current].position }
        guard abs(position) < 1e15 else { return nil }
        var step = Int64(position)
        if axis == .step {
            runs[current].hasStep = true
            if !epoch.isNaN {
                var steps = runs[current].steps
                step = steps.global(step, total: nil, epoch: epoch, plannedEpochs: nil)
                if split == .train { runs[current].steps = steps }
            }
        }
        runs[current].position = step
        return step
    }
}
