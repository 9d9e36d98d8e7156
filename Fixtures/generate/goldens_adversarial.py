"""Makes Fixtures/goldens/adversarial.safetensors: adversarial and feature matching losses, EnCodec's balancer.

Versions: requirements.txt. Run: python goldens_adversarial.py. DAC's numbers come from `dac.nn.loss.GANLoss` itself; HiFi-GAN,
MelGAN, Vocos, audiocraft and stable-audio-tools are not installed, their losses are written here from their definitions.
Names in the file: `real` and `decoded` answers, then `<case>.total`, `<case>.parts` and gradients `<case>.to.<input>`.
"""

from pathlib import Path

import torch
import torch.nn.functional as F
from dac.nn.loss import GANLoss
from safetensors.torch import save_file

OUT = Path(__file__).resolve().parent.parent / "goldens"
LOGITS = [(2, 1, 7), (2, 1, 5, 3), (2, 1, 11)]
FEATURES = [[(2, 4, 9), (2, 8, 3)], [(2, 3, 5, 4), (2, 3, 5, 2), (2, 3, 4, 2)], [(2, 6, 10)]]
torch.set_num_threads(1)


def answers(generator, shift):
    """Features and, last, logits of three sub-discriminators; some logits are exactly 0, as a fresh net's may be."""
    result = []
    for shape, maps in zip(LOGITS, FEATURES):
        part = [torch.randn(*m, generator=generator) for m in maps]
        logits = shift + 1.2 * torch.randn(*shape, generator=generator)
        logits.view(-1)[:2] = 0
        part.append(logits)
        result.append([tensor.requires_grad_() for tensor in part])
    return result


def ones(x):
    return torch.ones_like(x)


BCE = F.binary_cross_entropy_with_logits
# D's value and G's value of one sub-discriminator's logits: real r, decoded f.
FAMILIES = {
    "leastSquares": (
        lambda r, f: (torch.mean((1 - r) ** 2), torch.mean(f**2)),
        lambda r, f: torch.mean((1 - f) ** 2),
    ),
    "hinge": (
        lambda r, f: (F.relu(1 - r).mean(), F.relu(1 + f).mean()),
        lambda r, f: -f.mean(),
    ),
    "hingeWithReLU": (
        lambda r, f: (torch.clamp(1 - r, min=0).mean(), torch.clamp(1 + f, min=0).mean()),
        lambda r, f: torch.clamp(1 - f, min=0).mean(),
    ),
    "binaryCrossEntropy": (
        lambda r, f: (BCE(r, ones(r)), BCE(f, 0 * ones(f))),
        lambda r, f: BCE(f, ones(f)),
    ),
    "relativisticAverage": (
        lambda r, f: (torch.mean((r - f.mean() - 1) ** 2), torch.mean((f - r.mean() + 1) ** 2)),
        lambda r, f: torch.mean((f - r.mean() - 1) ** 2) + torch.mean((r - f.mean() + 1) ** 2),
    ),
}


def hifigan(real, decoded):
    return 2 * sum(torch.mean(torch.abs(r - f)) for a, b in zip(real, decoded) for r, f in zip(a, b))


def melgan(real, decoded):
    weight = 4.0 / (4 + 1) * (1.0 / len(real))
    return sum(weight * F.l1_loss(f, r.detach()) for a, b in zip(real, decoded) for r, f in zip(a[:-1], b[:-1]))


def vocos(real, decoded):
    return sum(torch.mean(torch.abs(r - f)) for a, b in zip(real, decoded) for r, f in zip(a, b)) / len(real)


def audiocraft(real, decoded):
    total = 0
    for a, b in zip(real, decoded):
        total = total + sum(F.l1_loss(f, r) for r, f in zip(a[:-1], b[:-1])) / (len(a) - 1)
    return total / len(real)


def relative(real, decoded):
    total = 0
    for a, b in zip(real, decoded):
        terms = [torch.abs(r - f).mean() / (torch.abs(r).mean() + 1e-3) for r, f in zip(a[:-1], b[:-1])]
        total = total + sum(terms) / len(terms)
    return total / len(real)


def flat_mean(real, decoded):
    terms = [F.l1_loss(f, r) for a, b in zip(real, decoded) for r, f in zip(a[:-1], b[:-1])]
    return sum(terms) / len(terms)


def flat_mean_with_logits(real, decoded):
    terms = [F.l1_loss(f, r) for a, b in zip(real, decoded) for r, f in zip(a, b)]
    return sum(terms) / len(terms)


