import Codec

/// The layer that is measured: the layer itself, or a smaller one of the same kind where it is very wide.
///
/// Its size does not depend on the time there is, so that results do not either. Regressors are ordered by channel, then by tap.
struct LayerCopy: Sendable {
    /// The most inputs of one output with groups: a regression on more needs more positions than a minute of speech has.
    static let mostGroupRegressors = 512
    /// The most inputs of one output without groups.
    static let mostRegressors = 49_152

    /// The layer itself.
    let layer: DiscriminatorLayerDescription
    /// Groups, input channels of one group.
    let groups: Int, groupChannels: Int
    /// Taps, along the layer's one or two dimensions.
    let kernel: [Int]

    /// The layer, or what of it keeps within the limits: channels of a group are given up first, then taps, then groups.
    init(_ layer: DiscriminatorLayerDescription) {
        self.layer = layer
        let taps = Self.product(layer.kernel)
        let channels = max(1, min(layer.inputChannels / layer.groups, Self.mostGroupRegressors / taps))
        groupChannels = channels
        var kernel = layer.kernel
        let room = Self.mostGroupRegressors / channels
        while Self.product(kernel) > room {
            guard let largest = kernel.indices.max(by: { kernel[$0] < kernel[$1] }) else { break }
            let others = kernel.enumerated().reduce(1) { $1.offset == largest ? $0 : $0 * $1.element }
            kernel[largest] = max(1, min(kernel[largest] - 1, room / others))
        }
        self.kernel = kernel
        groups = min(layer.groups, max(2, Self.mostRegressors / (channels * Self.product(kernel))))
    }

    /// The product, at most what fits into an Int.
    private static func product(_ sizes: [Int]) -> Int {
        sizes.reduce(1) {
            let (product, overflow) = $0.multipliedReportingOverflow(by: $1)
            return overflow ? .max : product
        }
    }

    /// Inputs that one output is a sum of, with and without groups.
    var groupRegressors: Int { groupChannels * kernel.reduce(1, *) }
    var regressors: Int { groups * groupRegressors }
    /// Input channels and outputs.
    var channels: Int { groups * groupChannels }
    var outputs: Int { groups * (layer.outputChannels / layer.groups) }
    /// Weights with groups.
    var weightCount: Int { outputs * groupRegressors }

    /// The channels between two dense convolutions, taps in the first and 1×1 in the second, that need about as many weights.
    var bottleneck: Int { max(1, Int((Double(weightCount) / Double(regressors + outputs)).rounded())) }

    /// Some groups, evenly spread: at most `most`, and fewer of larger ones.
    func sampledGroups(_ most: Int) -> [Int] {
        let count = min(groups, max(1, min(most, 1400 / groupRegressors)))
        return (0..<count).map { $0 * groups / count }
    }

    /// The differences from the layer; empty when there are none.
    var reduction: String {
        var parts: [String] = []
        let groupInputs = layer.inputChannels / layer.groups
        if groups < layer.groups { parts.append("\(groups) of \(layer.groups) groups") }
        if groupChannels < groupInputs { parts.append("\(groupChannels) of \(groupInputs) input channels per group") }
        if kernel != layer.kernel {
            let joined = { (sizes: [Int]) in sizes.map(String.init).joined(separator: "×") }
            parts.append("\(joined(kernel)) of \(joined(layer.kernel)) taps")
        }
        return parts.joined(separator: ", ")
    }

    /// The channels of a layer's whole input `[1, channels, …]` that are taken: of evenly spread groups the first.
    func channels(of input: Tensor) -> Tensor {
        let groupInputs = layer.inputChannels / layer.groups
        guard channels < layer.inputChannels else { return input }
        return .concatenated(
            (0..<groups).map { index in
                let first = index * layer.groups / groups * groupInputs
                return input.sliced(dimension: 1, range: first..<(first + groupChannels))
            },
            dimension: 1
        )
    }
}
