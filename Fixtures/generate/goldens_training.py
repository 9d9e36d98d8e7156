"""Makes Fixtures/goldens/training.safetensors: what training steps of PyTorch measure and how far they move weights.

DAC's recipe is run with the real `dac` package (model, discriminator, losses on audiotools' AudioSignal), torch's AdamW,
ExponentialLR and clip_grad_norm_, in the order of `scripts/train.py`: decode; D's loss, backward, clip, step; G's losses with
the updated D, backward, clip, step. The origin's recipe uses this project's PyTorch versions of its codec and discriminator,
EnCodec's the encodec package with a balancer written here from its published definition.

Weights and batches are hashed numbers (hashed_numbers.py), so that only results are stored: per case and step all measured
numbers, and sketches of how far every parameter and buffer has moved in the end.

Versions: requirements.txt. Run: python goldens_training.py
"""

import json
import math
from pathlib import Path
from unittest import mock

import torch
import torch.nn.functional as F
from audiotools import AudioSignal
from dac.model import DAC
from dac.model.discriminator import Discriminator
from dac.nn.loss import GANLoss, L1Loss, MelSpectrogramLoss, MultiScaleSTFTLoss
from encodec.modules import SEANetDecoder, SEANetEncoder
from encodec.msstftd import MultiScaleSTFTDiscriminator
from encodec.quantization import ResidualVectorQuantizer
from goldens_losses import AudiocraftMel
from goldens_telugu import TeluguCodec
from hashed_numbers import sketches, uniform
from safetensors.torch import save_file
from torch import nn
from torch.nn.utils import clip_grad_norm_

from discriminator_references import Chain, Scales

OUT = Path(__file__).resolve().parent.parent / "goldens"
STEPS = 3
torch.set_num_threads(1)


def fill(module, gain):
    """Weights a training could begin with: unit directions times the gain, positive alphas and counts, sums that fit them."""
    state = module.state_dict()
    with torch.no_grad():
        for name, tensor in state.items():
            values = uniform(name, list(tensor.shape))
            last = name.split(".")[-1]
            if last == "weight_g":
                values = gain + 0.2 * values
            elif last == "alpha":
                values = 1 + 0.3 * values
            elif last.startswith("bias"):
                values = 0.05 * values
            elif last.endswith("cluster_size"):
                values = 3 + values
            elif last in ("inited", "initialized"):
                values = torch.ones_like(values)
            elif last in ("codebook", "embed"):
                values = 0.3 * values
            elif last in ("embed_avg", "ema_embedding_sum"):
                continue
            elif last != "weight_v" and tensor.dim() == 1:  # of a normalisation
                values = 1 + 0.1 * values
            elif last != "weight_v":
                values = values * torch.tensor(gain * (3 / tensor[0].numel()) ** 0.5, dtype=torch.float32)
            tensor.copy_(values)
        for name, tensor in state.items():
            if name.endswith("embed_avg"):
                base = name.removesuffix("embed_avg")
                tensor.copy_(state[base + "embed"] * state[base + "cluster_size"][:, None])
            elif name.endswith("ema_embedding_sum"):
                base = name.removesuffix("ema_embedding_sum")
                tensor.copy_(state[base + "codebook"] * state[base + "ema_cluster_size"][:, None])