MATCHING = {
    "hifigan": hifigan, "melgan": melgan, "vocos": vocos, "encodec": audiocraft, "encodecPaper": relative,
    "originFailing": flat_mean, "originFixed": flat_mean_with_logits,
}


class Audio:
    """As much of an AudioSignal as GANLoss needs; `audio_data` is the answers themselves."""

    def __init__(self, answers):
        self.audio_data = answers

    def clone(self):
        return self

    def detach(self):
        return self


def record(out, case, total, inputs):
    """The total and its gradient to every input it depends on."""
    out[f"{case}.total"] = total.detach().reshape(())
    gradients = torch.autograd.grad(total, list(inputs.values()), allow_unused=True, retain_graph=True)
    for name, gradient in zip(inputs, gradients):
        if gradient is not None:
            out[f"{case}.to.{name}"] = gradient


def balanced(generator):
    """Five steps of audiocraft's balancer, by its published formula; the third step lacks one loss."""
    out = {}
    weights, total_norm, decay, epsilon = {"l1": 0.1, "square": 1.0, "tiny": 4.0}, 1.0, 0.9, 1e-12
    target = torch.randn(3, 1, 20, generator=generator)
    out["balancer.target"] = target
    for per_item in (True, False):
        case = "balancer.item" if per_item else "balancer.batch"
        sums, fixes = {}, {}
        for step in range(5):
            x = torch.randn(3, 1, 20, generator=generator).requires_grad_()
            losses = {
                "l1": F.l1_loss(x, target), "square": 1000 * torch.mean((x * target) ** 2), "tiny": 1e-6 * x.sum()
            }
            if step == 2:
                del losses["square"]
            gradients = {name: torch.autograd.grad(loss, x)[0] for name, loss in losses.items()}
            averages = {}
            for name, gradient in gradients.items():
                norm = gradient.norm(dim=(1, 2), p=2).mean() if per_item else gradient.norm(p=2)
                sums[name] = sums.get(name, 0) * decay + norm
                fixes[name] = fixes.get(name, 0) * decay + 1
                averages[name] = sums[name] / fixes[name]
            share = sum(weights[name] for name in averages)
            combined, effective = torch.zeros_like(x), torch.zeros(())
            for name, average in averages.items():
                scale = weights[name] / share * total_norm / (epsilon + average)
                combined = combined + gradients[name] * scale
                effective = effective + scale * losses[name].detach()
            out[f"{case}.{step}.output"] = x.detach()
            out[f"{case}.{step}.gradient"] = combined
            out[f"{case}.{step}.effective"] = effective
            out[f"{case}.{step}.ratios"] = torch.stack(list(averages.values())) / sum(averages.values())
    return out


def main():
    generator = torch.Generator().manual_seed(44)
    real, decoded = answers(generator, 0.7), answers(generator, -0.4)
    out, inputs = {}, {}
    for side, parts in [("real", real), ("decoded", decoded)]:
        for i, part in enumerate(parts):
            for j, tensor in enumerate(part):
                name = f"{side}.{i}.{'logits' if j == len(part) - 1 else j}"
                inputs[name] = tensor
                out[name] = tensor.detach().clone()
    logits = [(r[-1], f[-1]) for r, f in zip(real, decoded)]
    for family, (for_d, for_g) in FAMILIES.items():
        shares = [for_d(r, f) for r, f in logits]
        parts = {"d": [a + b for a, b in shares], "g": [for_g(r, f) for r, f in logits]}
        out[f"{family}.d.real"] = torch.stack([a for a, _ in shares]).detach()
        out[f"{family}.d.decoded"] = torch.stack([b for _, b in shares]).detach()
        for player, values in parts.items():
            out[f"{family}.{player}.parts"] = torch.stack(values).detach()
            record(out, f"{family}.{player}.sum", sum(values), inputs)
            record(out, f"{family}.{player}.mean", sum(values) / len(values), inputs)
    for name, function in MATCHING.items():
        # What reaches real features only changes gradients of D's parameters, which every project throws away.
        record(out, f"matching.{name}", function(real, decoded), {k: v for k, v in inputs.items() if "decoded" in k})
    gan = GANLoss(lambda parts: parts)
    record(out, "dac.d", gan.discriminator_loss(Audio(decoded), Audio(real)), inputs)
    adversarial, features = gan.generator_loss(Audio(decoded), Audio(real))
    record(out, "dac.g", adversarial, inputs)
    record(out, "dac.features", features, inputs)
    out |= balanced(generator)
    save_file({k: v.contiguous() for k, v in out.items()}, OUT / "adversarial.safetensors")


if __name__ == "__main__":
    main()
