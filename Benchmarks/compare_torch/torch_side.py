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


prepared = {}
for line in sys.stdin:
    request = json.loads(line)
    case = request["case"]
    if case["name"] not in prepared:
        prepared = {case["name"]: model(case) if case["kind"] == "dac" else layer(case)}
    run, leaves = prepared[case["name"]]
    seconds, begun = [], time.perf_counter()
    while not seconds or time.perf_counter() - begun < request["budget"]:
        start = time.perf_counter()
        if request["backward"]:
            output = run()
            torch.autograd.grad(output, leaves, torch.ones_like(output))
        else:
            with torch.no_grad():
                run()
        seconds.append(time.perf_counter() - start)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "peak_mebibytes": peak}), flush=True)
