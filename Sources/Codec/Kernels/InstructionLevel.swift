import CKernels

/// The instruction sets the convolution kernels are compiled for.
public enum InstructionLevel: Int, CaseIterable, Comparable, Sendable, CustomStringConvertible {
    /// What every processor of the architecture has.
    case portable
    /// x86-64-v3: vectors of 8, fused multiply-add.
    case avx2
    /// x86-64-v4: vectors of 16.
    case avx512

    /// The best one this processor has.
    public static var supported: InstructionLevel {
        InstructionLevel(rawValue: Int(ck_level_supported().rawValue)) ?? .portable
    }

    /// The usual name.
    public var description: String {
        switch self {
        case .portable: "portable"
        case .avx2: "AVX2"
        case .avx512: "AVX-512"
        }
    }

    /// By what a processor must be able to do.
    public static func < (left: InstructionLevel, right: InstructionLevel) -> Bool { left.rawValue < right.rawValue }

    var kernelLevel: ck_level { ck_level(rawValue: UInt32(rawValue)) }
}
