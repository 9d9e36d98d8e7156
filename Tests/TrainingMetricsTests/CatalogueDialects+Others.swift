extension DialectNames {
    /// The second half of the dialects.
    static let others: [DialectNames] = [
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
            trainer: "counters of large trainers",
            text: """
                number of skipped iterations = skippedSteps
                number of nan iterations = skippedSteps
                skipped_steps = skippedSteps
                train/nan_count = skippedSteps
                loss scale = gradientScale
                data_time = loaderTime
                batch_time = stepTime
                time/data = loaderTime
                dataload_time = loaderTime
                scaler/scale = gradientScale
                elapsed time per iteration (ms) = stepTime scale=0.001
                number of samples = progress
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
