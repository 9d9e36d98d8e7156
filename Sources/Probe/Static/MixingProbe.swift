public import Codec

/// Finds which first-layer channels each unit of a discriminator depends on, by the layers' groups: exact sets, not an estimate.
///
/// A unit is an output channel of a layer; positions do not count. Branches over bands of a spectrogram are followed each on its own:
/// their channels first meet in the head. The product of group counts is shown as a number people compute, not as a capacity.
public enum MixingProbe {
    /// One report per sub-discriminator, in order.
    public static func reports(of description: DiscriminatorDescription) -> [MixingReport] {
        description.subDiscriminators.map { ChannelFlow($0).report }
    }
}

/// The sets of one sub-discriminator.
private struct ChannelFlow {
    /// Layers in order of one branch: for each the fewest and most channels a unit depends on.
    private struct Branch {
        var layers: [DiscriminatorLayerDescription] = []
        var counts: [(fewest: Int, most: Int)] = []
        /// Channels of its first layer.
        var firstChannels = 0
        /// The sets of the units after its last layer.
        var units: [ChannelSet] = []
        /// The first layer whose every unit depends on all of them.
        var completeAt: Int? { counts.firstIndex { $0.fewest == firstChannels } }
        var weights: Double { layers.reduce(0) { $0 + Double($1.weightCount) } }
    }

    private let part: SubDiscriminatorDescription
    private let branches: [Branch]
    private let firstChannels: Int
    private let head: (fewest: Int, most: Int)

    init(_ part: SubDiscriminatorDescription) {
        self.part = part
        var capacity = part.branches.reduce(0) { $0 + ($1.layers.first?.outputChannels ?? 0) }
        var offset = 0
        var branches: [Branch] = []
        for branch in part.branches {
            var flow = Branch()
            flow.layers = branch.layers
            for layer in branch.layers {
                if flow.counts.isEmpty {
                    flow.firstChannels = layer.outputChannels
                    flow.units = (0..<layer.outputChannels).map { ChannelSet(offset + $0, capacity: capacity) }
                } else {
                    flow.units = Self.units(after: layer, of: flow.units, capacity: capacity)
                }
                flow.counts.append(Self.range(flow.units))
            }
            offset += flow.firstChannels
            branches.append(flow)
        }
        self.branches = branches
        let joined = Self.joined(branches.map(\.units), capacity: capacity)
        if joined.isEmpty {
            // Without layers, the head is the first layer.
            capacity = part.head.outputChannels
            head = (1, 1)
        } else {
            head = Self.range(Self.units(after: part.head, of: joined, capacity: capacity))
        }
        firstChannels = capacity
    }

    var report: MixingReport {
        let total = branches.reduce(Double(part.head.weightCount)) { $0 + $1.weights }
        var layers: [MixingReport.Layer] = []
        var weights = 0.0
        func add(_ layer: DiscriminatorLayerDescription, _ count: (fewest: Int, most: Int)) {
            weights += Double(layer.weightCount)
            layers.append(
                .init(name: layer.name, fewest: count.fewest, most: count.most, weightShare: weights / total)
            )
        }
        for branch in branches {
            for (layer, count) in zip(branch.layers, branch.counts) { add(layer, count) }
        }
        add(part.head, head)
        return MixingReport(
            part: part.name,
            firstChannels: firstChannels,
            layers: layers,
            completeAt: completeAt,
            weightShareAfterMixing: weightsAfterMixing / total,
            naiveGroupProduct: naiveGroupProduct
        )
    }

    /// The layer at which the last branch is complete, or the head.
    private var completeAt: String? {
        let ends = branches.map { branch in branch.completeAt.map { ($0, branch.layers[$0].name) } }
        let known = ends.compactMap { $0 }
        if known.count == branches.count,
            let last = known.enumerated().max(by: { a, b in
                (a.element.0, -a.offset) < (b.element.0, -b.offset)
            })
        {
            return last.element.1
        }
        return head.fewest == firstChannels ? part.head.name : nil
    }

    private var weightsAfterMixing: Double {
        guard completeAt != nil else { return 0 }
        return branches.reduce(Double(part.head.weightCount)) { sum, branch in
            guard let start = branch.completeAt else { return sum }
            return sum + branch.layers[start...].reduce(0) { $0 + Double($1.weightCount) }
        }
    }

    /// Along one path from the input to the logits: of several branches, the one with the largest.
    private var naiveGroupProduct: Double {
        let products = branches.map { $0.layers.reduce(1.0) { $0 * Double($1.groups) } }
        return (products.max() ?? 1) * Double(part.head.groups)
    }

    /// Every unit of a group depends on what any input of the group depends on.
    private static func units(
        after layer: DiscriminatorLayerDescription,
        of inputs: [ChannelSet],
        capacity: Int
    ) -> [ChannelSet] {
        let (width, outputs) = (layer.inputChannels / layer.groups, layer.outputChannels / layer.groups)
        return (0..<layer.groups).flatMap { group in
            var union = ChannelSet(capacity: capacity)
            for input in inputs[(group * width)..<((group + 1) * width)] { union.formUnion(input) }
            return [ChannelSet](repeating: union, count: outputs)
        }
    }

    /// Branches meet side by side: channel c behind them holds channel c of each.
    private static func joined(_ branches: [[ChannelSet]], capacity: Int) -> [ChannelSet] {
        guard var units = branches.first else { return [] }
        for branch in branches.dropFirst() {
            for index in units.indices where index < branch.count { units[index].formUnion(branch[index]) }
        }
        return units
    }

    private static func range(_ units: [ChannelSet]) -> (fewest: Int, most: Int) {
        let counts = units.map(\.count)
        return (counts.min() ?? 0, counts.max() ?? 0)
    }
}
