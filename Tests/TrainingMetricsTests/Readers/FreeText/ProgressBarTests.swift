import Testing

/// Progress bars: only the last state of each place, only the postfix.
struct ProgressBarTests {
    @Test(arguments: [
        "[train]:  12%|█▏ | 1200/4000000 [11:45<538:42:22, 2.06it/s]",
        "Epoch 0:   0%|          | 1/5005 [00:03<5:11:29,  0.27it/s, v_num=1]",
        "1200it [11:45, 2.06it/s]", "Loading checkpoint shards: 100%|███| 3/3 [00:01<00:00,  1.5it/s]",
        "[train]:   0%|            | 1200/4000000 ", " 42%|████▏     | 42/100 [00:01<00:01, 30.0MB/s]",
    ])
    func aBarWithoutPostfixGivesNothing(line: String) {
        #expect(FreeTextLines.samples(line + "\n").isEmpty)
        #expect(FreeTextLines.samples("Epoch 3\n" + line + "\n").isEmpty)
        #expect(FreeTextLines.rejections("Epoch 3\n" + line + "\n").isEmpty)
    }

    @Test func theLastStateOfAPlaceCounts() {
        let log = """
            Epoch 1:   0%|   | 1/50 [00:03<5:11:29,  0.27it/s, v_num=1, g_loss=1.5]
            Epoch 1:   0%|   | 1/50 [00:03<5:11:29,  0.27it/s, v_num=1, g_loss=2.5]
            Epoch 1:   4%|   | 2/50 [00:03<5:11:29,  0.27it/s, v_num=1, g_loss=2.5]
            Epoch 1:   4%|   | 2/50 [00:03<5:11:29,  0.27it/s, v_num=1, g_loss=1.41e+5]

            """
        #expect(
            FreeTextLines.samples(log) == ["train 'g_loss' step 1 e1.0 2.5", "train 'g_loss' step 2 e1.0 141000.0"]
        )
    }

    @Test func aCarriageReturnOverwritesTheLine() {
        let log = "\r 10%|█  | 1/10 [00:01<00:09, 1.0it/s, d=1.5]\r 20%|██ | 2/10 [00:02<00:08, 1.0it/s, d=1.25]\n"
        #expect(FreeTextLines.samples(log) == ["train 'd' step 2 1.25"])
        #expect(FreeTextLines.samples("Epoch 1: loss=0.5\r\nEpoch 2: loss=0.25   \r\n").count == 2)
    }

    @Test func countsOverTheEpochsBefore() {
        let log = """
            Epoch 1/3
            100%|██████████| 20/20 [00:01<00:00, 20.0it/s, loss=0.5]
            Epoch 2/3
            100%|██████████| 20/20 [00:01<00:00, 20.0it/s, loss=0.25]
            Validating: 100%|██████████| 5/5 [00:01<00:00, 20.0it/s, loss=0.75]

            """
        #expect(
            FreeTextLines.samples(log) == [
                "train 'loss' step 20 e1.0 0.5", "train 'loss' step 40 e2.0 0.25",
                "validation 'loss' step 10 e2.0 0.75",
            ]
        )
        let zero =
            "Epoch 0: 100%|██| 20/20 [00:01<00:00, 20.0it/s, loss=1.5]\nEpoch 1: 100%|██| 20/20 [00:01<00:00, 20.0it/s, loss=1.0]\n"
        #expect(FreeTextLines.samples(zero) == ["train 'loss' step 20 e0.0 1.5", "train 'loss' step 40 e1.0 1.0"])
    }

    @Test func aBarOfEpochsStandsAtEpochs() {
        let log = "Epochs:   3%|▎  | 3/100 [00:10<05:00,  3.0s/it, loss=0.5]\n"
        #expect(FreeTextLines.samples(log) == ["train 'loss' epoch 3 e3.0 0.5"])
    }

    @Test func readsALineGluedBehindABar() {
        let log = " 42%|████▍  | 75/180 [1:26:18<1:59:42,  1.46it/s]<epoch:8, iter:75, loss_d:0.75>, d_weight: 1.5\n"
        #expect(
            FreeTextLines.samples(log) == ["train 'loss_d' step 75 e8.0 0.75", "train 'd_weight' step 75 e8.0 1.5"]
        )
    }

    @Test func readsKerasBars() {
        let log = "Epoch 2/10\n100/100 [==============================] - 3s 30ms/step - loss: 0.5 - val_loss: 0.75\n"
        #expect(
            FreeTextLines.samples(log) == [
                "train 'loss' step 200 e2.0 0.5", "validation 'val_loss' step 200 e2.0 0.75",
            ]
        )
    }
}
