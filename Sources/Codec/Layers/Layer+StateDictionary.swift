extension Layer {
    /// Copies of all parameters and buffers by state-dict name.
    public final var stateDictionary: StateDictionary {
        StateDictionary(namedTensors.map { ($0.name, $0.tensor.copied()) })
    }

    /// The gradients of the last `backward` by parameter name; parameters that got none are left out.
    public final var gradients: StateDictionary {
        StateDictionary(namedParameters.compactMap { entry in entry.tensor.gradient.map { (entry.name, $0) } })
    }

    /// Replaces all parameters and buffers by the dictionary's tensors of the same names.
    ///
    /// A normalised weight may be stored in any form PyTorch has had: `weight_g` and `weight_v`,
    /// `parametrizations.weight.original0` and `original1`, or folded as `weight`.
    /// Returns the dictionary's names that the model does not have. Nothing is changed when it throws.
    /// Throws ``StateDictionaryError`` when a name is missing or a shape differs.
    @discardableResult
    public final func load(_ dictionary: StateDictionary) throws(StateDictionaryError) -> [String] {
        var used: Set<String> = []
        var missing: [String] = []
        var assignments: [(name: String, target: Tensor, value: Tensor)] = []
        for (prefix, layer) in namedLayers {
            for (ownName, target) in layer.ownParameters + layer.ownBuffers {
                let name = Layer.join(prefix, ownName)
                var consulted: Set<String> = []
                let stored = { (other: String) -> Tensor? in
                    let found = dictionary[Layer.join(prefix, other)]
                    if found != nil { consulted.insert(Layer.join(prefix, other)) }
                    return found
                }
                if let value = stored(ownName) ?? layer.substitute(for: ownName, from: stored) {
                    assignments.append((name, target, value))
                    used.formUnion(consulted)
                } else {
                    missing.append(name)
                }
            }
        }
        guard missing.isEmpty else { throw .missing(missing) }
        for (name, target, value) in assignments where value.shape != target.shape {
            throw .shape(name: name, found: value.shape, expected: target.shape)
        }
        for (_, target, value) in assignments { target.assign(value) }
        return dictionary.entries.map(\.name).filter { !used.contains($0) }
    }

    /// Fills a new model tensor by tensor from a source that makes each when it is asked for, so that the weights are in memory once.
    ///
    /// Accepts what ``load(_:)`` accepts; when it throws, the model is half filled.
    final func fill(from source: (String) throws -> Tensor?) throws {
        var missing: [String] = []
        for (prefix, layer) in namedLayers {
            for (ownName, target) in layer.ownParameters + layer.ownBuffers {
                let name = Layer.join(prefix, ownName)
                var failure: (any Error)?
                func stored(_ other: String) -> Tensor? {
                    do {
                        return try source(Layer.join(prefix, other))
                    } catch {
                        failure = error
                        return nil
                    }
                }
                let value = stored(ownName) ?? layer.substitute(for: ownName, from: stored)
                if let failure { throw failure }
                guard let value else {
                    missing.append(name)
                    continue
                }
                guard value.shape == target.shape else {
                    throw StateDictionaryError.shape(name: name, found: value.shape, expected: target.shape)
                }
                target.assign(value)
            }
        }
        guard missing.isEmpty else { throw StateDictionaryError.missing(missing) }
    }
}
