/// How a convolution's weight is parametrised, and so what its tensors are called.
public enum WeightNormalization: Sendable, Hashable, Codable {
    /// `weight`, `bias`.
    case none
    /// `bias`, `weight_g`, `weight_v`: w = g·v/‖v‖, one norm per index of dimension 0 (Salimans and Kingma 2016, arXiv:1602.07868),
    /// which for a transposed convolution is the input channel.
    case weight
    /// `bias`, `weight_orig` and buffers `weight_u`, `weight_v`: the weight over its largest singular value, estimated by one power
    /// iteration per training step (Miyato et al. 2018, arXiv:1802.05957).
    case spectral
}

/// A convolution's weight under its normalisation: the tensors that are stored, and the weight made from them.
final class NormalizedWeight {
    let normalization: WeightNormalization
    /// `weight`, `weight_v` or `weight_orig`.
    let raw: Tensor
    /// `weight_g`, the wanted norms.
    private let norms: Tensor?
    /// `weight_u` and `weight_v` of the spectral norm: estimates of the largest singular vectors.
    private let singular: (left: Tensor, right: Tensor)?
    /// The dimension whose indices are the rows of the spectral norm's matrix.
    private let spectralDimension: Int
    private var folded: (versions: [Int], weight: Tensor.FoldedWeight)?
    private var spectral: (versions: [Int], weight: Tensor)?

    /// Draws a weight from U(±1/√fanIn) with fanIn = shape[1]·kernel, PyTorch's default for convolutions of both kinds.
    /// The norms begin as the weight's own, so that the folded weight is what was drawn.
    init(
        _ shape: [Int],
        normalization: WeightNormalization,
        spectralDimension: Int = 0,
        using random: inout some RandomNumberGenerator
    ) {
        self.normalization = normalization
        self.spectralDimension = spectralDimension
        raw = .parameter(uniform: NormalizedWeight.bound(shape), shape, using: &random)
        let isFilled = !(random is NoInitialValues)
        norms =
            normalization == .weight
            ? NormalizedWeight.norms(of: raw, isFilled: isFilled) : nil
        if normalization == .spectral {
            let rows = shape[spectralDimension]
            func direction(_ count: Int) -> Tensor {
                let vector = Tensor.normal([count], using: &random).values
                let norm = vector.reduce(Float(0)) { $0 + $1 * $1 }.squareRoot()
                return Tensor(vector.map { $0 / max(norm, 1e-12) }, shape: [count])
            }
            singular = (direction(rows), direction(raw.count / rows))
        } else {
            singular = nil
        }
    }

    /// PyTorch's default bound for the weight and the bias of a convolution.
    static func bound(_ shape: [Int]) -> Float { 1 / Float(shape.dropFirst().reduce(1, *)).squareRoot() }

    var parameters: [(name: String, tensor: Tensor)] {
        switch normalization {
        case .none: [("weight", raw)]
        case .weight: (norms.map { [("weight_g", $0)] } ?? []) + [("weight_v", raw)]
        case .spectral: [("weight_orig", raw)]
        }
    }

    var buffers: [(name: String, tensor: Tensor)] {
        singular.map { [("weight_u", $0.left), ("weight_v", $0.right)] } ?? []
    }

    /// Parameters of a layer with this weight, in PyTorch's order: a normalised weight is registered after the bias.
    func parameters(with bias: Tensor?) -> [(name: String, tensor: Tensor)] {
        let bias = bias.map { [(name: "bias", tensor: $0)] } ?? []
        return normalization == .none ? parameters + bias : bias + parameters
    }

