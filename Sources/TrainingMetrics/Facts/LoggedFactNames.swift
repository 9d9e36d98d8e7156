/// What trainers call the facts in their configuration. Data: a fact and the names it goes by.
enum LoggedFactNames {
    private static let lines: [(FactKey, String)] = [
        (.learningRate, "lr learning_rate base_lr lr_g g_lr lr_gen gen_lr learning_rate_g generator_lr optimizer_g_lr"),
        (
            .discriminatorLearningRate,
            "lr_d d_lr lr_disc disc_lr learning_rate_d discriminator_lr lr_discriminator optimizer_d_lr"
        ),
        (
            .plannedEpochs,
            """
            epochs num_epochs num_train_epochs n_epochs max_epochs total_epochs training_epochs planned_epochs epoch_num
            """
        ),
        (
            .plannedSteps,
            """
            max_steps total_steps num_steps n_steps max_iters num_iters n_iters num_iterations max_iterations \
            train_max_steps training_steps planned_steps total_iterations train_steps
            """
        ),
        (
            .discriminatorStart,
            """
            disc_start disc_start_step disc_start_steps discriminator_start discriminator_start_step disc_iter_start \
            discriminator_iter_start discriminator_train_start_steps adv_start adv_start_step start_disc \
            pretrain_mel_steps disc_warmup_steps discriminator_warmup_steps gan_start gan_start_step
            """
        ),
        (.sampleRate, "sample_rate sampling_rate samplerate sr fs"),
        (.codebookSize, "codebook_size codebook_entries n_codes num_codes num_embeddings n_embed bins vq_bins"),
        (
            .gradientClip,
            """
            grad_clip clip_grad clip_grad_norm gradient_clip gradient_clip_val grad_clip_norm max_grad_norm clip_norm \
            grad_norm_clip gradient_clipping generator_grad_norm
            """
        ),
        (
            .adversarialWeight,
            "adv_weight lambda_adv w_adv c_adv weight_adv lambda_gan gan_weight lambda_adversarial disc_weight c_gen"
        ),
        (
            .featureMatchingWeight,
            "feat_weight fm_weight lambda_feat lambda_fm w_fm w_feat c_fm lambda_feat_match lambda_feature_matching"
        ),
        (.reconstructionWeight, "recon_weight rec_weight lambda_recon lambda_rec w_rec w_recon c_rec c_recon"),
        (.melWeight, "mel_weight lambda_mel w_mel c_mel mel_loss_coeff lambda_aux mel_coeff"),
        (.vqWeight, "vq_weight lambda_vq w_vq c_vq codebook_weight lambda_codebook quantizer_weight"),
        (.commitmentWeight, "commit_weight commitment_weight lambda_commit lambda_com w_commit c_commit"),
        (.stftWeight, "stft_weight lambda_stft w_stft"),
        (.waveformWeight, "waveform_weight lambda_waveform lambda_wav w_waveform"),
        (.codebookCount, "n_codebooks num_codebooks num_quantizers n_quantizers n_q num_rvq"),
        (.frameRate, "frame_rate codec_frame_rate token_rate latent_rate"),
        (.klWeight, "kl_weight lambda_kl w_kl c_kl"),
    ]

    /// Names of the kind of adversarial loss.
    static let families: Set<String> = [
        "gan_mode", "gan_type", "gan_loss", "gan_loss_type", "adv_loss_type", "adversarial_loss_type", "disc_loss",
        "disc_loss_type", "adversarial_loss", "discriminator_loss_type", "gan_loss_mode",
    ]

    /// Names of the switch between mean and sum over sub-discriminators.
    static let averaging: Set<String> = ["average_by_discriminators"]

    private static let table: [String: FactKey] = {
        var table: [String: FactKey] = [:]
        for (key, names) in lines { for name in names.split(separator: " ") { table[String(name)] = key } }
        return table
    }()

    /// Lower case, `_` between words, without leading dashes: `--num-epochs` is `num_epochs`.
    static func normalised(_ name: String) -> String {
        let words = name.lowercased().split { !$0.isLetter && !$0.isNumber }
        return words.joined(separator: "_")
    }

    /// The fact a configuration name stands for: the whole path first, then its last part inside its section
    /// (`optimizer_d.lr`), then its last part alone (`train.learning_rate`).
    static func key(of name: String) -> FactKey? {
        let path = name.split { "./:".contains($0) }.map { normalised(String($0)) }.filter { !$0.isEmpty }
        guard let last = path.last else { return nil }
        if let known = table[path.joined(separator: "_")] { return known }
        let section = path.dropLast().last ?? ""
        if !section.isEmpty, let known = table[section + "_" + last] { return known }
        let isOfDiscriminator = section.split(separator: "_").contains {
            NameLexicon.concept(of: String($0)) == .discriminator
        }
        if isOfDiscriminator, table[last] == .learningRate { return .discriminatorLearningRate }
        return table[last]
    }
}
