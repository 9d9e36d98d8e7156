"""Runs discriminators of goldens_discriminators.py, or the whole DAC stack, and writes every map and gradient in full, to compare by
hand. Not part of the tests: a file has up to 700 MB. Versions: requirements.txt.

Run: python parity_discriminators.py FOLDER [CASE ...], CASE one of the goldens' or dac_full. Writes FOLDER/CASE.safetensors:
real, fake, map.I.J, losses (d, g, features), d.NAME, g.NAME (gradients), g.input. Prints how far two algorithms of torch itself are apart.
"""

import argparse
import pathlib

import torch
from audiotools import AudioSignal
from dac.nn.loss import GANLoss
from goldens_discriminators import CASES, DAC, noise
from hashed_numbers import fill
from safetensors.torch import save_file

torch.set_num_threads(1)
CASES = CASES | {"dac_full": (lambda: DAC(rates=[1, 2]), noise, 2, 16758)}


def run(module, real, fake):
    tensors = {}
    with torch.no_grad():
        for i, maps in enumerate(module(real)):
            tensors |= {f"map.{i}.{j}": values for j, values in enumerate(maps)}
    loss = GANLoss(module)
    d = loss.discriminator_loss(AudioSignal(fake.clone(), 44100), AudioSignal(real.clone(), 44100))
    d.backward()
    tensors |= {f"d.{name}": parameter.grad for name, parameter in module.named_parameters()}
    module.zero_grad(set_to_none=True)
    x = fake.clone().requires_grad_()
    g, features = loss.generator_loss(AudioSignal(x, 44100), AudioSignal(real.clone(), 44100))
    (g + 2 * features).backward()
    tensors |= {f"g.{name}": parameter.grad for name, parameter in module.named_parameters()}
    module.zero_grad(set_to_none=True)
    return tensors | {"g.input": x.grad, "losses": torch.stack([d, g, features]).detach()}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("cases", nargs="*", default=["dac_full"])
    arguments = parser.parse_args()
    for case in arguments.cases:
        make, signals, batch, length = CASES[case]
        module = make().eval()
        fill(module)
        real, fake = signals(f"{case}.real", batch, length), signals(f"{case}.fake", batch, length)
        tensors = run(module, real, fake)
        with torch.backends.mkldnn.flags(enabled=False):
            other = run(module, real, fake)
        spread = {key: ((other[key] - value).norm() / value.norm()).item() for key, value in tensors.items()}
        name = max(spread, key=spread.get)
        print(f"{case}: two algorithms of torch differ by at most {spread[name]:.2e} ({name})")
        tensors |= {"real": real, "fake": fake}
        save_file({key: value.contiguous().clone() for key, value in tensors.items()},
                  arguments.folder / f"{case}.safetensors")


if __name__ == "__main__":
    main()
