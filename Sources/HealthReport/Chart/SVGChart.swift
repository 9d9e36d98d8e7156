import Foundation
import TrainingMetrics

/// Draws a chart as SVG to stand inside an HTML page. Colours are the page's (`HTMLStyle`), so that light, dark and print
/// each have their own; no script, no font, nothing from elsewhere.
struct SVGChart {
    private let chart: ReportChart
    private let id: String
    private let width: Double
    private let height: Double
    private let scale: ChartScale?
    private let plot: (left: Double, top: Double, right: Double, bottom: Double)
    private var parts: [String] = []

    /// How many columns a curve of that size is drawn in.
    static func columns(_ size: ReportChart.Size) -> Int { size == .wide ? 300 : 170 }

    /// The element. `id` is unique in its page.
    static func render(_ chart: ReportChart, id: String) -> String {
        var drawing = SVGChart(chart, id: id)
        drawing.draw()
        return drawing.parts.joined(separator: "\n")
    }

    private init(_ chart: ReportChart, id: String) {
        self.chart = chart
        self.id = id
        (width, height) = chart.size == .wide ? (720, 240) : (460, 200)
        plot = (left: 62, top: chart.marked == nil ? 12 : 34, right: width - 14, bottom: height - 34)
        let ranges = chart.curves.prefix(4).compactMap(\.envelope.range)
        var values = ranges.flatMap { [$0.lowerBound, $0.upperBound] }
        values += Self.edges(chart, values.min(), values.max())
        values += chart.curves.prefix(4).flatMap { $0.envelope.columns.filter(\.isFinite).map(\.middle) }
        scale = values.isEmpty ? nil : ChartScale(values)
    }

    /// The edges of the band the scale has to show: the one nearest to the curves, and the other unless it is so far off
    /// that the curves would become a flat line.
    private static func edges(_ chart: ReportChart, _ lowest: Double?, _ highest: Double?) -> [Double] {
        guard let lowest, let highest else { return [] }
        let edges = [chart.lower, chart.upper].compactMap { $0 }.filter(\.isFinite)
        func distance(_ edge: Double) -> Double { max(lowest - edge, edge - highest, 0) }
        guard let nearest = edges.min(by: { distance($0) < distance($1) }) else { return [] }
        let span = max(highest, nearest) - min(lowest, nearest)
        return [nearest] + edges.filter { $0 != nearest && distance($0) <= 2 * span }
    }

    private mutating func draw() {
        parts.append(
            "<svg viewBox=\"0 0 \(Int(width)) \(Int(height))\" role=\"img\" aria-labelledby=\"\(id)-t \(id)-d\">"
        )
        parts.append("<title id=\"\(id)-t\">\(MarkupText.escaped(chart.title, width: 160))</title>")
        parts.append("<desc id=\"\(id)-d\">\(MarkupText.escaped(chart.description, width: 1000))</desc>")
        drawBand()
        drawMark()
        drawAxes()
        for (number, curve) in chart.curves.prefix(4).enumerated() { draw(curve, number) }
        if scale == nil {
            let middle = (plot.left + plot.right) / 2
            parts.append(text("no finite value", x: middle, y: (plot.top + plot.bottom) / 2, anchor: "middle"))
        }
        parts.append("</svg>")
    }

    // MARK: What the curves should be, and where

    private mutating func drawBand() {
        guard let scale, chart.lower != nil || chart.upper != nil else { return }
        let top = chart.upper.map { y($0, scale) } ?? plot.top
        let bottom = chart.lower.map { y($0, scale) } ?? plot.bottom
        parts.append(
            "<rect class=\"band\" x=\"\(number(plot.left))\" y=\"\(number(top))\" "
                + "width=\"\(number(plot.right - plot.left))\" height=\"\(number(max(1.5, bottom - top)))\"/>"
        )
        for edge in [chart.lower, chart.upper].compactMap({ $0 }) {
            let height = number(y(edge, scale))
            parts.append(
                "<line class=\"edge\" x1=\"\(number(plot.left))\" x2=\"\(number(plot.right))\" y1=\"\(height)\" y2=\"\(height)\"/>"
            )
        }
    }

    private mutating func drawMark() {
        guard let marked = chart.marked else { return }
        let (start, end) = (x(marked.lowerBound), x(marked.upperBound))
        parts.append(
            "<rect class=\"mark\" x=\"\(number(start))\" y=\"\(number(plot.top - 9))\" "
                + "width=\"\(number(max(end - start, 3)))\" height=\"5\"/>"
        )
        parts.append(
            "<line class=\"onset\" x1=\"\(number(start))\" x2=\"\(number(start))\" y1=\"\(number(plot.top - 9))\" "
                + "y2=\"\(number(plot.bottom))\"/>"
        )
        guard !chart.markLabel.isEmpty else { return }
        // On the side of the mark where there is more room.
        let isLeft = start < (plot.left + plot.right) / 2
        parts.append(
            text(
                chart.markLabel,
                x: isLeft ? max(start - 2, plot.left) : min(start + 2, plot.right),
                y: plot.top - 15,
                anchor: isLeft ? "start" : "end",
                style: "onset-label"
            )
        )
    }

