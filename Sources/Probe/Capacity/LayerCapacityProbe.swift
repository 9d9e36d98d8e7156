public import Codec

/// Measures what a layer's groups take away.
///
/// A grouped convolution is a dense one with most weights fixed at 0. How much that costs depends on what it has to make and on
/// what goes in, so this probe measures both. The number is the share of a target's variance that a layer explains on inputs it
/// was not fitted on: 1 is all of it, 0 is as good as a constant; a hair below 0 is 0, measured.
///
/// - A **random dense target** is what a dense layer of the same shape with random weights makes. It is the hardest linear target:
///   every output needs every input equally. With white inputs a layer of g groups explains exactly 1/g of it, because it sees 1/g
///   of independent inputs; this is known, so it checks the measurement. With real inputs channels have much in common, and a
///   group's own channels tell of the others: it explains more, often most. Both are reported.
/// - **Products of inputs of different groups** stand for what is not linear. The layer, an activation and a dense 1×1 are trained
///   to make them. Without a second activation this can only add functions of single groups: exactly 0 with white inputs. With one
///   more dense layer and activation behind, as nets have them, it can be done; that is measured too (``LayerCapacityReport/Candidate/groupedThenDense``).
/// - **Products within a group** show what remains when groups are not in the way.
///
/// Compared are the layer, a dense layer with as many weights (fewer channels in between) and the dense layer of the same shape,
/// by least squares (the best that is possible) and, for the layer, after training by gradient (what training finds in some steps).
/// The dense layer makes its own kind by construction: 1, not measured. Outputs are regressions of their own, so a few outputs of
/// a few groups are enough to measure the layer itself, with all its taps and channels; only a very wide one is cut down
/// (``LayerCopy``), for all three alike. Products are measured on a small copy.
///
/// These are numbers of one layer. They do not multiply along a net: the next dense layer mixes what this one left apart.
public enum LayerCapacityProbe {
    /// The report of one layer, given without the net it belongs to.
    ///
    /// With `audio`, correlated inputs come from a stand-in for the layers before it, see ``LayerFeatures/standIn(before:)``; without,
    /// only white inputs are measured. The rest is as in ``report(of:place:seconds:seed:features:)``.
    public static func report(
        of layer: DiscriminatorLayerDescription,
        place: String = "",
        seconds: Double = 4,
        seed: UInt64,
        audio: [AudioSignal]
    ) -> LayerCapacityReport {
        let features = LayerFeatures.standIn(before: layer).flatMap {
            LayerFeatures.make(before: layer, in: $0, audio: audio, seed: seed)
        }
        var report = report(of: layer, place: place, seconds: seconds, seed: seed, features: features)
        report.conditions +=
            features != nil
            ? "; the layers before it are a stand-in with random weights"
            : "; no features: the audio is shorter than 3 s, or the layer wider than 4096 channels"
        return report
    }

    /// The reports of all different grouped layers of a discriminator, each with what the layers before it, with random weights, make
    /// of `audio`. Training on each is stopped after some `seconds` seconds.
    public static func reports(
        of description: DiscriminatorDescription,
        audio: [AudioSignal],
        seconds: Double = 4,
        seed: UInt64
    ) -> [LayerCapacityReport] {
        var seen: Set<String> = []
        var reports: [LayerCapacityReport] = []
        var products: [[Int]: [LayerCapacityReport.Result]] = [:]
        for part in description.subDiscriminators {
            for layer in part.layers where layer.groups > 1 && seen.insert(LayerText.describe(layer)).inserted {
                let net = LayerFeatures.net(before: layer, in: part, of: description)
                let features = net.flatMap { LayerFeatures.make(before: layer, in: $0, audio: audio, seed: seed) }
                var report = report(
                    of: layer,
                    seconds: seconds,
                    seed: seed,
                    features: features,
                    products: &products
                )
                report.place = "\(layer.name) of \(part.name)"
                reports.append(report)
            }
        }
        return reports
    }

    /// The report of one layer on white inputs and, where `features` are given, on those.
    ///
    /// `place` says where the layer stands, for people. `features` are two inputs of the layer, `[1, Cin, T]` or `[1, Cin, H, W]`, to
    /// fit on and to score on. Equal seeds and features give equal numbers, whatever `seconds` is: it takes about half a second on
    /// two cores, and only where that becomes several times `seconds` training is stopped, which
    /// ``LayerCapacityReport/conditions`` then says.
    public static func report(
        of layer: DiscriminatorLayerDescription,
        place: String = "",
        seconds: Double = 4,
        seed: UInt64,
        features: (training: Tensor, unseen: Tensor)? = nil
    ) -> LayerCapacityReport {
        var products: [[Int]: [LayerCapacityReport.Result]] = [:]
        var report = report(of: layer, seconds: seconds, seed: seed, features: features, products: &products)
        report.place = place
        return report
    }

    /// The report of one layer; `products` are what is known already of copies of a size, and what becomes known.
    private static func report(
        of layer: DiscriminatorLayerDescription,
        seconds: Double,
        seed: UInt64,
        features: (training: Tensor, unseen: Tensor)?,
        products known: inout [[Int]: [LayerCapacityReport.Result]]
    ) -> LayerCapacityReport {
        for tensor in [features?.training, features?.unseen].compactMap(\.self) {
            precondition(
                tensor.rank == layer.kernel.count + 2 && tensor.shape[0] == 1 && tensor.shape[1] == layer.inputChannels,
                "features \(tensor.shape) are no input of \(LayerText.describe(layer))"
            )
        }
        let seconds = seconds.isFinite ? min(max(seconds, 0.05), 600) : 4
        let deadline = ContinuousClock.now + .seconds(3 * seconds + 5)
        let linear = LinearMeasurement(copy: LayerCopy(layer), deadline: deadline, seed: seed)
        var notes: [String] = []
        var results = linear.results(.white, features: nil, notes: &notes)
        if let features { results += linear.results(.features, features: features, notes: &notes) }
        let products = ProductCapacity(layer, fit: GradientFit(steps: 200, learningRate: 0.02, deadline: deadline))
        let found = known[products.size] ?? products.results(seed: seed &+ 17)
        known[products.size] = found
        results += found
        notes.append(
            "training by AdamW: \(LinearMeasurement.steps) steps of 256 positions for the dense target, "
                + "\(products.fit.steps) for products"
        )
        if ContinuousClock.now > deadline {
            notes.append("not all training was done in \(seconds) s: the machine was too slow")
        }
        let linearReduction = linear.copy.reduction
        return LayerCapacityReport(
            layer: LayerText.describe(layer),
            weightShare: 1 / Double(layer.groups),
            results: results,
            reduction: (linearReduction.isEmpty ? "" : "dense target: \(linearReduction); ")
                + "products: \(products.reduction)",
            conditions: notes.joined(separator: "; ")
        )
    }
}
