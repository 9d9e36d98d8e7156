"""Makes full-size models of the `dac` package with random weights, and what they give for a second of audio, to compare by hand.

Not part of the tests: each file has about 300 MB. Versions: requirements.txt.
Run: python parity_full_size.py FOLDER [--seconds 1] [--models 44khz 24khz 16khz]. Writes per model
  NAME.safetensors        the state dict (random, alphas and norms away from their first values)
  NAME.results.safetensors  input, z, codes, latents, losses, audio, gradient norms with --gradients
"""

import argparse
import pathlib
import time

import torch
from dac import DAC
from safetensors.torch import save_file

MODELS = {
    "44khz": dict(sample_rate=44100),
    "24khz": dict(sample_rate=24000, encoder_rates=[2, 4, 5, 8], decoder_rates=[8, 5, 4, 2], n_codebooks=32),
    "16khz": dict(sample_rate=16000, encoder_rates=[2, 4, 5, 8], decoder_rates=[8, 5, 4, 2], n_codebooks=12),
}


def randomize(model):
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if name.endswith("alpha"):
                parameter.uniform_(0.3, 2.0)
            elif name.endswith("weight_g"):
                parameter *= torch.empty_like(parameter).uniform_(0.9, 1.4)
            elif name.endswith("bias"):
                parameter.normal_(0, 0.02)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--seconds", type=float, default=1)
    parser.add_argument("--batch", type=int, default=1)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--gradients", action="store_true")
    parser.add_argument("--models", nargs="+", default=list(MODELS))
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    for name in arguments.models:
        torch.manual_seed(arguments.seed)
        options = MODELS[name]
        model = DAC(**options).eval()
        randomize(model)
        state = {key: value.detach().contiguous() for key, value in model.state_dict().items()}
        save_file(state, arguments.folder / f"{name}.safetensors")
        length = int(arguments.seconds * options["sample_rate"])
        t = torch.arange(length) / options["sample_rate"]
        x = (0.4 * torch.sin(2 * torch.pi * 220 * t) + 0.1 * torch.randn(arguments.batch, 1, length)).contiguous()
        with torch.no_grad():
            start = time.time()
            output = model(x)
            print(f"{name}: forward {time.time() - start:.2f} s")
        results = {"input": x} | {key.replace("vq/", ""): value.contiguous() for key, value in output.items()}
        results["codes"] = results["codes"].to(torch.int32)
        if arguments.gradients:
            output = model(x)
            weights = torch.randn_like(output["audio"])
            loss = ((output["audio"] - weights).square().mean() + 0.25 * output["vq/commitment_loss"]
                    + output["vq/codebook_loss"])
            loss.backward()
            results |= {"weights": weights, "loss": loss.detach()}
            results |= {f"gradient_norm.{key}": p.grad.double().norm().float() for key, p in model.named_parameters()}
        save_file(results, arguments.folder / f"{name}.results.safetensors")


if __name__ == "__main__":
    main()
