import CodecTestSupport
import Testing

@testable import Codec

/// A tiny EnCodec of `goldens_encodec.py`: its configuration and the lengths it was run on.
struct EnCodecCase: CustomTestStringConvertible, Sendable {
    let name: String
    let lengths: [Int]
    let configuration: EnCodecConfiguration

    var testDescription: String { name }

    private init(_ name: String, _ lengths: [Int], _ change: (inout EnCodecConfiguration) -> Void) {
        var configuration = EnCodecConfiguration()
        configuration.network.filters = 4
        configuration.network.ratios = [4, 2]
        configuration.network.dimension = 6
        configuration.codebookCount = 4
        configuration.codebookSize = 16
        configuration.sampleRate = 800
        change(&configuration)
        (self.name, self.lengths, self.configuration) = (name, lengths, configuration)
    }

    func model(_ golden: Golden) throws -> EnCodec {
        try EnCodec(configuration: configuration, weights: golden.stateDictionary(prefix: "state."))
    }

    static let stereo = EnCodecCase("encodec_stereo", [193, 80, 79, 9]) {
        $0.network.isCausal = false
        $0.network.normalization = .timeGroup
        $0.network.channels = 2
        $0.normalizesLevel = true
        $0.segmentDuration = 0.1
        $0.segmentOverlap = 0.125
    }

    static let unsegmented = [
        EnCodecCase("encodec_causal", [67, 40, 7, 3, 1]) { _ in },
        EnCodecCase("encodec_audiocraft", [61, 48, 5]) {
            $0.network.isCausal = false
            $0.network.padding = .zero
            $0.network.usesTrueSkip = true
            $0.network.residualLayers = 2
        },
        EnCodecCase("encodec_trimmed", [50, 2]) {
            $0.network.ratios = [3, 2]
            $0.network.recurrentLayers = 1
            $0.network.residualLayers = 3
            $0.network.compression = 1
            $0.network.kernelSize = 5
            $0.network.trimRightRatio = 0.5
        },
    ]
}
