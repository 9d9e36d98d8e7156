import Codec

/// The random dense target on one kind of input.
///
/// A few outputs of random dense layers of the full shape are computed; each is then explained from the inputs of one group alone.
struct LinearMeasurement {
    let copy: LayerCopy
    let deadline: ContinuousClock.Instant
    let seed: UInt64

    /// Random dense outputs, for all sampled groups together.
    static let outputs = 32
    /// Positions fitted on and, of features, half as many scored on.
    private static let positions = 8192
    /// Steps of training by gradient.
    static let steps = 200

    private struct Observed {
        var explained = GroupRegression.Explained()
        var counts = (training: 0, unseen: 0)
        /// For training by gradient: inputs of the groups in turn and one output of each, `[1, rows, N]`.
        var training: (inputs: Tensor, outputs: Tensor)
        var unseen: (inputs: Tensor, outputs: Tensor)
    }

    /// The results of all candidates; `notes` hears what was measured how.
    func results(
        _ inputs: LayerCapacityReport.Inputs,
        features: (training: Tensor, unseen: Tensor)?,
        notes: inout [String]
    ) -> [LayerCapacityReport.Result] {
        var random = RandomSource(seed: seed)
        let windows = LayerWindows(copy, largestDilation: features == nil ? 4 : .max)
        let levelled = features.map(centred)
        if let levelled, !fits(windows, levelled.training) || !fits(windows, levelled.unseen) {
            notes.append("\(inputs.rawValue) inputs are too short for one window of the layer")
            return []
        }
        guard copy.groups > 1 else {
            notes.append("\(inputs.rawValue) inputs: without groups it makes a dense target by construction")
            let power = levelled.map { Double($0.unseen.squared().mean().item) } ?? 1
            let share = power.isFinite && power > 0 ? 1 : Double.nan
            return [result(.grouped, inputs, share, weights: copy.weightCount, exact: 1)]
        }
        let observed = observe(windows, levelled, using: &random)
        let energy = observed.explained.whole
        let whole = energy.isFinite && energy > 0 ? 1 : Double.nan
        notes.append(
            "\(inputs.rawValue) inputs: \(Self.outputs) dense outputs, fitted on \(observed.counts.training) positions, scored on "
                + "\(observed.counts.unseen) others, without the noise of the fit"
        )
        let fitted = 1 - observed.explained.squaredError / energy
        if fitted.isFinite {
            notes[notes.count - 1] += " (these weights themselves: \((fitted * 1000).rounded() / 10) %)"
        }
        var results = [
            result(
                .grouped,
                inputs,
                whole * observed.explained.part / energy,
                trained: train(on: observed),
                weights: copy.weightCount,
                exact: features == nil ? 1 / Double(copy.groups) : nil
            )
        ]
        if let reduced = reducedRankShare(windows, levelled, using: &random) {
            results.append(
                result(
                    .denseSameParameters,
                    inputs,
                    whole * reduced.share,
                    weights: copy.bottleneck * (copy.regressors + copy.outputs),
                    exact: features == nil ? reduced.share : nil
                )
            )
            notes[notes.count - 1] += "; as many weights: through \(copy.bottleneck) channels, \(reduced.how)"
        } else {
            notes[notes.count - 1] += "; as many weights: too large to measure"
        }
        results.append(result(.denseSameShape, inputs, whole, weights: copy.regressors * copy.outputs, exact: 1))
        return results
    }

    private func result(
        _ candidate: LayerCapacityReport.Candidate,
        _ inputs: LayerCapacityReport.Inputs,
        _ share: Double,
        trained: (share: Double?, steps: Int) = (nil, 0),
        weights: Int,
        exact: Double?
    ) -> LayerCapacityReport.Result {
        LayerCapacityReport.Result(
            candidate: candidate,
            target: .denseLinear,
            inputs: inputs,
            leastSquares: share,
            gradient: trained.share,
            steps: trained.steps,
            parameters: weights + copy.outputs,
            exact: exact
        )
    }

    // MARK: Inputs

