import CSndFile

extension AudioFileFormat {
    /// libsndfile's word for the format.
    var libraryFormat: Int32 {
        switch self {
        case .wav(.pcm8): Int32(SF_FORMAT_WAV | SF_FORMAT_PCM_U8)
        case .wav(let encoding): Int32(SF_FORMAT_WAV | encoding.librarySubtype)
        case .flac(let encoding): Int32(SF_FORMAT_FLAC | encoding.librarySubtype)
        case .ogg: Int32(SF_FORMAT_OGG | SF_FORMAT_VORBIS)
        case .mp3: Int32(SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III)
        }
    }
}

extension AudioFileFormat.SampleEncoding {
    fileprivate var librarySubtype: Int {
        switch self {
        case .pcm8: SF_FORMAT_PCM_S8
        case .pcm16: SF_FORMAT_PCM_16
        case .pcm24: SF_FORMAT_PCM_24
        case .pcm32: SF_FORMAT_PCM_32
        case .float32: SF_FORMAT_FLOAT
        }
    }
}
