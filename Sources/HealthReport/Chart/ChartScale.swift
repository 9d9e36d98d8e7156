import Foundation

/// How values become heights: linear, or logarithmic where they span more than three powers of ten. Any finite value has
/// a height; nothing is cut off.
struct ChartScale: Sendable, Equatable {
    private enum Kind: Equatable {
        case linear
        case logarithmic
        /// Linear around 0 up to `knee`, logarithmic beyond it, for values of both signs.
        case symmetric(knee: Double)
    }

    /// A labelled value.
    struct Tick: Sendable, Equatable {
        let value: Double
        let label: String
    }

    private let kind: Kind
    private let low: Double
    private let high: Double
    /// Labelled values, ascending.
    let ticks: [Tick]
    /// Whether heights are not proportional to values.
    var isLogarithmic: Bool { kind != .linear }

    /// A scale for finite values.
    /// - Precondition: `values` is not empty.
    init(_ values: [Double]) {
        let lowest = values.min() ?? 0
        let highest = values.max() ?? 0
        let sizes = values.map { abs($0) }.filter { $0 > 0 }
        let (smallest, largest) = (sizes.min() ?? 1, sizes.max() ?? 1)
        let isWide = largest / smallest > 1000
        if isWide, lowest > 0 {
            kind = .logarithmic
        } else if isWide && largest / max(Self.middle(sizes), .leastNormalMagnitude) > 1000
            || !(highest - lowest).isFinite
        {
            kind = .symmetric(knee: max(Self.middle(sizes), largest * 1e-12, .leastNormalMagnitude))
        } else {
            kind = .linear
        }
        let (bottom, top) = (Self.place(lowest, kind), Self.place(highest, kind))
        let pad = top > bottom ? (top - bottom) * 0.06 : max(abs(top) * 0.1, kind == .linear ? abs(lowest) * 0.1 : 0.5)
        low = bottom - (pad > 0 ? pad : 1)
        high = top + (pad > 0 ? pad : 1)
        switch kind {
        case .linear: ticks = Self.linearTicks(low, high)
        case .logarithmic, .symmetric: ticks = Self.powerTicks(lowest, highest, kind, low, high)
        }
    }

    /// Height of a finite value, 0 at the bottom and 1 at the top; values beyond the edges are held there.
    func height(_ value: Double) -> Double { min(max((Self.place(value, kind) - low) / (high - low), 0), 1) }

    private static func middle(_ sizes: [Double]) -> Double {
        let sorted = sizes.sorted()
        return sorted.isEmpty ? 1 : sorted[sorted.count / 2]
    }

    private static func place(_ value: Double, _ kind: Kind) -> Double {
        switch kind {
        case .linear: value
        case .logarithmic: value > 0 ? log10(value) : -330
        case .symmetric(let knee): value < 0 ? -log10(1 - value / knee) : log10(1 + value / knee)
        }
    }

    // MARK: Ticks

    /// Positions for an axis that counts: about `count` round whole numbers from `first` to `last`.
    static func positionTicks(_ first: Double, _ last: Double, count: Int = 6) -> [Tick] {
        guard last > first else { return [Tick(value: first, label: label(first))] }
        let step = max(1, niceStep((last - first) / Double(count)))
        let start = (first / step).rounded(.up) * step
        let ticks = stride(from: start, through: last, by: step).map { Tick(value: $0, label: label($0)) }
        // The beginning has a label where that leaves room for the next one.
        let hasRoom = ticks.first.map { $0.value - first > 0.45 * step } ?? true
        return (hasRoom ? [Tick(value: first, label: label(first))] : []) + ticks
    }

    /// A count in short: `250`, `12k`, `1.5M`.
    private static func label(_ position: Double) -> String {
        for (size, letter) in [(1e9, "G"), (1e6, "M"), (1e4, "k")] where abs(position) >= size {
            let scaled = position / (letter == "k" ? 1000 : size)
            return String(format: "%.10g", (scaled * 1000).rounded() / 1000) + letter
        }
        return String(format: "%.10g", position)
    }

    private static func linearTicks(_ low: Double, _ high: Double) -> [Tick] {
        let step = niceStep((high - low) / 4)
        guard step > 0, step.isFinite else { return [] }
        let first = (low / step).rounded(.up)
        let last = (high / step).rounded(.down)
        guard last - first < 20 else { return [] }
        return stride(from: first, through: last, by: 1).map { number in
            let value = number == 0 ? 0 : number * step
            return Tick(value: value, label: text(value, step: step))
        }
    }

    /// Powers of ten inside, thinned to six; of a range inside one power its ends.
    private static func powerTicks(_ lowest: Double, _ highest: Double, _ kind: Kind, _ low: Double, _ high: Double)
        -> [Tick]
    {
        var values: [Double] = []
        if lowest <= 0, highest >= 0 { values.append(0) }
        let largest = max(abs(lowest), abs(highest))
        let end = Int(log10(largest).rounded(.down))
        var start = Int(log10(max(min(abs(lowest), abs(highest)), largest * 1e-300)).rounded(.up))
        if case .symmetric(let knee) = kind { start = Int(log10(knee).rounded(.up)) }
        let every = max(1, (end - start + 5) / 5)
        for power in stride(from: end, through: min(start, end), by: -every) {
            let value = pow(10, Double(power))
            if highest >= value { values.append(value) }
            if lowest <= -value { values.append(-value) }
        }
        return values.filter { (low...high).contains(place($0, kind)) }.sorted().map {
            Tick(value: $0, label: $0 == 0 ? "0" : NumberText.power($0))
        }
    }

    /// 1, 2 or 5 times a power of ten, not below `rough`.
    private static func niceStep(_ rough: Double) -> Double {
        guard rough > 0, rough.isFinite else { return 0 }
        let power = pow(10, log10(rough).rounded(.down))
        return ([1, 2, 5].first { $0 * power >= rough * 0.8 } ?? 10) * power
    }

    /// A tick with as many digits as its step needs.
    private static func text(_ value: Double, step: Double) -> String {
        let size = max(abs(value), step)
        if size >= 1e6 || step < 1e-5 { return NumberText.short(value) }
        let digits = max(0, Int((-log10(step)).rounded(.up)))
        return String(format: "%.\(digits)f", value == 0 ? 0 : value)
    }
}
