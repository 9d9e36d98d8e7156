"""Makes Fixtures/goldens/losses_*.safetensors: reconstruction losses of dac and audiocraft with gradients of both signals.

Versions: requirements.txt. Run: python goldens_losses.py. audiocraft is not installed: its multi-scale mel loss is
computed here from torchaudio's mel spectrogram by the published definition.
"""

import math
from pathlib import Path

import dac
import torch
import torch.nn.functional as F
import torchaudio
from audiotools import AudioSignal
from safetensors.torch import save_file

OUT = Path(__file__).resolve().parent.parent / "goldens"
ORDINARY = ["44kHz", "24kHz", "16kHz"]
torch.set_num_threads(1)


def signal(generator, batch, length, rate):
    """A few decaying partials over faint noise, in -1 ... 1."""
    t = torch.arange(length) / rate
    x = torch.zeros(batch, 1, length)
    for b in range(batch):
        for partial in range(1, 9):
            frequency = partial * (110 + 40 * torch.rand((), generator=generator))
            phase = 6.28 * torch.rand((), generator=generator)
            x[b, 0] += 0.3 / partial * torch.sin(2 * math.pi * frequency * t + phase)
    return x + 0.003 * torch.randn(batch, 1, length, generator=generator)


def pairs():
    """name -> (sample rate, estimate, reference)"""
    generator = torch.Generator().manual_seed(31)

    def noise(*shape):
        return torch.randn(*shape, generator=generator)

    result = {}
    for name, rate, batch, length in [("44kHz", 44100, 1, 3001), ("24kHz", 24000, 2, 1500), ("16kHz", 16000, 3, 1111)]:
        y = signal(generator, batch, length, rate)
        result[name] = (rate, 0.8 * y + 0.02 * noise(*y.shape), y)
    y = signal(generator, 1, 1100, 44100)
    result["silent"] = (44100, torch.zeros_like(y), y)
    result["invented"] = (44100, 0.1 * noise(1, 1, 1100), torch.zeros(1, 1, 1100))
    result["identical"] = (44100, y.clone(), y)
    result["nothing"] = (44100, torch.zeros_like(y), torch.zeros_like(y))
    result["faint"] = (44100, 1e-6 * noise(1, 1, 1100), 1e-6 * noise(1, 1, 1100))
    return result


