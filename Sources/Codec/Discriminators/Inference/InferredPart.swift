/// A sub-discriminator made from the shapes of its convolutions, and what had to be assumed for it.
struct InferredPart {
    /// What a part looks at, as far as shapes tell.
    enum Kind: Hashable {
        case waveform
        case period
        case spectrogram(DiscriminatorInput.SpectrogramChannels, isBanded: Bool)
    }

    let kind: Kind
    /// Beginning that all names of the part share.
    let path: String
    private let chains: [ConvolutionChain]
    /// The layer for the logits where branches come before it.
    private let sharedHead: StoredConvolution?

    /// From the convolutions of one sub-discriminator, in the order of the file.
    init(_ convolutions: [StoredConvolution]) throws(DiscriminatorInferenceError) {
        if let (branches, head) = DiscriminatorParts.bands(convolutions) {
            var chains: [ConvolutionChain] = []
            for branch in branches { chains.append(try ConvolutionChain(branch + [head])) }
            self.chains = chains
            sharedHead = head
        } else {
            chains = [try ConvolutionChain(convolutions)]
            sharedHead = nil
        }
        path = Self.commonPath(convolutions.map(\.components))
        let first = chains[0].layers[0]
        let channels = DiscriminatorInput.SpectrogramChannels.allCases.first { $0.count == first.groupWidth }
        if first.shape.count == 3 {
            guard first.groupWidth == 1 else { throw .unsupportedInput(layer: first.name, shape: first.shape) }
            kind = .waveform
        } else if sharedHead == nil, first.groupWidth == 1, chains[0].layers.allSatisfy({ $0.kernel[1] == 1 }) {
            kind = .period
        } else {
            guard let channels else { throw .unsupportedInput(layer: first.name, shape: first.shape) }
            kind = .spectrogram(channels, isBanded: sharedHead != nil)
        }
    }

    /// The part, the `index`-th of its kind, and what was assumed for it besides its input.
    func description(
        index: Int,
        slope: Float
    ) throws(DiscriminatorInferenceError) -> (part: SubDiscriminatorDescription, assumptions: [String]) {
        var branches: [SubDiscriminatorDescription.Branch] = []
        var head: DiscriminatorLayerDescription?
        var source = ""
        for (place, chain) in chains.enumerated() {
            let names = chain.layers.map { path.isEmpty ? $0.name : String($0.name.dropFirst(path.count + 1)) }
            var (layers, from) = ConvolutionConvention.layers(chain, names: names, slope: slope)
            head = layers.removeLast()
            source = from
            branches.append(.init(band: chains.count > 1 ? Self.band(place, of: chains.count) : nil, layers: layers))
        }
        guard let head else { preconditionFailure("a part has layers") }
        let (input, name) = Self.input(kind, index: index)
        let part = SubDiscriminatorDescription(
            name: name,
            path: path,
            input: input,
            branches: branches,
            head: head
        )
        guard part.outputSizes(samples: Self.shortestAudio) != nil else {
            throw .nothingLeft(part: path.isEmpty ? head.name : path)
        }
        return (part, assumptions(of: part, source: source))
    }

    /// What a part must leave something of, in samples.
    private static let shortestAudio = 4000

    private func assumptions(of part: SubDiscriminatorDescription, source: String) -> [String] {
        let layers = chains[0].layers
        let described = (part.branches.first?.layers ?? []) + [part.head]
        var sentences: [String] = []
        switch chains[0].order {
        case .names: break
        case .file:
            sentences.append("layers follow each other as they do in the file; their names tell no order")
        case .channels:
            let order = Self.list(layers.map(\.name))
            sentences.append("the order \(order) was found by what channels fit each other")
        }
        if described.contains(where: { $0.groups > 1 }) {
            let groups = Self.list(described.map { String($0.groups) })
            sentences.append(
                "groups \(groups), because weights take fewer channels than come out of the layer before"
            )
        }
        let kernels = Self.list(described.map { Self.text($0.kernel) })
        let strides = Self.list(described.map { Self.text($0.stride) })
        let padding = Self.list(described.map { Self.text($0.padding) })
        sentences.append(
            "kernels \(kernels); strides \(strides) and padding \(padding) with zeros are not in the file and taken \(source)"
        )
        if part.head.outputChannels > 1 {
            sentences.append(
                "no layer has one output channel; the \(part.head.outputChannels) of '\(part.head.name)', the last one, are taken for logits"
            )
        }
        if chains.count > 1 {
            sentences.append("\(chains.count) branches of equal shape are taken for bands of the spectrogram")
        }
        return sentences
    }

