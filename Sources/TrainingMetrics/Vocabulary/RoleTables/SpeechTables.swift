/// Trainers of vocoders and speech synthesis.
enum SpeechTables {
    static let all: [RoleTable] = [
        // Before the general VITS table: Coqui's totals are numbered by optimiser, in either order.
        RoleTable(
            "Coqui VITS, discriminator first",
            """
            terms = weighted
            game = lsgan sum
            sub-discriminators = 6
            when loss_disc < loss_0 < loss_gen
            loss_0 = discriminatorLoss
            loss_1 = generatorLoss
            lr_0 = learningRate.discriminator
            current_lr_0 = learningRate.discriminator
            lr_1 = learningRate.generator
            current_lr_1 = learningRate.generator
            grad_norm_0 = gradientNorm.discriminator
            grad_norm_1 = gradientNorm.generator
            """
        ),
        RoleTable(
            "Coqui VITS, generator first",
            """
            terms = weighted
            game = lsgan sum
            sub-discriminators = 6
            when loss_gen < loss_0 < loss_disc
            loss_0 = generatorLoss
            loss_1 = discriminatorLoss
            lr_0 = learningRate.generator
            current_lr_0 = learningRate.generator
            lr_1 = learningRate.discriminator
            current_lr_1 = learningRate.discriminator
            grad_norm_0 = gradientNorm.generator
            grad_norm_1 = gradientNorm.discriminator
            """
        ),
        RoleTable(
            "Coqui vocoder, discriminator first",
            """
            game = lsgan
            when G_gen_loss + G_adv_loss
            when loss_0 < G_gen_loss
            G_l1_spec_loss = reconstructionLoss.mel
            G_gen_loss = reconstructionLoss.unspecified
            G_adv_loss = adversarialLoss
            D_mse_gan_real_loss = discriminatorRealLoss
            D_mse_gan_fake_loss = discriminatorFakeLoss
            loss_0 = discriminatorLoss
            loss_1 = generatorLoss
            lr_0 = learningRate.discriminator
            current_lr_0 = learningRate.discriminator
            lr_1 = learningRate.generator
            current_lr_1 = learningRate.generator
            grad_norm_0 = gradientNorm.discriminator
            grad_norm_1 = gradientNorm.generator
            """
        ),
        RoleTable(
            "Coqui vocoder",
            """
            game = lsgan
            when G_gen_loss + G_adv_loss
            G_l1_spec_loss = reconstructionLoss.mel
            G_gen_loss = reconstructionLoss.unspecified
            G_adv_loss = adversarialLoss
            loss_0 = generatorLoss
            loss_1 = discriminatorLoss
            lr_0 = learningRate.generator
            current_lr_0 = learningRate.generator
            lr_1 = learningRate.discriminator
            current_lr_1 = learningRate.discriminator
            grad_norm_0 = gradientNorm.generator
            grad_norm_1 = gradientNorm.discriminator
            """
        ),
        RoleTable(
            "VITS",
            """
            when loss_gen + loss_fm|loss_feat + loss_mel
            when loss_kl|loss_dur|loss_duration
            game = lsgan sum
            terms = weighted
            loss_gen = adversarialLoss
            """
        ),
        RoleTable(
            "vocoder trainers with VITS's names",
            """
            when loss_gen + loss_fm|loss_feat + loss_mel
            when loss_disc|loss_d|disc_loss
            loss_gen = adversarialLoss
            """
        ),
        RoleTable(
            "VITS event files",
            """
            terms = weighted
            game = lsgan sum
            when loss/g/total + loss/g/fm + loss/g/mel
            loss/g/# = adversarialLoss
            loss/d_r/# = discriminatorRealLoss
            loss/d_g/# = discriminatorFakeLoss
            """
        ),
        RoleTable(
            "StyleTTS2",
            """
            when gen_loss + disc_loss + mel_loss
            when slm_loss|mono_loss|s2s_loss
            gen_loss = adversarialLoss
            """
        ),
        RoleTable(
            "ESPnet",
            """
            when optim0_lr0
            optim0_lr0 = learningRate.generator
            optim1_lr0 = learningRate.discriminator
            iter_time = loaderTime
            train_time = stepTime
            forward_time = progress
            backward_time = progress
            optim_step_time = progress
            generator_forward_time = progress
            generator_backward_time = progress
            generator_optim_step_time = progress
            generator_train_time = progress
            discriminator_forward_time = progress
            discriminator_backward_time = progress
            discriminator_optim_step_time = progress
            discriminator_train_time = progress
            total_count = progress
            generator_codec_loss = otherLoss
            codec_loss = otherLoss
            """
        ),
        RoleTable(
            "VocGAN",
            """
            when g + d + ad
            g = generatorLoss
            d = discriminatorLoss
            ad = adversarialLoss
            """
        ),
        RoleTable(
            "BigVGAN",
            """
            game = lsgan sum
            sub-discriminators = 8
            when gen_loss_total + disc_loss_mpd + disc_loss_mrd
            """
        ),
        RoleTable(
            "HiFi-GAN",
            """
            game = lsgan sum
            when gen_loss_total
            s/b = stepTime
            """
        ),
        RoleTable(
            "MelGAN",
            """
            when loss/discriminator + loss/feature_matching|loss/mel_reconstruction
            loss/generator = adversarialLoss
            ms/batch = stepTime scale=0.001
            """
        ),
    ]
}
