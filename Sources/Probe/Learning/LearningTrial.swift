import Codec

/// One net on its way: trained step by step, and judged on held-out audio when wanted.
final class LearningTrial {
    let net: Discriminator
    let options: LearningProbe.Options
    /// The loss of every step, before its update.
    private(set) var points: [LearningReport.Point] = []
    /// Seconds spent in steps.
    private(set) var seconds = 0.0
    private let optimizer: AdamW
    private let parameters: [Tensor]
    private var batches: LearningBatches

    init(_ net: Discriminator, audio: ProbeAudio, options: LearningProbe.Options, length: Int) {
        self.net = net
        self.options = options
        parameters = net.namedParameters.map(\.tensor)
        optimizer = AdamW(
            parameters,
            learningRate: options.learningRate,
            betas: options.betas,
            weightDecay: options.weightDecay
        )
        batches = LearningBatches(audio, options: options, length: length)
        net.setTraining(true)
    }

    /// The losses so far, mean over sub-discriminators.
    var losses: [Double] { points.map(\.loss) }

    /// Seconds a step took lately; 0 until there were four, because the first ones wait for memory.
    private(set) var secondsPerStep = 0.0

    func step() {
        let clock = ContinuousClock()
        let start = clock.now
        let batch = batches.next()
        let items = batch.real.shape[0]
        let output = net.output(of: .concatenated([batch.real, batch.imitated], dimension: 0))
        let loss = options.loss.discriminator(
            real: output.logits(ofItems: 0..<items),
            decoded: output.logits(ofItems: items..<(2 * items))
        )
        loss.total.backward()
        let norm = Double(GradientNorm.clip(parameters, to: options.largestGradientNorm ?? .infinity))
        optimizer.update()
        net.clearGradients()
        let parts = loss.parts.map(Double.init)
        points.append(
            LearningReport.Point(
                step: points.count,
                loss: SignalProbe.mean(parts),
                partLosses: parts,
                gradientNorm: norm
            )
        )
        let taken = (clock.now - start) / .seconds(1)
        seconds += taken
        if points.count >= 4 { secondsPerStep = secondsPerStep == 0 ? taken : 0.8 * secondsPerStep + 0.2 * taken }
    }
}
