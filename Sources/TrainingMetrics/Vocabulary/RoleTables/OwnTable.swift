/// Names `codec-doctor train` logs that words alone would not tell apart: what lies below a name is a sub-discriminator,
/// called as its description calls it (`period 2`, `STFT 2048`). They mean the same in any log, so nothing has to
/// recognise the trainer; tables of other trainers come first.
enum OwnTable {
    static let all: [RoleTable] = [
        RoleTable(
            "codec-doctor",
            """
            adv/disc_loss/* = discriminatorLoss
            adv/disc_real_loss/* = discriminatorRealLoss
            adv/disc_fake_loss/* = discriminatorFakeLoss
            adv/real_logit_mean/* = discriminatorRealLogit
            adv/fake_logit_mean/* = discriminatorFakeLogit
            adv/real_logit_std/* = discriminatorRealLogitSpread
            adv/fake_logit_std/* = discriminatorFakeLogitSpread
            adv/gen_loss/* = adversarialLoss
            adv/feat_loss/* = featureMatchingLoss
            grad_norm_d/* = gradientNorm.discriminator
            update_ratio_d/* = updateRatio.discriminator
            vq/commitment_loss/* = commitmentLoss
            vq/codebook_loss/* = codebookLoss
            """
        )
    ]
}
