"""PyTorch's half of the comparison: reads one JSON request a line, answers with the seconds each run took.

Start with the number of threads; `tuned` folds the weight norm (the allocator is tuned by the environment that starts it).
"""
import json
import resource
import sys
import time

import torch
import torch.nn.functional as F

threads, tuned = int(sys.argv[1]), "tuned" in sys.argv[2:]
torch.set_num_threads(threads)
torch.manual_seed(0)


def leaf(*shape):
    return (torch.randn(*shape) * 0.1).requires_grad_()


def layer(case):
    kind = case["kind"]
    if kind.startswith("conv"):
        x, w = leaf(*case["input"]), leaf(*case["weight"])
        b = leaf(case["weight"][1] if kind == "conv_transpose1d" else case["weight"][0])
        function = {"conv1d": F.conv1d, "conv2d": F.conv2d, "conv_transpose1d": F.conv_transpose1d}[kind]
        options = dict(stride=case["stride"], padding=case["padding"], groups=case["groups"], dilation=case["dilation"])
        return lambda: function(x, w, b, **options), [x, w, b]
    if kind == "snake":
        from dac.nn.layers import snake

        x, alpha = leaf(*case["input"]), torch.ones(1, case["input"][1], 1, requires_grad=True)
        return lambda: snake(x, alpha), [x, alpha]
    if kind == "weight_norm":
        v, g = leaf(*case["weight"]), leaf(case["weight"][0], 1, 1)
        return lambda: torch._weight_norm(v, g, 0), [v, g]
    if kind == "lstm":
        size = case["input"][2]
        net, x = torch.nn.LSTM(size, size, 1), leaf(*case["input"])
        return lambda: net(x)[0], [x, *net.parameters()]
    from audiotools import AudioSignal
    from dac.nn.loss import MelSpectrogramLoss, MultiScaleSTFTLoss

    x, y = leaf(*case["input"]), torch.randn(*case["input"]) * 0.1
    if kind == "mel_loss":
        windows = [32, 64, 128, 256, 512, 1024, 2048]
        loss = MelSpectrogramLoss(
            n_mels=[5, 10, 20, 40, 80, 160, 320], window_lengths=windows, mel_fmin=[0] * 7, mel_fmax=[None] * 7,
            pow=1.0, mag_weight=0.0, clamp_eps=1e-5)
    else:
        loss = MultiScaleSTFTLoss(window_lengths=[2048, 512])
    rate = case["sample_rate"]
    return lambda: loss(AudioSignal(x, rate), AudioSignal(y, rate)), [x]


def model(case):
    import dac

    sizes = {
        "44.1 kHz": dict(encoder_rates=[2, 4, 8, 8], decoder_rates=[8, 8, 4, 2], n_codebooks=9, sample_rate=44100),
        "24 kHz": dict(encoder_rates=[2, 4, 5, 8], decoder_rates=[8, 5, 4, 2], n_codebooks=32, sample_rate=24000),
    }[case["preset"]]
    net = dac.DAC(**sizes).eval()
    if tuned:
        for part in net.modules():
            if hasattr(part, "weight_g"):
                torch.nn.utils.remove_weight_norm(part)
    x = net.preprocess(torch.randn(1, 1, int(case["seconds"] * sizes["sample_rate"])) * 0.1, sizes["sample_rate"])
    return lambda: net.decode(net.encode(x)[0]), []


