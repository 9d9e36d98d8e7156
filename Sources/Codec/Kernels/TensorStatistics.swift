/// Size, spread and non-finite values of a tensor. NaN and infinite values are counted and left out of everything else.
public struct TensorStatistics: Hashable, Sendable {
    /// Number of elements.
    public private(set) var count = 0
    /// Number of NaN.
    public private(set) var nanCount = 0
    /// Number of +∞.
    public private(set) var positiveInfinityCount = 0
    /// Number of −∞.
    public private(set) var negativeInfinityCount = 0
    /// Number of elements equal to zero.
    public private(set) var zeroCount = 0
    /// Smallest finite value; NaN when there is none.
    public private(set) var minimum = Float.nan
    /// Largest finite value; NaN when there is none.
    public private(set) var maximum = Float.nan
    /// Sum of the squares of the finite values.
    public private(set) var sumOfSquares = 0.0
    /// Sum of the magnitudes of the finite values.
    public private(set) var sumOfMagnitudes = 0.0

    /// Of no elements.
    public init() {}

    /// Of these values.
    public init(_ values: [Float]) {
        values.withUnsafeBufferPointer { add($0) }
    }

    /// Number of NaN and infinite elements.
    public var nonFiniteCount: Int { nanCount + positiveInfinityCount + negativeInfinityCount }
    /// Number of finite elements.
    public var finiteCount: Int { count - nonFiniteCount }
    /// Euclidean norm of the finite values.
    public var norm: Double { sumOfSquares.squareRoot() }
    /// Mean magnitude of the finite values; NaN when there is none.
    public var meanMagnitude: Double { sumOfMagnitudes / Double(finiteCount) }
    /// Share of zeros, 0…1; NaN without elements.
    public var zeroFraction: Double { Double(zeroCount) / Double(count) }

    /// Adds more elements.
    mutating func add(_ values: UnsafeBufferPointer<Float>) {
        var start = 0
        while start < values.count {
            let end = min(start + Self.blockLength, values.count)
            addBlock(UnsafeBufferPointer(rebasing: values[start..<end]))
            start = end
        }
    }

    /// Adds what `other` counted.
    mutating func add(_ other: TensorStatistics) {
        count += other.count
        nanCount += other.nanCount
        positiveInfinityCount += other.positiveInfinityCount
        negativeInfinityCount += other.negativeInfinityCount
        zeroCount += other.zeroCount
        sumOfSquares += other.sumOfSquares
        sumOfMagnitudes += other.sumOfMagnitudes
        include(minimum: other.minimum, maximum: other.maximum)
    }

    /// Elements whose sums are kept in float32 before they go into the double sums: 8 columns of 128, whose rounding
    /// errors stay below 1e-5 of the block.
    private static var blockLength: Int { 1024 }

    private mutating func include(minimum low: Float, maximum high: Float) {
        if !low.isNaN, !(minimum <= low) { minimum = low }
        if !high.isNaN, !(maximum >= high) { maximum = high }
    }

    /// Takes a block for finite and ordinary; when its sums say otherwise, looks at each element.
    private mutating func addBlock(_ values: UnsafeBufferPointer<Float>) {
        guard let base = values.baseAddress, values.count >= 8 else { return addOneByOne(values) }
        let raw = UnsafeRawPointer(base)
        var squares = SIMD8<Float>()
        var magnitudes = SIMD8<Float>()
        var low = SIMD8<Float>(repeating: .infinity)
        var high = SIMD8<Float>(repeating: -.infinity)
        var zeros = SIMD8<Int32>()
        let one = SIMD8<Int32>(repeating: 1)
        let end = values.count / 8 * 8
        for i in stride(from: 0, to: end, by: 8) {
            let value = raw.loadUnaligned(fromByteOffset: i * 4, as: SIMD8<Float>.self)
            squares += value * value
            magnitudes += unsafeBitCast(
                unsafeBitCast(value, to: SIMD8<UInt32>.self) & 0x7FFF_FFFF,
                to: SIMD8<Float>.self
            )
            low.replace(with: value, where: value .< low)
            high.replace(with: value, where: value .> high)
            zeros.replace(with: zeros &+ one, where: value .== 0)
        }
        let magnitude = Double(magnitudes.sum())
        let square = Double(squares.sum())
        // A NaN or an infinity makes the first sum non-finite; squares may overflow or vanish in float32.
        guard magnitude.isFinite, square.isFinite, square > 1e-24 || magnitude == 0 else { return addOneByOne(values) }
        count += end
        zeroCount += Int(zeros.wrappedSum())
        sumOfMagnitudes += magnitude
        sumOfSquares += square
        include(minimum: low.min(), maximum: high.max())
        if end < values.count { addOneByOne(UnsafeBufferPointer(rebasing: values[end...])) }
    }

    private mutating func addOneByOne(_ values: UnsafeBufferPointer<Float>) {
        count += values.count
        for value in values {
            if value.isNaN {
                nanCount += 1
            } else if value.isInfinite {
                if value > 0 { positiveInfinityCount += 1 } else { negativeInfinityCount += 1 }
            } else {
                if value == 0 { zeroCount += 1 }
                sumOfMagnitudes += Double(value.magnitude)
                sumOfSquares += Double(value) * Double(value)
                include(minimum: value, maximum: value)
            }
        }
    }
}
