import Foundation

/// A seeded random generator (xoshiro256**, Blackman and Vigna 2018, state filled by SplitMix64): equal seeds give equal numbers on every machine.
public struct RandomSource: RandomNumberGenerator, Sendable, Codable, Equatable {
    /// The four words that decide all numbers to come; give them to ``init(state:)`` to go on from here.
    public private(set) var state: [UInt64]

    /// A generator that goes on from a ``state``; `nil` unless it is four words that are not all 0.
    public init?(state: [UInt64]) {
        guard state.count == 4, state.contains(where: { $0 != 0 }) else { return nil }
        self.state = state
    }

    /// A generator for this seed.
    public init(seed: UInt64) {
        var value = seed
        state = (0..<4).map { _ in
            value &+= 0x9E37_79B9_7F4A_7C15
            var mixed = value
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }

    /// The next 64 random bits.
    public mutating func next() -> UInt64 {
        let product = state[1] &* 5
        let result = ((product << 7) | (product >> 57)) &* 9
        let shifted = state[1] << 17
        state[2] ^= state[0]
        state[3] ^= state[1]
        state[1] ^= state[2]
        state[0] ^= state[3]
        state[2] ^= shifted
        state[3] = (state[3] << 45) | (state[3] >> 19)
        return result
    }
}

extension RandomNumberGenerator {
    /// A number in [0, 1), on a grid of 2⁻²⁴.
    public mutating func uniform() -> Float { Float(next() >> 40) * 0x1p-24 }

    /// A normally distributed number (Box and Muller 1958), mean 0, standard deviation 1.
    public mutating func normal() -> Float {
        let radius = (-2 * log(1 - Double(next() >> 11) * 0x1p-53)).squareRoot()
        return Float(radius * cos(2 * Double.pi * Double(next() >> 11) * 0x1p-53))
    }
}

extension Tensor {
    /// Numbers from U(`lower`, `upper`).
    public static func uniform(
        _ shape: [Int],
        from lower: Float = 0,
        to upper: Float = 1,
        using random: inout some RandomNumberGenerator
    ) -> Tensor {
        Tensor((0..<shape.reduce(1, *)).map { _ in lower + (upper - lower) * random.uniform() }, shape: shape)
    }

    /// Numbers from N(0, `deviation`²).
    public static func normal(
        _ shape: [Int],
        deviation: Float = 1,
        using random: inout some RandomNumberGenerator
    ) -> Tensor {
        Tensor((0..<shape.reduce(1, *)).map { _ in deviation * random.normal() }, shape: shape)
    }
}
