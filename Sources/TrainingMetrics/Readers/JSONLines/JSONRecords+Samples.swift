/// From the numbers of a record to samples.
extension JSONRecords {
    mutating func emit(into buffer: inout EventBuffer) throws(JSONSyntaxError) {
        var axisLeaf: Int?
        var axisRank = Int.max
        var epochLeaf: Int?
        for (index, leaf) in leaves.enumerated() {
            switch fields[leaf.field].kind {
            case .step(let rank) where rank < axisRank && !leaf.value.isNaN: (axisLeaf, axisRank) = (index, rank)
            case .epoch where epochLeaf == nil: epochLeaf = index
            default: break
            }
        }
        let rowSplit = split ?? surroundings.split ?? .train
        let place = try place(axisLeaf, rank: axisRank, epochLeaf, rowSplit)
        report(into: &buffer)
        let prefix = surroundings.prefix
        fields.select(JSONFields.Row(split: rowSplit, axis: place.axis, run: runs.label, prefix: prefix))
        for (index, leaf) in leaves.enumerated() where index != axisLeaf && index != epochLeaf {
            let metric: Int32
            if let metricName, FieldName.isValue(fields[leaf.field].name) {
                let named = FieldName.split(inMetricName: metricName) ?? rowSplit
                metric = buffer.index(of: MetricKey(name: metricName, split: named, axis: place.axis, run: runs.label))
            } else {
                metric = fields.index(of: leaf.field, in: &buffer)
            }
            buffer.append(
                metric: metric,
                step: place.step,
                epoch: place.epoch,
                time: time,
                value: leaf.value,
                line: leaf.line
            )
        }
    }

    /// Where the record stands: at its step, else at the step before it, else at its epoch. A record that names neither
    /// stands where its key says; one that holds nothing but stages (`train`, `valid`) is an epoch.
    private mutating func place(
        _ axisLeaf: Int?,
        rank: Int,
        _ epochLeaf: Int?,
        _ split: Split
    ) throws(JSONSyntaxError) -> (axis: StepAxis, step: Int64, epoch: Double) {
        var epoch = epochLeaf.map { leaves[$0].value } ?? .nan
        var axis: StepAxis = axisLeaf != nil || runs.hasStep ? .step : epochLeaf != nil ? .epoch : .record
        var position = axisLeaf.map { leaves[$0].value } ?? (axis == .epoch ? epoch : .nan)
        if axisLeaf == nil, epochLeaf == nil {
            if let place = surroundings.place {
                (axis, position) = (place.axis, place.position)
            } else if axis == .record, !leaves.isEmpty,
                leaves.allSatisfy({ fields[$0.field].isStaged })
            {
                stagedRecords += 1
                (axis, position) = (.epoch, Double(stagedRecords))
            }
            if axis == .epoch { epoch = position }
        }
        let isLocal = axisLeaf != nil && !FieldName.isGlobalStep(rank: rank)
        guard let step = runs.advance(to: position, axis: axis, epoch: isLocal ? epoch : .nan, split: split) else {
            throw JSONSyntaxError(reason: "the position \(position) is out of range")
        }
        return (axis, step, epoch)
    }

    private mutating func report(into buffer: inout EventBuffer) {
        if let phase, fields[phase.field].phase != phase.text, phaseChanges < 1000 {
            phaseChanges += 1
            fields[phase.field].phase = phase.text
            add(fact: phase.text, of: phase.field, into: &buffer)
        }
        for report in reports {
            switch report {
            case .fact(let field, let value) where !fields[field].isReported:
                fields[field].isReported = true
                add(fact: value, of: field, into: &buffer)
            case .list(let field) where !fields[field].isReported:
                fields[field].isReported = true
                let name = fields[field].name
                buffer.reject(
                    line: firstLine,
                    text: name,
                    reason: "\(name) is a list; metrics are not read from lists (said once per name)"
                )
            default: break
            }
        }
    }

    private func add(fact text: String, of field: Int, into buffer: inout EventBuffer) {
        let value = String(text.prefix(200))
        buffer.append(LoggedFact(key: fields[field].name, value: value, line: firstLine, run: runs.label))
    }
}
