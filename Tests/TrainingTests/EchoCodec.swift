import Codec
import Training

/// A codec that gives back what it gets; its codes count from 0 through the codebook. In training it adds noise.
final class EchoCodec: Layer, TrainableCodec {
    let sampleRate = 16_000
    let channels = 1
    let hopLength = 8
    let codebookCount = 2
    let codebookSize = 4
    var quantizerRandom = RandomSource(seed: 7)
    /// How often it was asked.
    private(set) var passes = 0

    func trainingReconstruction(of audio: Tensor) throws(CodecError) -> CodecReconstruction {
        passes += 1
        let noise = Float(quantizerRandom.next() % 1000) / 1e5
        return CodecReconstruction(
            audio: isTraining ? audio + noise : audio,
            codes: try codes(of: audio, codebooks: nil),
            quantizerLosses: []
        )
    }

    /// The first stage uses all four rows equally often, the second always the same.
    func codes(of audio: Tensor, codebooks: Int?) throws(CodecError) -> Codes {
        let (batch, frames) = (audio.shape[0], audio.shape[2] / hopLength)
        guard frames > 0 else { throw .tooShort(samples: audio.shape[2], needed: hopLength) }
        let counting = (0..<(batch * frames)).map { Int32($0 % codebookSize) }
        let constant = [Int32](repeating: 2, count: batch * frames)
        return Codes(batch: batch, frames: frames, stages: [counting, constant])
    }

    func decode(_ codes: Codes) throws(CodecError) -> Tensor {
        Tensor(repeating: 0, shape: [codes.batch, 1, codes.frames * hopLength])
    }

    func latents(of audio: Tensor) throws(CodecError) -> Tensor { audio }

    func decode(latents: Tensor) throws(CodecError) -> Tensor { latents }
}
