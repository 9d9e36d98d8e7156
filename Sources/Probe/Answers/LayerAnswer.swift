public import Codec

/// The first lines of a layer's report.
public enum LayerAnswer {
    /// How much smaller its groups make it, and what that leaves it, measured.
    public static func sentences(of report: LayerCapacityReport, layer: DiscriminatorLayerDescription) -> [String] {
        let size =
            layer.groups == 1
            ? "\(report.layer) is a dense layer with \(ReportText.count(layer.weightCount)) weights."
            : "\(report.layer) keeps \(ReportText.count(layer.weightCount)) of the "
                + "\(ReportText.count(layer.dense.weightCount)) weights of the same layer without groups "
                + "(\(ReportText.percent(report.weightShare))); an output is a weighted sum of \(layer.fanIn) inputs instead "
                + "of \(layer.dense.fanIn)."
        return [size, report.summary + "."]
    }
}
