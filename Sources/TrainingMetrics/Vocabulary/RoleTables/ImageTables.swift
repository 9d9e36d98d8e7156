/// Trainers of image networks that codecs borrow code and log formats from.
enum ImageTables {
    static let all: [RoleTable] = [
        RoleTable(
            "pix2pix",
            """
            when G_GAN
            G_GAN = adversarialLoss
            G_GAN_Feat = featureMatchingLoss
            G_L1 = reconstructionLoss.unspecified
            z_L1 = otherLoss
            D = discriminatorLoss
            D_real = discriminatorRealLoss
            D_fake = discriminatorFakeLoss
            G_VGG = otherLoss
            time = stepTime
            data = loaderTime
            """
        ),
        RoleTable(
            "CycleGAN",
            """
            when D_A + G_A
            D_A = discriminatorLoss part=A
            D_B = discriminatorLoss part=B
            G_A = adversarialLoss part=A
            G_B = adversarialLoss part=B
            cycle_A = reconstructionLoss.unspecified part=A
            cycle_B = reconstructionLoss.unspecified part=B
            idt_A = otherLoss part=A
            idt_B = otherLoss part=B
            time = stepTime
            data = loaderTime
            """
        ),
        RoleTable(
            "latent diffusion autoencoder",
            """
            when aeloss|d_weight|disc_factor
            aeloss = generatorLoss
            d_weight = lossWeight.adversarial
            disc_factor = unknown
            p_loss = otherLoss
            nll_loss = otherLoss
            """
        ),
        RoleTable(
            "autoencoders with a perceptual loss and a discriminator",
            """
            when logits_real + logits_fake
            when disc_loss + g_loss
            when rec_loss|nll_loss|p_loss|quant_loss|kl_loss
            g_loss = adversarialLoss
            """
        ),
        RoleTable(
            "Keras-GAN",
            """
            game = bce
            when d_loss + g_loss
            when acc|accuracy|d_acc|d_accuracy
            when names = 4
            """
        ),
        RoleTable(
            "Keras GAN tutorials",
            """
            game = bce mean
            when d1 + d2 + g
            when a1 + a2
            d1 = discriminatorRealLoss
            d2 = discriminatorFakeLoss
            g = adversarialLoss
            a1 = discriminatorRealAccuracy scale=0.01
            a2 = discriminatorFakeAccuracy scale=0.01
            """
        ),
        RoleTable(
            "StyleGAN",
            """
            game = bce mean
            when Loss/scores/real|Loss/signs/real|sec/kimg
            Loss/G/reg = otherLoss
            Loss/D/reg = otherLoss
            """
        ),
    ]
}
