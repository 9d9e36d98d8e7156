import Codec
import HealthReport
import Training

/// The presets, for people and programs.
enum PresetList {
    private struct Encoded: Encodable {
        let name: String
        let summary: String
        let source: String
        let scaling: String
        let defaultScale: Double
        let steps: Int
        let stepsAtFullScale: Int
    }

    /// The list as text or JSON.
    static func text(as format: OutputOptions.Format) throws -> String {
        let presets = try TrainingPreset.all.map { preset in
            Encoded(
                name: preset.name,
                summary: preset.summary,
                source: preset.source,
                scaling: preset.summaryOfScaling,
                defaultScale: preset.defaultScale,
                steps: try preset.configuration().steps,
                stepsAtFullScale: try preset.configuration(scale: 1).steps
            )
        }
        if format == .json { return try JSONText.render(presets) + "\n" }
        let (style, width) = (Console.style, Console.width)
        return presets.map { preset in
            let steps =
                preset.defaultScale == 1
                ? "\(preset.steps) steps"
                : "scale \(NumberText.short(preset.defaultScale)) unless given: \(preset.steps) steps, \(preset.stepsAtFullScale) at full size"
            let lines = [preset.summary, "Source: \(preset.source)", "--scale: \(preset.scaling)"].flatMap {
                TextWrap.lines($0, width: width - 2)
            }
            return style(preset.name, .bold) + style("  (\(steps))", .dim) + "\n" + lines.map { "  \($0)\n" }.joined()
        }.joined(separator: "\n")
    }
}
