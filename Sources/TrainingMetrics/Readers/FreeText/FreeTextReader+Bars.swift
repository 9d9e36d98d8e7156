extension FreeTextReader {
    /// Keeps the state a bar shows. Percentage, count, times and rate place it; only postfix and description measure.
    mutating func read(_ found: ProgressBar, of line: TextLine, into buffer: inout EventBuffer) {
        let prefix = LogPrefix.parse(line.bytes.span, from: found.description.lowerBound).end
        let description = min(prefix, found.description.upperBound)..<found.description.upperBound
        var scanner = RecordScanner(line.bytes, in: description)
        let front = scanner.scan()
        scanner = RecordScanner(line.bytes, in: found.postfix)
        let back = scanner.scan()
        let readings = named(front, line) + named(back, line)
        var place = LinePlace(front.positions.filter { $0.kind != .fraction })
        let inPostfix = LinePlace(back.positions.filter { $0.kind != .fraction })
        place.epoch = place.epoch ?? inPostfix.epoch
        if place.step == nil { place.step = inPostfix.step }
        guard !readings.isEmpty else { return }

        let name = line.text(description).filter { !$0.isNumber }
        let at = samplePlace(found, place, name: name)
        let split = split(of: front, line) ?? split(ofDescription: name)
        let known = readings.map { reading in
            let split = reading.split ?? split ?? .train
            let key = MetricKey(name: reading.name, split: split, unit: reading.unit, axis: at.axis, run: context.run)
            return PendingBar.Reading(key: key, bits: reading.item.number.value.bitPattern)
        }
        let next = PendingBar(
            place: .init(name: name, step: at.step, epoch: at.epoch.isNaN ? nil : at.epoch),
            readings: known,
            line: line.number,
            seconds: line.seconds.isNaN ? nil : line.seconds
        )
        if let bar, bar.place == next.place {
            if bar.isGiven, bar.readings == next.readings { return }
        } else {
            giveBar(into: &buffer)
        }
        bar = next
    }

    /// The step the bar names, else its count on top of the epochs before; a bar that counts epochs stands at one.
    private mutating func samplePlace(_ bar: ProgressBar, _ place: LinePlace, name: String) -> SamplePlace {
        if let epoch = place.epoch {
            steps.see(epoch: epoch)
            context.enter(epoch: epoch)
        }
        context.hasPosition = true
        let epoch = context.epoch ?? .nan
        if let step = place.step { return SamplePlace(axis: .step, step: step, epoch: epoch) }
        let done = bar.done ?? 0
        let word = name.split { !$0.isLetter }.last ?? ""
        if place.epoch == nil, PositionWords.kind(of: word) == .epoch {
            return SamplePlace(axis: .epoch, step: done, epoch: Double(done))
        }
        let before = steps.stepsBefore(epoch: context.epoch, total: bar.total ?? 0)
        return SamplePlace(axis: .step, step: before + done, epoch: epoch)
    }

    private func split(ofDescription name: String) -> Split? {
        let words = name.lowercased().split { !$0.isLetter }
        return words.count < 5 ? words.lazy.compactMap { SplitWords.split(ofWord: $0) }.first : nil
    }

    /// Hands the held state on: the bar has moved, or something else is logged.
    mutating func giveBar(into buffer: inout EventBuffer) {
        guard let held = bar, !held.isGiven else { return }
        bar?.isGiven = true
        for reading in held.readings {
            buffer.append(
                metric: buffer.index(of: reading.key),
                step: held.place.step,
                epoch: held.place.epoch ?? .nan,
                time: held.seconds ?? .nan,
                value: Double(bitPattern: reading.bits),
                line: held.line
            )
        }
    }
}
