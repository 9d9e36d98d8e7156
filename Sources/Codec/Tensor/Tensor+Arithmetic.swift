extension Tensor {
    /// The sum, with NumPy's broadcasting: sizes are aligned at the last dimension and a size of 1 stands for any.
    public static func + (a: Tensor, b: Tensor) -> Tensor {
        let (shapeA, shapeB) = (a.shape, b.shape)
        return combined(.add, a, b) { [$0.summed(to: shapeA), $0.summed(to: shapeB)] }
    }

    /// The difference, with NumPy's broadcasting.
    public static func - (a: Tensor, b: Tensor) -> Tensor {
        let (shapeA, shapeB) = (a.shape, b.shape)
        let needsB = b.requiresGradient
        return combined(.subtract, a, b) { [$0.summed(to: shapeA), needsB ? -$0.summed(to: shapeB) : nil] }
    }

    /// The product, with NumPy's broadcasting.
    public static func * (a: Tensor, b: Tensor) -> Tensor {
        let (valueA, valueB) = (a.detached(), b.detached())
        let (needsA, needsB) = (a.requiresGradient, b.requiresGradient)
        return combined(.multiply, a, b) { gradient in
            [
                needsA ? (gradient * valueB).summed(to: valueA.shape) : nil,
                needsB ? (gradient * valueA).summed(to: valueB.shape) : nil,
            ]
        }
    }

    /// The quotient, with NumPy's broadcasting. x/0 is infinite, 0/0 NaN.
    public static func / (a: Tensor, b: Tensor) -> Tensor {
        let (valueA, valueB) = (a.detached(), b.detached())
        let (needsA, needsB) = (a.requiresGradient, b.requiresGradient)
        return combined(.divide, a, b) { gradient in
            let scaled = gradient / valueB
            return [
                needsA ? scaled.summed(to: valueA.shape) : nil,
                needsB ? -(scaled * (valueA / valueB)).summed(to: valueB.shape) : nil,
            ]
        }
    }

    /// The negative of every value.
    public static prefix func - (a: Tensor) -> Tensor { a.applying(.negated) }

    /// Adds a number to every value.
    public static func + (a: Tensor, number: Float) -> Tensor { a.shifted(.add, by: number) }

    /// Adds a number to every value.
    public static func + (number: Float, a: Tensor) -> Tensor { a.shifted(.add, by: number) }

    /// Subtracts a number from every value.
    public static func - (a: Tensor, number: Float) -> Tensor { a.shifted(.subtract, by: number) }

    /// Subtracts every value from a number.
    public static func - (number: Float, a: Tensor) -> Tensor { Tensor(number) - a }

    /// Multiplies every value by a number.
    public static func * (a: Tensor, number: Float) -> Tensor { a.applying(.scaled(number)) }

    /// Multiplies every value by a number.
    public static func * (number: Float, a: Tensor) -> Tensor { a.applying(.scaled(number)) }

    /// Divides every value by a number.
    public static func / (a: Tensor, number: Float) -> Tensor { a.applying(.divided(by: number)) }

    /// Divides a number by every value.
    public static func / (number: Float, a: Tensor) -> Tensor { Tensor(number) / a }

    private func shifted(_ operation: Arithmetic, by number: Float) -> Tensor {
        let result = BroadcastKernel.combine(operation, storage, shape, TensorStorage([number]), [], shape: shape)
        return Tensor(operation: "addition", storage: result, shape: shape, inputs: [self]) { [$0] }
    }

    private static func combined(
        _ operation: Arithmetic,
        _ a: Tensor,
        _ b: Tensor,
        backward: @escaping (Tensor) -> [Tensor?]
    ) -> Tensor {
        guard let shape = BroadcastKernel.shape(a.shape, b.shape) else {
            preconditionFailure("\(operation): shapes \(a.shape) and \(b.shape) do not broadcast")
        }
        return Tensor(
            operation: "\(operation)",
            storage: BroadcastKernel.combine(operation, a.storage, a.shape, b.storage, b.shape, shape: shape),
            shape: shape,
            inputs: [a, b],
            backward: backward
        )
    }

    /// The transpose of broadcasting: sums over the dimensions along which `target` was repeated to this tensor's shape.
    func summed(to target: [Int]) -> Tensor {
        guard target != shape else { return self }
        let leading = rank - target.count
        let repeated = shape.indices.filter { $0 < leading || (target[$0 - leading] == 1 && shape[$0] != 1) }
        return sum(dimensions: repeated, keepingDimensions: true).reshaped(target)
    }
}
