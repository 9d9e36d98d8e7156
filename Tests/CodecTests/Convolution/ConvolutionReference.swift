@testable import Codec

/// A convolution stated as plainly as possible, summed in double precision.
struct ConvolutionReference {
    let geometry: ConvolutionGeometry

    func forward(_ x: [Float], _ weights: [Float], _ bias: [Float]) -> [Double] {
        let plane = geometry.output.rows * geometry.output.columns
        var y = (0..<geometry.outputCount).map { Double(bias[$0 / plane % geometry.outputChannels]) }
        forEachProduct { i, w, o in y[o] += Double(x[i]) * Double(weights[w]) }
        return y
    }

    func backwardData(_ output: [Float], _ weights: [Float]) -> [Double] {
        var x = [Double](repeating: 0, count: geometry.inputCount)
        forEachProduct { i, w, o in x[i] += Double(output[o]) * Double(weights[w]) }
        return x
    }

    func backwardWeights(_ x: [Float], _ output: [Float]) -> [Double] {
        var weights = [Double](repeating: 0, count: geometry.weightCount)
        forEachProduct { i, w, o in weights[w] += Double(x[i]) * Double(output[o]) }
        return weights
    }

    /// Calls `body` with the positions of input, weight and output in every product that a convolution sums.
    private func forEachProduct(_ body: (Int, Int, Int) -> Void) {
        let g = geometry
        let (inputs, outputs) = (g.inputChannels / g.groups, g.outputChannels / g.groups)
        for item in 0..<g.items {
            for o in 0..<g.outputChannels {
                for c in 0..<inputs {
                    let channel = o / outputs * inputs + c
                    for tap in 0..<(g.kernel.rows * g.kernel.columns) {
                        let w = (o * inputs + c) * g.kernel.rows * g.kernel.columns + tap
                        for position in 0..<(g.output.rows * g.output.columns) {
                            let row =
                                position / g.output.columns * g.stride.rows
                                + tap / g.kernel.columns * g.dilation.rows - g.padding.rows
                            let column =
                                position % g.output.columns * g.stride.columns
                                + tap % g.kernel.columns * g.dilation.columns - g.padding.columns
                            guard (0..<g.input.rows).contains(row), (0..<g.input.columns).contains(column) else {
                                continue
                            }
                            body(
                                ((item * g.inputChannels + channel) * g.input.rows + row) * g.input.columns + column,
                                w,
                                (item * g.outputChannels + o) * g.output.rows * g.output.columns + position
                            )
                        }
                    }
                }
            }
        }
    }

    /// A convolution drawn at random: one or two dimensions, any stride, dilation, groups, padding on either side.
    static func random(using random: inout RandomSource) -> ConvolutionReference {
        func draw(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
        while true {
            let groups = draw(0...2) == 0 ? draw(2...4) : 1
            func channels() -> Int { draw(0...4) == 0 ? draw(12...70) : draw(1...12) }
            var geometry = ConvolutionGeometry(
                items: draw(1...3),
                groups: groups,
                inputChannels: groups * channels(),
                outputChannels: groups * channels(),
                input: (draw(1...200), 1),
                output: (0, 1),
                kernel: (draw(0...5) == 0 ? draw(8...41) : draw(1...7), 1),
                stride: (draw(1...5), 1),
                dilation: (draw(0...2) == 0 ? draw(2...12) : 1, 1),
                padding: (draw(-2...9), 0)
            )
            if draw(0...1) == 0 {
                geometry.input = (draw(1...24), draw(1...30))
                geometry.kernel = (draw(1...5), draw(1...6))
                geometry.stride.columns = draw(1...3)
                geometry.dilation.columns = draw(1...2)
                geometry.padding.columns = draw(0...4)
            }
            let rows = geometry.input.rows + geometry.padding.rows + draw(-1...9)
            let columns = geometry.input.columns + 2 * geometry.padding.columns
            let spare = (
                rows: rows - geometry.dilation.rows * (geometry.kernel.rows - 1) - 1,
                columns: columns - geometry.dilation.columns * (geometry.kernel.columns - 1) - 1
            )
            guard spare.rows >= 0, spare.columns >= 0 else { continue }
            geometry.output = (
                spare.rows / geometry.stride.rows + 1, spare.columns / geometry.stride.columns + 1
            )
            return ConvolutionReference(geometry: geometry)
        }
    }
}
