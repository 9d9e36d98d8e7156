import TrainingMetrics

extension NetworkReport {
    /// Fills ``evidence`` from the sections that were measured. Call it when all of them are in.
    /// - Parameter opponentParameterCount: parameters of the generator it plays against; nil when unknown.
    public mutating func gatherEvidence(opponentParameterCount: Int? = nil) {
        evidence = ProbeEvidence(
            kind: .discriminator,
            subject: name,
            weights: weights,
            parameterCount: parameterCount,
            opponentParameterCount: opponentParameterCount,
            mixing: mixing.map { report in
                report.evidence(structure: structures.first { $0.part == report.part })
            },
            logits: signal?.parts.map(\.evidence) ?? [],
            layers: layerEvidence,
            learning: learning?.evidence
        )
    }

    /// Weights, then gains of the layers.
    private var layerEvidence: [ProbeEvidence.Layer] {
        let gains = (signal?.parts ?? []).flatMap { part in
            part.layers.map { ProbeEvidence.Layer(name: "\($0.name) of \(part.name)", gain: $0.gain) }
        }
        return layerWeights.map(\.evidence) + gains
    }
}

extension MixingReport {
    /// Layers one behind the other, without the head, and the channels of the first.
    private typealias Branch = (layers: ArraySlice<Layer>, channels: Int)

    /// What rules read of it. The structure gives the fan-in and tells branches apart; without one there is one branch.
    fileprivate func evidence(structure: StructureReport?) -> ProbeEvidence.Mixing {
        let shapes = structure?.layers.count == layers.count ? structure?.layers ?? [] : []
        let starts = branchStarts(shapes)
        let ends = starts.dropFirst() + [max(layers.count - 1, 1)]
        let branches = zip(starts, ends).map { start, end in
            Branch(layers[start..<min(end, layers.count)], starts.count == 1 ? firstChannels : shapes[start].shape[0])
        }
        func share(_ layer: Layer, _ branch: Branch) -> Double {
            Double(layer.fewest) / Double(max(branch.channels, 1))
        }
        let reaches = branches.compactMap { branch in branch.layers.last.map { share($0, branch) } }
        let before = branches.flatMap { branch in
            branch.layers.prefix { $0.fewest < branch.channels }.dropFirst().map { share($0, branch) }
        }
        return ProbeEvidence.Mixing(
            part: part,
            reach: reaches.min() ?? 1,
            mixesBeforeHead: branches.allSatisfy { branch in
                branch.layers.contains { $0.fewest >= branch.channels }
            },
            smallestFanIn: shapes.indices.filter { !starts.contains($0) }.map { shapes[$0].fanIn }.min() ?? 0,
            reachBeforeMixing: before.min()
        )
    }

    /// Indices of the layers that take the input: as many channels enter them as enter the first.
    private func branchStarts(_ shapes: [StructureReport.Layer]) -> [Int] {
        guard !layers.isEmpty else { return [] }
        func inputs(_ layer: StructureReport.Layer) -> Int {
            layer.shape.dropFirst().first.map { $0 * layer.groups } ?? 0
        }
        let starts = shapes.indices.dropLast().filter { inputs(shapes[$0]) == inputs(shapes[0]) }
        let isWhole = starts.reduce(0) { $0 + (shapes[$1].shape.first ?? 0) } == firstChannels
        return isWhole ? starts : [0]
    }
}

extension SignalReport.Part {
    /// What rules read of it: the mean is over all inputs, each counted once.
    fileprivate var evidence: ProbeEvidence.Logits {
        ProbeEvidence.Logits(
            part: name,
            mean: logits.map(\.mean).reduce(0, +) / Double(logits.count),
            spread: spreadAcrossInputs,
            speechFromNoise: speechFromNoise
        )
    }
}

extension LayerWeightReport {
    /// What rules read of it; ranks as shares of the fullest possible.
    fileprivate var evidence: ProbeEvidence.Layer {
        ProbeEvidence.Layer(
            name: name,
            effectiveRank: effectiveRank / Double(fullRank),
            initialEffectiveRank: initialEffectiveRank / Double(fullRank),
            deadFilters: deadFilters,
            filters: shape.first,
            nonFinite: nonFinite
        )
    }
}