    private static func input(_ kind: Kind, index: Int) -> (input: DiscriminatorInput, name: String) {
        switch kind {
        case .waveform:
            return (.scale(min(index, mostHalvings), kernel: 4, padding: 2, countsPadding: true), "scale \(index)")
        case .period:
            let period = periods(index + 1)[index]
            return (.period(period, alwaysPads: false), "period \(period)")
        case .spectrogram(let channels, let isBanded):
            let length = windowLengths(index + 1)[index]
            return (
                .spectrogram(
                    STFTConfiguration(transformLength: length, padding: isBanded ? .matchingStride : .centered),
                    channels: channels,
                    axes: channels == .realImaginary ? .framesBins : .binsFrames
                ),
                "STFT \(length)"
            )
        }
    }

    /// Times a waveform's rate is halved at most.
    private static let mostHalvings = 8

    /// What was assumed about the input of `count` parts of this kind.
    static func inputAssumption(_ kind: Kind, count: Int) -> String {
        let parts = count == 1 ? "the part" : "the \(count) parts"
        switch kind {
        case .waveform:
            return count == 1
                ? "\(parts) over one dimension is assumed to hear the waveform as it is"
                : "\(parts) over one dimension are assumed to hear the waveform at its rate and averaged to half the rate of the part before"
        case .period:
            return
                "\(parts) with kernels of K × 1 \(count == 1 ? "is" : "are") taken for folded waveforms; periods of "
                + "\(list(periods(count).map(String.init))) samples are assumed"
        case .spectrogram(let channels, _):
            let content =
                switch channels {
                case .magnitude: "the magnitude, bins × frames"
                case .realImaginary: "real and imaginary part, frames × bins"
                case .realImaginaryMagnitude: "real part, imaginary part and magnitude, bins × frames"
                }
            return
                "\(parts) over two dimensions with \(channels.count) input channel\(channels.count == 1 ? "" : "s") "
                + "\(count == 1 ? "is" : "are") taken for spectrograms (\(content)); windows of "
                + "\(list(windowLengths(count).map(String.init))) samples and hops of a quarter are assumed"
        }
    }

    /// The first `count` primes, as every published net with periods has them.
    static func periods(_ count: Int) -> [Int] {
        var primes: [Int] = []
        var candidate = 2
        while primes.count < count {
            if primes.allSatisfy({ candidate % $0 != 0 }) { primes.append(candidate) }
            candidate += 1
        }
        return primes
    }

    /// 2048 samples, then half as many each time, as in DAC; not below 64.
    static func windowLengths(_ count: Int) -> [Int] { (0..<count).map { max(64, 2048 >> min($0, 16)) } }

    /// DAC's five bands, or as many of equal width.
    static func band(_ index: Int, of count: Int) -> ClosedRange<Double> {
        if count == DiscriminatorDescription.dacBands.count { return DiscriminatorDescription.dacBands[index] }
        return Double(index) / Double(count)...Double(index + 1) / Double(count)
    }

    /// The first of many, with commas.
    private static func list(_ texts: [String]) -> String {
        texts.prefix(16).joined(separator: ", ") + (texts.count > 16 ? ", …" : "")
    }

    private static func text(_ values: [Int]) -> String { values.map(String.init).joined(separator: "×") }

    /// Name parts that all paths begin with; never a whole path.
    static func commonPath(_ paths: [[Substring]]) -> String {
        guard let first = paths.first else { return "" }
        var length = 0
        while paths.allSatisfy({ $0.count > length + 1 && $0[length] == first[length] }) { length += 1 }
        return first.prefix(length).joined(separator: ".")
    }
}