class EnCodecDiscriminator(nn.Module):
    """encodec's, with maps and logits in one list."""

    def __init__(self, filters, sizes):
        super().__init__()
        inner = MultiScaleSTFTDiscriminator(
            filters, n_ffts=sizes, hop_lengths=[size // 4 for size in sizes], win_lengths=sizes
        )
        self.discriminators = inner.discriminators
        self.inner = [inner]  # in a list: no second set of names

    def forward(self, x):
        logits, maps = self.inner[0](x)
        return [features + [logit] for features, logit in zip(maps, logits)]

    def state_dict(self, *arguments, **options):
        state = super().state_dict(*arguments, **options)
        return {name: tensor for name, tensor in state.items() if not name.endswith("window")}


def narrow_grouped():
    """The origin's failing discriminator at a sixteenth of its width."""
    widths, groups = [1, 4, 16, 64, 64], [1, 1, 4, 16]

    def part():
        layers = [nn.Conv1d(1, 1, 15, padding=7)]
        layers += [nn.Conv1d(widths[i], widths[i + 1], 41, 4, padding=20, groups=groups[i]) for i in range(4)]
        return Chain(layers + [nn.Conv1d(64, 64, 5, padding=2)], nn.Conv1d(64, 1, 3, padding=1), 0.2)

    return Scales([part() for _ in range(3)], nn.AvgPool1d(4, 2, padding=1))


class Balancer:
    """audiocraft's, from its definition (codec-facts: section 3.3)."""

    def __init__(self, weights, total_norm=1.0, decay=0.999, epsilon=1e-12):
        self.weights, self.total_norm, self.decay, self.epsilon = weights, total_norm, decay, epsilon
        self.sums, self.counts = {}, {}

    def backward(self, losses, output):
        norms, gradients = {}, {}
        for name in self.weights:
            if name not in losses:
                continue
            (gradient,) = torch.autograd.grad(losses[name], [output], retain_graph=True)
            gradients[name] = gradient
            norm = gradient.norm(dim=tuple(range(1, gradient.dim()))).mean()
            self.sums[name] = self.sums.get(name, 0) * self.decay + norm.item()
            self.counts[name] = self.counts.get(name, 0) * self.decay + 1
            norms[name] = self.sums[name] / self.counts[name]
        everything = sum(self.weights[name] for name in norms)
        total, effective = torch.zeros_like(output), 0.0
        for name, norm in norms.items():
            factor = self.weights[name] / everything * self.total_norm / (self.epsilon + norm)
            total = total + gradients[name] * factor
            effective = effective + factor * losses[name].item()
        output.backward(total)
        return effective, {name: norm / sum(norms.values()) for name, norm in norms.items()}


class DACRecipe:
    """DAC's model, losses and order of a step."""

    lambdas = {"mel/loss": 15.0, "adv/feat_loss": 2.0, "adv/gen_loss": 1.0, "vq/commitment_loss": 0.25,
               "vq/codebook_loss": 1.0}
    betas, learning_rate, weight_decay, gamma, clips, gains = (0.8, 0.99), 1e-4, 0.01, 0.999996, (1e3, 10.0), (0.6, 1.4)
    rate = 16000
    draws = None

    def __init__(self, name, batch, length, codec=None, judge=None, **changes):
        self.name = name
        for key, value in changes.items():
            setattr(self, key, value)
        self.generator, self.discriminator = self.networks(codec or {}, judge or {})
        self.generator.train()
        self.discriminator.train()
        fill(self.generator, self.gains[0])
        fill(self.discriminator, self.gains[1])
        self.signal = 0.3 * uniform(f"{name}.batch", [batch, 1, length])
        if batch > 2:
            self.signal[-1] = 0
        self.optimizer_g, self.optimizer_d = (
            torch.optim.AdamW(net.parameters(), lr=self.learning_rate, betas=self.betas, weight_decay=self.weight_decay)
            for net in (self.generator, self.discriminator)
        )
        self.scheduler_g, self.scheduler_d = (self.scheduler(o) for o in (self.optimizer_g, self.optimizer_d))
        self.mel = MelSpectrogramLoss(
            n_mels=[5, 10, 20, 40, 80, 160, 320], window_lengths=[32, 64, 128, 256, 512, 1024, 2048], mel_fmin=[0] * 7,
            mel_fmax=[None] * 7, pow=1.0, clamp_eps=1e-5, mag_weight=0.0,
        )
        self.stft, self.waveform = MultiScaleSTFTLoss(), L1Loss()

    def networks(self, codec, judge):
        sizes = dict(encoder_dim=8, encoder_rates=[2, 4], decoder_dim=32, decoder_rates=[4, 2], n_codebooks=3,
                     codebook_size=16, codebook_dim=4, sample_rate=self.rate)
        return DAC(**sizes | codec), Discriminator(**dict(sample_rate=self.rate) | judge)

    def scheduler(self, optimizer):
        return torch.optim.lr_scheduler.ExponentialLR(optimizer, gamma=self.gamma)

    def decode(self, step):
        """Audio, quantiser losses by name, codes [B, stages, frames]."""
        if self.draws is None:
            out = self.generator(self.signal, self.rate)
        else:
            draw = torch.tensor(self.draws[step])
            with mock.patch("dac.nn.quantize.torch.randint", lambda *_, **__: draw):
                out = self.generator(self.signal, self.rate)
        return out["audio"], {name: out[name] for name in ("vq/commitment_loss", "vq/codebook_loss")}, out["codes"]

    def discriminator_loss(self, decoded):
        signals = [AudioSignal(x.clone(), self.rate) for x in (decoded, self.signal)]
        return GANLoss(self.discriminator).discriminator_loss(*signals)

    def parts(self, real, fake):
        """Every sub-discriminator's loss on real and on decoded audio."""
        return [(((1 - r[-1]) ** 2).mean().item(), (f[-1] ** 2).mean().item()) for r, f in zip(real, fake)]

    def reduced(self, values):
        return sum(values)

    def adversarial_terms(self, decoded):
        signals = [AudioSignal(x, self.rate) for x in (decoded, self.signal.clone())]
        gen, feat = GANLoss(self.discriminator).generator_loss(*signals)
        return {"adv/gen_loss": gen, "adv/feat_loss": feat}

    def audio_terms(self, decoded):
        def signals():
            return AudioSignal(decoded, self.rate), AudioSignal(self.signal.clone(), self.rate)

        terms = {"mel/loss": self.mel(*signals()), "stft/loss": self.stft(*signals()),
                 "waveform/loss": self.waveform(*signals())}
        return terms | self.adversarial_terms(decoded)

    def backward(self, decoded, quantizer, measured):
        terms = self.audio_terms(decoded) | quantizer
        total = sum(weight * terms[name] for name, weight in self.lambdas.items())
        total.backward()
        measured |= {name: value.item() for name, value in terms.items()} | {"loss": total.item()}

    @torch.no_grad()
    def judged(self, decoded, measured):
        real, fake = self.discriminator(self.signal), self.discriminator(decoded.detach())
        parts = self.parts(real, fake)
        for side, key in enumerate(["real", "fake"]):
            measured[f"adv/disc_{key}_loss"] = self.reduced([part[side] for part in parts])
            for index, part in enumerate(parts):
                measured[f"adv/disc_{key}_loss/{index}"] = part[side]
            logits = [maps[-1].double() for maps in (real, fake)[side]]
            measured[f"adv/{key}_logit_mean"] = sum(x.mean().item() for x in logits) / len(logits)
            measured[f"adv/{key}_logit_std"] = sum(x.std(correction=0).item() for x in logits) / len(logits)

    def move(self, network, optimizer, scheduler, clip, key, measured):
        def norm(tensors):
            return math.sqrt(sum(x.detach().double().pow(2).sum().item() for x in tensors))

        if key == "g":
            measured["grad_norm_encoder"] = norm(
                p.grad for name, p in network.named_parameters() if name.startswith("encoder.")
            )
        parameters = list(network.parameters())
        measured[f"grad_norm_{key}"] = clip_grad_norm_(parameters, clip).item()
        before = [p.detach().clone() for p in parameters]
        measured[f"lr_{key}"] = optimizer.param_groups[0]["lr"]
        optimizer.step()
        scheduler.step()
        measured[f"update_ratio_{key}"] = norm(p - b for p, b in zip(parameters, before)) / norm(before)

    def step(self, index):
        measured = {}
        decoded, quantizer, codes = self.decode(index)
        loss = self.discriminator_loss(decoded.detach())
        self.judged(decoded, measured)
        measured["adv/disc_loss"] = loss.item()
        self.optimizer_d.zero_grad()
        loss.backward()
        self.move(self.discriminator, self.optimizer_d, self.scheduler_d, self.clips[1], "d", measured)
        self.optimizer_g.zero_grad()
        self.backward(decoded, quantizer, measured)
        self.move(self.generator, self.optimizer_g, self.scheduler_g, self.clips[0], "g", measured)
        for key, x in [("input", self.signal), ("output", decoded.detach())]:
            measured[f"{key}/rms"], measured[f"{key}/peak"] = x.double().pow(2).mean().sqrt().item(), x.abs().max().item()
        measured["output/mean"] = decoded.detach().double().mean().item()
        measured["input/clipped_fraction"] = (self.signal.abs() >= 0.999).double().mean().item()
        for stage in range(codes.shape[1]):
            counts = torch.bincount(codes[:, stage].flatten()).double()
            shares = counts[counts > 0] / counts.sum()
            measured[f"codebook_usage/{stage}"] = (counts > 0).sum().item() / self.codebook_size
            measured[f"perplexity/{stage}"] = torch.exp2(-(shares * shares.log2()).sum()).item()
        return measured

    codebook_size = 16


class OriginRecipe(DACRecipe):
    """The origin's codec, discriminator and losses (origin-system: section 3), cosine annealing at every step."""

    lambdas = {"adv/gen_loss": 1.0, "adv/feat_loss": 2.0, "waveform/loss": 0.1, "vq/loss": 1.0}
    betas, clips, learning_rate = (0.5, 0.9), (1.0, 1.0), 1e-3

    def networks(self, codec, judge):
        return TeluguCodec(width=2, latent=12, stages=3, size=16), narrow_grouped()

    def scheduler(self, optimizer):
        return torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, T_max=4, eta_min=1e-5)

    def decode(self, step):
        audio, _, _, codes, loss = self.generator(self.signal)
        return audio, {"vq/loss": loss}, codes

    def parts(self, real, fake):
        return [(F.relu(1 - r[-1]).mean().item(), F.relu(1 + f[-1]).mean().item()) for r, f in zip(real, fake)]

    def reduced(self, values):
        return sum(values) / len(values)

    def discriminator_loss(self, decoded):
        real, fake = self.discriminator(self.signal), self.discriminator(decoded)
        losses = [F.relu(1 - r[-1]).mean() + F.relu(1 + f[-1]).mean() for r, f in zip(real, fake)]
        return sum(losses) / len(losses)

    def adversarial_terms(self, decoded):
        real, fake = self.discriminator(self.signal), self.discriminator(decoded)
        maps = [F.l1_loss(f, r.detach()) for rs, fs in zip(real, fake) for r, f in zip(rs[:-1], fs[:-1])]
        gen = sum(F.relu(1 - f[-1]).mean() for f in fake) / len(fake)
        return {"adv/gen_loss": gen, "adv/feat_loss": sum(maps) / len(maps)}


