import Testing

/// What trainers log, and what each name must be taken for: `name = role [part=…] [scale=…] [negated]`. A unit stands in
/// square brackets behind the name, a split other than training in front of it.
struct DialectNames: Sendable, CustomTestStringConvertible {
    let trainer: String
    let text: String
    var testDescription: String { trainer }

    static let all: [DialectNames] = codecs + others

    /// The first half of the dialects.
    private static let codecs: [DialectNames] = [
        DialectNames(
            trainer: "epoch blocks",
            text: """
                Discriminator = discriminatorLoss
                Generator = generatorLoss
                Adversarial = adversarialLoss
                Feature = featureMatchingLoss
                Recon = reconstructionLoss.unspecified
                VQ = vqLoss
                SNR [dB] = snr
                Amplitude [%] = amplitudeRatio scale=0.01
                """
        ),
        DialectNames(
            trainer: "the same trainer's own logging",
            text: """
                Discriminator loss = discriminatorLoss
                Discriminator loss/Real loss = discriminatorRealLoss
                Discriminator loss/Fake loss = discriminatorFakeLoss
                Generator loss = generatorLoss
                Generator loss/Adversarial = adversarialLoss
                Generator loss/Feature = featureMatchingLoss
                Generator loss/Reconstruction = reconstructionLoss.unspecified
                Generator loss/VQ = vqLoss
                validation Loss = totalLoss
                validation SNR [dB] = snr
                validation Input std = inputLevel
                validation Output std = outputLevel
                validation Amplitude ratio = amplitudeRatio
                disc = discriminatorLoss
                gen = generatorLoss
                adv = adversarialLoss
                feat = featureMatchingLoss
                recon = reconstructionLoss.unspecified
                vq = vqLoss
                """
        ),
        DialectNames(
            trainer: "the same trainer's dashboard",
            text: """
                train/disc_loss = discriminatorLoss
                train/disc_real_loss = discriminatorRealLoss
                train/disc_fake_loss = discriminatorFakeLoss
                train/gen_loss = generatorLoss
                train/adv_loss = adversarialLoss
                train/feat_loss = featureMatchingLoss
                train/recon_loss = reconstructionLoss.unspecified
                train/vq_loss = vqLoss
                validation val/loss = totalLoss
                validation val/snr = snr
                validation val/amplitude_ratio = amplitudeRatio
                lr = learningRate.unspecified
                epoch = progress
                """
        ),
        DialectNames(
            trainer: "a plain autoencoder in prose",
            text: """
                Loss = totalLoss
                recon = reconstructionLoss.unspecified
                vq = vqLoss
                SNR [dB] = snr
                output amp [%] = amplitudeRatio scale=0.01
                DC offset/mean = outputMean
                Perceptual loss = otherLoss
                validation Val loss = totalLoss
                """
        ),
        DialectNames(
            trainer: "descript-audio-codec",
            text: """
                adv/disc_loss = discriminatorLoss
                adv/feat_loss = featureMatchingLoss
                adv/gen_loss = adversarialLoss
                loss = totalLoss
                mel/loss = reconstructionLoss.mel
                other/batch_size = progress
                other/grad_norm = gradientNorm.generator
                other/grad_norm_d = gradientNorm.discriminator
                other/learning_rate = learningRate.unspecified
                stft/loss = reconstructionLoss.stft
                vq/codebook_loss = codebookLoss
                vq/commitment_loss = commitmentLoss
                waveform/loss = reconstructionLoss.waveform
                time/train_loop = stepTime
                """
        ),
        DialectNames(
            trainer: "descript-audio-codec evaluation",
            text: """
                mel-22k = reconstructionLoss.mel part=22k
                stft-22k = reconstructionLoss.stft part=22k
                waveform-22k = reconstructionLoss.waveform part=22k
                sisdr-22k = siSDR part=22k negated
                visqol-audio-22k = qualityScore
                sisdr-44k = siSDR part=44k negated
                """
        ),
        DialectNames(
            trainer: "audiocraft",
            text: """
                bandwidth = progress
                d_loss = discriminatorLoss
                d_msstftd = discriminatorLoss part=msstftd
                adv_msstftd = adversarialLoss part=msstftd
                feat_msstftd = featureMatchingLoss part=msstftd
                l1 = reconstructionLoss.waveform
                msspec = reconstructionLoss.mel
                penalty = commitmentLoss
                ratio1 = progress
                g_loss = generatorLoss
                ratio_adv_msstftd = unknown
                mel = reconstructionLoss.mel
                sisnr = siSDR negated
                adv = adversarialLoss
                feat = featureMatchingLoss
                duration = epochTime
                evaluation visqol = qualityScore
                """
        ),
        DialectNames(
            trainer: "HiFi-GAN",
            text: """
                Gen Loss Total = generatorLoss
                Mel-Spec. Error = reconstructionLoss.mel
                s/b = stepTime
                """
        ),
        DialectNames(
            trainer: "BigVGAN event files",
            text: """
                training/gen_loss_total = generatorLoss
                training/mel_spec_error = reconstructionLoss.mel
                training/fm_loss_mpd = featureMatchingLoss part=mpd
                training/gen_loss_mpd = adversarialLoss part=mpd
                training/disc_loss_mpd = discriminatorLoss part=mpd
                training/grad_norm_mpd = gradientNorm.discriminator part=mpd
                training/fm_loss_mrd = featureMatchingLoss part=mrd
                training/gen_loss_mrd = adversarialLoss part=mrd
                training/disc_loss_mrd = discriminatorLoss part=mrd
                training/grad_norm_g = gradientNorm.generator
                training/learning_rate_d = learningRate.discriminator
                training/learning_rate_g = learningRate.generator
                training/epoch = progress
                validation validation/pesq = qualityScore
                validation validation/mrstft = reconstructionLoss.stft
                """
        ),
        DialectNames(
            trainer: "ParallelWaveGAN and AudioDec",
            text: """
                train/generator_loss = generatorLoss
                train/adversarial_loss = adversarialLoss
                train/feature_matching_loss = featureMatchingLoss
                train/mel_loss = reconstructionLoss.mel
                train/spectral_convergence_loss = reconstructionLoss.stft part=convergence
                train/log_stft_magnitude_loss = reconstructionLoss.stft part=magnitude
                train/real_loss = discriminatorRealLoss
                train/fake_loss = discriminatorFakeLoss
                train/discriminator_loss = discriminatorLoss
                train/quantization_loss = vqLoss
                train/commitment_loss = commitmentLoss
                train/train/vqloss = vqLoss
                train/train/ppl_3 = perplexity part=3
                train/shape_loss = otherLoss
                validation eval/mel_loss = reconstructionLoss.mel
                """
        ),
        DialectNames(
            trainer: "TensorFlowTTS",
            text: """
                train_adversarial_loss = adversarialLoss
                train_subband_spectral_convergence_loss = reconstructionLoss.stft part=subband convergence
                train_subband_log_magnitude_loss = reconstructionLoss.stft part=subband magnitude
                train_fullband_spectral_convergence_loss = reconstructionLoss.stft part=fullband convergence
                train_gen_loss = generatorLoss
                train_real_loss = discriminatorRealLoss
                train_fake_loss = discriminatorFakeLoss
                train_dis_loss = discriminatorLoss
                """
        ),
        DialectNames(
            trainer: "CycleGAN",
            text: """
                D_A = discriminatorLoss part=A
                G_A = adversarialLoss part=A
                cycle_A = reconstructionLoss.unspecified part=A
                idt_A = otherLoss part=A
                """
        ),
        DialectNames(
            trainer: "tutorials on GANs in Keras",
            text: """
                d1 = discriminatorRealLoss
                d2 = discriminatorFakeLoss
                g = adversarialLoss
                a1 = discriminatorRealAccuracy scale=0.01
                a2 = discriminatorFakeAccuracy scale=0.01
                """
        ),
        DialectNames(
            trainer: "usage beside a quantiser",
            text: """
                recon = reconstructionLoss.unspecified
                commit = commitmentLoss
                usage = codebookUsage
                gpu_usage = progress
                perpexlity = perplexity
                """
        ),
        DialectNames(
            trainer: "usage without a quantiser",
            text: """
                recon = reconstructionLoss.unspecified
                usage = unknown
                """
        ),
        DialectNames(
            trainer: "ESPnet",
            text: """
                generator_forward_time = progress
                discriminator_optim_step_time = progress
                total_count = progress
                iter_time = loaderTime
                train_time = stepTime
                generator_loss = generatorLoss
                generator_adv_loss = adversarialLoss
                generator_feat_match_loss = featureMatchingLoss
                generator_mel_loss = reconstructionLoss.mel
                discriminator_loss = discriminatorLoss
                discriminator_real_loss = discriminatorRealLoss
                discriminator_fake_loss = discriminatorFakeLoss
                optim0_lr0 = learningRate.generator
                optim1_lr0 = learningRate.discriminator
                """
        ),
        DialectNames(
            trainer: "AcademiCodec",
            text: """
                total_loss_g = generatorLoss
                adv_g_loss = adversarialLoss
                feat_loss = featureMatchingLoss
                rec_loss = reconstructionLoss.unspecified
                commit_loss = commitmentLoss
                loss_d = discriminatorLoss
                d_weight = lossWeight.adversarial
                total_loss_g_train = generatorLoss
                adversarial_loss_train = adversarialLoss
                """
        ),
        DialectNames(
            trainer: "SpeechTokenizer",
            text: """
                Gen Loss = generatorLoss
                Mel Error = reconstructionLoss.mel
                Q Loss = vqLoss
                Distill Loss = otherLoss
                Time cost per step = stepTime
                """
        ),
        DialectNames(
            trainer: "SpeechTokenizer event files",
            text: """
                train/discriminators loss = discriminatorLoss
                train/generator loss = generatorLoss
                train/feature loss = featureMatchingLoss
                train/adversarial loss = adversarialLoss
                train/quantizer loss = vqLoss
                train/mel loss = reconstructionLoss.mel
                train/distillation loss = otherLoss
                train/learning_rate = learningRate.unspecified
                validation dev/mel error = reconstructionLoss.mel
                """
        ),
        DialectNames(
            trainer: "SoundStream of audiolm",
            text: """
                soundstream total loss = totalLoss
                soundstream recon loss = reconstructionLoss.unspecified
                discr (scale 1) loss = discriminatorLoss part=1
                discr (scale 0.5) loss = discriminatorLoss part=0.5
                discr (scale 0.25) loss = discriminatorLoss part=0.25
                """
        ),
        DialectNames(
            trainer: "VITS and RVC",
            text: """
                loss_disc = discriminatorLoss
                loss_gen = adversarialLoss
                loss_fm = featureMatchingLoss
                loss_mel = reconstructionLoss.mel
                loss_kl = klLoss
                """
        ),
    ]
}
