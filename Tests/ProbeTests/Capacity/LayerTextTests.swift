import Codec
import Probe
import Testing

@Suite struct LayerTextTests {
    @Test func readsTheOriginsLayer() throws {
        let layer = try LayerText.parse("conv1d 1024 1024 k41 s4 g256")
        #expect(layer.inputChannels == 1024 && layer.outputChannels == 1024 && layer.groups == 256)
        #expect(layer.kernel == [41] && layer.stride == [4] && layer.dilation == [1] && layer.padding == [20])
        #expect(layer.parameterCount == 168_960)
        #expect(layer.name == "conv1d 1024 1024 k41 s4 g256")
    }

    @Test func readsTwoDimensionsInAnyOrderAndCase() throws {
        let layer = try LayerText.parse("  Conv2D 32 64 G4 d2x1\tp1x4 S1x2 k3X9 ")
        #expect(
            layer.kernel == [3, 9] && layer.stride == [1, 2] && layer.padding == [1, 4] && layer.dilation == [2, 1]
        )
        #expect(layer.groups == 4)
        #expect(try LayerText.parse("conv2d 8 8 k3 s2").stride == [2, 2])
    }

    @Test(arguments: [
        "conv1d 1024 1024 k41 s4 g256", "conv1d 7 13 k1", "conv1d 8 8 k5 p0 d3", "conv2d 32 32 k3x9 s1x2 d2x1 g4",
        "conv2d 2 32 k5x1 p1x0", "conv1d 4 4 k4 g4",
    ])
    func describeIsTheInverse(text: String) throws {
        let layer = try LayerText.parse(text)
        #expect(LayerText.describe(layer) == text)
        #expect(try LayerText.parse(LayerText.describe(layer)) == layer)
    }

    @Test(arguments: [
        ("", 1, LayerTextError.Problem.empty), (" \n ", 1, .empty), ("linear 4 4", 1, .unknownKind),
        ("conv1d", 7, .missing("channels in")), ("conv1d 4", 9, .missing("channels out")),
        ("conv1d 4 4", 11, .missing("kernel (k41)")), ("conv1d 4 4 s2", 14, .missing("kernel (k41)")),
        ("conv1d nan 4 k3", 8, .notANumber("channels in")), ("conv1d 4 -4 k3", 10, .notANumber("channels out")),
        ("conv1d 4 4 k1e3", 12, .notANumber("kernel")), ("conv1d 4 4 k", 12, .notANumber("kernel")),
        ("conv1d 4 4 k٣", 12, .notANumber("kernel")), ("conv2d 4 4 k3x", 12, .notANumber("kernel")),
        ("conv1d 0 4 k3", 8, .outOfRange("channels in", 1...1_048_576)),
        ("conv1d 4 4 k3 s0", 15, .outOfRange("stride", 1...1_048_576)),
        ("conv1d 4 4 k99999999999999999999999", 12, .outOfRange("kernel", 1...1_048_576)),
        ("conv1d 4 4 k3 z1", 15, .unknownOption), ("conv1d 4 4 k3 7", 15, .unknownOption),
        ("conv1d 4 4 k3 k5", 15, .repeated), ("conv1d 4 4 k3x3", 12, .dimensions(expected: 1)),
        ("conv2d 4 4 k3x3x3", 12, .dimensions(expected: 2)), ("conv2d 4 4 k3 g2x2", 15, .dimensions(expected: 1)),
        ("conv1d 12 8 k3 g3", 16, .groups(3, channels: [12, 8], valid: [1, 2, 4])),
        ("conv2d 1048576 1048576 k1000x1000", 1, .tooLarge),
        ("conv1d 4 4 \u{1B}[31m", 12, .unknownOption),
    ])
    func errorsSayWhereAndWhat(text: String, position: Int, problem: LayerTextError.Problem) {
        #expect {
            try LayerText.parse(text)
        } throws: { error in
            guard let error = error as? LayerTextError else { return false }
            return error.position == position && error.problem == problem && !error.description.isEmpty
        }
    }
}