class AudiocraftMel:
    """audiocraft's multi-scale mel loss, from its definition."""

    def __init__(self, rate, exponents, mels, low, normalized, alphas):
        self.scales = []
        for exponent in exponents:
            size = 2**exponent
            transform = torchaudio.transforms.MelSpectrogram(
                sample_rate=rate, n_fft=size, win_length=size, hop_length=size // 4, n_mels=mels, f_min=low,
                normalized=normalized, center=False,
            )
            self.scales.append((size, transform, math.sqrt(size - 1) if alphas else 1.0))
        self.divisor = sum(alpha + 1 for _, _, alpha in self.scales) if normalized else 1.0

    def __call__(self, x, y):
        total = 0.0
        for size, transform, alpha in self.scales:
            a, b = (transform(self.padded(signal, size)) for signal in (x, y))
            total = total + F.l1_loss(a, b) + alpha * F.mse_loss(torch.log10(1e-5 + a), torch.log10(1e-5 + b))
        return total / self.divisor

    @staticmethod
    def padded(x, size):
        margin = (size - size // 4) // 2
        x = F.pad(x, (margin, margin), "reflect")
        frames = math.ceil((x.shape[-1] - size) / (size // 4) + 1)
        return F.pad(x, (0, (frames - 1) * (size // 4) + size - x.shape[-1]))


def losses(rate):
    """name -> function of estimate and reference tensors"""
    loss = dac.nn.loss
    dac_mel = dict(n_mels=[5, 10, 20, 40, 80, 160, 320], window_lengths=[32, 64, 128, 256, 512, 1024, 2048],
                   mel_fmin=[0] * 7, mel_fmax=[None] * 7, pow=1.0, clamp_eps=1e-5, mag_weight=0.0)
    spectral = {
        "stft": loss.MultiScaleSTFTLoss(),
        "stft2": loss.MultiScaleSTFTLoss(window_lengths=[256, 100, 64], mag_weight=0.5, log_weight=2.0, pow=1.0,
                                         clamp_eps=1e-3, window_type="sqrt_hann"),
        "mel": loss.MelSpectrogramLoss(),
        "melDAC": loss.MelSpectrogramLoss(**dac_mel),
        "mel2": loss.MelSpectrogramLoss(n_mels=[20, 33], window_lengths=[256, 512], mel_fmin=[50.0, 0.0],
                                        mel_fmax=[7000.0, None], mag_weight=0.3, log_weight=0.7, pow=1.5),
        "l1": loss.L1Loss(),
    }
    result = {
        name: (lambda x, y, function=function: function(AudioSignal(x, rate), AudioSignal(y, rate)))
        for name, function in spectral.items()
    }
    result["encodec"] = AudiocraftMel(rate, range(6, 11), 64, 64.0, True, False)
    result["encodecAlphas"] = AudiocraftMel(rate, range(5, 9), 30, 0.0, False, True)
    for name, arguments in {
        "sisdr": {},
        "sisdrPlain": dict(scaling=False),
        "sisdrMean": dict(zero_mean=False, reduction="sum"),
        "sisdrClip": dict(clip_min=-15),
    }.items():
        # dac takes the reference first.
        result[name] = lambda x, y, function=loss.SISDRLoss(**arguments): function(y, x)
    return result


def exact_stft_gradient(estimate, reference, side):
    """The gradient of dac's default MultiScaleSTFTLoss in float64. It is a sum of terms ∝ 1/|X|, whose few largest belong
    to bins near 0, known to float32 to a few digits only: torch's own gradient is up to 2 % off."""
    signals = [estimate.double().requires_grad_(), reference.double().requires_grad_()]
    total = 0.0
    for size in (2048, 512):
        window = torch.hann_window(size, dtype=torch.float64)
        a, b = (
            torch.stft(x[:, 0], size, size // 4, size, window, return_complex=True).abs() for x in signals
        )
        logs = [m.clamp(1e-5).pow(2).log10() for m in (a, b)]
        total = total + F.l1_loss(*logs) + F.l1_loss(a, b)
    return torch.autograd.grad(total, signals[side])[0]


def main():
    # Every mel loss warns that narrow bands are empty; that is as DAC has it.
    every = pairs()
    groups = {f"losses_{case}": [case] for case in ORDINARY}
    groups["losses_edges"] = [case for case in every if case not in ORDINARY]
    for group, cases in groups.items():
        tensors = {}
        metadata = {case: str(every[case][0]) for case in cases}
        for case in cases:
            rate, estimate, reference = every[case]
            tensors[f"{case}.estimate"], tensors[f"{case}.reference"] = estimate, reference
            for name, function in losses(rate).items():
                x, y = estimate.clone().requires_grad_(), reference.clone().requires_grad_()
                value = function(x, y)
                gradients = torch.autograd.grad(value, (x, y))
                tensors[f"{case}.{name}.value"] = value
                for side, key in enumerate(["estimate", "reference"]):
                    if key == "reference" and case not in ("16kHz", "invented"):
                        continue
                    gradient = gradients[side]
                    if name == "stft" and case in ORDINARY:
                        exact = exact_stft_gradient(estimate, reference, side)
                        distance = (gradient.double() - exact).norm() / exact.norm()
                        metadata[f"{case}.{name}.{key}"] = f"{distance.item():.6f}"
                        gradient = exact
                    tensors[f"{case}.{name}.{key}"] = gradient
        save_file({key: value.detach().float().clone() for key, value in tensors.items()},
                  OUT / f"{group}.safetensors", metadata)


if __name__ == "__main__":
    main()
