import Testing

/// One-line records of published trainers, with invented values.
struct RecordDialectTests {
    @Test(arguments: [
        (
            "Steps : 30, Gen Loss Total : 64.5, Mel-Spec. Error :  nan, s/b : 0.45",
            ["train 'Gen Loss Total' step 30 64.5", "train 'Mel-Spec. Error' step 30 nan", "train 's/b' step 30 0.45"]
        ),
        (
            "<epoch:8, iter:70, total_loss_g:155.5, loss_d:0.5>, d_weight: 1.0",
            [
                "train 'total_loss_g' step 70 e8.0 155.5", "train 'loss_d' step 70 e8.0 0.5",
                "train 'd_weight' step 70 e8.0 1.0",
            ]
        ),
        (
            "(epoch: 2, iters: 100, time: 0.5, data: 0.25) G_GAN: 7.5 D: 2.5",
            [
                "train 'time' step 100 e2.0 0.5", "train 'data' step 100 e2.0 0.25", "train 'G_GAN' step 100 e2.0 7.5",
                "train 'D' step 100 e2.0 2.5",
            ]
        ),
        ("[WARNING] (Step: 1200) train_gen_loss = 4.25.", ["train 'train_gen_loss' step 1200 4.25"]),
        (
            "2024-01-02 03:04:05,678 (train:123) INFO: (Steps: 500) train/train/ppl_0 = 90.25.",
            ["train 'train/train/ppl_0' step 500 90.25"]
        ),
        (
            "100: soundstream recon loss: 0.25 | discr (scale 0.5) loss: 4.5",
            ["train 'soundstream recon loss' step 100 0.25", "train 'discr (scale 0.5) loss' step 100 4.5"]
        ),
        (
            "soundstream recon loss: 0.25 | discr (scale 0.5) loss: 4.5",
            ["train 'soundstream recon loss' record 1 0.25", "train 'discr (scale 0.5) loss' record 1 4.5"]
        ),
        (
            "Elapsed [15:40:05.799918] batch: 180  d_loss: 0.5  g_loss: 17.5",
            ["train 'd_loss' step 180 0.5", "train 'g_loss' step 180 17.5"]
        ),
        (
            "INFO:2025-01-22 07:09:29,766: Epoch [2/200], Step [10/3000], Mel Loss: 1.25, Disc Loss: 0.5",
            ["train 'Mel Loss' step 3010 e2.0 1.25", "train 'Disc Loss' step 3010 e2.0 0.5"]
        ),
        (
            "Epoch 1 -- Step 100: Gen Loss: 1.25; Mel Error:0.5; Time cost per step: 0.75s",
            [
                "train 'Gen Loss' step 100 e1.0 1.25", "train 'Mel Error' step 100 e1.0 0.5",
                "train 'Time cost per step' [s] step 100 e1.0 0.75",
            ]
        ),
        (
            "[Epoch 1/10] [Batch 3/200] [D loss: 0.5, acc: 60%] [G loss: 0.25]",
            [
                "train 'D loss' step 3 e1.0 0.5", "train 'acc' [%] step 3 e1.0 60.0", "train 'G loss' step 3 e1.0 0.25",
            ]
        ),
        (
            "[11-22 12:00:00][flashy.solver][INFO] - Valid | Epoch 1 | 20/200 | 2.06 it/sec | d_loss 1.5 | sisnr -1.5",
            ["validation 'd_loss' step 20 e1.0 1.5", "validation 'sisnr' step 20 e1.0 -1.5"]
        ),
        (
            "tick 77    kimg 308.0    time 4h 28m 45s   sec/tick 153.5   maintenance 0.5   augment 0.25",
            [
                "train 'kimg' step 77 308.0", "train 'sec/tick' step 77 153.5", "train 'maintenance' step 77 0.5",
                "train 'augment' step 77 0.25",
            ]
        ),
        ("Saved model at epoch 3 with loss: 0.125", ["train 'loss' epoch 3 e3.0 0.125"]),
        (
            "[5/25][100/1500]\tLoss_D: 0.5\tD(x): 0.75",
            ["train 'Loss_D' step 6100 e5.0 0.5", "train 'D(x)' step 6100 e5.0 0.75"]
        ),
        ("Epoch 1 completed. Avg loss: 0.5", ["train 'Avg loss' epoch 1 e1.0 0.5"]),
        ("SNR after epoch 5: 3.25 dB", ["train 'SNR' [dB] epoch 5 e5.0 3.25"]),
        (
            "| epoch 1 | 20/200 batches | lr 5.00 | loss 5.25 | ppl 200.5",
            ["train 'lr' step 20 e1.0 5.0", "train 'loss' step 20 e1.0 5.25", "train 'ppl' step 20 e1.0 200.5"]
        ),
        (
            "1epoch:train:1-100batch: generator_loss=2.5, optim0_lr0=1.000e-04",
            ["train 'generator_loss' step 100 e1.0 2.5", "train 'optim0_lr0' step 100 e1.0 0.0001"]
        ),
        (
            "{'loss': 0.5, 'grad_norm': 1.25, 'step': 20}",
            ["train 'loss' step 20 0.5", "train 'grad_norm' step 20 1.25"]
        ),
        (
            "step 7: loss: tensor(0.25, grad_fn=<AddBackward0>), acc: np.float64(0.5)",
            ["train 'loss' step 7 0.25", "train 'acc' step 7 0.5"]
        ),
        (
            "Epoch: [3][ 10/500]\tLoss 0.5 (0.6)\tAcc@1 10.0 (11.0)",
            [
                "train 'Loss' step 1010 e3.0 0.5", "train 'Acc@1' step 1010 e3.0 10.0",
            ]
        ),
        (
            "2epoch results: [train] loss=1.5, time=12 minutes and 3.5 seconds, gain=0.5, [valid] loss=2.5",
            ["train 'loss' epoch 2 e2.0 1.5", "train 'gain' epoch 2 e2.0 0.5", "validation 'loss' epoch 2 e2.0 2.5"]
        ),
        (
            "step 5: loss=1.5, time=1 hour, 2 minutes and 3 seconds, mel=0.5",
            ["train 'loss' step 5 1.5", "train 'mel' step 5 0.5"]
        ),
        ("  1000 it | loss 3.5 | vq 0.25", ["train 'loss' step 1000 3.5", "train 'vq' step 1000 0.25"]),
        (
            ">120, 3/45, d1=0.5, d2=0.25 g=1.5",
            ["train 'd1' step 120 0.5", "train 'd2' step 120 0.25", "train 'g' step 120 1.5"]
        ),
        ("step 5 usage: 192/256, loss: 0.5 +/- 0.1", ["train 'usage' step 5 0.75", "train 'loss' step 5 0.5"]),
    ])
    func readsRecord(line: String, samples: [String]) { #expect(FreeTextLines.samples(line + "\n") == samples) }

    @Test(arguments: [
        (
            "Epoch 1:  Loss 5.25, recon 0.5, SNR -0.75 dB, output amp 47.5%",
            ["'Loss'", "'recon'", "'SNR' [dB]", "'output amp' [%]"]
        ),
        ("Epoch 1: loss=23.5 → Train loss: nan", ["'loss'", "'Train loss'"]),
        ("Epoch 1: SNR +0.25 dB, Amplitude 11.5%  ← still 3 times too quiet", ["'SNR' [dB]", "'Amplitude' [%]"]),
        ("Epoch 1: Loss=2.25, SNR=-0.5dB ❌", ["'Loss'", "'SNR' [dB]"]),
        ("🚀 Epoch 1: **SNR**: **-2.5 dB**  # 5 dB expected", ["'SNR' [dB]"]),
        ("Epoch 1: Perceptual loss: ~1,481.5", ["'Perceptual loss'"]),
        ("Epoch 1 | SNR (dB): 2.5 | params: 16.5 M | loss: 1e-3", ["'SNR' [dB]", "'params' [M]", "'loss'"]),
    ])
    func readsNamesAndUnits(line: String, names: [String]) {
        let read = FreeTextLines.samples(line + "\n")
        #expect(read.count == names.count)
        for (sample, name) in zip(read, names) { #expect(sample.hasPrefix("train \(name) epoch 1 e1.0 ")) }
    }

    @Test func keepsTheUnitOfANumberThatIsNotFinite() {
        let log = "Epoch 1: SNR=-inf, level: 3 M\nEpoch 2: SNR=-0.5dB, level: inf\n"
        #expect(
            FreeTextLines.samples(log) == [
                "train 'SNR' [dB] epoch 1 e1.0 -inf", "train 'level' [M] epoch 1 e1.0 3.0",
                "train 'SNR' [dB] epoch 2 e2.0 -0.5", "train 'level' [M] epoch 2 e2.0 inf",
            ]
        )
    }
}
