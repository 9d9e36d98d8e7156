/// Trainers of neural audio codecs.
enum CodecTables {
    static let all: [RoleTable] = [
        RoleTable(
            "audiocraft",
            """
            game = hinge mean
            balancer = ratio_adv|ratio_feat|ratio_l1|ratio_msspec
            when msspec|adv_msstftd|feat_msstftd
            when d_loss|sisnr
            penalty = commitmentLoss
            adv = adversarialLoss
            feat = featureMatchingLoss
            g_loss = generatorLoss
            sisnr = siSDR negated
            duration = epochTime
            ratio# = progress
            ratio_adv = progress
            ratio_feat = progress
            ratio_l1 = progress
            ratio_msspec = progress
            """
        ),
        RoleTable(
            "descript-audio-codec",
            """
            game = lsgan sum
            sub-discriminators = 8
            when adv/gen_loss + adv/disc_loss
            adv/gen_loss = adversarialLoss
            adv/disc_loss = discriminatorLoss
            time/train_loop = stepTime
            other/grad_norm = gradientNorm.generator
            other/learning_rate = learningRate.unspecified
            """
        ),
        RoleTable(
            "descript-audio-codec evaluation",
            """
            when sisdr-22k|sisdr-44k
            sisdr-22k = siSDR part=22k negated
            sisdr-44k = siSDR part=44k negated
            """
        ),
        RoleTable(
            "stable-audio-tools",
            """
            terms = weighted
            when mrstft_loss|latent_std
            when loss_adv|l1_time_loss|data_std
            sisdr = siSDR negated
            latent_std = unknown
            gen_lr = learningRate.generator
            """
        ),
        RoleTable(
            "encodec-pytorch",
            """
            when l_t|l_f|l_feat
            when l_g|l_w|loss_disc
            l_t = reconstructionLoss.waveform
            l_f = reconstructionLoss.mel
            l_g = adversarialLoss
            l_feat = featureMatchingLoss
            l_w = commitmentLoss
            l_tot = generatorLoss
            losses_G = generatorLoss
            """
        ),
        RoleTable(
            "encodec-pytorch, console",
            """
            when loss_g + loss_w
            loss_g = generatorLoss
            loss_w = commitmentLoss
            """
        ),
        RoleTable(
            "SpeechTokenizer",
            """
            game = lsgan sum
            sub-discriminators = 13
            when q_loss|quantizer_loss
            when distill_loss|distillation_loss
            time_cost_per_step = stepTime
            """
        ),
        RoleTable(
            "WavTokenizer",
            """
            when loss_dac_1|generator/loss_dac_1
            generator/loss_dac_1 = adversarialLoss part=dac
            generator/loss_dac_2 = featureMatchingLoss part=dac
            loss_dac_1 = adversarialLoss part=dac
            loss_dac_2 = featureMatchingLoss part=dac
            """
        ),
        RoleTable(
            "AcademiCodec",
            """
            game = hinge mean
            when total_loss_g + adv_g_loss + loss_d
            d_weight = lossWeight.adversarial
            best_epoch = progress
            """
        ),
        RoleTable(
            "AudioDec",
            """
            terms = weighted
            when shape_loss + mel_loss
            when ppl|ppl_0|vqloss
            shape_loss = otherLoss
            """
        ),
        RoleTable(
            "SoundStream of audiolm",
            """
            discriminator = immediate
            game = hinge mean
            when soundstream total loss
            when discr (scale 1) loss
            """
        ),
        RoleTable(
            "siren",
            """
            when u0 + u1 + vq_loss
            u# = codebookUsage
            stft_cos = unknown
            """
        ),
    ]
}
