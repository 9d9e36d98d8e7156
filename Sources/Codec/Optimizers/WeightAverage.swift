import Foundation

/// A running average of a network's weights, which often decodes better than the last weights do.
///
/// After n updates it is Σ dⁿ⁻ᵏ·wₖ / Σ dⁿ⁻ᵏ over the weights wₖ after update k: the first weights do not count, as in audiocraft
/// (`ModuleDictEMA` with `unbias`). One pass over memory per update.
public final class WeightAverage {
    /// The share of the past that each update keeps, 0…1 without 1.
    public let decay: Double
    /// The average of each parameter, of its shape, in the parameters' order.
    public let values: [Tensor]
    /// How often ``update()`` was called.
    public private(set) var updates = 0

    private let parameters: [Tensor]

    /// An average of these parameters; before the first update it is their values now.
    public init(of parameters: [Tensor], decay: Double) {
        precondition((0..<1).contains(decay), "an average keeps a share of 0…1, without 1, of the past, not \(decay)")
        self.parameters = parameters
        self.decay = decay
        values = parameters.map { $0.copied() }
    }

    /// Takes in the parameters' values. NaN stays in the average for good.
    public func update() {
        updates += 1
        // (1 − d) / (1 − dⁿ): the weight of the newest of n values.
        let share = decay == 0 ? 1 : (1 - decay) / (1 - pow(decay, Double(updates)))
        OptimizerKernel.approach(zip(values, parameters).map { ($0.storage, $1.storage) }, share: Float(share))
    }

    /// Runs `body` while the parameters hold their averages, and gives them their own values back.
    public func whileInForce<Result>(_ body: () throws -> Result) rethrows -> Result {
        let own = parameters.map { $0.copied() }
        zip(parameters, values).forEach { $0.assign($1) }
        defer { zip(parameters, own).forEach { $0.assign($1) } }
        return try body()
    }

    /// Continues from another average of equal parameters; values are copied.
    ///
    /// - Precondition: there is one value per parameter, of its shape.
    public func restore(_ values: [Tensor], updates: Int) {
        precondition(
            values.count == self.values.count,
            "\(values.count) averages do not fit \(self.values.count) parameters"
        )
        zip(self.values, values).forEach { $0.assign($1) }
        self.updates = updates
    }
}