class EnCodecModel(nn.Module):
    def __init__(self):
        super().__init__()
        options = dict(channels=1, dimension=8, n_filters=4, ratios=[4, 2], lstm=1, causal=True)
        self.encoder, self.decoder = SEANetEncoder(**options), SEANetDecoder(**options)
        self.quantizer = ResidualVectorQuantizer(dimension=8, n_q=3, bins=16)

    def forward(self, x):
        result = self.quantizer(self.encoder(x), 2000)
        return self.decoder(result.quantized)[..., : x.shape[-1]], result


class EnCodecRecipe(OriginRecipe):
    """encodec's model and discriminator with audiocraft's losses and balancer."""

    lambdas = {"adv/gen_loss": 4.0, "adv/feat_loss": 4.0, "waveform/loss": 0.1, "msspec/loss": 2.0}
    betas, clips, weight_decay, learning_rate = (0.5, 0.9), (math.inf, math.inf), 0.0, 3e-4
    gains = (1.0, 1.4)

    def networks(self, codec, judge):
        self.balancer = Balancer(self.lambdas)
        self.msspec = AudiocraftMel(self.rate, range(6, 11), 64, 64.0, True, False)
        return EnCodecModel(), EnCodecDiscriminator(4, [256, 128])

    def scheduler(self, optimizer):
        return torch.optim.lr_scheduler.ConstantLR(optimizer, factor=1.0)

    def decode(self, step):
        audio, result = self.generator(self.signal)
        return audio, {"vq/commitment_loss": result.penalty}, result.codes.transpose(0, 1)

    def adversarial_terms(self, decoded):
        real, fake = self.discriminator(self.signal), self.discriminator(decoded)
        parts = [
            sum(F.l1_loss(f, r.detach()) for r, f in zip(rs[:-1], fs[:-1])) / (len(rs) - 1)
            for rs, fs in zip(real, fake)
        ]
        gen = sum(-f[-1].mean() for f in fake) / len(fake)
        return {"adv/gen_loss": gen, "adv/feat_loss": sum(parts) / len(parts)}

    def backward(self, decoded, quantizer, measured):
        terms = self.audio_terms(decoded) | {"msspec/loss": self.msspec(decoded, self.signal)}
        quantizer["vq/commitment_loss"].backward(retain_graph=True)
        effective, shares = self.balancer.backward(terms, decoded)
        terms |= quantizer
        measured |= {name: value.item() for name, value in terms.items()}
        measured |= {f"balancer_share/{name}": share for name, share in shares.items()}
        measured["loss"] = effective + quantizer["vq/commitment_loss"].item()


