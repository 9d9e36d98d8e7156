"""Makes Fixtures/goldens/spectral_*.safetensors: transforms, mel bands and spectrograms with gradients.

Versions: requirements.txt. Run: python goldens_spectral.py. Every array is float32; `metadata` says what a case is.
"""

import json
from pathlib import Path

import librosa
import torch
import torchaudio
from audiotools import AudioSignal
from safetensors.torch import save_file

OUT = Path(__file__).resolve().parent.parent / "goldens"
torch.set_num_threads(1)
torch.manual_seed(20261122)


def seeded_gradient(output, *inputs):
    """A random gradient of `output` and what it gives for the inputs."""
    seed = torch.randn_like(output)
    return seed, torch.autograd.grad(output, inputs, seed)


def stft_cases(tensors, metadata):
    cases = [
        # length, n_fft, hop, win, window, center, normalized
        (300, 64, 16, 64, "hann", True, False),
        (301, 64, 20, 50, "hann", True, True),
        (257, 128, 32, 128, "sqrt_hann", True, False),
        (200, 64, 64, 64, "boxcar", False, False),
        (333, 100, 25, 100, "hann", False, True),
        (90, 45, 11, 45, "hann", True, False),
        (33, 64, 16, 64, "hann", True, False),
        (128, 128, 7, 77, "average", True, False),
    ]
    for index, (length, n_fft, hop, win, window, center, normalized) in enumerate(cases):
        x = torch.randn(2, length, requires_grad=True)
        weights = AudioSignal.get_window(window, win, "cpu")
        result = torch.view_as_real(
            torch.stft(x, n_fft, hop, win, weights, center=center, normalized=normalized, return_complex=True)
        )
        seed, (gradient,) = seeded_gradient(result, x)
        name = f"stft{index}"
        tensors.update({f"{name}.x": x, f"{name}.y": result, f"{name}.seed": seed, f"{name}.gradient": gradient})
        metadata[name] = json.dumps(
            {"length": length, "size": n_fft, "hop": hop, "win": win, "window": window, "center": center,
             "normalized": normalized}
        )


