import Codec

func tour(weights: String, speech: String, folder: String) throws {
    // The package's .pth, a training checkpoint or Hugging Face's safetensors; DAC(configuration: .dac44kHz, using: &random) is untrained.
    let model = try DAC(checkpoint: weights)
    let signal = try AudioFile.read(speech).mono.resampled(to: model.sampleRate)
    let input = Tensor(signal.channels[0], shape: [1, 1, signal.frameCount])

    // Run. Without gradients, intermediate values are freed at once.
    let output = try withoutGradients { try model.reconstruct(input, codebooks: 2) }
    print(output.audio.shape, output.quantized.z.shape, output.quantized.latents.shape, output.quantized.codes.shape)

    // Read activations by name, compute a loss, read gradients by name.
    let recorder = ActivationRecorder(model: model, retainingGradients: true)
    let result = try recorder.recording { try model.reconstruct(input) }
    let quantizerLoss = 0.25 * result.quantized.commitmentLoss + result.quantized.codebookLoss
    let loss = (result.audio - input).absolute().mean() + quantizerLoss
    loss.backward()
    print(recorder.activations["encoder.block.1.block.0"]?.gradient?.shape ?? [])
    for (name, gradient) in model.gradients.entries.prefix(3) { print(name, gradient.norm().item) }
    model.clearGradients()

    // Change a weight, save all of them.
    if let alpha = model.tensor(named: "decoder.model.1.block.0.alpha") { alpha.assign(alpha * 0.5) }
    try model.stateDictionary.write(to: "\(folder)/changed.safetensors")

    // Codes and back; .dac files as the package writes them, in windows of a second.
    let codes = try model.codes(of: input)
    print(codes[0, 0, 0], try model.decode(codes.firstStages(2)).shape)
    try model.compress(AudioFile.read(speech)).write(to: "\(folder)/speech.dac")
    let restored = try model.decompress(DACFile(contentsOf: "\(folder)/speech.dac"))
    try AudioFile.write(restored, to: "\(folder)/restored.wav")
}
