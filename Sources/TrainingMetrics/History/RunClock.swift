/// The positions of one source in log order, and where they fell back: how restarts and resumes are told from noise.
///
/// The clock is the metric with most samples on the source's axis (of the training split where there is one); others
/// extend it before its first and behind its last sample. A fall counts when the clock then climbs again through ground
/// it has covered: a validation row a little behind, two interleaved ranks or a bar that jumps back do not. Where a source
/// gives one metric after the other (a table sorted by name, one with epochs as columns), the next one begins at the
/// beginning again, and that is no fall.
struct RunClock {
    /// A place where the positions fell back for good.
    struct Fall: Equatable {
        enum Kind: Equatable {
            /// To the beginning: a new attempt.
            case restart
            /// To a later point: the attempt goes on from there.
            case resume
            /// A counter that begins anew with every epoch: what follows is shifted by `offset`.
            case rollover(offset: Int64)
        }
        /// First record after it.
        let order: Int64
        let from: Int64
        let to: Int64
        let kind: Kind
    }

    private(set) var order: [Int64] = []
    private(set) var positions: [Int64] = []
    private(set) var epochs: [Double] = []
    private(set) var falls: [Fall] = []

    /// The clock of a source's metrics on one axis.
    init(_ metrics: [MetricColumns]) {
        let training = metrics.filter { $0.key.split == .train }
        let tracks = (training.isEmpty ? metrics : training).enumerated()
            .sorted { ($1.element.values.count, $0.offset) < ($0.element.values.count, $1.offset) }
            .map(\.element)
        guard let main = tracks.first, !main.order.isEmpty else { return }
        order = main.order
        positions = main.positions
        epochs = main.epochs
        let isSorted = Self.isMetricByMetric(metrics)
        for track in tracks.dropFirst() where track.order != main.order && !(isSorted && goesBack(track)) {
            extend(by: track)
        }
        falls = findFalls()
    }

    /// Position of the last record up to and including `record`, or of the first one.
    func position(at record: Int64) -> Int64 {
        let index = order.partitioningIndex { $0 > record }
        return positions[max(index - 1, 0)]
    }

    /// Whether a metric of the clock's axis counts something slower: its positions go up by one while the clock goes on
    /// by much more each time. Event files know only steps, and what is logged once an epoch often has the epoch for one.
    func runsAhead(of metric: MetricColumns) -> Bool {
        let (places, count) = (metric.positions, metric.positions.count)
        guard count >= 5, count * 3 < positions.count, places != positions else { return false }
        guard zip(places, places.dropFirst()).allSatisfy({ $1 == $0 + 1 }) else { return false }
        let clock = metric.order.map { position(at: $0) }
        return zip(clock, clock.dropFirst()).dropFirst().allSatisfy { $1 >= $0 + 3 }
            && clock[count - 1] >= 3 * places[count - 1]
    }

    /// Whether no two metrics share a stretch of the source. Of only two the second may be the first under a new name,
    /// after a restart.
    private static func isMetricByMetric(_ metrics: [MetricColumns]) -> Bool {
        guard metrics.count > 2 else { return false }
        let stretches = metrics.compactMap { metric in
            metric.order.first.flatMap { first in metric.order.last.map { (first: first, last: $0) } }
        }.sorted { $0.first < $1.first }
        return zip(stretches, stretches.dropFirst()).allSatisfy { $0.last < $1.first }
    }

    /// Whether a metric logged before or behind the clock does not lead up to it or go on from it.
    private func goesBack(_ track: MetricColumns) -> Bool {
        guard let first = track.positions.first, let last = track.positions.last, let begun = track.order.first,
            let start = order.first, let low = positions.first, let high = positions.last
        else { return false }
        return begun < start ? last > low : first < high
    }

    /// Adds what a metric logged before and behind the clock, unless that is too little to be a stretch of the run.
    private mutating func extend(by track: MetricColumns) {
        guard let first = order.first, let last = order.last else { return }
        let before = track.order.partitioningIndex { $0 >= first }
        let behind = track.order.partitioningIndex { $0 > last }
        let hasEpochs = !epochs.isEmpty || !track.epochs.isEmpty
        func added(_ range: Range<Int>) -> [Double] {
            track.epochs.isEmpty ? [Double](repeating: .nan, count: range.count) : Array(track.epochs[range])
        }
        if hasEpochs, epochs.isEmpty { epochs = [Double](repeating: .nan, count: order.count) }
        if before >= 3 {
            order = track.order[..<before] + order
            positions = track.positions[..<before] + positions
            if hasEpochs { epochs = added(0..<before) + epochs }
        }
        let count = track.order.count
        if count - behind >= 3 {
            order += track.order[behind...]
            positions += track.positions[behind...]
            if hasEpochs { epochs += added(behind..<count) }
        }
    }

    private func findFalls() -> [Fall] {
        var falls: [Fall] = []
        var start = 0
        var high = positions[0]
        var offset: Int64 = 0
        var index = 1
        while index < positions.count {
            let position = positions[index]
            guard position < high else {
                high = position
                index += 1
                continue
            }
            if let kind = kind(of: index, start: start, high: high, offset: offset) {
                falls.append(Fall(order: order[index], from: positions[index - 1], to: position, kind: kind))
                if case .rollover(let next) = kind { offset = next }
                if kind == .restart {
                    offset = 0
                    start = index
                }
                high = position
            }
            index += 1
        }
        return falls
    }

    /// What a fall at `index` below `high` is, `nil` for noise. The attempt began at `start`.
    private func kind(of index: Int, start: Int, high: Int64, offset: Int64) -> Fall.Kind? {
        let position = positions[index]
        let intervalBefore = interval(start..<index)
        guard let next = positions[index...].firstIndex(where: { $0 != position }) else {
            return position <= positions[start] ? .restart : nil
        }
        let intervalAfter = positions[next] - position
        guard intervalAfter > 0, positions[next] <= high else { return nil }
        if !epochs.isEmpty, epochs[index] > epochs[index - 1] {
            let first = min(position, intervalAfter)
            return .rollover(offset: offset + positions[index - 1] + (first > 0 ? 0 : intervalAfter))
        }
        // Positions that jump back to where they left were a detour (a bar of another loop).
        if let back = positions[next...].firstIndex(where: { $0 > high }) {
            let gap = positions[back] - positions[back - 1]
            let usual = max(interval(index..<back), intervalBefore, 1)
            if gap > 5 * usual && positions[back - 1] < high - 5 * usual { return nil }
        }
        let isBeginning = position <= positions[start] + intervalBefore / 2 || position <= intervalAfter
        return isBeginning ? .restart : .resume
    }

    /// Mean distance of positions in a stretch that climbs.
    private func interval(_ range: Range<Int>) -> Int64 {
        guard range.count > 1 else { return 0 }
        return max(0, positions[range.upperBound - 1] - positions[range.lowerBound]) / Int64(range.count - 1)
    }
}

extension Array {
    /// First index whose element satisfies a condition that stays true once it is. O(log n).
    func partitioningIndex(where isBehind: (Element) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = low + (high - low) / 2
            if isBehind(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
