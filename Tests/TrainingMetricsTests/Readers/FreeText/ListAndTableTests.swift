import Testing

struct ListAndTableTests {
    @Test func readsUnlabelledLists() {
        let log = """
            2023-09-16 18:45:37,968\t32k\tINFO\tTrain Epoch: 1 [56%]
            2023-09-16 18:45:37,973\t32k\tINFO\t[2.25, 2.5, 15.75, 28.5, 2.125, 20, 0.0001]
            2023-09-16 18:46:17,597\t32k\tINFO\t====> Epoch: 1

            """
        #expect(
            FreeTextLines.samples(log) == [
                "train 'loss_disc' step 20 e1.0 2.25", "train 'loss_gen' step 20 e1.0 2.5",
                "train 'loss_fm' step 20 e1.0 15.75", "train 'loss_mel' step 20 e1.0 28.5",
                "train 'loss_kl' step 20 e1.0 2.125", "train 'lr' step 20 e1.0 0.0001",
            ]
        )
    }

    @Test func aPairIsStepAndLearningRate() {
        let log = "INFO:x:[3000, 9.75e-05]\nINFO:x:loss_disc=3.5, loss_fm=13.5,loss_mel=26.5\n"
        #expect(
            FreeTextLines.samples(log) == [
                "train 'lr' step 3000 9.75e-05", "train 'loss_disc' step 3000 3.5", "train 'loss_fm' step 3000 13.5",
                "train 'loss_mel' step 3000 26.5",
            ]
        )
    }

    @Test func readsLabelledLists() {
        let log =
            "Train Epoch: 3 [10%]\nLosses: [2.5, 2.25, 3.5, 4.5, 5.5], step: 200, lr: 0.0001, reference_loss: 44.5\n"
        #expect(FreeTextLines.samples(log).first == "train 'loss_disc' step 200 e3.0 2.5")
        #expect(FreeTextLines.samples(log).last == "train 'reference_loss' step 200 e3.0 44.5")
        #expect(FreeTextLines.samples(log).count == 7)
    }

    @Test func readsAnArrayOfLosses() {
        let log = "Epoch 2 | Iters 10 / 200 | ms/batch 210.25 | loss [1.75 0.125 0.5  2.25]\n"
        let samples = FreeTextLines.samples(log)
        for name in ["discriminator' step 210", "feature_matching'", "generator'", "mel_reconstruction'"] {
            #expect(samples.contains { $0.contains("loss/" + name) })
        }
        #expect(samples.contains { $0.hasSuffix(" 1.75") } && samples.contains { $0.hasSuffix(" 2.25") })
    }

    @Test func readsATransposedTable() {
        let log = """
            | Metric | Epoch 0 | Epoch 5 | Change | Status |
            |--------|---------|---------|--------|--------|
            | Train Loss | 7.5 | 3.25 | -59% ⬇️ | ✅ Decreasing |
            | **SNR** | **-2.5 dB** | **-0.75 dB** | **⬆️** | ❌ **BAD** |
            | Val Loss | N/A | 3.5 | +3% | |

            """
        #expect(
            FreeTextLines.samples(log) == [
                "train 'Train Loss' epoch 0 e0.0 7.5", "train 'Train Loss' epoch 5 e5.0 3.25",
                "train 'SNR' [dB] epoch 0 e0.0 -2.5", "train 'SNR' [dB] epoch 5 e5.0 -0.75",
                "validation 'Val Loss' epoch 5 e5.0 3.5",
            ]
        )
        #expect(FreeTextLines.rejections(log) == ["5: the value of Val Loss is not a number: N/A"])
    }

    @Test func readsATableOfEpochs() {
        let log =
            "| Epoch | D loss | SNR (dB) | Notes |\n|---|---:|:---:|---|\n| 1 | 1.5 | **-2.5** | 3 bad |\n| 2/9 | nan | -2.25 dB | |\n"
        #expect(
            FreeTextLines.samples(log) == [
                "train 'D loss' epoch 1 e1.0 1.5", "train 'SNR' [dB] epoch 1 e1.0 -2.5",
                "train 'D loss' epoch 2 e2.0 nan",
                "train 'SNR' [dB] epoch 2 e2.0 -2.25",
            ]
        )
    }

    @Test func readsTheTablesOfDAC() {
        let log = """
            [12:00:00]                                                                        decorators.py:220
                       ┏━━━━━━━━━━━━━━━━━━━━━━━┓
                       ┃     Iteration 2000    ┃
                       ┗━━━━━━━━━━━━━━━━━━━━━━━┛
                                  train
                                     ╷                 ╷
                         key         │ value           │ mean
                       ╶─────────────┼─────────────────┼────────────────╴
                         adv/disc_loss       │   2.500000      │   2.600000
                         mel/loss            │   1.250000      │   1.300000
                                     ╵                 ╵
                                   val
                         key         │ value           │ mean
                         mel/loss            │   1.500000      │   1.300000
                       ⠋ Iteration (train) 2000/250000 ━━━━━ 0:10:00 / 20:00:00

            """
        #expect(
            FreeTextLines.samples(log) == [
                "train 'adv/disc_loss' step 2000 2.5", "train 'adv/disc_loss (mean)' step 2000 2.6",
                "train 'mel/loss' step 2000 1.25", "train 'mel/loss (mean)' step 2000 1.3",
                "validation 'mel/loss' step 2000 1.5", "validation 'mel/loss (mean)' step 2000 1.3",
            ]
        )
    }
}

/// Tables without any rule or bar between the cells.
struct BlankTableTests {
    @Test func readsColumnsSetWithBlanks() {
        let log = """
            epoch  train_loss  val_loss   time
                1      1.25      1.5    00:12
                2       nan      1.25   00:13
            saved the model of epoch 2
            3 4 5 6

            """
        #expect(
            FreeTextLines.samples(log) == [
                "train 'train_loss' epoch 1 e1.0 1.25", "validation 'val_loss' epoch 1 e1.0 1.5",
                "train 'train_loss' epoch 2 e2.0 nan", "validation 'val_loss' epoch 2 e2.0 1.25",
            ]
        )
    }

    @Test func namesMayHoldSingleBlanks() {
        let log = "Step   D loss   Mel error\n100    1.5      0.5\n200    1.25     0.25\n"
        #expect(
            FreeTextLines.samples(log) == [
                "train 'D loss' step 100 1.5", "train 'Mel error' step 100 0.5", "train 'D loss' step 200 1.25",
                "train 'Mel error' step 200 0.25",
            ]
        )
    }

    @Test(arguments: [
        "epoch after epoch the loss went down\n1 2 3 4 5 6 7\n", "Step by step\n1 2 3\n",
        "epochs and losses\n12 13 14\n",
    ])
    func sentencesAreNoHeaders(_ log: String) {
        #expect(FreeTextLines.samples(log).isEmpty)
    }

    @Test func fractionalEpochsDoNotNumberRecords() {
        let log = "{'loss': 2.5, 'epoch': 0.5}\n{'loss': 2.25, 'epoch': 1.0}\n{'eval_loss': 2.0, 'epoch': 1.0}\n"
        #expect(
            FreeTextLines.samples(log) == [
                "train 'loss' record 1 e0.5 2.5", "train 'loss' record 2 e1.0 2.25",
                "evaluation 'eval_loss' record 1 e1.0 2.0",
            ]
        )
    }
}
