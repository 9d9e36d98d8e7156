/// The rules by which names are read word by word, in order: `role = needed concepts ? allowed concepts [; options]`.
///
/// `@loss` stands for what any loss may carry, `@sub` for a sub-discriminator or a stage. Options as in `RoleTable`.
enum NameRuleTable {
    /// Abbreviations used in `text`.
    static let abbreviations = ["@loss": "loss total step epoch time", "@sub": "part number"]

    static let text = """
        lossWeight.adversarial = weight adversarial ? loss generator
        lossWeight.adversarial = weight discriminator ? loss adversarial
        lossWeight.adversarial = weight generator ? loss adversarial
        lossWeight.featureMatching = weight featureMatching ? loss generator adversarial
        lossWeight.mel = weight mel ? loss generator reconstruction stft distance
        lossWeight.stft = weight stft ? loss generator reconstruction distance
        lossWeight.waveform = weight waveform ? loss generator reconstruction distance
        lossWeight.waveform = weight distance ? loss generator reconstruction
        lossWeight.reconstruction = weight reconstruction ? loss generator
        lossWeight.commitment = weight commitment ? loss vq
        lossWeight.codebook = weight codebook ? loss vq
        lossWeight.vq = weight vq ? loss
        lossWeight.kl = weight kl ? loss
        learningRate.unspecified = learningRate ? number step epoch
        learningRate.generator = learningRate generator ? number step epoch
        learningRate.discriminator = learningRate discriminator ? number step epoch
        updateRatio.generator = updateRatio generator ? number total step
        updateRatio.discriminator = updateRatio discriminator ? number total step
        gradientLeak.generator = gradientLeak generator ? number total step
        gradientLeak.discriminator = gradientLeak discriminator ? number total step
        updateRatio.unspecified = updateRatio ? number total step
        gradientNorm.encoder = encoder gradient ? norm total step
        gradientNorm.encoder = encoder norm ? total step
        gradientNorm.unspecified = gradient norm ? number total step
        gradientNorm.generator = gradient norm generator ? number total step
        gradientNorm.discriminator = gradient norm discriminator ? number total step part
        gradientNorm.discriminator = gradient norm part ? number total step
        gradientNorm.unspecified = gradient peak ? norm step ; part=max
        gradientNorm.generator = gradient peak generator ? norm step ; part=max
        gradientNorm.discriminator = gradient peak discriminator ? norm step ; part=max
        gradientScale = gradientScale ?
        skippedSteps = skipped ? number total step gradient generator discriminator
        discriminatorRealAccuracy = real accuracy ? discriminator percent score @sub
        discriminatorFakeAccuracy = fake accuracy ? discriminator percent score @sub
        discriminatorRealLogit = real sign ? discriminator loss score ; part=sign
        discriminatorFakeLogit = fake sign ? discriminator loss score ; part=sign
        discriminatorRealLogitSpread = real score level ? discriminator adversarial output @sub
        discriminatorFakeLogitSpread = fake score level ? discriminator adversarial output @sub
        discriminatorRealLogit = real score ? discriminator adversarial loss output @sub
        discriminatorFakeLogit = fake score ? discriminator adversarial loss output @sub
        discriminatorRealLoss = discriminator real ? adversarial @loss @sub
        discriminatorFakeLoss = discriminator fake ? adversarial @loss @sub
        discriminatorRealLoss = real loss ? adversarial @sub
        discriminatorFakeLoss = fake loss ? @sub
        featureMatchingLoss = featureMatching ? adversarial generator discriminator distance stft @loss @sub
        discriminatorLoss = discriminator ? adversarial stft mel waveform @loss @sub
        adversarialLoss = adversarial ? generator fake stft mel waveform @loss @sub
        adversarialLoss = generator part ? loss number
        adversarialLoss = generator loss number ?
        generatorLoss = generator ? @loss
        reconstructionLoss.mel = mel ? reconstruction stft distance generator magnitude part @loss
        reconstructionLoss.stft = stft ? reconstruction distance generator magnitude convergence @loss @sub
        reconstructionLoss.stft = convergence ? reconstruction distance generator stft @loss @sub
        reconstructionLoss.stft = magnitude loss ? reconstruction distance generator @loss @sub
        reconstructionLoss.waveform = waveform ? reconstruction distance generator part @loss
        reconstructionLoss.waveform = distance ? reconstruction generator part @loss
        reconstructionLoss.waveform = time reconstruction ? generator @loss
        reconstructionLoss.unspecified = reconstruction ? generator @loss
        totalLoss = loss ? total step epoch
        perplexity = perplexity ? codebook vq @sub
        codebookUsage = usage codebook ? vq percent ratio @sub
        codebookUsage = usage vq ? percent ratio @sub
        commitmentLoss = commitment ? vq generator @loss @sub
        codebookLoss = codebook loss ? vq generator @loss @sub
        vqLoss = vq ? generator @loss @sub
        klLoss = kl ? generator @loss
        siSDRAligned = siSDR aligned loss ? ; negated
        siSDRAligned = siSDR aligned ? part
        delay = delay ? output input waveform
        siSDR = siSDR loss ? ; negated
        siSDR = siSDR ? part
        snr = snr loss ? ; negated
        snr = snr ? output
        amplitudeRatio = amplitude ratio ? output input level percent
        amplitudeRatio = level ratio ? output input percent
        amplitudeRatio = amplitude percent ? output level
        amplitudeRatio = level percent ? output
        inputPeak = input peak ? amplitude
        inputPeak = real peak ? amplitude input
        outputPeak = output peak ? amplitude
        outputPeak = fake peak ? amplitude output
        outputPeak = reconstruction peak ? amplitude output
        outputLevel = output level ? amplitude
        outputLevel = fake level ? amplitude output
        outputLevel = reconstruction level ? amplitude output
        outputLevel = output amplitude ?
        inputLevel = input level ? amplitude
        inputLevel = real level ? amplitude input
        inputLevel = input amplitude ?
        outputMean = output mean ?
        outputMean = offset ? output
        inputMean = input mean ?
        inputMean = offset input ?
        inputBandwidth = bandwidth ?
        repeatDifference = repeatDifference ? percent
        inputClippedFraction = clipped input ? percent ratio
        inputClippedFraction = clipped real ? input percent ratio
        clippedFraction = clipped ? output percent ratio
        correlation = correlation ? percent waveform output input
        loaderTime = loader ? time seconds step
        loaderTime = loader milliseconds ? time step ; scale=0.001
        stepTime = step milliseconds ? time ; scale=0.001
        stepTime = step time ? seconds loss
        stepTime = step seconds ? time
        epochTime = epoch time ? seconds
        epochTime = epoch seconds ? time
        """
}
