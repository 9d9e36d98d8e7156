"""Reference values for audio: loudness, normalisation, SI-SDR and .dac files.

Makes  Fixtures/goldens/audio.safetensors  and  Fixtures/audio/dac/*.dac
with   descript-audio-codec and descript-audiotools (versions: requirements*.txt beside this file).
Run    python Fixtures/generate/goldens_audio.py    from the repository's root; the same numbers come out every time.
"""

import sys
import types
import warnings
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save_file

warnings.simplefilter("ignore")
torch.set_num_threads(1)
ROOT = Path(__file__).resolve().parents[1]


def allow_torchaudio_without_cuda():
    """torchaudio's wheel wants CUDA libraries for its compiled part; its Python part, all we need, works without."""
    try:
        import torchaudio  # noqa: F401
    except OSError:
        for name in [name for name in sys.modules if name.startswith("torchaudio")]:
            del sys.modules[name]
        stub = types.ModuleType("torchaudio._extension")
        stub._IS_TORCHAUDIO_EXT_AVAILABLE = False
        stub._IS_ALIGN_AVAILABLE = False
        stub.fail_if_no_align = lambda function: function
        sys.modules["torchaudio._extension"] = stub


allow_torchaudio_without_cuda()

import dac  # noqa: E402
from audiotools import AudioSignal  # noqa: E402
from audiotools.metrics.distance import SISDRLoss  # noqa: E402
from dac.model.base import DACFile  # noqa: E402


def noise(seed, count):
    """Uniform noise of -1...1 by a linear congruential generator; the tests compute the very same samples."""
    state, values = seed, np.empty(count, dtype=np.uint32)
    for index in range(count):
        state = (state * 1_664_525 + 1_013_904_223) & 0xFFFFFFFF
        values[index] = state >> 8
    return values.astype(np.float32) / np.float32(8_388_608) - np.float32(1)


def shaped_noise(rate, channels, frames, seed, amplitudes):
    """Noise whose amplitude changes every tenth of a second. [channels, frames]"""
    tenth = np.arange(frames) * 10 // rate
    level = np.asarray(amplitudes, dtype=np.float32)[tenth % len(amplitudes)]
    return np.stack([noise(seed + 7_919 * channel, frames) * level for channel in range(channels)])


def loudness_goldens(tensors):
    steady, gaps = [0.25], [0.5, 0, 0.3, 0.02, 0, 0, 0.7, 0.001]
    quiet, whisper, loud = [4e-4], [1e-4, 5e-5], [1.9, 0.4]
    cases = [
        (16_000, 1, 1, steady), (16_000, 1, 1_600, steady), (16_000, 1, 6_399, gaps), (16_000, 1, 7_999, gaps),
        (16_000, 1, 8_000, gaps), (16_000, 1, 8_001, gaps), (16_000, 1, 43_217, gaps), (16_000, 2, 30_000, gaps),
        (16_000, 1, 20_000, quiet), (16_000, 1, 20_000, whisper), (16_000, 1, 20_000, loud), (16_000, 1, 9_000, [0]),
        (8_000, 1, 21_001, gaps), (11_025, 1, 30_011, gaps), (22_050, 2, 33_333, gaps), (24_000, 1, 60_000, gaps),
        (32_000, 3, 25_000, gaps), (44_100, 1, 88_200, gaps), (44_100, 5, 30_000, gaps), (44_100, 4, 30_000, steady),
        (48_000, 2, 40_000, gaps), (96_000, 1, 60_000, gaps),
    ]
    table, values = [], []
    for index, (rate, channels, frames, amplitudes) in enumerate(cases):
        signal = shaped_noise(rate, channels, frames, 1_000 + index, amplitudes)
        values.append(AudioSignal(torch.from_numpy(signal)[None], rate).loudness().item())
        table.append([rate, channels, frames, 1_000 + index])
        tensors[f"loudness.{index}.amplitudes"] = torch.tensor(amplitudes, dtype=torch.float32)
    tensors["loudness.cases"] = torch.tensor(table, dtype=torch.int32)
    tensors["loudness.values"] = torch.tensor(values)


