extension Layer {
    /// State-dict names of parameters and buffers that hold NaN or infinity, in the model's order.
    public final var nonFiniteTensors: [String] {
        namedTensors.filter { entry in
            entry.tensor.storage.withSpan { values in
                for index in values.indices where !values[index].isFinite { return true }
                return false
            }
        }
        .map(\.name)
    }
}
