import Foundation

/// The weights of the samples of one frame, periodic, as SciPy's and audiotools' `get_window` return them.
public enum Window: String, Sendable, Codable, CaseIterable {
    /// ½ − ½·cos(2πi/n).
    case hann
    /// The square root of ``hann``.
    case squareRootHann = "sqrt_hann"
    /// 1/n everywhere.
    case average
    /// 1 everywhere.
    case rectangular = "boxcar"

    /// `length` weights, computed in double precision.
    public func weights(_ length: Int) -> [Double] {
        (0..<length).map { index in
            let hann = 0.5 - 0.5 * cos(2 * Double.pi * Double(index) / Double(length))
            return switch self {
            case .hann: hann
            case .squareRootHann: hann.squareRoot()
            case .average: 1 / Double(length)
            case .rectangular: 1
            }
        }
    }
}
