public import Codec

/// Which codec is trained, with its sizes.
public enum GeneratorConfiguration: Sendable, Hashable, Codable {
    /// DAC at any size.
    case dac(DACConfiguration)
    /// The origin's codec.
    case telugu(TeluguCodecConfiguration)
    /// EnCodec.
    case encodec(EnCodecConfiguration)

    /// Hz.
    public var sampleRate: Int {
        switch self {
        case .dac(let configuration): configuration.sampleRate
        case .telugu(let configuration): configuration.sampleRate
        case .encodec(let configuration): configuration.sampleRate
        }
    }

    /// Throws ``CodecError`` unless the sizes describe a network.
    public func validate() throws(CodecError) {
        switch self {
        case .dac(let configuration): try configuration.validate()
        case .telugu(let configuration): try configuration.validate()
        case .encodec(let configuration): try configuration.validate()
        }
    }

    /// A codec with random weights. The sizes must be valid.
    public func makeGenerator(using random: inout some RandomNumberGenerator) -> any TrainableCodec {
        switch self {
        case .dac(let configuration): DAC(configuration: configuration, using: &random)
        case .telugu(let configuration): TeluguCodec(configuration: configuration, using: &random)
        case .encodec(let configuration): EnCodec(configuration: configuration, using: &random)
        }
    }
}
