/// From stored numbers to the codec's tensors.
extension StoredTensor {
    /// A tensor of the same shape with the numbers converted to float32, written straight into its storage.
    /// - Throws: `CheckpointError.unreadableTensor` as `floats()` does.
    public func tensor() throws(CheckpointError) -> Tensor {
        let storage = TensorStorage(count: elementCount)
        var failure: CheckpointError?
        storage.withMutableSpan { target in
            do throws(CheckpointError) {
                try copy(into: &target)
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        return Tensor(storage: storage, shape: shape)
    }
}

extension Checkpoint {
    /// The tensor of that full name, converted to float32.
    /// - Throws: `CheckpointError.missingTensor` with the closest names, or `.unreadableTensor`.
    public func tensor(named name: String) throws(CheckpointError) -> Tensor {
        do {
            return try tensorDescription(of: name).tensor()
        } catch {
            throw error.naming(name)
        }
    }

    /// The weights of the model in the file (`model`), converted to float32, under the names its authors gave them
    /// (`CheckpointGroup.nativelyNamed`). Tensors whose numbers are not read here are left out.
    /// - Throws: `CheckpointError.noTensors`.
    public func stateDictionary() throws(CheckpointError) -> StateDictionary {
        try model.nativelyNamed.stateDictionary()
    }
}

extension CheckpointGroup {
    /// All its tensors that can be read, converted to float32.
    /// - Throws: `CheckpointError.unreadableTensor` when the file became shorter while it was open.
    public func stateDictionary() throws(CheckpointError) -> StateDictionary {
        var dictionary = StateDictionary()
        for (name, tensor) in tensors where tensor.elementType.isReadable {
            do {
                dictionary[name] = try tensor.tensor()
            } catch {
                throw error.naming(name)
            }
        }
        return dictionary
    }
}

extension SafeTensorsWriter.Item {
    /// A tensor's values, as float32.
    public init(name: String, tensor: Tensor) {
        self.init(name: name, shape: tensor.shape, values: .float32(tensor.values))
    }
}

extension StateDictionary {
    /// Writes all tensors as a safetensors file, replacing what is there only when all is written.
    /// - Parameters:
    ///   - path: where to; its folder must exist.
    ///   - metadata: texts by key.
    /// - Throws: `CheckpointError.inFile`.
    public func write(to path: String, metadata: [String: String] = [:]) throws(CheckpointError) {
        try SafeTensorsWriter.write(entries, metadata: metadata, to: path)
    }
}
