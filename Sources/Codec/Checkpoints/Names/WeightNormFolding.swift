/// Weight normalisation, `w = g · v / ‖v‖` with one norm per index of the first dimension (Salimans and Kingma 2016), as
/// checkpoints keep it: `weight_g` and `weight_v`, or one plain `weight` when it was folded.
public enum WeightNormFolding {
    /// A direction and a length whose product is `weight`: `v` is `weight` itself and `g` its norms.
    ///
    /// A row of zeros gets the length 0 and a direction of ones, so that `g · v / ‖v‖` is zero again and not NaN.
    /// NaN in a row makes its length NaN.
    /// - Parameters:
    ///   - weight: row-major values; any values.
    ///   - rows: length of the first dimension; must divide the number of values.
    /// - Returns: `g` with one value per row, `v` with as many values as `weight`.
    public static func split(_ weight: [Float], rows: Int) -> (g: [Float], v: [Float]) {
        precondition(
            rows >= 0 && (rows == 0 ? weight.isEmpty : weight.count % rows == 0),
            "rows must divide the weight"
        )
        guard rows > 0 else { return ([], []) }
        var v = weight
        let length = weight.count / rows
        let g = (0..<rows).map { row in
            let values = weight[(row * length)..<((row + 1) * length)]
            let norm = norm(values)
            if norm == 0 {
                v.replaceSubrange((row * length)..<((row + 1) * length), with: repeatElement(1, count: length))
            }
            return norm
        }
        return (g, v)
    }

    /// The weight that a length and a direction stand for. A direction of zeros gives NaN, as in PyTorch.
    /// - Parameters:
    ///   - g: one value per row.
    ///   - v: row-major values; as many rows as `g` has values.
    /// - Returns: `g · v / ‖v‖`.
    public static func fold(g: [Float], v: [Float]) -> [Float] {
        precondition(g.isEmpty ? v.isEmpty : v.count % g.count == 0, "g must have one value per row of v")
        guard !g.isEmpty else { return [] }
        let length = v.count / g.count
        var weight = v
        for row in g.indices {
            let scale = g[row] / norm(v[(row * length)..<((row + 1) * length)])
            for index in (row * length)..<((row + 1) * length) { weight[index] = v[index] * scale }
        }
        return weight
    }

    /// `split(_:rows:)` of a tensor: `g` has the shape `[C, 1, …]`.
    public static func split(_ weight: Tensor) -> (g: Tensor, v: Tensor) {
        precondition(weight.rank > 0, "a scalar has no rows")
        let (g, v) = split(weight.values, rows: weight.shape[0])
        let ones = [Int](repeating: 1, count: weight.rank - 1)
        return (Tensor(g, shape: [weight.shape[0]] + ones), Tensor(v, shape: weight.shape))
    }

    /// `fold(g:v:)` of tensors.
    public static func fold(g: Tensor, v: Tensor) -> Tensor {
        Tensor(fold(g: g.values, v: v.values), shape: v.shape)
    }

    private static func norm(_ values: ArraySlice<Float>) -> Float {
        Float(values.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot())
    }
}

extension StateDictionary {
    /// The same weights under the names that `model` has: a plain `weight` becomes `weight_g` and `weight_v` where the
    /// model normalises, and the reverse. Everything else stays, in place.
    public func fitted(to model: Layer) -> StateDictionary {
        let wanted = Set(model.namedTensors.map(\.name))
        var result = StateDictionary()
        for (name, tensor) in entries {
            if wanted.contains(name) {
                result[name] = tensor
            } else if name.hasSuffix("weight"), wanted.contains(name + "_g"), wanted.contains(name + "_v"),
                tensor.rank > 0
            {
                let (g, v) = WeightNormFolding.split(tensor)
                result[name + "_g"] = g
                result[name + "_v"] = v
            } else if name.hasSuffix("weight_g"), case let plain = String(name.dropLast(2)), wanted.contains(plain),
                let v = self[plain + "_v"], v.rank > 0, v.shape[0] == tensor.count
            {
                result[plain] = WeightNormFolding.fold(g: tensor, v: v)
            } else if name.hasSuffix("weight_v"), wanted.contains(String(name.dropLast(2))) {
                continue
            } else {
                result[name] = tensor
            }
        }
        return result
    }
}
