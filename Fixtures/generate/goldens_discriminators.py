"""Makes Fixtures/goldens/discriminators.safetensors: what discriminators of the `dac` and `encodec` packages, and independent
versions of the others (discriminator_references.py), give for hashed weights: all maps, gradients of the input and of every
parameter, and DAC's losses with their gradients, as sketches (hashed_numbers.py). Also julius' resampling.

Versions: requirements.txt. Run: python goldens_discriminators.py
"""

from pathlib import Path

import julius
import torch
from audiotools import AudioSignal
from dac.model.discriminator import Discriminator as DAC
from dac.nn.loss import GANLoss
from encodec.msstftd import MultiScaleSTFTDiscriminator
from hashed_numbers import fill, sketches, uniform
from safetensors.torch import save_file

import discriminator_references as reference

OUT = Path(__file__).resolve().parent.parent / "goldens"
torch.set_num_threads(1)
ALL = [(0.0, 1.0)]


class EnCodec(torch.nn.Module):
    """Its discriminator with maps and logits in one list."""

    def __init__(self, sizes, slope):
        super().__init__()
        self.inner = MultiScaleSTFTDiscriminator(
            32, n_ffts=sizes, hop_lengths=[size // 4 for size in sizes], win_lengths=sizes,
            activation_params={"negative_slope": slope},
        )
        self.discriminators = self.inner.discriminators

    def forward(self, x):
        logits, maps = self.inner(x)
        return [features + [logit] for features, logit in zip(maps, logits)]

    def state_dict(self, *arguments, **options):
        state = self.discriminators.state_dict(*arguments, prefix="discriminators.", **options)
        return {name: tensor for name, tensor in state.items() if not name.endswith("window")}

    def named_parameters(self, *arguments, **options):
        return self.discriminators.named_parameters(prefix="discriminators.")


def noise(name, batch, length):
    return 0.3 * uniform(name, [batch, 1, length])


def unlike(name, batch, length):
    """Items that differ: noise, silence, fainter noise on an offset, loud noise."""
    x = noise(name, batch, length)
    x[1] = 0
    x[2] = 0.1 + 0.1 * x[2]
    x[3] *= 10
    return x


# name: (module, signals)
CASES = {
    "dac_odd": (lambda: DAC(periods=[2, 3], fft_sizes=[]), noise, 2, 1001),
    "dac_multiple": (lambda: DAC(periods=[5], fft_sizes=[]), noise, 1, 600),
    "dac_rates": (lambda: DAC(periods=[], rates=[1, 2, 3], fft_sizes=[], sample_rate=8000), noise, 2, 2049),
    "dac_bands": (lambda: DAC(periods=[], fft_sizes=[512, 128]), noise, 3, 1000),
    "dac_own_bands": (lambda: DAC(periods=[], fft_sizes=[64], bands=[(0.05, 0.3), (0.3, 0.9)]), noise, 1, 333),
    "dac_unlike": (lambda: DAC(periods=[3], fft_sizes=[128], bands=[(0.0, 0.3), (0.3, 1.0)]), unlike, 4, 777),
    "dac_short": (lambda: DAC(periods=[7, 11], rates=[4], fft_sizes=[16], bands=ALL, sample_rate=16000), noise, 2, 25),
    "hifigan_periods": (lambda: reference.hifigan_periods([2, 5]), noise, 2, 605),
    "hifigan_scales": (reference.hifigan_scales, noise, 2, 300),
    "melgan": (reference.MelGAN, noise, 2, 999),
    "origin_failing": (reference.origin_grouped, noise, 2, 1000),
    "origin_periods": (lambda: reference.Parts([reference.Folded(3)]), noise, 3, 400),
    "origin_images": (lambda: reference.Parts(reference.origin_images([256, 64])), noise, 2, 600),
    "encodec": (lambda: EnCodec([256, 512], 0.2), noise, 2, 1100),
    "audiocraft": (lambda: EnCodec([128], 0.3), noise, 1, 700),
    "bigvgan": (lambda: reference.bigvgan_resolutions([(256, 30, 150), (512, 60, 300), (128, 12, 60)]), noise, 2, 400),
}


def weighted(outputs):
    """One number that depends on every value of every map and on all of them about as much."""
    total = 0.0
    for i, maps in enumerate(outputs):
        for j, values in enumerate(maps):
            weights = uniform(f"weights.{i}.{j}", [values.numel()]).reshape(values.shape)
            total = total + (weights * values).sum() / values.numel() ** 0.5
    return total


def gradients(module):
    """Of every parameter; feature matching has none for the layer of the logits."""
    parameters = [parameter for _, parameter in sorted(module.named_parameters())]
    result = [torch.zeros_like(p) if p.grad is None else p.grad for p in parameters]
    module.zero_grad(set_to_none=True)
    return sketches(result)


def main():
    tensors, metadata = {}, {}
    for case, (make, signals, batch, length) in CASES.items():
        module = make()
        fill(module)
        # Spectral norms move in training only: one step, then they stay.
        module.train()
        with torch.no_grad():
            module(noise("first", 1, length))
        module.eval()
        real, fake = (signals(f"{case}.{side}", batch, length) for side in ("real", "fake"))
        tensors[f"{case}.real"], tensors[f"{case}.fake"] = real.clone(), fake.clone()
        x = real.clone().requires_grad_()
        outputs = module(x)
        metadata[case] = str(sum(parameter.numel() for _, parameter in module.named_parameters()))
        metadata[f"{case}.names"] = " ".join(sorted(module.state_dict()))
        metadata[f"{case}.shapes"] = " ".join("x".join(map(str, v.shape)) for maps in outputs for v in maps)
        tensors[f"{case}.maps"] = sketches([values for maps in outputs for values in maps])
        weighted(outputs).backward()
        # Silence has gradients 10^8 times those of sound: one sketch for each item.
        tensors[f"{case}.input"] = sketches(list(x.grad))
        tensors[f"{case}.parameters"] = gradients(module)
        buffers = [tensor for name, tensor in sorted(module.state_dict().items())
                   if name.endswith(("weight_u", "weight_v")) and tensor.dim() == 1]
        if buffers:
            tensors[f"{case}.buffers"] = sketches(buffers)

        loss = GANLoss(module)
        rate = 44100
        d = loss.discriminator_loss(AudioSignal(fake.clone(), rate), AudioSignal(real.clone(), rate))
        d.backward()
        tensors[f"{case}.d.parameters"] = gradients(module)
        for key in ("g", "features"):
            x = fake.clone().requires_grad_()
            g, features = loss.generator_loss(AudioSignal(x, rate), AudioSignal(real.clone(), rate))
            {"g": g, "features": features}[key].backward()
            tensors[f"{case}.{key}.input"] = sketches(list(x.grad))
            tensors[f"{case}.{key}.parameters"] = gradients(module)
        tensors[f"{case}.losses"] = torch.stack([d, g, features]).detach()
        print(case, metadata[case], tensors[f"{case}.losses"].tolist())
    for old, new in [(2, 1), (8000, 2666), (16000, 44100), (44100, 4009), (3, 7)]:
        x = uniform("resampling", [3, 1, 301]).requires_grad_()
        y = julius.resample_frac(x, old, new)
        (uniform("weights", list(y.shape)) * y).sum().backward()
        tensors[f"resampled.{old}.{new}"], tensors[f"resampled.{old}.{new}.gradient"] = y.detach(), x.grad
    save_file({key: value.contiguous().clone() for key, value in tensors.items()}, OUT / "discriminators.safetensors",
              metadata)


if __name__ == "__main__":
    main()
