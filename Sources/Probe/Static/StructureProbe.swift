public import Codec

/// Counts what a discriminator's layers are, from its description alone.
///
/// - Sizes are those of one second of audio at the description's sample rate; multiply-adds are the layer's outputs times the weights
///   each of them uses; 0 where a second is too short for the part. Additions of biases, activations, transforms and resampling are not counted.
/// - Strides and receptive fields are along time, in samples of the discriminator's input, from the first to the last sample an output
///   depends on, away from the ends of the signal. With R rows of the image seen: a folded waveform of period p spans (R−1)·p samples
///   plus the columns seen (at most p), a spectrogram (R−1)·hop + window, means of k samples every s samples, t times over,
///   (R−1)·sᵗ + 1 + (k−1)·(sᵗ−1)/(s−1), a resampled waveform (R−1)·factor and the two sides of the filter.
/// - Preprocessing that looks at the whole item (DAC's mean and peak) is left out of the receptive field.
public enum StructureProbe {
    /// One report per sub-discriminator, in order.
    public static func reports(of description: DiscriminatorDescription) -> [StructureReport] {
        description.subDiscriminators.map { report(of: $0, sampleRate: description.sampleRate) }
    }

    private static func report(of part: SubDiscriminatorDescription, sampleRate: Int) -> StructureReport {
        let time = TimeExtent(part.input)
        let sizes = part.outputSizes(samples: sampleRate) ?? part.layers.map { _ in [0] }
        let layers = zip(zip(part.layers, views(of: part)), sizes).map { pair, size in
            let (layer, view) = pair
            let outputs = size.reduce(1.0) { $0 * Double($1) }
            let dimension = part.input.timeDimension
            let columns = view.reach.count == 2 ? view.reach[1 - dimension] : 1
            let field = time.samples(rows: view.reach[dimension], columns: columns)
            return StructureReport.Layer(
                name: layer.name,
                shape: layer.weightShape,
                groups: layer.groups,
                stride: layer.stride,
                parameters: layer.parameterCount,
                denseParameters: layer.dense.parameterCount,
                multiplyAdds: outputs * Double(layer.weightCount),
                denseMultiplyAdds: outputs * Double(layer.dense.weightCount),
                fanIn: layer.fanIn,
                totalStride: Int((Double(view.stride[dimension]) * time.step).rounded()),
                receptiveField: field,
                receptiveFieldMilliseconds: Double(field) / Double(sampleRate) * 1000
            )
        }
        return StructureReport(part: part.name, layers: layers)
    }

    /// What every layer sees, in the order of the part's layers.
    private static func views(of part: SubDiscriminatorDescription) -> [ImageView] {
        var views: [ImageView] = []
        var ends: [ImageView] = []
        for branch in part.branches {
            var view = ImageView(dimensions: part.input.spatialDimensions)
            for layer in branch.layers {
                view = view.after(layer)
                views.append(view)
            }
            ends.append(view)
        }
        return views + [ImageView(joining: ends, dimensions: part.input.spatialDimensions).after(part.head)]
    }
}

/// What one value behind some layers sees of the image before them.
private struct ImageView {
    /// Values of the image that it depends on, and values between those of neighbours, along each dimension.
    var reach: [Int], stride: [Int]

    init(dimensions: Int) {
        reach = Array(repeating: 1, count: dimensions)
        stride = reach
    }

    /// Of branches side by side the largest counts.
    init(joining views: [ImageView], dimensions: Int) {
        self.init(dimensions: dimensions)
        for view in views {
            reach = zip(reach, view.reach).map(max)
            stride = zip(stride, view.stride).map(max)
        }
    }

    func after(_ layer: DiscriminatorLayerDescription) -> ImageView {
        var view = self
        for axis in reach.indices {
            view.reach[axis] += (layer.kernel[axis] - 1) * layer.dilation[axis] * stride[axis]
            view.stride[axis] *= layer.stride[axis]
        }
        return view
    }
}
