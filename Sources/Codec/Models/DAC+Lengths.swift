extension DAC {
    /// Whether convolutions pad their input. DAC's chunked coding turns it off and takes context from the signal instead.
    public var usesPadding: Bool {
        get { convolutions.first?.usesPadding ?? true }
        set { for layer in convolutions { layer.usesPadding = newValue } }
    }

    /// Samples decoded from codes of `length` samples without padding; negative or 0 when they do not reach through the model.
    ///
    /// The `dac` package's `get_output_length`: all convolutions in order, each rounded down.
    public func unpaddedOutputLength(_ length: Int) -> Int {
        convolutions.reduce(length) { $1.unpaddedLength($0) }
    }

    /// Samples by which the output of the model without padding lies inside its input, on the left.
    ///
    /// The `dac` package's `get_delay`: the length needed for the output of an empty input, walked back, minus that output, halved.
    public var delay: Int {
        let output = unpaddedOutputLength(0)
        var input = output
        for layer in convolutions.reversed() { input = layer.neededLength(input) }
        return floorDivision(input - output, 2)
    }

    /// The fewest samples ``encode(_:codebooks:)`` takes.
    public var shortestInput: Int {
        var length = 1
        for layer in encoder.convolutions.reversed() {
            length = max(1, layer.neededLength(length) - layer.paddedSamples)
        }
        return length
    }

    /// Samples decoded from `frames` frames, or `nil` when they are too few for the decoder.
    public func decodedLength(frames: Int) -> Int? {
        var length = frames
        for layer in decoder.convolutions {
            length = layer.outputLength(length)
            if length < 1 { return nil }
        }
        return length
    }
}

extension Layer {
    /// Convolutions along time below and including this layer, in PyTorch's order.
    final var convolutions: [any ConvolutionalLayer] { namedLayers.compactMap { $0.layer as? any ConvolutionalLayer } }
}