    private mutating func drawAxes() {
        for tick in scale?.ticks ?? [] {
            guard let scale else { break }
            let height = y(tick.value, scale)
            parts.append(
                "<line class=\"grid\" x1=\"\(number(plot.left))\" x2=\"\(number(plot.right))\" y1=\"\(number(height))\" "
                    + "y2=\"\(number(height))\"/>"
            )
            parts.append(text(tick.label, x: plot.left - 7, y: height + 4, anchor: "end"))
        }
        parts.append(
            "<line class=\"axis\" x1=\"\(number(plot.left))\" x2=\"\(number(plot.right))\" y1=\"\(number(plot.bottom))\" "
                + "y2=\"\(number(plot.bottom))\"/>"
        )
        let (first, last) = (chart.positions.lowerBound, chart.positions.upperBound)
        for tick in ChartScale.positionTicks(first, last, count: chart.size == .wide ? 8 : 5) {
            let place = x(tick.value)
            parts.append(
                "<line class=\"axis\" x1=\"\(number(place))\" x2=\"\(number(place))\" y1=\"\(number(plot.bottom))\" "
                    + "y2=\"\(number(plot.bottom + 4))\"/>"
            )
            parts.append(text(tick.label, x: place, y: plot.bottom + 16, anchor: "middle"))
        }
        parts.append(text(chart.axis.rawValue, x: plot.right, y: height - 4, anchor: "end", style: "axis-label"))
        if let scale, scale.isLogarithmic {
            parts.append(text("logarithmic scale", x: plot.left, y: height - 4, anchor: "start", style: "axis-label"))
        }
    }

    // MARK: Curves

    private mutating func draw(_ curve: ReportChart.Curve, _ order: Int) {
        let columns = curve.envelope.columns
        if let scale {
            for stretch in Self.stretches(columns) { draw(stretch, order, scale, isExact: curve.envelope.isExact) }
        }
        drawAnomalies(columns, scale)
    }

    /// Neighbouring columns with a finite value.
    private static func stretches(_ columns: [Envelope.Column]) -> [[Envelope.Column]] {
        columns.split { !$0.isFinite }.map(Array.init)
    }

    private mutating func draw(_ columns: [Envelope.Column], _ order: Int, _ scale: ChartScale, isExact: Bool) {
        let places = columns.map { number(x($0.position)) }
        if !isExact, columns.count > 1 {
            let upper = zip(places, columns).map { "\($0),\(number(y($1.highest, scale)))" }
            let lower = zip(places, columns).reversed().map { "\($0),\(number(y($1.lowest, scale)))" }
            parts.append("<path class=\"env c\(order)\" d=\"M\((upper + lower).joined(separator: "L"))Z\"/>")
        }
        let points = zip(places, columns).map { "\($0),\(number(y($1.middle, scale)))" }
        if points.count > 1 {
            parts.append("<path class=\"line c\(order)\" d=\"M\(points.joined(separator: "L"))\"/>")
        }
        if isExact, points.count <= 40 || columns.count == 1 {
            for (place, column) in zip(places, columns) {
                parts.append(
                    "<circle class=\"dot c\(order)\" cx=\"\(place)\" cy=\"\(number(y(column.middle, scale)))\" r=\"2.6\"/>"
                )
            }
        }
    }

    /// NaN as a cross at the bottom of the plot, infinities as arrows at the edge they left through. Of many one every few pixels.
    private mutating func drawAnomalies(_ columns: [Envelope.Column], _ scale: ChartScale?) {
        var last: [String: Double] = [:]
        for column in columns {
            let kinds = [
                (column.notNumbers, "×", plot.bottom - 4), (column.positiveInfinities, "↑", plot.top + 9),
                (column.negativeInfinities, "↓", plot.bottom - 15),
            ]
            for (count, sign, height) in kinds where count > 0 {
                let place = x(column.position)
                if let before = last[sign], place - before < 7 { continue }
                last[sign] = place
                parts.append(text(sign, x: place, y: height, anchor: "middle", style: "lost"))
            }
        }
    }

    // MARK: Pieces

    private func x(_ position: Double) -> Double {
        let span = chart.positions.upperBound - chart.positions.lowerBound
        guard span > 0 else { return (plot.left + plot.right) / 2 }
        let share = min(max((position - chart.positions.lowerBound) / span, 0), 1)
        return plot.left + 6 + share * (plot.right - plot.left - 12)
    }

    private func y(_ value: Double, _ scale: ChartScale) -> Double {
        plot.bottom - scale.height(value) * (plot.bottom - plot.top)
    }

    private func text(_ text: String, x: Double, y: Double, anchor: String, style: String = "") -> String {
        let style = style.isEmpty ? "" : " class=\"\(style)\""
        return "<text\(style) x=\"\(number(x))\" y=\"\(number(y))\" text-anchor=\"\(anchor)\">"
            + "\(MarkupText.escaped(text, width: 80))</text>"
    }

    /// A coordinate to a tenth.
    private func number(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        let sign = tenths < 0 ? "-" : ""
        let size = abs(tenths)
        return size % 10 == 0 ? "\(sign)\(size / 10)" : "\(sign)\(size / 10).\(size % 10)"
    }
}
