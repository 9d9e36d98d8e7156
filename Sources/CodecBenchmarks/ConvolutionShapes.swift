/// A convolution to time: the layers of DAC's generator and of the discriminators, batch 1.
struct ConvolutionShape: Sendable {
    enum Kind: String, Sendable { case conv1d, conv2d, convTranspose1d }

    let kind: Kind
    let inputs: Int
    let outputs: Int
    /// `[T]` or `[H, W]`.
    let size: [Int]
    let kernel: [Int]
    var stride: [Int]
    var dilation = 1
    var groups = 1
    let padding: [Int]

    /// As in `conv1d 64->64 k7 s1 d1 g1 T16384`.
    var name: String {
        func text(_ values: [Int]) -> String { values.map(String.init).joined(separator: "x") }
        let rest = kind == .conv1d ? " d\(dilation) g\(groups)" : ""
        return "\(kind.rawValue) \(inputs)->\(outputs) k\(text(kernel)) s\(text(stride))\(rest) T\(text(size))"
    }

    /// `[1, C, T]` or `[1, C, H, W]`.
    var inputShape: [Int] { [1, inputs] + size }
    /// `[Cout, Cin/groups, …]`; transposed `[Cin, Cout/groups, …]`.
    var weightShape: [Int] {
        (kind == .convTranspose1d ? [inputs, outputs / groups] : [outputs, inputs / groups]) + kernel
    }

    /// Multiplications and additions of the forward pass; each gradient takes as many again.
    var operations: Double {
        let positions = zip(zip(size, kernel), zip(stride, padding)).map { sizes, steps in
            kind == .convTranspose1d ? sizes.0 : (sizes.0 + 2 * steps.1 - dilation * (sizes.1 - 1) - 1) / steps.0 + 1
        }
        return 2 * Double(weightShape.reduce(1, *)) * Double(positions.reduce(1, *))
    }

    private static func conv1d(
        _ inputs: Int,
        _ outputs: Int,
        kernel: Int,
        stride: Int = 1,
        dilation: Int = 1,
        groups: Int = 1,
        length: Int
    ) -> ConvolutionShape {
        let padding = stride > 1 && groups == 1 ? (stride + 1) / 2 : dilation * (kernel - 1) / 2
        return ConvolutionShape(
            kind: .conv1d,
            inputs: inputs,
            outputs: outputs,
            size: [length],
            kernel: [kernel],
            stride: [stride],
            dilation: dilation,
            groups: groups,
            padding: [padding]
        )
    }

    private static func transposed(_ inputs: Int, _ outputs: Int, stride: Int, length: Int) -> ConvolutionShape {
        ConvolutionShape(
            kind: .convTranspose1d,
            inputs: inputs,
            outputs: outputs,
            size: [length],
            kernel: [2 * stride],
            stride: [stride],
            padding: [(stride + 1) / 2]
        )
    }

    private static func conv2d(
        _ inputs: Int,
        _ outputs: Int,
        kernel: [Int],
        stride: [Int] = [1, 1],
        size: [Int]
    ) -> ConvolutionShape {
        ConvolutionShape(
            kind: .conv2d,
            inputs: inputs,
            outputs: outputs,
            size: size,
            kernel: kernel,
            stride: stride,
            padding: kernel.map { ($0 - 1) / 2 }
        )
    }

    /// Every layer type that costs time in DAC and its discriminators, in the order of the network.
    static let all: [ConvolutionShape] = [
        conv1d(64, 64, kernel: 7, length: 16_384),
        conv1d(128, 128, kernel: 7, dilation: 9, length: 8192),
        conv1d(512, 512, kernel: 7, dilation: 3, length: 1024),
        conv1d(768, 768, kernel: 1, length: 8192),
        conv1d(1, 64, kernel: 7, length: 16_384),
        conv1d(96, 1, kernel: 7, length: 16_384),
        conv1d(64, 128, kernel: 4, stride: 2, length: 16_384),
        conv1d(512, 1024, kernel: 16, stride: 8, length: 1024),
        conv1d(1, 16, kernel: 15, length: 16_384),
        conv1d(16, 64, kernel: 41, stride: 4, groups: 4, length: 16_384),
        conv1d(64, 256, kernel: 41, stride: 4, groups: 16, length: 4096),
        conv1d(256, 1024, kernel: 41, stride: 4, groups: 64, length: 1024),
        conv1d(1024, 1024, kernel: 41, stride: 4, groups: 256, length: 256),
        conv1d(1024, 1024, kernel: 5, length: 64),
        transposed(1536, 768, stride: 8, length: 86),
        transposed(768, 384, stride: 8, length: 688),
        transposed(384, 192, stride: 4, length: 5504),
        transposed(192, 96, stride: 2, length: 22_016),
        conv2d(1, 32, kernel: [5, 1], stride: [3, 1], size: [8192, 3]),
        conv2d(32, 128, kernel: [5, 1], stride: [3, 1], size: [2731, 3]),
        conv2d(128, 512, kernel: [5, 1], stride: [3, 1], size: [911, 3]),
        conv2d(512, 1024, kernel: [5, 1], stride: [3, 1], size: [304, 3]),
        conv2d(1024, 1024, kernel: [5, 1], size: [102, 3]),
        conv2d(1024, 1, kernel: [3, 1], size: [102, 3]),
        conv2d(2, 32, kernel: [3, 9], size: [33, 256]),
        conv2d(32, 32, kernel: [3, 9], stride: [1, 2], size: [33, 256]),
        conv2d(32, 32, kernel: [3, 9], stride: [1, 2], size: [131, 64]),
        conv2d(32, 32, kernel: [3, 3], size: [33, 32]),
    ]
}