    /// Features of the copy's channels, less the training features' mean of each channel, which a bias takes care of, and at RMS 1.
    private func centred(_ features: (training: Tensor, unseen: Tensor)) -> (training: Tensor, unseen: Tensor) {
        let (training, unseen) = (copy.channels(of: features.training), copy.channels(of: features.unseen))
        let means = training.mean(dimensions: Array(2..<training.rank), keepingDimensions: true)
        let shifted = training - means
        let power = shifted.squared().mean().item
        let scale = power > 0 ? 1 / power.squareRoot() : 1
        return (shifted * scale, (unseen - means) * scale)
    }

    private func sizes(_ input: Tensor) -> [Int] { Array(input.shape.dropFirst(2)) }

    private func fits(_ windows: LayerWindows, _ input: Tensor) -> Bool {
        zip(sizes(input), windows.span).allSatisfy { $0 >= $1 }
    }

    /// Steps between windows that leave about `wanted` of them; the layer's own stride would only thin them out too.
    private func strides(_ windows: LayerWindows, _ input: Tensor, wanted: Int) -> [Int] {
        let places = zip(sizes(input), windows.span).map { $0 - $1 + 1 }
        var strides = places.map { _ in 1 }
        strides[0] = max(1, places.reduce(1, *) / wanted)
        return strides
    }

    /// Uniform noise of variance 1, four values to a random number.
    private func noise(_ shape: [Int], using random: inout RandomSource) -> Tensor {
        let count = shape.reduce(1, *)
        let scale = Float(12).squareRoot() / 65_536
        var values: [Float] = []
        values.reserveCapacity(count + 3)
        while values.count < count {
            var bits = random.next()
            for _ in 0..<4 {
                values.append((Float(bits & 0xFFFF) - 32_767.5) * scale)
                bits >>= 16
            }
        }
        values.removeLast(values.count - count)
        return Tensor(values, shape: shape)
    }

    // MARK: Least squares

    private func observe(
        _ windows: LayerWindows,
        _ features: (training: Tensor, unseen: Tensor)?,
        using random: inout RandomSource
    ) -> Observed {
        // Noise is to all groups alike, features are not.
        let groups = copy.sampledGroups(features == nil ? 4 : 8)
        let perGroup = Self.outputs / groups.count
        let weights = noise([perGroup * groups.count, copy.channels] + copy.kernel, using: &random)
        var regressions = groups.map { _ in GroupRegression(inputs: copy.groupRegressors, outputs: perGroup) }
        func add(_ input: Tensor, _ strides: [Int], isTraining: Bool) -> (inputs: Tensor, outputs: Tensor) {
            let wanted = windows.outputs(of: weights, on: input, strides: strides)
            var kept: (inputs: [Tensor], outputs: [Tensor]) = ([], [])
            for (index, group) in groups.enumerated() {
                let own = windows.inputs(ofGroup: group, in: input, strides: strides)
                let first = index * perGroup
                regressions[index].add(
                    own,
                    wanted.sliced(dimension: 0, range: first..<(first + perGroup)),
                    isTraining: isTraining
                )
                kept.inputs.append(own)
                kept.outputs.append(wanted.sliced(dimension: 0, range: first..<(first + 1)))
            }
            return (.concatenated(kept.inputs, dimension: 0), .concatenated(kept.outputs, dimension: 0))
        }
        func gather(isTraining: Bool) -> (inputs: Tensor, outputs: Tensor) {
            if let features {
                let input = isTraining ? features.training : features.unseen
                let wanted = isTraining ? Self.positions : Self.positions / 2
                return add(input, strides(windows, input, wanted: wanted), isTraining: isTraining)
            }
            var blocks: [(inputs: Tensor, outputs: Tensor)] = []
            let plan = noisePlan(windows)
            for _ in 0..<plan.blocks {
                let input = noise([1, copy.channels] + plan.size, using: &random)
                blocks.append(add(input, plan.size.map { _ in 1 }, isTraining: isTraining))
            }
            return (
                .concatenated(blocks.map(\.inputs), dimension: 1), .concatenated(blocks.map(\.outputs), dimension: 1)
            )
        }
        let (training, unseen) = (gather(isTraining: true), gather(isTraining: false))
        var observed = Observed(training: training, unseen: unseen)
        observed.counts = (training.inputs.shape[1], unseen.inputs.shape[1])
        for regression in regressions {
            observed.explained += regression.explained
        }
        return observed
    }

