import Codec

/// A network with its optimiser: what happens to it between a backward pass and the next forward pass.
final class TrainedNetwork {
    let network: Network
    /// Parameters that are not frozen.
    let trainable: [(name: String, tensor: Tensor)]
    /// Moves those of them that it owns.
    let optimizer: AdamW

    private let settings: OptimizerConfiguration
    private let tensors: [Tensor]
    /// What no optimiser moves: frozen or not owned.
    private let resting: [(name: String, tensor: Tensor)]
    /// Parts with gradient norms and update ratios of their own: what is logged behind a name, and how state-dict names in it begin.
    private let parts: [(name: String, prefix: String)]
    /// Whether a trainable parameter belongs to an encoder.
    private let isInEncoder: [Bool]

    /// `layer` in training; `owns` decides by state-dict name what the optimiser moves. Parameters that need no gradient now are frozen.
    init(
        _ layer: Layer,
        as network: Network,
        _ settings: OptimizerConfiguration,
        parts: [(name: String, prefix: String)] = [],
        owns: ((String) -> Bool)? = nil
    ) {
        let all = layer.namedParameters
        let trainable = all.filter(\.tensor.requiresGradient)
        let owned = trainable.filter { owns?($0.name) ?? true }
        let moved = Set(owned.map { ObjectIdentifier($0.tensor) })
        self.network = network
        self.settings = settings
        self.trainable = trainable
        tensors = trainable.map(\.tensor)
        resting = all.filter { !moved.contains(ObjectIdentifier($0.tensor)) }
        self.parts = parts
        ownedNames = owned.map(\.name)
        isInEncoder = trainable.map { $0.name.hasPrefix("encoder.") }
        optimizer = AdamW(
            owned.map(\.tensor),
            learningRate: Float(settings.learningRate),
            betas: (settings.beta1, settings.beta2),
            weightDecay: Float(settings.weightDecay)
        )
    }

    /// The names of the optimiser's parameters, in its order.
    let ownedNames: [String]

    /// The norm of the gradients there are, 0 where there are none.
    var gradientNorm: Float { GradientNorm.total(of: tensors) }

    func clearGradients() {
        for tensor in tensors { tensor.clearGradient() }
    }

    /// Whether the next passes collect gradients of the parameters that are not frozen.
    func setNeedsGradients(_ needed: Bool) {
        for tensor in tensors { tensor.setNeedsGradient(needed) }
    }

    /// Clips the gradients there are, steps the optimiser and notes norms, how far the weights went and the learning rate.
    ///
    /// With `withholdsNonFinite`, a gradient with NaN or infinity moves nothing, and the report says so. With `isStepped` off, nothing moves.
    func move(
        step: Int,
        epoch: Int,
        isStepped: Bool = true,
        withholdsNonFinite: Bool,
        report: inout StepReport
    ) {
        let squares = GradientNorm.squares(of: tensors)
        let norm = Float(squares.reduce(0, +).squareRoot())
        if let limit = settings.maximumGradientNorm {
            let scaled = norm * Float(settings.lossScaleAtClipping)
            GradientNorm.shorten(tensors, norm: scaled, to: Float(limit))
        }
        let rate = settings.learningRate(step: step, epoch: epoch)
        optimizer.learningRate = Float(rate)
        let isWithheld = withholdsNonFinite && !norm.isFinite
        if isWithheld { report.withheld.append(network) }
        let movement = isStepped && !isWithheld ? optimizer.update() : nil
        let isGenerator = network == .generator
        let (gradientName, ratioName) =
            isGenerator
            ? (MeasurementNames.generatorGradientNorm, MeasurementNames.generatorUpdateRatio)
            : (MeasurementNames.discriminatorGradientNorm, MeasurementNames.discriminatorUpdateRatio)
        report.note(gradientName, norm)
        if isGenerator {
            let encoder = zip(squares, isInEncoder).reduce(0) { $1.1 ? $0 + $1.0 : $0 }
            report.note(MeasurementNames.encoderGradientNorm, encoder.squareRoot())
        }
        report.note(ratioName, movement.map { ratio($0, below: "") } ?? 0)
        for part in parts {
            let own = zip(squares, trainable).reduce(0) { $1.1.name.hasPrefix(part.prefix) ? $0 + $1.0 : $0 }
            report.note(MeasurementNames.discriminatorGradientNorm(part: part.name), own.squareRoot())
            report.note(
                MeasurementNames.discriminatorUpdateRatio(part: part.name),
                movement.map { ratio($0, below: part.prefix) } ?? 0
            )
        }
        report.note(
            isGenerator ? MeasurementNames.generatorLearningRate : MeasurementNames.discriminatorLearningRate,
            rate
        )
    }

    /// ‖Δw‖/‖w‖ of the parameters whose names begin so, 0 when nothing of them moved.
    private func ratio(_ movement: AdamW.Movement, below prefix: String) -> Double {
        var (change, norm) = (0.0, 0.0)
        for (index, name) in ownedNames.enumerated() where name.hasPrefix(prefix) {
            change += movement.squaredChanges[index]
            norm += movement.squaredNorms[index]
        }
        if change == 0 { return 0 }
        for (name, tensor) in resting where name.hasPrefix(prefix) {
            norm += tensor.values.reduce(0) { $0 + Double($1) * Double($1) }
        }
        return (change / norm).squareRoot()
    }
}
