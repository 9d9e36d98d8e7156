import CodecTestSupport
import Testing

@testable import Codec

/// Convolutions by transformed rows against the plain kernels.
@Suite struct RowTransformTests {
    /// Rows that are no multiple of 4, strides and several columns, padding between none and the whole kernel.
    static let geometries: [ConvolutionGeometry] = [
        geometry(items: 1, 64, 72, rows: 67, columns: 3, kernel: (5, 1), padding: (2, 0)),
        geometry(items: 3, 80, 48, rows: 45, columns: 2, kernel: (5, 1), padding: (0, 0)),
        geometry(items: 2, 32, 32, rows: 33, columns: 51, kernel: (3, 9), stride: 2, padding: (1, 4)),
        geometry(items: 1, 40, 33, rows: 70, columns: 13, kernel: (3, 3), padding: (1, 1)),
        geometry(items: 2, 48, 64, rows: 31, columns: 7, kernel: (3, 3), padding: (2, 0)),
    ]

    /// Both kinds of kernel are compared with sums in double precision; no result may be far off either.
    @Test(arguments: geometries)
    func transformedRowsAreNearlyAsExactAsThePlainSum(geometry: ConvolutionGeometry) throws {
        let operands = Operands(geometry)
        let reference = ConvolutionReference(geometry: geometry)
        let (x, y, weights) = (operands.x.values, operands.y.values, operands.weights.values)
        let exact = [
            reference.forward(x, weights, operands.bias.values),
            reference.backwardData(y, weights),
            reference.backwardWeights(x, y),
        ]
        var plain = geometry
        plain.allowsRowTransform = false
        let plainErrors = zip(Self.passes(plain, operands), exact).map(Self.errors)
        for threads in [1, 3] {
            let transform = try #require(RowTransform(geometry, threads: threads))
            let forward = transform.forward(input: operands.x, weights: operands.weights, bias: operands.bias)
            let data = transform.backwardData(output: operands.y, weights: operands.weights)
            let gradient = ConvolutionKernel.backwardWeights(
                geometry,
                input: operands.x,
                output: operands.y,
                threads: threads
            )
            let results = [try #require(forward), try #require(data), gradient]
            for ((result, exact), plain) in zip(zip(results, exact), plainErrors) {
                let errors = Self.errors(result, exact)
                #expect(errors.typical < 3 * plain.typical)
                #expect(errors.largest < 2e-5)
            }
        }
    }

    private static func passes(_ geometry: ConvolutionGeometry, _ operands: Operands) -> [TensorStorage] {
        [
            ConvolutionKernel.forward(geometry, input: operands.x, weights: operands.weights, bias: operands.bias),
            ConvolutionKernel.backwardData(geometry, output: operands.y, weights: operands.weights),
            ConvolutionKernel.backwardWeights(geometry, input: operands.x, output: operands.y),
        ]
    }

    /// The root mean square of the errors and the largest, over the root mean square of what is exact; infinite for NaN.
    private static func errors(_ values: TensorStorage, _ exact: [Double]) -> (typical: Double, largest: Double) {
        let errors = zip(values.values, exact).map { abs(Double($0) - $1) }
        func size(_ values: [Double]) -> Double {
            (values.reduce(0) { $0 + $1 * $1 } / Double(values.count)).squareRoot()
        }
        let largest = errors.reduce(0) { $1.isNaN ? .infinity : max($0, $1) }
        return (size(errors) / size(exact), largest / size(exact))
    }

    @Test(arguments: [Float.nan, .infinity, 1e20])
    func valuesThatWouldSpreadAreLeftToThePlainKernels(value: Float) {
        let geometry = Self.geometries[0]
        var plain = geometry
        plain.allowsRowTransform = false
        for poisoned in [\Operands.x, \Operands.weights] {
            let operands = Operands(geometry)
            operands[keyPath: poisoned].withMutableSpan { $0[$0.count / 2] = value }
            let result = ConvolutionKernel.forward(
                geometry,
                input: operands.x,
                weights: operands.weights,
                bias: operands.bias
            )
            let expected = ConvolutionKernel.forward(
                plain,
                input: operands.x,
                weights: operands.weights,
                bias: operands.bias
            )
            #expect(result.values.map(\.bitPattern) == expected.values.map(\.bitPattern))
        }
    }

    @Test func aChangedWeightIsTransformedAgain() {
        let geometry = Self.geometries[0]
        let operands = Operands(geometry)
        func result() -> [Float] {
            ConvolutionKernel.forward(geometry, input: operands.x, weights: operands.weights, bias: nil).values
        }
        let before = result()
        operands.weights.withMutableSpan { weights in for index in 0..<weights.count { weights[index] *= 2 } }
        for (new, old) in zip(result(), before) { #expect(new == 2 * old) }
    }

    @Test func groupsStridesAndSmallConvolutionsStayPlain() {
        var grouped = Self.geometries[0]
        grouped.groups = 8
        #expect(RowTransform(grouped, threads: 1) == nil)
        let strided = Self.geometry(
            items: 1,
            64,
            72,
            rows: 67,
            columns: 3,
            kernel: (5, 1),
            rowStride: 3,
            padding: (2, 0)
        )
        #expect(RowTransform(strided, threads: 1) == nil)
        let small = Self.geometry(items: 1, 16, 16, rows: 9, columns: 2, kernel: (5, 1), padding: (2, 0))
        #expect(RowTransform(small, threads: 1) == nil)
    }

    private struct Operands {
        let x: TensorStorage, y: TensorStorage, weights: TensorStorage, bias: TensorStorage

        init(_ geometry: ConvolutionGeometry) {
            var random = RandomSource(seed: 11)
            x = Tensor.normal([geometry.inputCount], using: &random).storage
            y = Tensor.normal([geometry.outputCount], using: &random).storage
            weights = Tensor.normal([geometry.weightCount], using: &random).storage
            bias = Tensor.normal([geometry.outputChannels], using: &random).storage
        }
    }

    private static func geometry(
        items: Int,
        _ inputs: Int,
        _ outputs: Int,
        rows: Int,
        columns: Int,
        kernel: (rows: Int, columns: Int),
        rowStride: Int = 1,
        stride: Int = 1,
        padding: (rows: Int, columns: Int)
    ) -> ConvolutionGeometry {
        func length(_ size: Int, _ kernel: Int, _ stride: Int, _ padding: Int) -> Int {
            ConvolutionGeometry.length(size, kernel: kernel, stride: stride, dilation: 1, padding: 2 * padding)
        }
        return ConvolutionGeometry(
            items: items,
            groups: 1,
            inputChannels: inputs,
            outputChannels: outputs,
            input: (rows, columns),
            output: (
                length(rows, kernel.rows, rowStride, padding.rows),
                length(columns, kernel.columns, stride, padding.columns)
            ),
            kernel: kernel,
            stride: (rowStride, stride),
            dilation: (1, 1),
            padding: padding,
            allowsRowTransform: true
        )
    }
}
