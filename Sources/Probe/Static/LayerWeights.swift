import Codec
import TrainingMetrics

/// The weights of one layer, on the way to a ``LayerWeightReport``.
struct LayerWeights {
    /// What a fresh layer's ranks depend on.
    struct BlockShape: Hashable {
        let groups: Int, rows: Int, columns: Int

        /// The effective rank of the worst group of a freshly drawn layer. Equal seeds and shapes give equal numbers, whatever else is drawn.
        func freshEffectiveRank(seed: UInt64) -> Double {
            var random = RandomSource(
                seed: seed &+ UInt64(groups) &* 0x1_0000_0001 &+ UInt64(rows) &* 0x1_0003 &+ UInt64(columns)
            )
            let weight = Tensor.uniform([groups, rows, columns], from: -1, to: 1, using: &random)
            return SingularValues.of(blocks(of: weight)).map(\.effectiveRank).min() ?? .nan
        }

        /// Every group's matrix.
        func blocks(of weight: Tensor) -> [SingularValues.Matrix] {
            (0..<groups).map { .init(weight, offset: $0 * rows * columns, rows: rows, columns: columns) }
        }
    }

    let name: String
    let blockShape: BlockShape
    private let folded: Tensor
    private let stored: [(name: String, tensor: Tensor)]
    private let layer: DiscriminatorLayerDescription

    init(_ layer: DiscriminatorLayer, name: String) {
        self.name = name
        self.layer = layer.description
        folded = layer.foldedWeight
        stored = layer.convolution.namedTensors
        blockShape = BlockShape(
            groups: layer.description.groups,
            rows: layer.description.outputChannels / layer.description.groups,
            columns: layer.description.fanIn
        )
    }

    var blocks: [SingularValues.Matrix] { blockShape.blocks(of: folded) }

    func report(_ spectra: [SingularValues], initialEffectiveRank: Double) -> LayerWeightReport {
        let norms = filterNorms
        let ranks = spectra.map(\.effectiveRank)
        var report = LayerWeightReport(
            name: name,
            shape: layer.weightShape,
            groups: layer.groups,
            norm: norms.reduce(0) { $0 + $1 * $1 }.squareRoot(),
            spectralNorm: Self.smallest(spectra.map { -$0.largest }) * -1,
            stableRank: Self.smallest(spectra.map(\.stableRank)),
            effectiveRank: Self.smallest(ranks),
            medianEffectiveRank: Self.median(ranks),
            fullRank: min(blockShape.rows, blockShape.columns),
            initialEffectiveRank: initialEffectiveRank,
            deadFilters: Self.deadCount(norms),
            nonFinite: nonFinite
        )
        if let gains = stored.first(where: { $0.name == "weight_g" })?.tensor.values.map(Double.init) {
            report.smallestGain = Self.smallest(gains)
            report.medianGain = Self.median(gains)
            report.largestGain = -Self.smallest(gains.map { -$0 })
        }
        return report
    }

    private var filterNorms: [Double] {
        let length = layer.fanIn
        return folded.storage.withSpan { values in
            (0..<layer.outputChannels).map { filter in
                var square = 0.0
                for index in (filter * length)..<((filter + 1) * length) {
                    square += Double(values[index]) * Double(values[index])
                }
                return square.squareRoot()
            }
        }
    }

    /// Among the stored tensors; when those are all finite, in the folded weight, where a direction of zeros becomes NaN.
    private var nonFinite: Int {
        let count = stored.reduce(0) { $0 + Self.nonFiniteCount($1.tensor) }
        return count > 0 ? count : Self.nonFiniteCount(folded)
    }

    private static func nonFiniteCount(_ tensor: Tensor) -> Int {
        tensor.storage.withSpan { values in
            var count = 0
            for index in values.indices where !values[index].isFinite { count += 1 }
            return count
        }
    }

    private static func deadCount(_ norms: [Double]) -> Int {
        let limit = median(norms.filter(\.isFinite)) / 1000
        return norms.count { $0 == 0 || $0 < limit }
    }

    /// NaN when one of them is.
    private static func smallest(_ values: [Double]) -> Double {
        values.contains(where: \.isNaN) ? .nan : values.min() ?? .nan
    }

    /// NaN when one of them is.
    private static func median(_ values: [Double]) -> Double {
        values.contains(where: \.isNaN) ? .nan : RobustStatistics.median(values)
    }
}

extension DiscriminatorLayer {
    /// The weight that is convolved with, its normalisation applied; `[Cout, Cin/groups, K…]`.
    fileprivate var foldedWeight: Tensor {
        if let convolution = convolution as? Convolution1d { return convolution.effectiveWeight }
        if let convolution = convolution as? Convolution2d { return convolution.effectiveWeight }
        preconditionFailure("a discriminator's layer is a convolution over one or two dimensions")
    }
}