    /// Blocks of noise and the size of each, such that few values are needed at a time and not too many in all.
    private func noisePlan(_ windows: LayerWindows) -> (blocks: Int, size: [Int]) {
        let wanted = min(Self.positions, max(16 * copy.groupRegressors, (1 << 25) / copy.channels))
        let block = max(64, min(wanted, (1 << 22) / copy.channels))
        let side = Int(Double(block).squareRoot())
        let places = copy.kernel.count == 1 ? [block] : [side, side]
        let count = places.reduce(1, *)
        return ((wanted + count - 1) / count, zip(places, windows.span).map { $0 + $1 - 1 })
    }

    // MARK: Few channels

    /// The share that a dense layer through ``LayerCopy/bottleneck`` channels explains; nil where it is too large for the time.
    private func reducedRankShare(
        _ windows: LayerWindows,
        _ features: (training: Tensor, unseen: Tensor)?,
        using random: inout RandomSource
    ) -> (share: Double, how: String)? {
        let (rank, weightCount) = (copy.bottleneck, copy.outputs * copy.regressors)
        guard let features else {
            let share = ReducedRank.shareOfNoise(rank: rank, inputs: copy.regressors, outputs: copy.outputs)
            return (share, "by the law of Marchenko and Pastur")
        }
        guard weightCount <= 1 << 26, copy.outputs <= 2048, rank * rank * copy.outputs <= 1 << 24 else { return nil }
        let wanted = min(Self.positions, max(256, (1 << 31) / weightCount))
        let inputs = [(features.training, wanted), (features.unseen, wanted / 2)]
        // All weights at once would take too much memory.
        let block = max(1, (1 << 23) / copy.regressors)
        var outputs: [[Tensor]] = inputs.map { _ in [] }
        for first in stride(from: 0, to: copy.outputs, by: block) {
            let weights = noise([min(block, copy.outputs - first), copy.channels] + copy.kernel, using: &random)
            for (index, (input, wanted)) in inputs.enumerated() {
                let strides = strides(windows, input, wanted: wanted)
                outputs[index].append(windows.outputs(of: weights, on: input, strides: strides))
            }
        }
        let covariances = outputs.map { blocks in
            var moments = SecondMoments(variables: copy.outputs)
            moments.add(.concatenated(blocks, dimension: 0))
            return moments.covariance
        }
        let share = ReducedRank.share(rank: rank, training: covariances[0], unseen: covariances[1])
        return (share, "found on \(outputs[0][0].shape[1]) positions of all \(copy.outputs) outputs")
    }

    // MARK: Training by gradient

    /// Trains the sampled groups, one output each, which is the layer itself as far as these outputs go.
    private func train(on observed: Observed) -> (share: Double?, steps: Int) {
        var random = RandomSource(seed: seed &+ 5)
        let groups = observed.training.outputs.shape[0]
        let rows = groups * copy.groupRegressors
        let model = Convolution1d(rows, groups, kernel: 1, groups: groups, using: &random)
        let scale = 1 / Float(copy.regressors).squareRoot()
        let fit = GradientFit(
            steps: Self.steps,
            learningRate: 0.1 / Float(copy.groupRegressors).squareRoot(),
            deadline: deadline
        )
        let available = observed.training.inputs.shape[1]
        let batch = min(256, available)
        let order = Array((0..<available).shuffled(using: &random))
        let (columns, wanted) = (observed.training.inputs.transposed(0, 1), observed.training.outputs.transposed(0, 1))
        let steps = fit.train(model) { _ in
            let start = Int(random.next() % UInt64(available - batch + 1))
            let picked = Array(order[start..<(start + batch)])
            let input = columns.embedding(indices: picked, shape: [batch]).transposed(0, 1)
            let target = wanted.embedding(indices: picked, shape: [batch]).transposed(0, 1)
            return (input.reshaped([1, rows, batch]), target.reshaped([1, groups, batch]) * scale)
        }
        guard 2 * steps >= fit.steps else { return (nil, steps) }
        let (input, target) = (observed.unseen.inputs, observed.unseen.outputs)
        let share = GradientFit.explainedShare(
            model,
            input: input.reshaped([1, rows, input.shape[1]]),
            target: target.reshaped([1, groups, target.shape[1]]) * scale
        )
        return (share, steps)
    }
}
