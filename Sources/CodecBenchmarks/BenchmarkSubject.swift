import Codec

/// A layer, loss or model with inputs, ready to run.
struct BenchmarkSubject: Runnable {
    /// The forward pass.
    let run: () -> Tensor
    /// Tensors whose gradients are wanted.
    private let leaves: [Tensor]
    /// Prepares for what a mode wants gradients of.
    private var prepare: (BenchmarkRequest.Mode) -> Void = { _ in }

    /// Runs once.
    func run(_ mode: BenchmarkRequest.Mode) {
        prepare(mode)
        if mode == .forward { return withoutGradients { _ = run() } }
        let output = run()
        output.backward(from: Tensor(repeating: 1, shape: output.shape))
        for leaf in leaves { leaf.clearGradient() }
    }

    /// Builds what the case describes, on seeded random values.
    init(_ description: BenchmarkCase) throws {
        var random = RandomSource(seed: 0)
        func leaf(_ shape: [Int]) -> Tensor {
            Tensor(Tensor.normal(shape, deviation: 0.1, using: &random).values, shape: shape, requiresGradient: true)
        }
        let shape = description.input ?? []
        switch description.kind {
        case .conv1d, .conv2d, .convTranspose1d:
            let weightShape = description.weight ?? []
            let (x, w) = (leaf(shape), leaf(weightShape))
            let b = leaf([description.kind == .convTranspose1d ? weightShape[1] : weightShape[0]])
            let (stride, padding) = (description.stride ?? [1], description.padding ?? [0])
            let (dilation, groups) = (description.dilation ?? [1], description.groups ?? 1)
            leaves = [x, w, b]
            switch description.kind {
            case .conv2d:
                run = {
                    x.conv2d(
                        w,
                        bias: b,
                        stride: (stride[0], stride[1]),
                        padding: (padding[0], padding[1]),
                        dilation: (dilation[0], dilation[1]),
                        groups: groups
                    )
                }
            case .convTranspose1d:
                run = { x.convTranspose1d(w, bias: b, stride: stride[0], padding: padding[0]) }
            default:
                run = {
                    x.conv1d(
                        w,
                        bias: b,
                        stride: stride[0],
                        padding: (padding[0], padding[0]),
                        dilation: dilation[0],
                        groups: groups
                    )
                }
            }
        case .snake:
            let (x, alpha) = (leaf(shape), Tensor(repeating: 1, shape: [1, shape[1], 1], requiresGradient: true))
            leaves = [x, alpha]
            run = { x.snake(alpha: alpha) }
        case .weightNorm:
            let v = leaf(description.weight ?? [])
            let g = leaf([v.shape[0], 1, 1])
            leaves = [v, g]
            run = { Tensor.weightNormalized(v: v, g: g) }
        case .lstm:
            let (x, size) = (leaf(shape), shape[2])
            let (inputs, recurrence) = (leaf([4 * size, size]), leaf([4 * size, size]))
            let (inputBias, recurrentBias) = (leaf([4 * size]), leaf([4 * size]))
            leaves = [x, inputs, recurrence, inputBias, recurrentBias]
            run = {
                x.lstm(
                    inputWeight: inputs,
                    recurrentWeight: recurrence,
                    inputBias: inputBias,
                    recurrentBias: recurrentBias
                )
            }
        case .melLoss:
            let (x, y) = (leaf(shape), Tensor.normal(shape, deviation: 0.1, using: &random))
            let loss = MelSpectrogramLoss.dac(sampleRate: description.sampleRate ?? 44_100)
            leaves = [x]
            run = { loss(x, reference: y) }
        case .stftLoss:
            let (x, y) = (leaf(shape), Tensor.normal(shape, deviation: 0.1, using: &random))
            let loss = MultiScaleSTFTLoss()
            leaves = [x]
            run = { loss(x, reference: y) }
        case .dac:
            let configuration: DACConfiguration = description.preset == "24 kHz" ? .dac24kHz : .dac44kHz
            let model = DAC(configuration: configuration, using: &random)
            let samples = Int((description.seconds ?? 1) * Double(configuration.sampleRate))
            let audio = try model.preprocess(Tensor.normal([1, 1, samples], deviation: 0.1, using: &random))
            leaves = []
            run = {
                guard let coded = try? model.encode(audio) else { preconditionFailure("the audio fits the model") }
                return model.decode(coded.z)
            }
        case .trainingStep: preconditionFailure("a training step is a TrainingSubject")
        case .discriminator:
            let net = Discriminator(description.preset == "dac" ? .dac() : .originGrouped(), using: &random)
            let audio = leaf(shape)
            let parameters = net.namedParameters.map(\.tensor)
            leaves = parameters + [audio]
            let loss = AdversarialLoss(.leastSquares, reduction: .sum)
            var input = audio
            run = { loss.generator(decoded: net.output(of: input)).total }
            prepare = { mode in
                net.setParametersNeedGradients(mode == .backward || mode == .backwardChanged)
                if mode == .backwardChanged { for tensor in parameters { tensor.storage.withMutableSpan { _ in } } }
                input = mode == .backwardInput ? audio : audio.detached()
            }
        }
    }
}
