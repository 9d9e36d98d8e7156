import Codec

/// How well a layer, an activation and a dense 1×1 learn products of pairs of inputs.
///
/// Inputs are independent and normal, so that a product of two of them shares nothing with any sum of functions of either: what
/// cannot see both at once explains 0 of it.
struct ProductCapacity {
    /// Groups, inputs and units of one group.
    let groups: Int, groupInputs: Int, groupUnits: Int
    let fit: GradientFit
    let batch = 256

    /// A small copy: at most 8 groups of at most 4 inputs and 4 units.
    ///
    /// The answers hardly depend on the size: a group's units see its own inputs only, however many groups there are.
    init(_ layer: DiscriminatorLayerDescription, fit: GradientFit) {
        groups = min(layer.groups, 8)
        let perGroup = layer.inputChannels / layer.groups
        let taps = layer.kernel.reduce(1) { $0.multipliedReportingOverflow(by: $1).partialValue }
        groupInputs = min(4, perGroup >= 4 ? perGroup : perGroup * max(1, min(taps, 4 / perGroup)))
        groupUnits = groups == 1 ? min(32, layer.outputChannels) : min(4, layer.outputChannels / layer.groups)
        self.fit = fit
    }

    private var inputs: Int { groups * groupInputs }
    private var units: Int { groups * groupUnits }

    /// Pairs of inputs to multiply: one for every four units, which is what such units can make 88 % of, and no more than there are.
    private func pairs(_ target: LayerCapacityReport.Target, using random: inout RandomSource) -> [(Int, Int)] {
        let count = max(1, min(units / 4, inputs / 2))
        return (0..<count).map { index in
            let first = index % groups
            let second =
                target == .crossGroupProducts ? (first + 1 + Int(random.next() % UInt64(groups - 1))) % groups : first
            let a = Int(random.next() % UInt64(groupInputs))
            var b = Int(random.next() % UInt64(groupInputs))
            if first == second, groupInputs > 1 { b = (a + 1 + b % (groupInputs - 1)) % groupInputs }
            return (first * groupInputs + a, second * groupInputs + b)
        }
    }

    private func model(
        _ candidate: LayerCapacityReport.Candidate,
        outputs: Int,
        using random: inout RandomSource
    ) -> Layer {
        let width = candidate == .denseSameParameters ? max(1, units / groups) : units
        let isGrouped = candidate == .grouped || candidate == .groupedThenDense
        var layers: [Layer] = [
            Convolution1d(inputs, width, kernel: 1, groups: isGrouped ? groups : 1, using: &random),
            Activation.leakyReLU(slope: 0.2),
        ]
        if candidate == .groupedThenDense {
            layers += [
                Convolution1d(width, max(width, 4 * outputs), kernel: 1, using: &random),
                Activation.leakyReLU(slope: 0.2),
            ]
        }
        let last = candidate == .groupedThenDense ? max(width, 4 * outputs) : width
        layers.append(Convolution1d(last, outputs, kernel: 1, using: &random))
        return Sequential(layers)
    }

    /// Trains `candidate` towards `target`; nil when there is no such target (products across the groups of a dense layer).
    private func result(
        _ candidate: LayerCapacityReport.Candidate,
        _ target: LayerCapacityReport.Target,
        seed: UInt64
    ) -> LayerCapacityReport.Result? {
        guard groups > 1 || target == .withinGroupProducts else { return nil }
        guard candidate != .groupedThenDense || target == .crossGroupProducts else { return nil }
        var random = RandomSource(seed: seed)
        let pairs = pairs(target, using: &random)
        let model = model(candidate, outputs: pairs.count, using: &random)
        func example(_ count: Int) -> (input: Tensor, target: Tensor) {
            let table = Tensor.normal([inputs, count], using: &random)
            let first = table.embedding(indices: pairs.map(\.0), shape: [1, pairs.count])
            let second = table.embedding(indices: pairs.map(\.1), shape: [1, pairs.count])
            return (table.reshaped([1, inputs, count]), first * second)
        }
        let steps = fit.train(model) { _ in example(batch) }
        let (input, wanted) = example(4096)
        return LayerCapacityReport.Result(
            candidate: candidate,
            target: target,
            leastSquares: nil,
            gradient: 2 * steps < fit.steps
                ? nil : GradientFit.explainedShare(model, input: input, target: wanted),
            steps: steps,
            parameters: model.parameterCount,
            exact: candidate == .grouped && target == .crossGroupProducts ? 0 : nil
        )
    }

    /// The results of all candidates on both targets.
    func results(seed: UInt64) -> [LayerCapacityReport.Result] {
        [.crossGroupProducts, .withinGroupProducts].flatMap { target in
            LayerCapacityReport.Candidate.allCases.filter { groups > 1 || $0 == .grouped }
                .compactMap { result($0, target, seed: seed) }
        }
    }

    /// What tells one copy from another; equal ones have equal results.
    var size: [Int] { [groups, groupInputs, groupUnits] }

    /// The copy, in words.
    var reduction: String { "\(groups) groups of \(groupInputs) inputs and \(groupUnits) units" }
}
