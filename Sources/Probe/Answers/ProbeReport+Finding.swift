import TrainingMetrics

extension ProbeReport {
    /// Whether what is in question is broken as measured: unable to learn, or with weights that are NaN or infinite.
    public var isFinding: Bool {
        if let subject = networks.first {
            return subject.learning?.verdict == .unable || subject.layerWeights.contains { $0.nonFinite > 0 }
        }
        return codec.map { !$0.nonFiniteTensors.isEmpty } ?? false
    }
}
