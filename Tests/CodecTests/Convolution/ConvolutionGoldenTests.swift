import Codec
import CodecTestSupport
import Testing

/// Values and gradients against PyTorch's in float64, rounded to float32.
@Suite struct ConvolutionGoldenTests {
    /// Sums of at most some hundred products of values of order 1.
    static let tolerance: Float = 1e-5

    @Test(arguments: try Golden("conv1d").metadata.keys.sorted())
    func conv1dEqualsPyTorch(name: String) throws {
        try check("conv1d", name) { p, x, weight, bias in
            x.conv1d(weight, bias: bias, stride: p[5], padding: (p[8], p[9]), dilation: p[6], groups: p[7])
        }
    }

    @Test(arguments: try Golden("conv_transpose1d").metadata.keys.sorted())
    func convTranspose1dEqualsPyTorch(name: String) throws {
        try check("conv_transpose1d", name) { p, x, weight, bias in
            x.convTranspose1d(
                weight,
                bias: bias,
                stride: p[5],
                padding: p[8],
                outputPadding: p[9],
                dilation: p[6],
                groups: p[7]
            )
        }
    }

    @Test(arguments: try Golden("conv2d").metadata.keys.sorted())
    func conv2dEqualsPyTorch(name: String) throws {
        try check("conv2d", name) { p, x, weight, bias in
            x.conv2d(
                weight,
                bias: bias,
                stride: (p[7], p[8]),
                padding: (p[12], p[13]),
                dilation: (p[9], p[10]),
                groups: p[11]
            )
        }
    }

    private func check(_ file: String, _ name: String, _ run: ([Int], Tensor, Tensor, Tensor) -> Tensor) throws {
        let golden = try Golden(file)
        let parameters = try #require(golden.metadata[name]).split(separator: " ").compactMap { Int($0) }
        let leaves = try ["x", "weight", "bias"].map { key in
            let tensor = try golden("\(name).\(key)")
            return Tensor(tensor.values, shape: tensor.shape, requiresGradient: true)
        }
        let y = run(parameters, leaves[0], leaves[1], leaves[2])
        let values = difference(y, try golden("\(name).y"))
        #expect(values.relative < Self.tolerance, "\(values)")
        y.backward(from: try golden("\(name).seed"))
        for (leaf, key) in zip(leaves, ["gx", "gweight", "gbias"]) {
            let gradients = difference(try #require(leaf.gradient), try golden("\(name).\(key)"))
            #expect(gradients.relative < Self.tolerance, "\(key): \(gradients)")
        }
    }
}
