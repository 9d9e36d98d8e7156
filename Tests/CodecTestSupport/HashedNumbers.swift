public import Codec

/// Numbers made from a name, which `Fixtures/generate/hashed_numbers.py` makes too: goldens of nets with millions of parameters
/// need not store them.
public enum HashedNumbers {
    /// `count` words of 64 random bits: SplitMix64, started from the FNV-1a hash of the name.
    public static func bits(_ name: String, _ count: Int) -> [UInt64] {
        var state = start(name)
        return (0..<count).map { _ in next(&state) }
    }

    private static func start(_ name: String) -> UInt64 {
        var state: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in name.utf8 { state = (state ^ UInt64(byte)) &* 0x100_0000_01B3 }
        return state
    }

    private static func next(_ state: inout UInt64) -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// The sum of squares, and four sums with random signs. In this file, because a loop over millions of values needs its helpers inlined.
    static func sums(_ values: [Float]) -> (square: Double, signed: SIMD4<Double>) {
        var state = start("signs")
        var square = 0.0
        var signed = SIMD4<Double>()
        for value in values {
            let word = next(&state)
            let value = Double(value)
            square += value * value
            // A set bit is +1, a clear one −1.
            let signs = SIMD4<Double>(
                Double(Int64(word & 1)),
                Double(Int64(word >> 1 & 1)),
                Double(Int64(word >> 2 & 1)),
                Double(Int64(word >> 3 & 1))
            )
            signed += (2 * signs - 1) * value
        }
        return (square, signed)
    }

    /// Numbers in [−1, 1) on a grid of 2⁻²³.
    public static func uniform(_ name: String, _ shape: [Int]) -> Tensor {
        var state = start(name)
        return Tensor((0..<shape.reduce(1, *)).map { _ in Float(next(&state) >> 40) * 0x1p-23 - 1 }, shape: shape)
    }

    /// Fills a model's parameters and buffers by their names, as the script does.
    public static func fill(_ model: Layer) {
        for (name, tensor) in model.namedTensors {
            var values = uniform(name, tensor.shape)
            if name.hasSuffix("weight_g") {
                values = 1.4 + 0.3 * values
            } else if name.hasSuffix("bias") {
                values = 0.1 * values
            } else if name.hasSuffix("weight") || name.hasSuffix("weight_orig") {
                let fanIn = tensor.shape.dropFirst().reduce(1, *)
                values = values * Float(1.4 * (3 / Double(fanIn)).squareRoot())
            } else if tensor.rank == 1 {
                values = values / values.norm()
            }
            tensor.assign(values)
        }
    }
}
