import Synchronization

extension STFTConfiguration {
    // Cosines of a long window cost as much as its transform, and training asks for the same few windows in every step.
    private static let known = Mutex<[STFTConfiguration: [Float]]>([:])

    /// The window's weights with normalization, as long as the transform.
    var weights: [Float] {
        Self.known.withLock { known in
            if let weights = known[self] { return weights }
            let weights = computedWeights
            known[self] = weights
            return weights
        }
    }

    private var computedWeights: [Float] {
        let weights = window.weights(windowLength)
        let scale =
            switch normalization {
            case .none: 1.0
            case .transformLength: 1 / Double(transformLength).squareRoot()
            case .windowEnergy: 1 / weights.reduce(0) { $0 + $1 * $1 }.squareRoot()
            }
        let left = (transformLength - windowLength) / 2
        let right = transformLength - windowLength - left
        return [Float](repeating: 0, count: left) + weights.map { Float($0 * scale) }
            + [Float](repeating: 0, count: right)
    }
}
