import Testing

/// What trainers log, and what each name must be taken for: `name = role [part=…] [scale=…] [negated]`. A unit stands in
/// square brackets behind the name, a split other than training in front of it.
struct DialectNames: Sendable, CustomTestStringConvertible {
    let trainer: String
    let text: String
    var testDescription: String { trainer }

    static let all: [DialectNames] = [
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
        DialectNames(
            trainer: "VITS event files",
            text: """
                loss/g/total = generatorLoss
                loss/d/total = discriminatorLoss
                loss/g/fm = featureMatchingLoss
                loss/g/mel = reconstructionLoss.mel
                loss/g/kl = klLoss
                loss/g/2 = adversarialLoss part=2
                loss/d_r/2 = discriminatorRealLoss part=2
                loss/d_g/2 = discriminatorFakeLoss part=2
                grad_norm_d = gradientNorm.discriminator
                """
        ),
        DialectNames(
            trainer: "Coqui VITS",
            text: """
                loss_disc = discriminatorLoss
                loss_disc_real_0 = discriminatorRealLoss part=0
                loss_disc_real_5 = discriminatorRealLoss part=5
                amp_scaler = gradientScale
                loss_0 = discriminatorLoss
                grad_norm_0 = gradientNorm.discriminator
                loss_gen = adversarialLoss
                loss_kl = klLoss
                loss_feat = featureMatchingLoss
                loss_mel = reconstructionLoss.mel
                loss_duration = otherLoss
                loss_1 = generatorLoss
                grad_norm_1 = gradientNorm.generator
                current_lr_0 = learningRate.discriminator
                current_lr_1 = learningRate.generator
                step_time = stepTime
                loader_time = loaderTime
                validation avg_loss_gen = adversarialLoss
                """
        ),
        DialectNames(
            trainer: "Coqui vocoder",
            text: """
                G_l1_spec_loss = reconstructionLoss.mel
                G_gen_loss = reconstructionLoss.unspecified
                G_adv_loss = adversarialLoss
                loss_0 = generatorLoss
                grad_norm_0 = gradientNorm.generator
                current_lr_0 = learningRate.generator
                current_lr_1 = learningRate.discriminator
                """
        ),
        DialectNames(
            trainer: "StyleTTS2",
            text: """
                Mel Loss = reconstructionLoss.mel
                Gen Loss = adversarialLoss
                Disc Loss = discriminatorLoss
                Mono Loss = otherLoss
                S2S Loss = otherLoss
                SLM Loss = otherLoss
                validation Validation loss = totalLoss
                """
        ),
        DialectNames(
            trainer: "Vocos and WavTokenizer",
            text: """
                discriminator/total = discriminatorLoss
                discriminator/multi_period_loss = discriminatorLoss part=period
                discriminator/multi_res_loss = discriminatorLoss part=res
                discriminator/dac = discriminatorLoss part=dac
                generator/total_loss = generatorLoss
                generator/mel_loss = reconstructionLoss.mel
                generator/multi_period_loss = adversarialLoss part=period
                generator/multi_res_loss = adversarialLoss part=res
                generator/feature_matching_mp = featureMatchingLoss part=mp
                generator/feature_matching_mrd = featureMatchingLoss part=mrd
                generator/loss_dac_1 = adversarialLoss part=dac
                generator/loss_dac_2 = featureMatchingLoss part=dac
                mel_loss_coeff = lossWeight.mel
                commit_loss = commitmentLoss
                validation val_loss = totalLoss
                validation val/utmos_score = qualityScore
                validation val/pitch_loss = otherLoss
                """
        ),
        DialectNames(
            trainer: "stable-audio-tools",
            text: """
                train/loss = totalLoss
                train/latent_std = unknown
                train/data_std = inputLevel
                train/gen_lr = learningRate.generator
                train/disc_lr = learningRate.discriminator
                train/loss_adv = adversarialLoss
                train/feature_matching_loss = featureMatchingLoss
                train/mrstft_loss = reconstructionLoss.stft
                train/l1_time_loss = reconstructionLoss.waveform
                train/kl_loss = klLoss
                train/discriminator_loss = discriminatorLoss
                validation val/sisdr = siSDR negated
                """
        ),
        DialectNames(
            trainer: "encodec-pytorch",
            text: """
                l_t = reconstructionLoss.waveform
                l_f = reconstructionLoss.mel
                l_g = adversarialLoss
                l_feat = featureMatchingLoss
                loss_disc = discriminatorLoss
                """
        ),
        DialectNames(
            trainer: "an event file of single losses",
            text: """
                train/Loss = totalLoss
                train/Loss per step = totalLoss
                train/Loss L1 = reconstructionLoss.waveform
                train/Loss L2 = reconstructionLoss.waveform
                train/Loss Frequency = reconstructionLoss.stft
                train/Loss Frequency L1 = reconstructionLoss.stft part=l1
                train/Loss commit_loss = commitmentLoss
                train/Frequency Accuracy = unknown
                train/Max Gradient = gradientNorm.unspecified part=max
                train/Learning Rate = learningRate.unspecified
                """
        ),
        DialectNames(
            trainer: "a wide table with weights",
            text: """
                total_steps = progress
                progress_pct = progress
                iter = progress
                seen = progress
                epoch_items = progress
                ms_per_update = stepTime scale=0.001
                lr = learningRate.unspecified
                updates_per_s = progress
                eta_seconds = progress
                loss_total = totalLoss
                l1 = reconstructionLoss.waveform
                sem = unknown
                stft = reconstructionLoss.stft
                sc = reconstructionLoss.stft part=convergence
                stft_cos = unknown
                mel = reconstructionLoss.mel
                lin = unknown
                cos_pct = correlation scale=0.01
                ema_cos_pct = correlation part=ema scale=0.01
                grad_norm = gradientNorm.unspecified
                vq_loss = vqLoss
                u0 = codebookUsage part=0
                u1 = codebookUsage part=1
                stft_weight = lossWeight.stft
                sem_weight = unknown
                vq_weight = lossWeight.vq
                adv_weight = lossWeight.adversarial
                fm_weight = lossWeight.featureMatching
                marginal_weight = unknown
                seconds_per_epoch = epochTime
                ae_l1 = reconstructionLoss.waveform part=ae
                sisdr_loss = siSDR negated
                """
        ),
        DialectNames(
            trainer: "a wide table with sub-discriminators",
            text: """
                learning_rate_generator = learningRate.generator
                learning_rate_discriminator = learningRate.discriminator
                train_loss = totalLoss
                train_generator_loss = generatorLoss
                train_generator_loss_total = generatorLoss
                train_generator_loss_adversarial_period = adversarialLoss part=period
                train_generator_loss_resolution_adversarial = adversarialLoss part=resolution
                train_generator_loss_feature_matching_scale = featureMatchingLoss part=scale
                train_generator_loss_mel = reconstructionLoss.mel
                train_discriminator_loss = discriminatorLoss
                train_discriminator_loss_total = discriminatorLoss
                train_discriminator_loss_period = discriminatorLoss part=period
                train_discriminator_loss_scale = discriminatorLoss part=scale
                validation val_mel_l1 = reconstructionLoss.mel
                validation val_validation_loss_total = totalLoss
                """
        ),
        DialectNames(
            trainer: "a plain game",
            text: """
                d_loss = discriminatorLoss
                g_loss = adversarialLoss
                """
        ),
        DialectNames(
            trainer: "VocGAN",
            text: """
                g = generatorLoss
                d = discriminatorLoss
                ad = adversarialLoss
                """
        ),
        DialectNames(
            trainer: "pix2pix",
            text: """
                time = stepTime
                data = loaderTime
                G_GAN = adversarialLoss
                G_L1 = reconstructionLoss.unspecified
                D_real = discriminatorRealLoss
                D_fake = discriminatorFakeLoss
                z_L1 = otherLoss
                kl = klLoss
                """
        ),
        DialectNames(
            trainer: "StyleGAN",
            text: """
                Loss/scores/fake = discriminatorFakeLogit
                Loss/scores/real = discriminatorRealLogit
                Loss/signs/real = discriminatorRealLogit part=sign
                Loss/G/loss = adversarialLoss
                Loss/D/loss = discriminatorLoss
                Loss/G/reg = otherLoss
                Loss/pl_penalty = otherLoss
                Loss/r1_penalty = otherLoss
                Progress/tick = progress
                Progress/augment = progress
                Timing/sec_per_kimg = progress
                Resources/cpu_mem_gb = progress
                """
        ),
        DialectNames(
            trainer: "latent diffusion autoencoder",
            text: """
                aeloss_step = generatorLoss
                discloss_step = discriminatorLoss
                train/total_loss = totalLoss
                train/quant_loss = vqLoss
                train/rec_loss = reconstructionLoss.unspecified
                train/g_loss = adversarialLoss
                train/disc_loss = discriminatorLoss
                train/logits_real = discriminatorRealLogit
                train/d_weight = lossWeight.adversarial
                """
        ),
        DialectNames(
            trainer: "camel case",
            text: """
                lossD = discriminatorLoss
                lossG = generatorLoss
                AdvLoss = adversarialLoss
                MelLoss = reconstructionLoss.mel
                SISDRLoss = siSDR negated
                RMS ratio = amplitudeRatio
                codebook_usage [%] = codebookUsage scale=0.01
                clipped % = clippedFraction scale=0.01
                D real acc = discriminatorRealAccuracy
                waveform correlation = correlation
                output peak = outputPeak
                RMS in = inputLevel
                SNR (dB) = snr
                SI-SDR_dB = siSDR
                mel_distance = reconstructionLoss.mel
                kl_div = klLoss
                feature_map_loss = featureMatchingLoss
                rvq_0_usage = codebookUsage part=0
                """
        ),
        DialectNames(
            trainer: "names that say too little",
            text: """
                weight decay = unknown
                latent norm = unknown
                accuracy = unknown
                change [%] = unknown
                loss_7 = unknown
                D(x) = unknown
                amplitude = unknown
                z = unknown
                vq_entropy = unknown
                dead_codes = unknown
                active_codes = unknown
                duration = unknown
                gpu usage % = progress
                """
        ),
    ]
}