def match_stride_cases(tensors, metadata):
    for index, (length, n_fft) in enumerate([(300, 64), (513, 128), (400, 20), (97, 32)]):
        x = torch.randn(2, 1, length, requires_grad=True)
        signal = AudioSignal(x, 16000)
        result = torch.view_as_real(signal.stft(n_fft, n_fft // 4, "hann", match_stride=True))
        seed, (gradient,) = seeded_gradient(result, x)
        name = f"match{index}"
        tensors.update({f"{name}.x": x, f"{name}.y": result, f"{name}.seed": seed, f"{name}.gradient": gradient})
        signal.original_signal_length = length
        with torch.no_grad():
            inverse = signal.istft(n_fft, n_fft // 4, "hann", match_stride=True).audio_data
        tensors[f"{name}.inverse"] = inverse
        metadata[name] = json.dumps({"length": length, "size": n_fft})


def istft_cases(tensors, metadata):
    cases = [
        # frames, n_fft, hop, win, window, center, normalized, length
        (20, 64, 16, 64, "hann", True, False, None),
        (13, 64, 20, 50, "hann", True, True, 230),
        (9, 45, 11, 45, "hann", True, False, 80),
        (6, 32, 16, 32, "boxcar", False, False, None),
        (9, 64, 16, 64, "sqrt_hann", True, False, 128),
    ]
    for index, (frames, n_fft, hop, win, window, center, normalized, length) in enumerate(cases):
        z = torch.randn(2, n_fft // 2 + 1, frames, 2, requires_grad=True)
        weights = AudioSignal.get_window(window, win, "cpu")
        result = torch.istft(
            torch.view_as_complex(z), n_fft, hop, win, weights, center=center, normalized=normalized, length=length
        )
        seed, (gradient,) = seeded_gradient(result, z)
        name = f"istft{index}"
        tensors.update({f"{name}.x": z, f"{name}.y": result, f"{name}.seed": seed, f"{name}.gradient": gradient})
        metadata[name] = json.dumps(
            {"length": length or 0, "size": n_fft, "hop": hop, "win": win, "window": window, "center": center,
             "normalized": normalized}
        )


def torchaudio_spectrum(tensors):
    """EnCodec's discriminator's transform: window-normalised, not centred, complex."""
    x = torch.randn(2, 1, 500, requires_grad=True)
    transform = torchaudio.transforms.Spectrogram(
        n_fft=128, hop_length=32, win_length=128, window_fn=torch.hann_window, normalized=True, center=False,
        pad_mode=None, power=None,
    )
    result = torch.view_as_real(transform(x))
    seed, (gradient,) = seeded_gradient(result, x)
    tensors.update({"torchaudio.x": x, "torchaudio.y": result, "torchaudio.seed": seed, "torchaudio.gradient": gradient})


def magnitude_case(tensors):
    z = torch.randn(3, 7, 2)
    z[0, 0] = 0
    z[0, 1] = torch.tensor([1e-25, -1e-25])
    z[0, 2] = torch.tensor([3e25, 4e25])
    z.requires_grad_()
    result = torch.view_as_complex(z).abs()
    seed, (gradient,) = seeded_gradient(result, z)
    tensors.update({"magnitude.x": z, "magnitude.y": result, "magnitude.seed": seed, "magnitude.gradient": gradient})


def filterbanks(tensors, metadata):
    slaney = [
        # sample rate, n_fft, mels, fmin, fmax
        (44100, 512, 80, 0.0, None),
        (44100, 32, 5, 0.0, None),
        (24000, 256, 40, 30.0, 11000.0),
        (16000, 128, 20, 0.0, 8000.0),
    ]
    for index, (rate, n_fft, mels, low, high) in enumerate(slaney):
        bank = librosa.filters.mel(sr=rate, n_fft=n_fft, n_mels=mels, fmin=low, fmax=high)
        tensors[f"slaney{index}"] = torch.from_numpy(bank)
        metadata[f"slaney{index}"] = json.dumps(
            {"rate": rate, "size": n_fft, "mels": mels, "low": low, "high": high or 0}
        )
    htk = [(24000, 512, 64, 64.0, None), (32000, 128, 64, 0.0, None), (16000, 256, 23, 20.0, 7600.0)]
    for index, (rate, n_fft, mels, low, high) in enumerate(htk):
        bank = torchaudio.functional.melscale_fbanks(n_fft // 2 + 1, low, high or rate / 2, mels, rate)
        tensors[f"htk{index}"] = bank.T
        metadata[f"htk{index}"] = json.dumps({"rate": rate, "size": n_fft, "mels": mels, "low": low, "high": high or 0})


def mel_spectrograms(tensors, metadata):
    for index, (rate, length, mels, win) in enumerate(
        [(44100, 3001, 80, None), (24000, 1500, 40, 256), (16000, 1024, 80, None), (44100, 500, 5, 32)]
    ):
        x = torch.randn(2, 1, length, requires_grad=True)
        signal = AudioSignal(x, rate)
        arguments = {} if win is None else {"window_length": win, "hop_length": win // 4}
        result = signal.mel_spectrogram(mels, **arguments)
        seed, (gradient,) = seeded_gradient(result, x)
        name = f"mel{index}"
        tensors.update({f"{name}.x": x, f"{name}.y": result, f"{name}.seed": seed, f"{name}.gradient": gradient})
        metadata[name] = json.dumps({"rate": rate, "length": length, "mels": mels, "win": win or 0})


def main():
    groups = {
        "spectral_stft": [stft_cases, match_stride_cases, istft_cases],
        "spectral_mel": [filterbanks, mel_spectrograms],
    }
    for name, makers in groups.items():
        tensors, metadata = {}, {}
        for maker in makers:
            maker(tensors, metadata)
        if name == "spectral_stft":
            torchaudio_spectrum(tensors)
            magnitude_case(tensors)
        save_file({key: value.detach().float().contiguous() for key, value in tensors.items()},
                  OUT / f"{name}.safetensors", metadata)


if __name__ == "__main__":
    main()
