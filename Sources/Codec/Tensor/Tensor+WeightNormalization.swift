extension Tensor {
    /// Weight normalisation (Salimans and Kingma 2016) over dimension 0: w = g·v/‖v‖, one norm per first index over all others.
    ///
    /// `v` is `[N, …]` and `g` has N values, `[N, 1, …]`. For a transposed convolution PyTorch's v is `[Cin, Cout, K]`,
    /// so N is Cin. There is no ε: a row of zeros becomes NaN.
    public static func weightNormalized(v: Tensor, g: Tensor) -> Tensor {
        weightNormalized(v: v, g: g, folded: FoldedWeight(v: v, g: g))
    }

    /// ``weightNormalized(v:g:)`` whose values were computed before.
    static func weightNormalized(v: Tensor, g: Tensor, folded: FoldedWeight) -> Tensor {
        let (rows, length) = (v.shape[0], v.shape[1...].reduce(1, *))
        let (direction, size, shapes, norms) = (v.storage, g.storage, (v.shape, g.shape), folded.norms)
        return Tensor(operation: "weightNormalized", storage: folded.values, shape: v.shape, inputs: [v, g]) {
            gradient in
            let gradients = WeightNormalizationKernel.backward(
                gradient.storage,
                direction,
                size,
                norms: norms,
                rows: rows,
                length: length
            )
            return [Tensor(storage: gradients.v, shape: shapes.0), Tensor(storage: gradients.g, shape: shapes.1)]
        }
    }

    /// The values of a weight under weight normalisation, and what going back needs besides v and g.
    struct FoldedWeight {
        let values: TensorStorage, norms: TensorStorage

        init(v: Tensor, g: Tensor) {
            precondition(
                v.rank > 0 && g.count == v.shape[0] && g.shape.first == v.shape[0],
                "weightNormalized: g \(g.shape) needs one value per row of v \(v.shape)"
            )
            let (rows, length) = (v.shape[0], v.shape[1...].reduce(1, *))
            (values, norms) = WeightNormalizationKernel.forward(v.storage, g.storage, rows: rows, length: length)
        }
    }

    /// Spectral normalisation (Miyato et al. 2018) over dimension 0, as `torch.nn.utils.spectral_norm`: w / σ with σ = uᵀ·W·v,
    /// W the weight as a matrix `[N, rest]`.
    ///
    /// When `training`, one step of the power iteration first replaces the buffers `u` `[N]` and `v` `[rest]`.
    /// The gradient takes u and v as constants.
    public static func spectralNormalized(
        weight: Tensor,
        u: Tensor,
        v: Tensor,
        training: Bool,
        epsilon: Float = 1e-12
    ) -> Tensor {
        precondition(
            weight.rank > 0 && u.shape == [weight.shape[0]] && v.count * u.count == weight.count && v.rank == 1,
            "spectralNormalized: u \(u.shape) and v \(v.shape) do not fit the weight \(weight.shape)"
        )
        let matrix = weight.reshaped([u.count, v.count])
        if training {
            withoutGradients {
                v.assign(unit(u.reshaped([1, u.count]).matmul(matrix).reshaped([v.count]), epsilon))
                u.assign(unit(matrix.matmul(v.reshaped([v.count, 1])).reshaped([u.count]), epsilon))
            }
        }
        let (left, right) = (u.copied().reshaped([1, u.count]), v.copied().reshaped([v.count, 1]))
        return weight / left.matmul(matrix.matmul(right)).reshaped([])
    }

    private static func unit(_ vector: Tensor, _ epsilon: Float) -> Tensor { vector / max(vector.norm().item, epsilon) }
}
