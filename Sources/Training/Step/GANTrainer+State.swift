import Codec

extension GANTrainer {
    /// Everything that the next step depends on, copied.
    public var state: TrainingState {
        var tensors = StateDictionary()
        for (prefix, layer) in networks {
            for (name, tensor) in layer.namedTensors { tensors["\(prefix).\(name)"] = tensor.copied() }
        }
        for (prefix, network) in optimized {
            for (name, moments) in zip(network.ownedNames, network.optimizer.moments) {
                guard let moments else { continue }
                tensors["\(prefix).\(name).exp_avg"] = moments.mean.copied()
                tensors["\(prefix).\(name).exp_avg_sq"] = moments.squareMean.copied()
                tensors["\(prefix).\(name).step"] = Tensor([Float(moments.step)], shape: [1])
            }
        }
        for (name, value) in zip(trainedGenerator.trainable.map(\.name), weightAverage?.values ?? []) {
            tensors["average.\(name).value"] = value.copied()
        }
        return TrainingState(
            tensors: tensors,
            progress: TrainingState.Progress(
                step: step,
                quantizerRandom: generator.quantizerRandom.state,
                balancerAverages: balancerAverages.map(TrainingState.BalancerAverage.init),
                averagedSteps: weightAverage?.updates ?? 0
            )
        )
    }

    /// Continues from a state of a trainer with an equal configuration, as if this trainer had done its steps.
    ///
    /// Throws ``TrainingStateError`` when a tensor is missing or of another shape, or the state is damaged. Nothing is changed then.
    public func restore(_ state: TrainingState) throws(TrainingStateError) {
        func tensor(_ name: String, like target: Tensor) throws(TrainingStateError) -> Tensor {
            guard let found = state.tensors[name] else { throw .missing(name) }
            guard found.shape == target.shape else {
                throw .shape(name: name, found: found.shape, expected: target.shape)
            }
            return found
        }
        var assignments: [(target: Tensor, value: Tensor)] = []
        for (prefix, layer) in networks where prefix != "discriminator" || interventions.restoresDiscriminator {
            for (name, target) in layer.namedTensors {
                assignments.append((target, try tensor("\(prefix).\(name)", like: target)))
            }
        }
        var restored: [(optimizer: AdamW, moments: [AdamW.Moments?])] = []
        for (prefix, network) in optimized where prefix != "optimizer_d" || interventions.restoresDiscriminator {
            var moments: [AdamW.Moments?] = []
            for (name, parameter) in zip(network.ownedNames, network.optimizer.parameters) {
                guard let step = state.tensors["\(prefix).\(name).step"] else {
                    moments.append(nil)
                    continue
                }
                guard step.count == 1, let count = Int(exactly: step.item), count >= 0 else {
                    throw .damaged("\(prefix).\(name).step is no number of steps")
                }
                moments.append(
                    AdamW.Moments(
                        step: count,
                        mean: try tensor("\(prefix).\(name).exp_avg", like: parameter),
                        squareMean: try tensor("\(prefix).\(name).exp_avg_sq", like: parameter)
                    )
                )
            }
            restored.append((network.optimizer, moments))
        }
        var averages: [Tensor] = []
        for (name, value) in zip(trainedGenerator.trainable.map(\.name), weightAverage?.values ?? []) {
            averages.append(try tensor("average.\(name).value", like: value))
        }
        guard let random = RandomSource(state: state.progress.quantizerRandom) else {
            throw .damaged("its random numbers have no state")
        }
        for (target, value) in assignments { target.assign(value) }
        for (optimizer, moments) in restored { optimizer.restore(moments) }
        weightAverage?.restore(averages, updates: state.progress.averagedSteps)
        generator.quantizerRandom = random
        balancerAverages = state.progress.balancerAverages.map(\.average)
        step = state.progress.step
    }

    private var networks: [(prefix: String, layer: Layer)] {
        [("generator", generator)] + (discriminator.map { [("discriminator", $0)] } ?? [])
    }

    private var optimized: [(prefix: String, network: TrainedNetwork)] {
        [("optimizer_g", trainedGenerator)] + (trainedDiscriminator.map { [("optimizer_d", $0)] } ?? [])
    }
}

extension TrainingState.BalancerAverage {
    fileprivate init(_ average: LossBalancer.Average) {
        self.init(name: average.name, sum: average.sum.bitPattern, weight: average.weight.bitPattern)
    }

    fileprivate var average: LossBalancer.Average {
        LossBalancer.Average(name: name, sum: Double(bitPattern: sum), weight: Double(bitPattern: weight))
    }
}
