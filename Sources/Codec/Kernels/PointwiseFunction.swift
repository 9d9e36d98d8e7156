import CKernels

/// A function of one variable applied to every value, and how its gradient comes back.
struct PointwiseFunction: Sendable {
    /// What the gradient is computed from.
    enum Saved { case input, output, nothing }

    typealias Value = @Sendable (UnsafePointer<Float>, UnsafeMutablePointer<Float>, Int) -> Void
    typealias Gradient =
        @Sendable (UnsafePointer<Float>, UnsafePointer<Float>, UnsafeMutablePointer<Float>, Int) -> Void

    let name: String
    let saved: Saved
    let value: Value
    /// (saved, gradient of the result, gradient of the input, count); where nothing is saved, the first is the second.
    let gradient: Gradient

    init(_ name: String, saving saved: Saved, _ value: @escaping Value, gradient: @escaping Gradient) {
        self.name = name
        self.saved = saved
        self.value = value
        self.gradient = gradient
    }
}

extension PointwiseFunction {
    static let negated = PointwiseFunction("negation", saving: .nothing, { ck_negate($0, $1, $2) }) {
        ck_negate($1, $2, $3)
    }
    static let squared = PointwiseFunction("squared", saving: .input, { ck_square($0, $1, $2) }) {
        ck_square_gradient($0, $1, $2, $3)
    }
    static let squareRoot = PointwiseFunction("squareRoot", saving: .output, { ck_square_root($0, $1, $2) }) {
        ck_square_root_gradient($0, $1, $2, $3)
    }
    static let absolute = PointwiseFunction("absolute", saving: .input, { ck_absolute($0, $1, $2) }) {
        ck_absolute_gradient($0, $1, $2, $3)
    }
    static let exponential = PointwiseFunction("exponential", saving: .output, { ck_exponential($0, $1, $2) }) {
        ck_multiply($0, $1, $2, $3)
    }
    static let logarithm = PointwiseFunction("logarithm", saving: .input, { ck_logarithm($0, $1, $2) }) {
        ck_divide($1, $0, $2, $3)
    }
    static let log10 = PointwiseFunction("log10", saving: .input, { ck_logarithm10($0, $1, $2) }) {
        ck_logarithm10_gradient($0, $1, $2, $3)
    }
    static let sine = PointwiseFunction("sine", saving: .input, { ck_sine($0, $1, $2) }) {
        ck_sine_gradient($0, $1, $2, $3)
    }
    static let cosine = PointwiseFunction("cosine", saving: .input, { ck_cosine($0, $1, $2) }) {
        ck_cosine_gradient($0, $1, $2, $3)
    }
    static let tanh = PointwiseFunction("tanh", saving: .output, { ck_tanh($0, $1, $2) }) {
        ck_tanh_gradient($0, $1, $2, $3)
    }
    static let sigmoid = PointwiseFunction("sigmoid", saving: .output, { ck_sigmoid($0, $1, $2) }) {
        ck_sigmoid_gradient($0, $1, $2, $3)
    }
    static let softplus = PointwiseFunction("softplus", saving: .input, { ck_softplus($0, $1, $2) }) {
        ck_softplus_gradient($0, $1, $2, $3)
    }

    static let relu = PointwiseFunction("relu", saving: .input, { ck_relu($0, $1, $2) }) {
        ck_relu_gradient($0, $1, $2, $3)
    }

    static func power(_ exponent: Float) -> PointwiseFunction {
        PointwiseFunction("power", saving: .input, { ck_power($0, exponent, $1, $2) }) {
            ck_power_gradient($0, exponent, $1, $2, $3)
        }
    }
    static func maximum(_ floor: Float) -> PointwiseFunction {
        PointwiseFunction("maximum", saving: .input, { ck_maximum($0, floor, $1, $2) }) {
            ck_maximum_gradient($0, floor, $1, $2, $3)
        }
    }
    static func clamped(_ low: Float, _ high: Float) -> PointwiseFunction {
        PointwiseFunction("clamped", saving: .input, { ck_clamp($0, low, high, $1, $2) }) {
            ck_clamp_gradient($0, low, high, $1, $2, $3)
        }
    }
    static func leakyRelu(_ slope: Float) -> PointwiseFunction {
        PointwiseFunction("leakyRelu", saving: .input, { ck_leaky_relu($0, slope, $1, $2) }) {
            ck_leaky_relu_gradient($0, slope, $1, $2, $3)
        }
    }
    static func elu(_ alpha: Float) -> PointwiseFunction {
        PointwiseFunction("elu", saving: .input, { ck_elu($0, alpha, $1, $2) }) {
            ck_elu_gradient($0, alpha, $1, $2, $3)
        }
    }
    static func scaled(_ factor: Float) -> PointwiseFunction {
        PointwiseFunction("multiplication", saving: .nothing, { ck_multiply_number($0, factor, $1, $2) }) {
            ck_multiply_number($1, factor, $2, $3)
        }
    }
    static func divided(by divisor: Float) -> PointwiseFunction {
        PointwiseFunction("division", saving: .nothing, { ck_divide_number($0, divisor, $1, $2) }) {
            ck_divide_number($1, divisor, $2, $3)
        }
    }
}