def recipes():
    bands = dict(periods=[], rates=[])
    yield DACRecipe("dac", 2, 1600, judge=bands | dict(fft_sizes=[256, 128]))
    yield DACRecipe("dac_period", 1, 1201, codec=dict(n_codebooks=2, encoder_rates=[2, 2], decoder_rates=[2, 2]),
                    judge=dict(periods=[3], fft_sizes=[]))
    yield DACRecipe("dac_dropout", 3, 1501, codec=dict(quantizer_dropout=0.7), judge=bands | dict(fft_sizes=[128]),
                    draws=[[2, 3, 1], [1, 1, 2], [3, 2, 2]], learning_rate=1e-3, gamma=0.5, gains=(0.8, 1.4))
    yield DACRecipe("dac_clipped", 1, 1100, codec=dict(decoder_dim=16, codebook_dim=8, latent_dim=12),
                    judge=bands | dict(fft_sizes=[64], bands=[(0.0, 0.4), (0.4, 1.0)]), clips=(0.5, 0.01), weight_decay=0.0,
                    learning_rate=1e-3, gains=(0.7, 1.4),
                    lambdas={"mel/loss": 3.0, "waveform/loss": 1.5, "adv/gen_loss": 2.0,
                             "vq/commitment_loss": 1.0, "vq/codebook_loss": 0.5})
    yield OriginRecipe("origin", 2, 1608)
    yield EnCodecRecipe("encodec", 2, 1500)


def moved(network, before):
    state = network.state_dict()
    return sketches([state[name] - before[name] for name in sorted(state)])


def main():
    tensors, described = {}, {}
    for recipe in recipes():
        networks = {"generator": recipe.generator, "discriminator": recipe.discriminator}
        before = {key: {n: t.clone() for n, t in net.state_dict().items()} for key, net in networks.items()}
        rows = [recipe.step(index) for index in range(STEPS)]
        names = list(rows[0])
        tensors[f"{recipe.name}.measured"] = torch.tensor([[row[name] for name in names] for row in rows], dtype=torch.float64)
        described[recipe.name] = names
        for key, network in networks.items():
            tensors[f"{recipe.name}.{key}"] = moved(network, before[key])
        print(recipe.name)
        for name in names:
            print(f"   {name:32}", *(f"{row[name]:.6g}" for row in rows))
    save_file({key: value.contiguous() for key, value in tensors.items()}, OUT / "training.safetensors",
              {"names": json.dumps(described, sort_keys=True)})


if __name__ == "__main__":
    main()
