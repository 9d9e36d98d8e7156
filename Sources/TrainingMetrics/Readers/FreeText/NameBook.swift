/// What is known about a name, worked out once.
struct NameTraits: Sendable {
    /// The name without decoration.
    var name: String
    /// Unit in brackets at its end, in its kept spelling.
    var unit: String
    /// The split it carries.
    var split: Split?
    /// Whether it is that of a measured number beyond doubt.
    var isMetric: Bool
    /// Whether it may be that of a measured number.
    var mayBeMetric: Bool
    /// Whether it has a word of an option or a size.
    var isOption: Bool
    /// Whether it is that of a learning rate.
    var isLearningRate: Bool
    /// Whether it is that of a ratio in dB.
    var isDecibel: Bool
    /// Whether it never measures anything.
    var isIgnored: Bool

    /// Traits of a name.
    init(name: String, unit: String) {
        self.name = name
        self.unit = unit
        split = SplitWords.split(ofName: name)
        isMetric = LogWords.isMetric(name)
        mayBeMetric = LogWords.mayBeMetric(name)
        isOption = LogWords.isOption(name)
        isLearningRate = LogWords.isLearningRate(name)
        isDecibel = LogWords.isDecibel(name)
        isIgnored = LogWords.notMeasured.contains(name)
    }
}

/// Names met before. Not part of a reader's stored state: it only saves work.
struct NameBook: Sendable {
    private var explicit: [String: NameTraits?] = [:]
    private var loose: [String: NameTraits?] = [:]
    private static let capacity = 4096

    /// Traits of the name that a text in front of a number holds, `nil` when it holds none.
    mutating func traits(_ text: String, isExplicit: Bool) -> NameTraits? {
        if let known = isExplicit ? explicit[text] : loose[text] { return known }
        let traits = MetricNames.name(text, isExplicit: isExplicit).map { NameTraits(name: $0.name, unit: $0.unit) }
        if explicit.count + loose.count >= Self.capacity {
            explicit.removeAll(keepingCapacity: true)
            loose.removeAll(keepingCapacity: true)
        }
        if isExplicit { explicit[text] = .some(traits) } else { loose[text] = .some(traits) }
        return traits
    }
}
