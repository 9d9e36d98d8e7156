/// Turns the step counter of a log into one that counts over all epochs.
///
/// Many trainers count batches inside the epoch. Where the counter has a total (`10/3125`), a step is
/// `epochs before · total + n`; epochs count from 1 unless an epoch 0 was seen. Where it has none, a counter that falls
/// back while the epoch moves on is taken for one that restarts every epoch, and the next epoch is put one logging
/// period behind the last record. A counter that rises across epochs is global and stays as logged; so does one that
/// falls back without the epoch moving on: that is a restart, and the caller's to judge.
struct StepCounter: Codable, Sendable {
    private struct Offset: Codable, Sendable {
        var epoch: Double
        var steps: Int64
    }

    private var firstEpoch = 1.0
    private var isGlobal: Bool?
    private var last: Int64?
    private var lastEpoch: Double?
    private var period: Int64 = 0
    private var offsets: [Offset] = []

    /// Takes note of an epoch.
    mutating func see(epoch: Double) { if epoch < 1 { firstEpoch = 0 } }

    /// Steps in the epochs before this one, for a counter of that many steps an epoch.
    func stepsBefore(epoch: Double?, total: Int64) -> Int64 {
        guard let epoch, epoch.isFinite, total > 0, epoch > firstEpoch, epoch < 1e9 else { return 0 }
        let steps = (epoch.rounded(.down) - firstEpoch) * Double(total)
        return steps < 9e15 ? Int64(steps) : 0
    }

    /// The step over all epochs.
    /// - Parameters:
    ///   - step: as logged.
    ///   - total: as logged behind it.
    ///   - epoch: the record's epoch.
    ///   - plannedEpochs: total of the epochs, where the log states it.
    mutating func global(_ step: Int64, total: Int64?, epoch: Double?, plannedEpochs: Double?) -> Int64 {
        guard let epoch else { return step }
        defer {
            if let last, lastEpoch == epoch, step > last { period = step - last }
            last = step
            lastEpoch = epoch
        }
        if let last, let lastEpoch, epoch > lastEpoch {
            if step > last { isGlobal = isGlobal ?? true } else if isRestart(step, last) { isGlobal = false }
        }
        if let total, total > 0 {
            if isGlobal == true { return step }
            if isGlobal == nil, spansRun(step, total, epoch, plannedEpochs) { return step }
            return stepsBefore(epoch: epoch, total: total) &+ step
        }
        if let last, let lastEpoch, epoch > lastEpoch, step <= last, isGlobal == false {
            let known = offset(lastEpoch)
            offsets.append(Offset(epoch: epoch, steps: known &+ last &+ max(period, period == 0 ? step : 0) &- step))
        } else if let last, let lastEpoch, epoch < lastEpoch || (epoch == lastEpoch && step < last) {
            offsets.removeAll { $0.epoch > epoch }
        }
        return offset(epoch) &+ step
    }

    /// What a total behind a step counts.
    enum TotalMeaning { case epoch, run, unclear }

    /// What the total counts, as far as the log has shown.
    func meaning(of total: Int64, at step: Int64, epoch: Double?, plannedEpochs: Double?) -> TotalMeaning {
        if isGlobal == false { return .epoch }
        if isGlobal == true { return .run }
        guard let epoch else { return .unclear }
        return spansRun(step, total, epoch, plannedEpochs) ? .unclear : .epoch
    }

    /// Whether a counter that fell back while the epoch moved on restarts every epoch: it is near its beginning, or as
    /// far as before.
    private func isRestart(_ step: Int64, _ last: Int64) -> Bool {
        step == last || period == 0 || step <= 2 * period || step < last / 2
    }

    /// Whether `step/total` is about as far into the run as the epoch is.
    private func spansRun(_ step: Int64, _ total: Int64, _ epoch: Double, _ planned: Double?) -> Bool {
        guard let planned, planned > 1 else { return false }
        let share = Double(step) / Double(total) * planned
        return share >= epoch - firstEpoch - 0.01 && share <= epoch - firstEpoch + 1.01
    }

    private func offset(_ epoch: Double) -> Int64 { offsets.last { $0.epoch <= epoch }?.steps ?? 0 }
}