    /// The weight to convolve with. Its values are computed once and kept until a stored tensor changes, so that a step's passes
    /// over real and decoded audio and one through a frozen net share them.
    func weight(isTraining: Bool) -> Tensor {
        switch normalization {
        case .none: return raw
        case .weight:
            guard let norms else { return raw }
            if let folded, folded.versions == versions {
                return .weightNormalized(v: raw, g: norms, folded: folded.weight)
            }
            folded = nil
            let weight = Tensor.FoldedWeight(v: raw, g: norms)
            folded = (versions, weight)
            return .weightNormalized(v: raw, g: norms, folded: weight)
        case .spectral:
            if GradientMode.isRecording || isTraining { return spectralWeight(isTraining: isTraining) }
            if let spectral, spectral.versions == versions { return spectral.weight }
            let weight = spectralWeight(isTraining: false)
            spectral = (versions, weight)
            return weight
        }
    }

    private var versions: [Int] {
        (parameters + buffers).map(\.tensor.storage.version)
    }

    private func spectralWeight(isTraining: Bool) -> Tensor {
        guard let singular else { return raw }
        let rowsFirst = raw.transposed(0, spectralDimension)
        return Tensor.spectralNormalized(
            weight: rowsFirst,
            u: singular.left,
            v: singular.right,
            training: isTraining,
            epsilon: 1e-12
        ).transposed(0, spectralDimension)
    }

    /// What `name` is when a dictionary stores the weight in another form.
    func substitute(for name: String, from stored: (String) -> Tensor?) -> Tensor? {
        func parametrization(_ part: String) -> Tensor? { stored("parametrizations.weight.\(part)") }
        switch (normalization, name) {
        case (.none, "weight"):
            guard let norms = stored("weight_g") ?? parametrization("original0"),
                let direction = stored("weight_v") ?? parametrization("original1")
            else { return nil }
            guard norms.count == direction.shape.first else { return direction }
            return withoutGradients { .weightNormalized(v: direction, g: norms.reshaped(columnShape(of: direction))) }
        case (.weight, "weight_g"):
            return parametrization("original0") ?? stored("weight").map { NormalizedWeight.norms(of: $0) }
        case (.weight, "weight_v"):
            return parametrization("original1") ?? stored("weight").map { NormalizedWeight.withoutZeroRows($0) }
        case (.spectral, "weight_orig"): return parametrization("original") ?? stored("weight")
        case (.spectral, "weight_u"): return parametrization("0._u")
        case (.spectral, "weight_v"): return parametrization("0._v")
        default: return nil
        }
    }

    /// A row of zeros has the norm 0 and no direction, which would make the folded weight NaN; any direction gives zeros back.
    private static func withoutZeroRows(_ weight: Tensor) -> Tensor {
        let length = weight.count / max(1, weight.shape.first ?? 1)
        let zeroRows = norms(of: weight).values.enumerated().filter { $0.element == 0 }.map(\.offset)
        guard !zeroRows.isEmpty else { return weight }
        var values = weight.values
        for row in zeroRows {
            for index in (row * length)..<((row + 1) * length) { values[index] = 1 }
        }
        return Tensor(values, shape: weight.shape)
    }

    /// `[n, 1, …]`: one value for each index of dimension 0.
    private func columnShape(of tensor: Tensor) -> [Int] {
        tensor.shape.enumerated().map { $0.offset == 0 ? $0.element : 1 }
    }

    /// ‖v‖ over all dimensions but the first, with that shape: `[n, 1, …]`.
    private static func norms(of tensor: Tensor, isFilled: Bool = true) -> Tensor {
        let rows = tensor.shape.first ?? 0
        let shape = [rows] + [Int](repeating: 1, count: max(0, tensor.rank - 1))
        let norms = TensorStorage(count: rows, repeating: 0)
        if isFilled, rows > 0 {
            let length = tensor.count / rows
            tensor.storage.withSpan { values in
                norms.withMutableSpan { norms in
                    for row in 0..<rows {
                        var square = 0.0
                        for index in (row * length)..<((row + 1) * length) {
                            square += Double(values[index]) * Double(values[index])
                        }
                        norms[row] = Float(square.squareRoot())
                    }
                }
            }
        }
        return Tensor(storage: norms, shape: shape, requiresGradient: true)
    }
}