def origin_grouped():
    """MelGAN's layers at three scales (codec-facts: kernels 15, 41 x 4, 5, 3; groups 1, 4, 16, 64, 256, 1, 1)."""
    nn = torch.nn
    widths, groups = [1, 16, 64, 256, 1024, 1024, 1024], [1, 4, 16, 64, 256, 1]

    class Scale(nn.Module):
        def __init__(self, halvings):
            super().__init__()
            self.pools = nn.ModuleList(nn.AvgPool1d(4, 2, 1) for _ in range(halvings))
            kernels, strides = [15, 41, 41, 41, 41, 5], [1, 4, 4, 4, 4, 1]
            self.convs = nn.ModuleList(
                nn.Conv1d(widths[i], widths[i + 1], kernels[i], strides[i], kernels[i] // 2, groups=groups[i])
                for i in range(6))
            self.conv_post = nn.Conv1d(1024, 1, 3, 1, 1)

        def forward(self, x):
            for pool in self.pools:
                x = pool(x)
            maps = []
            for layer in self.convs:
                x = F.leaky_relu(layer(x), 0.2)
                maps.append(x)
            return maps + [self.conv_post(x)]

    scales = nn.ModuleList(Scale(halvings) for halvings in range(3))
    return scales, lambda x: [scale(x) for scale in scales]


def discriminator(case):
    if case["preset"] == "dac":
        from dac.model.discriminator import Discriminator

        net = Discriminator()
        function = net
    else:
        net, function = origin_grouped()
    audio, parameters = torch.randn(*case["input"]) * 0.1, list(net.parameters())

    def prepare(mode):
        net.requires_grad_(mode != "backward_input")
        audio.requires_grad_(mode == "backward_input")
        return [audio] if mode == "backward_input" else parameters

    return lambda: sum(((1 - maps[-1]) ** 2).mean() for maps in function(audio)), prepare


def training_step(case):
    """One step as in dac's scripts/train.py with its published configuration, without reading data or logging."""
    import dac
    from audiotools import AudioSignal
    from dac.model.discriminator import Discriminator
    from dac.nn import loss as losses

    rate = 16000
    generator = dac.DAC(
        encoder_dim=case["encoder_dimension"], encoder_rates=case["rates"], decoder_dim=case["decoder_dimension"],
        decoder_rates=case["rates"][::-1], n_codebooks=case["codebooks"], sample_rate=rate).train()
    discriminator = Discriminator().train()
    adam = dict(lr=1e-4, betas=(0.8, 0.99))
    optimizer_g = torch.optim.AdamW(generator.parameters(), **adam)
    optimizer_d = torch.optim.AdamW(discriminator.parameters(), **adam)
    schedulers = [torch.optim.lr_scheduler.ExponentialLR(o, 0.999996) for o in (optimizer_g, optimizer_d)]
    game, waveform, stft = losses.GANLoss(discriminator), losses.L1Loss(), losses.MultiScaleSTFTLoss(window_lengths=[2048, 512])
    mel = losses.MelSpectrogramLoss(
        n_mels=[5, 10, 20, 40, 80, 160, 320], window_lengths=[32, 64, 128, 256, 512, 1024, 2048], mel_fmin=[0] * 7,
        mel_fmax=[None] * 7, pow=1.0, mag_weight=0.0, clamp_eps=1e-5)
    weights = {"mel": 15.0, "feat": 2.0, "gen": 1.0, "commitment": 0.25, "codebook": 1.0}
    audio = torch.randn(*case["input"]) * 0.1

    def step():
        out = generator(audio, rate)
        decoded = AudioSignal(out["audio"], rate)
        # dac's decoder makes 8 samples too few with a rate of 5.
        signal = AudioSignal(audio[..., :out["audio"].shape[-1]].clone(), rate)
        disc_loss = game.discriminator_loss(decoded, signal)
        optimizer_d.zero_grad()
        disc_loss.backward()
        torch.nn.utils.clip_grad_norm_(discriminator.parameters(), 10.0)
        optimizer_d.step()
        schedulers[1].step()

        terms = {"stft": stft(decoded, signal), "mel": mel(decoded, signal), "waveform": waveform(decoded, signal)}
        terms["gen"], terms["feat"] = game.generator_loss(decoded, signal)
        terms["commitment"], terms["codebook"] = out["vq/commitment_loss"], out["vq/codebook_loss"]
        total = sum(weight * terms[name] for name, weight in weights.items())
        optimizer_g.zero_grad()
        total.backward()
        torch.nn.utils.clip_grad_norm_(generator.parameters(), 1e3)
        optimizer_g.step()
        schedulers[0].step()

    return step


def subject(case):
    """What runs a case, and what chooses the tensors whose gradients a mode wants."""
    if case["kind"] == "training_step":
        return training_step(case), lambda mode: None
    if case["kind"] == "discriminator":
        return discriminator(case)
    run, leaves = model(case) if case["kind"] == "dac" else layer(case)
    return run, lambda mode: leaves


prepared = {}
for line in sys.stdin:
    request = json.loads(line)
    case = request["case"]
    if case["name"] not in prepared:
        prepared = {case["name"]: subject(case)}
    run, prepare = prepared[case["name"]]
    leaves = prepare(request["mode"])
    seconds, processor, begun = [], [], time.perf_counter()
    while not seconds or time.perf_counter() - begun < request["budget"]:
        start, used = time.perf_counter(), time.process_time()
        if request["mode"] == "step":
            run()
        elif request["mode"] == "forward":
            with torch.no_grad():
                run()
        else:
            output = run()
            torch.autograd.grad(output, leaves, torch.ones_like(output))
        seconds.append(time.perf_counter() - start)
        processor.append(time.process_time() - used)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "processor_seconds": processor, "peak_mebibytes": peak}), flush=True)
