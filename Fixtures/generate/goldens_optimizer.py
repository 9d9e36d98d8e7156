"""Makes Fixtures/goldens/optimizer.safetensors: torch.optim.AdamW step by step, and torch's clipping of gradients.

Versions: requirements.txt. Run: python goldens_optimizer.py.
"""

from pathlib import Path

import torch
from safetensors.torch import save_file

OUT = Path(__file__).resolve().parent.parent / "goldens"
SHAPES = [(3,), (4, 5), (2, 3, 4), (1,)]
STEPS = 7
# Steps in which the parameter of that index has no gradient.
MISSING = {1: [0, 3], 3: list(range(STEPS))}
CASES = {
    "default": dict(lr=1e-3),
    "dac": dict(lr=1e-2, betas=(0.8, 0.99), weight_decay=0.1, eps=1e-6),
    "plain": dict(lr=1e-2, betas=(0.3, 0.9), weight_decay=0.0),
}
torch.set_num_threads(1)


def main():
    generator = torch.Generator().manual_seed(45)
    start = [torch.randn(*shape, generator=generator) for shape in SHAPES]
    gradients = [
        [0.1 * (step + 1) * torch.randn(*shape, generator=generator) for shape in SHAPES] for step in range(STEPS)
    ]
    out = {f"start.{i}": tensor.clone() for i, tensor in enumerate(start)}
    out |= {f"gradient.{step}.{i}": gradients[step][i] for step in range(STEPS) for i in range(len(SHAPES))}
    for case, options in CASES.items():
        parameters = [torch.nn.Parameter(tensor.clone()) for tensor in start]
        optimizer = torch.optim.AdamW(parameters, foreach=False, fused=False, **options)
        for step in range(STEPS):
            if step == 4:
                optimizer.param_groups[0]["lr"] = options["lr"] / 2
            for i, parameter in enumerate(parameters):
                parameter.grad = None if step in MISSING.get(i, []) else gradients[step][i].clone()
            optimizer.step()
            for i, parameter in enumerate(parameters):
                out[f"{case}.{step}.{i}"] = parameter.detach().clone()
        for i, parameter in enumerate(parameters):
            if parameter in optimizer.state:
                state = optimizer.state[parameter]
                out[f"{case}.step.{i}"] = state["step"]
                out[f"{case}.mean.{i}"] = state["exp_avg"]
                out[f"{case}.square.{i}"] = state["exp_avg_sq"]
    for name, maximum, poison in [("short", 0.5, None), ("long", 100.0, None), ("nan", 0.5, "nan"), ("inf", 0.5, "inf")]:
        parameters = [torch.nn.Parameter(tensor.clone()) for tensor in start]
        for i, parameter in enumerate(parameters):
            parameter.grad = None if i == 3 else gradients[0][i].clone()
        if poison:
            parameters[1].grad[2, 3] = float(poison)
        out[f"clip.{name}.norm"] = torch.nn.utils.clip_grad_norm_(parameters, maximum).detach()
        for i, parameter in enumerate(parameters[:3]):
            out[f"clip.{name}.{i}"] = parameter.grad.clone()
    save_file({k: v.contiguous().clone() for k, v in out.items()}, OUT / "optimizer.safetensors")


if __name__ == "__main__":
    main()
