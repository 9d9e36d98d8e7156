import Codec

extension TrainableCodec {
    /// Writes the codec alone, under the names its authors gave its weights, as `codec-doctor encode --checkpoint` and
    /// `CodecModel.load` read it.
    func writeCodec(to path: String) throws(CheckpointError) {
        try stateDictionary.write(to: path, metadata: ["kwargs": "{\"sample_rate\":\(sampleRate)}"])
    }
}
