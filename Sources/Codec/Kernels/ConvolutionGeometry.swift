import CKernels

/// The sizes of one convolution: what it reads, what it writes, and how. A transposed convolution has the geometry of the
/// convolution it transposes, so its input is this geometry's output.
struct ConvolutionGeometry {
    var items: Int
    var groups: Int
    var inputChannels: Int
    var outputChannels: Int
    /// Rows and columns; one-dimensional signals have time as rows and one column.
    var input: (rows: Int, columns: Int)
    var output: (rows: Int, columns: Int)
    var kernel: (rows: Int, columns: Int)
    var stride: (rows: Int, columns: Int)
    var dilation: (rows: Int, columns: Int)
    /// Zeros before the first row and the first column.
    var padding: (rows: Int, columns: Int)
    /// Whether ``RowTransform`` may be used.
    var allowsRowTransform = false

    /// Values of the input, the output and the weights `[outputChannels, inputChannels / groups, rows, columns]`.
    var inputCount: Int { items * inputChannels * input.rows * input.columns }
    var outputCount: Int { items * outputChannels * output.rows * output.columns }
    var weightCount: Int { outputChannels * inputChannels / groups * kernel.rows * kernel.columns }
    /// Floating-point operations of one pass, a multiplication and an addition per weight and output.
    var operations: Int { 2 * outputCount * inputChannels / groups * kernel.rows * kernel.columns }

    /// How often a kernel fits: `(size + padding − dilation · (kernel − 1) − 1) / stride + 1`.
    static func length(_ size: Int, kernel: Int, stride: Int, dilation: Int, padding: Int) -> Int {
        precondition(
            stride > 0 && dilation > 0 && kernel > 0,
            "stride \(stride), dilation \(dilation) and kernel \(kernel) must be positive"
        )
        let room = size + padding - dilation * (kernel - 1) - 1
        precondition(
            room >= 0,
            "a kernel of \(kernel) with dilation \(dilation) does not fit into \(size) values with \(padding) of padding"
        )
        return room / stride + 1
    }

    /// The same as the C kernels take it. One row with a flat kernel becomes one column, which is the faster orientation.
    var kernelDescription: ck_convolution {
        precondition(
            groups > 0 && inputChannels % groups == 0 && outputChannels % groups == 0,
            "\(groups) groups do not divide \(inputChannels) and \(outputChannels) channels"
        )
        precondition(
            max(input.rows * input.columns, output.rows * output.columns) < Int(Int32.max),
            "a convolution takes fewer than 2³¹ values per channel"
        )
        var description = ck_convolution()
        description.items = Int64(items)
        description.groups = Int64(groups)
        description.inputChannels = Int64(inputChannels)
        description.outputChannels = Int64(outputChannels)
        let isFlat = input.rows == 1 && output.rows == 1 && kernel.rows == 1 && padding.rows == 0
        let none = (rows: 1, columns: 1)
        let (rows, columns) = isFlat ? (\Axes.columns, \Axes.rows) : (\Axes.rows, \Axes.columns)
        description.inputRows = Int64(input[keyPath: rows])
        description.inputColumns = Int64(input[keyPath: columns])
        description.outputRows = Int64(output[keyPath: rows])
        description.outputColumns = Int64(output[keyPath: columns])
        description.kernelRows = Int64(kernel[keyPath: rows])
        description.kernelColumns = Int64(kernel[keyPath: columns])
        description.rowStride = Int64(stride[keyPath: rows])
        description.columnStride = Int64((isFlat ? none : stride)[keyPath: columns])
        description.rowDilation = Int64(dilation[keyPath: rows])
        description.columnDilation = Int64((isFlat ? none : dilation)[keyPath: columns])
        description.rowPadding = Int64(padding[keyPath: rows])
        description.columnPadding = Int64(padding[keyPath: columns])
        return description
    }

    private typealias Axes = (rows: Int, columns: Int)
}
