import Testing

/// Blocks under headings: position, split, parent, run.
struct HeadingTests {
    @Test func readsBlocksUnderAnEpoch() {
        let log = """
            Epoch 5/100
            Discriminator loss: 1.75
              - Real loss: 0.9
              - Fake loss: 0.85
            Generator loss:
              - Adversarial: 1.5
            === Validation Statistics ===
            Loss: 2.5
            Amplitude ratio: 0.75
            Epoch 6/100
            Discriminator loss: 1.5

            """
        #expect(
            FreeTextLines.samples(log) == [
                "train 'Discriminator loss' epoch 5 e5.0 1.75",
                "train 'Discriminator loss/Real loss' epoch 5 e5.0 0.9",
                "train 'Discriminator loss/Fake loss' epoch 5 e5.0 0.85",
                "train 'Generator loss/Adversarial' epoch 5 e5.0 1.5",
                "validation 'Loss' epoch 5 e5.0 2.5",
                "validation 'Amplitude ratio' epoch 5 e5.0 0.75",
                "train 'Discriminator loss' epoch 6 e6.0 1.5",
            ]
        )
        #expect(FreeTextLines.facts(log) == ["planned-epochs = 100"])
    }

    @Test func readsCoquiBlocks() {
        let log = """
            \u{1B}[4m\u{1B}[1m > EPOCH: 3/1000\u{1B}[0m
            \u{1B}[1m > TRAINING (2022-11-03 10:47:31) \u{1B}[0m
            \u{1B}[1m   --> STEP: 24/36 -- GLOBAL_STEP: 1000025\u{1B}[0m
                 | > loss_disc: 3.25  (3.46002)
                 | > current_lr_0: 0.00025 
            \u{1B}[1m > EVALUATION \u{1B}[0m
              \u{1B}[1m--> EVAL PERFORMANCE\u{1B}[0m
                 | > avg_loss_disc:\u{1B}[92m 2.75 \u{1B}[0m(-0.01704)
             > BEST MODEL : /tmp/best_model_1000037.pth
            \u{1B}[4m\u{1B}[1m > EPOCH: 4/1000\u{1B}[0m
                 | > loss_disc: 3.5  (3.46002)

            """
        #expect(
            FreeTextLines.samples(log) == [
                "train 'loss_disc' step 1000025 e3.0 3.25", "train 'current_lr_0' step 1000025 e3.0 0.00025",
                "evaluation 'avg_loss_disc' step 1000025 e3.0 2.75", "train 'loss_disc' step 1000025 e4.0 3.5",
            ]
        )
        #expect(FreeTextLines.facts(log) == ["planned-epochs = 1000", "steps-per-epoch = 36"])
    }

    @Test func continuesARecordOnIndentedLines() {
        let log = "Step 100: D 1.5, G 2.5\n          feature loss: 0.25\nSNR: 3 dB\n"
        #expect(
            FreeTextLines.samples(log) == [
                "train 'D' step 100 1.5", "train 'G' step 100 2.5", "train 'feature loss' step 100 0.25",
                "train 'SNR' [dB] step 100 3.0",
            ]
        )
    }

    @Test func makesTwoRunsOfLabelledEpochs() {
        let log = "Epoch 0 (OLD): loss=0.5\nEpoch 0 (NEW): loss=155\nPerceptual loss: ~1481\n"
        #expect(
            FreeTextLines.samples(log) == [
                "{OLD} train 'loss' epoch 0 e0.0 0.5", "{NEW} train 'loss' epoch 0 e0.0 155.0",
                "{NEW} train 'Perceptual loss' epoch 0 e0.0 1481.0",
            ]
        )
        #expect(FreeTextLines.samples("Epoch 3 (best): loss=0.5\n") == ["train 'loss' epoch 3 e3.0 0.5"])
    }

    @Test(arguments: [
        ("Epoch 1: val_loss=0.5", "validation 'val_loss' epoch 1 e1.0 0.5"),
        ("Epoch 1: eval/mel_loss=0.5", "evaluation 'eval/mel_loss' epoch 1 e1.0 0.5"),
        ("Epoch 1 | Validation: loss=0.5", "validation 'loss' epoch 1 e1.0 0.5"),
        ("Validation Epoch 1: loss=0.5", "validation 'loss' epoch 1 e1.0 0.5"),
        ("Epoch 1: best_val_loss=0.5", "validation 'best_val_loss' epoch 1 e1.0 0.5"),
        ("Epoch 1\nValidation:\n  loss: 0.5", "validation 'loss' epoch 1 e1.0 0.5"),
        ("Step 5\nEvaluation results\nloss: 0.5", "evaluation 'loss' step 5 0.5"),
    ])
    func findsTheSplit(log: String, sample: String) { #expect(FreeTextLines.samples(log + "\n") == [sample]) }

    @Test func aNewStepEndsTheValidationHeading() {
        let log = "Step 1: loss 0.5\nValidation:\nloss: 0.75\nStep 2: loss 0.25\n"
        #expect(
            FreeTextLines.samples(log) == [
                "train 'loss' step 1 0.5", "validation 'loss' step 1 0.75", "train 'loss' step 2 0.25",
            ]
        )
    }

    @Test func keepsThePathOfStatisticsAndNetworks() {
        let log = "Avg : g 1.5 d 0.5| step 59: 100%|██| 166/166 [05:01<00:00,  1.81s/it]\n[G] loss: 2.5 [D] loss: 0.5\n"
        #expect(
            FreeTextLines.samples(log) == [
                "train 'Avg/g' step 59 1.5", "train 'Avg/d' step 59 0.5", "train 'G/loss' record 1 2.5",
                "train 'D/loss' record 1 0.5",
            ]
        )
    }
}