def normalisation_goldens(tensors):
    """What dac does before encoding: -16 LUFS, then no peak above 1."""
    signal = shaped_noise(16_000, 2, 9_000, 77, [0.5, 0.01, 0.05])
    audio = AudioSignal(torch.from_numpy(signal)[None], 16_000)
    tensors["normalised.input"] = torch.from_numpy(signal).clone()
    audio.normalize(-16)
    tensors["normalised.loudness"] = audio.audio_data[0].clone()
    tensors["normalised.limited"] = audio.ensure_max_of_audio().audio_data[0].clone()


def distortion_goldens(tensors):
    """SI-SDR in dB; audiotools' loss is its negative."""
    loss = SISDRLoss()
    reference = shaped_noise(16_000, 1, 4_000, 5, [0.4, 0.1])
    for index, (gain, distortion, offset) in enumerate([(1, 0.1, 0), (0.3, 0.01, 0.2), (-2, 1.0, 0), (0.5, 5.0, -0.1)]):
        degraded = gain * reference + distortion * shaped_noise(16_000, 1, 4_000, 900 + index, [0.2]) + offset
        degraded = torch.from_numpy(degraded.astype(np.float32))[None]
        value = -loss(AudioSignal(torch.from_numpy(reference)[None], 16_000), AudioSignal(degraded, 16_000))
        tensors[f"sisdr.{index}.degraded"] = degraded[0, 0].clone()
        tensors[f"sisdr.{index}.value"] = value.reshape(1)
    tensors["sisdr.reference"] = torch.from_numpy(reference[0]).clone()


def save_dac(tensors, name, file):
    file.save(ROOT / "audio" / "dac" / name)
    tensors[f"dac.{name}.codes"] = file.codes.to(torch.int32).contiguous()
    numbers = [file.chunk_length, file.original_length, file.channels, file.sample_rate, int(file.padding)]
    tensors[f"dac.{name}.numbers"] = torch.tensor(numbers, dtype=torch.int32)
    tensors[f"dac.{name}.loudness"] = file.input_db.float().reshape(-1).clone()


def dac_goldens(tensors):
    torch.manual_seed(3)
    model = dac.DAC(
        encoder_dim=4, encoder_rates=[2, 4], latent_dim=8, decoder_dim=16, decoder_rates=[4, 2],
        n_codebooks=3, codebook_size=300, codebook_dim=4, sample_rate=8_000,
    ).eval()
    for name, channels, frames, window in [("whole", 1, 3_001, 1.0), ("chunks", 1, 6_000, 0.25), ("stereo", 2, 5_001, 0.2)]:
        signal = shaped_noise(8_000, channels, frames, 40 + channels, [0.3, 0.1])
        audio = AudioSignal(torch.from_numpy(signal)[None], 8_000)
        save_dac(tensors, name, model.compress(audio, win_duration=window))
    # Values dac itself would not choose: the highest code, silence, and codes in column-major order.
    codes = torch.arange(40).reshape(1, 8, 5).transpose(1, 2) * 1_680
    codes[0, 0, 0] = 65_535
    extreme = DACFile(
        codes=codes, chunk_length=8, original_length=2**31 - 1, input_db=torch.tensor([float("-inf")]), channels=1,
        sample_rate=44_100, padding=True, dac_version="1.0.0",
    )
    save_dac(tensors, "extreme", extreme)


def variant_files():
    """The same contents as NumPy's other ways of saving them."""
    file = DACFile.load(ROOT / "audio" / "dac" / "whole.dac")
    metadata = {key: value for key, value in vars(file).items() if key != "codes"}
    metadata["original_length"] = np.int64(file.original_length)
    metadata["padding"] = np.bool_(file.padding)
    metadata["sample_rate"] = np.array(file.sample_rate)
    metadata["input_db"] = np.float64(file.input_db[0])
    artifacts = {"codes": np.asfortranarray(file.codes.numpy()), "metadata": metadata, "comment": ["ignored", None]}
    with open(ROOT / "audio" / "dac" / "variant.dac", "wb") as output:
        np.save(output, artifacts)


def main():
    tensors = {}
    loudness_goldens(tensors)
    normalisation_goldens(tensors)
    distortion_goldens(tensors)
    dac_goldens(tensors)
    variant_files()
    versions = {"torch": torch.__version__, "dac": dac.__version__, "numpy": np.__version__}
    save_file({name: tensor.contiguous() for name, tensor in tensors.items()}, ROOT / "goldens" / "audio.safetensors", versions)


if __name__ == "__main__":
    main()
