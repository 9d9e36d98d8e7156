/// Where a line says it stands: its own epoch and step with their totals.
struct LinePlace {
    /// The epoch.
    var epoch: Double?
    /// Number of epochs planned.
    var epochTotal: Double?
    /// The step as logged.
    var step: Int64?
    /// Number of steps behind the step.
    var stepTotal: Int64?
    /// What the step counts.
    var kind = PositionKind.step

    /// A line that names no place.
    init() {}

    /// The first epoch, and of the step-like numbers the one with most authority.
    init(_ positions: [Record.Position]) {
        for position in positions { take(position.kind, position.number.value, position.total?.value) }
    }

    /// Takes note of one number.
    mutating func take(_ kind: PositionKind, _ value: Double, _ total: Double?) {
        guard value.isFinite, value >= 0, value < 9e15 else { return }
        if kind == .epoch {
            guard epoch == nil else { return }
            epoch = value
            epochTotal = total
        } else if step == nil || kind.rawValue > self.kind.rawValue, value == value.rounded() {
            // The total of a weaker number is still that of the epoch: `STEP: 24/352 -- GLOBAL_STEP: 244300`.
            step = Int64(value)
            stepTotal = total.flatMap { $0 > 0 && $0 < 9e15 ? Int64($0) : nil } ?? stepTotal
            self.kind = kind
        }
    }

    /// Whether the line names neither.
    var isEmpty: Bool { epoch == nil && step == nil }
}

/// Where a sample goes.
struct SamplePlace {
    /// What the position counts.
    var axis: StepAxis
    /// The position; meaningless on the record axis.
    var step: Int64
    /// The epoch, NaN where the log gave none.
    var epoch: Double
}

extension FreeTextReader {
    /// Takes note of a line's place.
    /// - Parameters:
    ///   - place: what the line names.
    ///   - split: the split the whole line speaks of, where it does.
    ///   - indent: blanks in front of the line.
    ///   - line: its number.
    ///   - buffer: where facts go.
    /// - Returns: where the line's numbers go.
    mutating func enter(
        _ place: LinePlace,
        split: Split?,
        indent: Int,
        line: Int,
        into buffer: inout EventBuffer
    ) -> SamplePlace {
        if let epoch = place.epoch {
            steps.see(epoch: epoch)
            context.enter(epoch: epoch)
            if epoch != epoch.rounded() { context.hasFractionalEpochs = true }
            if let total = place.epochTotal, total > 0 { state(.plannedEpochs, total, line, &buffer) }
        }
        let epoch = context.epoch ?? .nan
        guard let logged = place.step else {
            if place.epoch == nil, let anchor = context.anchor, indent > anchor.indent {
                return SamplePlace(axis: .step, step: anchor.step, epoch: epoch)
            }
            context.anchor = nil
            if place.epoch == nil, let step = context.step { return SamplePlace(axis: .step, step: step, epoch: epoch) }
            if context.epoch == nil, place.epoch == nil, let step = context.lastRecordStep {
                return SamplePlace(axis: .step, step: step, epoch: epoch)
            }
            guard epoch.isNaN || !context.hasFractionalEpochs, epoch == epoch.rounded() else {
                return SamplePlace(axis: .record, step: 0, epoch: epoch)
            }
            return SamplePlace(axis: .epoch, step: Int64(epoch), epoch: epoch)
        }
        context.hasPosition = true
        if let last = context.lastStep, last != logged { context.split = .train }
        context.lastStep = logged
        if let total = place.stepTotal {
            let planned = context.statedTotals[FactKey.plannedEpochs.rawValue]
            let meaning: StepCounter.TotalMeaning =
                place.kind == .globalStep
                ? .epoch
                : steps.meaning(
                    of: total,
                    at: logged,
                    epoch: context.epoch,
                    plannedEpochs: planned
                )
            switch meaning {
            case .epoch: state(nil, Double(total), line, &buffer)
            case .run: state(.plannedSteps, Double(total), line, &buffer)
            case .unclear: break
            }
        }
        let step = globalStep(logged, place, split: split ?? context.split)
        context.anchor = .init(step: step, indent: indent)
        context.lastRecordStep = step
        return SamplePlace(axis: .step, step: step, epoch: epoch)
    }

    private mutating func globalStep(_ logged: Int64, _ place: LinePlace, split: Split) -> Int64 {
        if place.kind == .globalStep { return logged }
        guard split == .train else {
            return logged + steps.stepsBefore(epoch: context.epoch, total: place.stepTotal ?? 0)
        }
        let planned = context.statedTotals[FactKey.plannedEpochs.rawValue]
        return steps.global(logged, total: place.stepTotal, epoch: context.epoch, plannedEpochs: planned)
    }

    /// Hands a total on as a fact, once per value. No key means steps per epoch.
    private mutating func state(_ fact: FactKey?, _ total: Double, _ line: Int, _ buffer: inout EventBuffer) {
        let key = fact?.rawValue ?? "steps-per-epoch"
        guard abs(total) < 1e15, context.statedTotals[key] != total else { return }
        context.statedTotals[key] = total
        buffer.append(LoggedFact(key: key, value: String(Int64(total)), line: line, run: context.run))
    }

    /// Adds a sample where its line stands.
    mutating func add(
        _ key: MetricKey,
        _ value: Double,
        at place: SamplePlace,
        of line: TextLine,
        into buffer: inout EventBuffer
    ) {
        let metric = buffer.index(of: key)
        var step = place.step
        if place.axis == .record, metric != EventBuffer.refusedMetric {
            step = recordCounts[key, default: 0] + 1
            recordCounts[key] = step
        }
        buffer.append(
            metric: metric,
            step: step,
            epoch: place.epoch,
            time: line.seconds,
            value: value,
            line: line.number
        )
    }
}
