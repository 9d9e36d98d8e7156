import Testing

/// Lines that are no records: sentences, tables of sizes, warnings, configuration.
struct ProseTests {
    @Test(arguments: [
        "Resuming from \"/data/00015-auto1/network-snapshot-000200.pkl\"", "Num images:  912",
        "Image shape: [3, 128, 128]", "Setting up PyTorch plugin \"bias_act_plugin\"... Done.",
        "Saving model and optimizer state at iteration 1 to ./logs/G_0.pth",
        "Loaded checkpoint './logs\\32k\\G_0.pth' (iteration 1)",
        "This DataLoader will create 3 worker processes in total. Our suggested max number of worker is 2.",
        "synthesis.b4:0        8192        16       [32, 512, 4, 4]      float32",
        "mapping.fc0           262656      -        [32, 512]            float32",
        "/usr/lib/python3/sampler.py:64: UserWarning: `data_source` is removed in 2.2.0.",
        "RuntimeError: CUDA out of memory. Tried to allocate 20.00 MiB (GPU 0; 14.76 GiB total capacity)",
        "  File \"train.py\", line 123, in <module>", " > 856 / 969 layers are restored.",
        "================ Training Loss (Mon Mar 11 09:27:59 2019) ================", "<<<<<<< HEAD", "=======",
        "Training for 25000 kimg...", "Time taken for epoch 5 is 61 sec", "Using SNR 5 dB noise augmentation",
        "Successfully saved checkpoint @ 5000 steps.", "Epoch 5 took 61.5 s", "http://localhost:6006/?run=3",
        "torch 2.1.0+cu118, python 3.10.12", "The loss 0.5 is too high",
    ])
    func givesNoSample(line: String) {
        #expect(FreeTextLines.samples(line + "\n").isEmpty)
        #expect(FreeTextLines.rejections(line + "\n").isEmpty)
    }

    @Test func configurationIsFacts() {
        let log = """
            {'train': {'learning_rate': 0.0002, 'betas': [0.8, 0.99]}, 'data': {'sampling_rate': 24000}}
            Namespace(lr=0.0003, name='a')
             | > Num. of CPUs: 2
             | > Torch CUDNN: True
            Generator params: 1,234
            mel_loss_weight: 45.0
            "batch_size": 16,
            Epochs: 40

            """
        #expect(FreeTextLines.samples(log).isEmpty)
        #expect(
            FreeTextLines.facts(log) == [
                "train/learning_rate = 0.0002", "train/betas = [0.8, 0.99]", "data/sampling_rate = 24000",
                "lr = 0.0003",
                "name = a", "Num. of CPUs = 2", "Torch CUDNN = True", "Generator params = 1,234",
                "mel_loss_weight = 45.0",
                "batch_size = 16", "planned-epochs = 40",
            ]
        )
    }

    @Test func aMetricWithoutANumberIsRejected() {
        let log = "Epoch 1: loss=0.5, SNR: n/a\nVal loss: None\nnote: none\nGen loss: 1.2.3\n"
        #expect(FreeTextLines.samples(log) == ["train 'loss' epoch 1 e1.0 0.5"])
        #expect(
            FreeTextLines.rejections(log) == [
                "1: the value of SNR is not a number: n/a", "2: the value of Val loss is not a number: None",
                "4: the value of Gen loss is not a number: 1.2.3",
            ]
        )
    }
}
