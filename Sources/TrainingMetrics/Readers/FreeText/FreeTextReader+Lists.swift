extension FreeTextReader {
    /// Reads `[2.3, 2.7, 15.8, 28.6, 2.4, 20, 0.0001]` and `[110200, 9.4e-05]` behind a `Train Epoch:` line, and
    /// `Losses: [2.3, 2.7, …], step: 200, lr: 0.0001` anywhere.
    mutating func readList(_ line: TextLine, into buffer: inout EventBuffer) -> Bool {
        if context.expectsList || context.hasPosition || isPair(line),
            let list = PositionalList.parse(line.bytes, in: line.content)
        {
            guard context.expectsList || list.losses.isEmpty else { return true }
            giveBar(into: &buffer)
            var place = LinePlace()
            place.take(.globalStep, Double(list.step), nil)
            let at = enter(place, split: nil, indent: line.indent, line: line.number, into: &buffer)
            for (name, value) in list.losses + [("lr", list.learningRate)] {
                add(MetricKey(name: name, axis: .step, run: context.run), value, at: at, of: line, into: &buffer)
            }
            if list.losses.isEmpty {
                context.step = at.step
                context.isStepGlobal = true
            }
            return true
        }
        return readLabelledList(line, into: &buffer)
    }

    /// Two numbers of which the first is whole: step and learning rate, even at the beginning of a log.
    private func isPair(_ line: TextLine) -> Bool {
        line.bytes[line.content].contains(0x2C) && line.bytes[line.content].filter { $0 == 0x2C }.count == 1
    }

    private mutating func readLabelledList(_ line: TextLine, into buffer: inout EventBuffer) -> Bool {
        let isMelGAN = Self.endsWithLossArray(line)
        guard isMelGAN || line.bytes.span.holds("Losses: [", at: line.content.lowerBound) else { return false }
        var scanner = RecordScanner(line.bytes, in: line.content)
        let record = scanner.scan()
        guard let list = record.lists.first, let values = PositionalList.numbers(line.bytes, in: list.value) else {
            return false
        }
        giveBar(into: &buffer)
        let at = enter(
            LinePlace(record.positions),
            split: nil,
            indent: line.indent,
            line: line.number,
            into: &buffer
        )
        let listed =
            isMelGAN && values.count == 4 ? PositionalList.namesOfMelGAN : PositionalList.names(values.count)
        let losses = zip(listed, values.map(\.value)).map { ($0, $1) }
        let rest = record.items.compactMap { item in
            MetricNames.name(line.text(item.key), isExplicit: item.isExplicit).map { ($0.name, item.number.value) }
        }
        for (name, value) in losses + rest {
            add(MetricKey(name: name, axis: at.axis, run: context.run), value, at: at, of: line, into: &buffer)
        }
        return true
    }

    /// `Epoch 1 | Iters 10 / 200 | ms/batch 210.3 | loss [1.9  0.1  0.08 2.05]`: MelGAN's array of losses.
    private static func endsWithLossArray(_ line: TextLine) -> Bool {
        guard let last = line.content.last, line.bytes[last] == UInt8(ascii: "]"),
            line.bytes.span.holds("Epoch ", at: line.content.lowerBound),
            let open = line.content.last(where: { line.bytes[$0] == UInt8(ascii: "[") })
        else { return false }
        return open - 7 >= line.content.lowerBound && line.bytes.span.holds("| loss [", at: open - 7)
    }

    /// Reads a dictionary on one line: metrics when it names a place or a measure, configuration otherwise.
    mutating func readDictionary(_ line: TextLine, into buffer: inout EventBuffer) -> Bool {
        guard let entries = LogDictionary.entries(line.bytes, in: line.content) else { return false }
        var place = LinePlace()
        var numbers: [(name: String, value: Double)] = []
        for (path, text) in entries {
            guard let value = NumberParser.number(in: Array(text.utf8).span, from: 0), value.end == text.utf8.count
            else {
                continue
            }
            if let kind = PositionWords.kind(of: path) {
                place.take(kind, value.value, nil)
            } else {
                numbers.append((path, value.value))
            }
        }
        let isNested = entries.contains { $0.path.contains("/") }
        let known = numbers.filter { LogWords.isMetric($0.name) && !LogWords.isOption($0.name) }
        let isRecord =
            isNested ? context.hasPosition : (!place.isEmpty || !known.isEmpty) && numbers.count * 2 >= entries.count
        guard isRecord else {
            if !context.hasPosition {
                for (path, value) in entries where !value.isEmpty {
                    let fact = LoggedFact(
                        key: path,
                        value: String(value.prefix(200)),
                        line: line.number,
                        run: context.run
                    )
                    buffer.append(fact)
                }
            }
            return true
        }
        giveBar(into: &buffer)
        let at = enter(place, split: nil, indent: line.indent, line: line.number, into: &buffer)
        for (name, value) in isNested ? known : numbers {
            let split = SplitWords.split(ofName: name) ?? context.split
            let key = MetricKey(name: name, split: split, axis: at.axis, run: context.run)
            add(key, value, at: at, of: line, into: &buffer)
        }
        return true
    }
}
