/// Convolutions one after the other, with the groups that channel arithmetic gives them.
struct ConvolutionChain {
    /// How the order was found.
    enum Order {
        /// By the numbers and words in the names.
        case names
        /// As they are in the file.
        case file
        /// By what fits.
        case channels
    }

    let layers: [StoredConvolution]
    /// One per layer.
    let groups: [Int]
    let order: Order

    /// Most input channels of a first layer: real part, imaginary part and magnitude.
    static let mostInputChannels = 3
    /// Attempts to find an order by what fits.
    private static let mostAttempts = 20_000

    /// The chain of `layers`, given in the order of the file, in the first order that fits.
    ///
    /// A layer fits behind another when its channels per group divide the other's output channels; the quotient is the number of groups.
    init(_ layers: [StoredConvolution]) throws(DiscriminatorInferenceError) {
        precondition(!layers.isEmpty, "a chain needs layers")
        let named = Self.sorted(layers)
        for layer in named where layer.shape.count != named[0].shape.count {
            throw .mixedDimensions(layer: named[0].name, other: layer.name)
        }
        for (order, candidate) in [(Order.names, named), (.file, layers)] {
            if let groups = Self.groups(of: candidate) {
                self.init(layers: candidate, groups: groups, order: order)
                return
            }
        }
        if let found = Self.search(named), let groups = Self.groups(of: found) {
            self.init(layers: found, groups: groups, order: .channels)
            return
        }
        throw Self.problem(in: named)
    }

    private init(layers: [StoredConvolution], groups: [Int], order: Order) {
        self.layers = layers
        self.groups = groups
        self.order = order
    }

    /// Layers in the order of their names.
    static func sorted(_ layers: [StoredConvolution]) -> [StoredConvolution] {
        let keyed = layers.map { ($0.components, $0) }
        return keyed.sorted { NaturalOrder.isBefore($0.0, $1.0) }.map(\.1)
    }

    /// Whether these layers, in some order, are a chain from the input on.
    static func isChain(_ layers: [StoredConvolution]) -> Bool { (try? ConvolutionChain(layers)) != nil }

    /// Groups of every layer; nil when they do not fit each other.
    private static func groups(of layers: [StoredConvolution]) -> [Int]? {
        guard layers[0].groupWidth <= mostInputChannels else { return nil }
        var groups = [1]
        for (layer, previous) in zip(layers.dropFirst(), layers) {
            guard let count = self.groups(of: layer, behind: previous) else { return nil }
            groups.append(count)
        }
        return groups
    }

    private static func groups(of layer: StoredConvolution, behind previous: StoredConvolution) -> Int? {
        guard previous.outputChannels % layer.groupWidth == 0 else { return nil }
        let groups = previous.outputChannels / layer.groupWidth
        return layer.outputChannels % groups == 0 ? groups : nil
    }

    /// An order that fits, with the layer for the logits at the end, or nil.
    private static func search(_ layers: [StoredConvolution]) -> [StoredConvolution]? {
        guard layers.count <= 64 else { return nil }
        var attempts = 0
        var path: [Int] = []
        func extend() -> Bool {
            attempts += 1
            if path.count == layers.count { return true }
            guard attempts < mostAttempts else { return false }
            for next in layers.indices where !path.contains(next) {
                let layer = layers[next]
                let fits =
                    path.last.map { groups(of: layer, behind: layers[$0]) != nil && !layers[$0].isHead }
                    ?? (layer.groupWidth <= mostInputChannels)
                guard fits else { continue }
                path.append(next)
                if extend() { return true }
                path.removeLast()
            }
            return false
        }
        return extend() ? path.map { layers[$0] } : nil
    }

    private static func problem(in layers: [StoredConvolution]) -> DiscriminatorInferenceError {
        if layers[0].groupWidth > mostInputChannels {
            return .unsupportedInput(layer: layers[0].name, shape: layers[0].shape)
        }
        for (layer, previous) in zip(layers.dropFirst(), layers) where groups(of: layer, behind: previous) == nil {
            return .brokenChain(
                layer: layer.name,
                shape: layer.shape,
                previous: previous.name,
                channels: previous.outputChannels
            )
        }
        return .unsupportedInput(layer: layers[0].name, shape: layers[0].shape)
    }
}
