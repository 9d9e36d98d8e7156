"""Makes Fixtures/goldens/telugu_*.safetensors: the origin's codec and quantiser, written here from their description.

The original Python was never published; this is the reference that the Swift port answers to. State-dict names are ours:
torch's own for nested Sequentials. Versions: requirements.txt. Run: python goldens_telugu.py. One thread, fixed seeds.
  telugu_codec      a narrow codec: values and gradients of every parameter, odd and short lengths
  telugu_quantizer  training steps: losses, gradients, codebooks, counts and sums; with EMA, gradient and both
"""

import pathlib

import torch
import torch.nn.functional as F
from safetensors.torch import save_file
from torch import nn
from torch.nn.utils import weight_norm

torch.set_num_threads(1)
GOLDENS = pathlib.Path(__file__).parent.parent / "goldens"


class Snake(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.alpha = nn.Parameter(torch.ones(1, channels, 1))

    def forward(self, x):
        return x + torch.sin(self.alpha * x) ** 2 / self.alpha


class ResidualBlock(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.norm1 = nn.GroupNorm(1, channels)
        self.snake1 = Snake(channels)
        self.conv1 = nn.Conv1d(channels, channels, 3)
        self.norm2 = nn.GroupNorm(1, channels)
        self.snake2 = Snake(channels)
        self.conv2 = nn.Conv1d(channels, channels, 1)

    def forward(self, x):
        y = self.conv1(F.pad(self.snake1(self.norm1(x)), (2, 0)))
        return x + self.conv2(self.snake2(self.norm2(y)))


def down(a, b, kernel, stride, padding):
    return weight_norm(nn.Conv1d(a, b, kernel, stride, padding))


def up(a, b, kernel, stride, padding):
    return weight_norm(nn.ConvTranspose1d(a, b, kernel, stride, padding))


class Stage(nn.Module):
    """One codebook: nearest row by Euclidean distance, both losses, and running counts and sums."""

    def __init__(self, size, dimension, update):
        super().__init__()
        self.update = update
        rows = 0.01 * torch.randn(size, dimension)
        if update == "average":
            self.register_buffer("codebook", rows)
        else:
            self.codebook = nn.Parameter(rows)
        self.register_buffer("ema_cluster_size", torch.zeros(size))
        self.register_buffer("ema_embedding_sum", rows.clone())

    def forward(self, residual):
        x = residual.transpose(1, 2)
        flat = x.reshape(-1, x.shape[-1])
        distance = flat.pow(2).sum(1, keepdim=True) - 2 * flat @ self.codebook.t() + self.codebook.pow(2).sum(1)
        index = distance.argmin(1)
        quantized = F.embedding(index, self.codebook).reshape(x.shape).transpose(1, 2)
        loss = 0.25 * F.mse_loss(residual, quantized.detach())
        if self.update != "average":
            loss = loss + F.mse_loss(quantized, residual.detach())
        if self.training and self.update != "gradient":
            with torch.no_grad():
                chosen = F.one_hot(index, len(self.codebook)).float()
                self.ema_cluster_size.mul_(0.99).add_(chosen.sum(0), alpha=0.01)
                self.ema_embedding_sum.mul_(0.99).add_(chosen.t() @ flat, alpha=0.01)
                total = self.ema_cluster_size.sum()
                smoothed = (self.ema_cluster_size + 1e-5) / (total + len(self.codebook) * 1e-5) * total
                self.codebook.data.copy_(self.ema_embedding_sum / smoothed[:, None])
        quantized = residual + (quantized - residual).detach()
        return quantized, index.reshape(x.shape[:2]), loss


class Quantizer(nn.Module):
    def __init__(self, stages, size, dimension, update="both"):
        super().__init__()
        self.quantizers = nn.ModuleList([Stage(size, dimension, update) for _ in range(stages)])

    def forward(self, x):
        residual, total, losses, indices = x, 0, [], []
        for stage in self.quantizers:
            quantized, index, loss = stage(residual)
            residual = residual - quantized.detach()
            total = total + quantized
            losses.append(loss)
            indices.append(index)
        return total, torch.stack(indices, 1), torch.stack(losses).mean()


class TeluguCodec(nn.Module):
    def __init__(self, width, latent, stages, size):
        super().__init__()
        w = [width * 2**i for i in range(5)]
        encoder = [down(1, w[0], 7, 1, 3)]
        for a, b in zip(w, w[1:]):
            encoder += [down(a, b, 4, 2, 1), ResidualBlock(b)]
        self.encoder = nn.Sequential(*encoder, down(w[4], latent, 10, 5, 2))
        self.quantizer = Quantizer(stages, size, latent)
        decoder = [down(latent, w[4], 7, 1, 3), up(w[4], w[3], 10, 5, 2), ResidualBlock(w[3])]
        for a, b in [(w[3], w[2]), (w[2], w[1]), (w[1], w[0])]:
            decoder += [up(a, b, 4, 2, 1), ResidualBlock(b)]
        self.decoder = nn.Sequential(*decoder, up(w[0], w[0], 4, 2, 1), nn.Conv1d(w[0], 1, 7, padding=3), nn.Tanh())

    def forward(self, x):
        latents = self.encoder(x)
        quantized, codes, loss = self.quantizer(latents)
        decoded = self.decoder(quantized)
        length = x.shape[-1]
        audio = F.pad(decoded, (0, max(0, length - decoded.shape[-1])))[..., :length]
        return audio, latents, quantized, codes, loss


def save(name, tensors, **metadata):
    plain = {key: value.detach().clone().contiguous() for key, value in tensors.items()}
    save_file(plain, GOLDENS / f"{name}.safetensors", metadata={"sizes": str(metadata)})  # one key: their order is random


def codec():
    torch.manual_seed(11)
    model = TeluguCodec(width=2, latent=12, stages=3, size=10)
    for parameter in model.parameters():
        with torch.no_grad():
            parameter += 0.1 * torch.randn_like(parameter)
    with torch.no_grad():
        for stage in model.quantizer.quantizers:
            stage.codebook.copy_(0.3 * torch.randn_like(stage.codebook))
            stage.ema_cluster_size.copy_(3 * torch.rand_like(stage.ema_cluster_size) + 1)
            stage.ema_embedding_sum.copy_(stage.codebook * stage.ema_cluster_size[:, None])
    model.eval()
    tensors = {f"state.{key}": value.clone() for key, value in model.state_dict().items()}
    lengths = [1607, 1600, 240]
    for length in lengths:
        x = 0.3 * torch.randn(2, 1, length)
        audio, latents, quantized, codes, loss = model(x)
        tensors |= {
            f"input.{length}": x,
            f"audio.{length}": audio,
            f"latents.{length}": latents,
            f"quantized.{length}": quantized,
            f"codes.{length}": codes,
            f"loss.{length}": loss.reshape(1),
        }
    found = {}
    for mode in ["eval", "train"]:  # the same gradients in both: only codebook averages know the mode
        model.train(mode == "train")
        model.zero_grad()
        x = tensors["input.1607"].clone().requires_grad_()
        audio, _, _, _, loss = model(x)
        objective = F.l1_loss(audio, x.detach()) + loss
        objective.backward()
        found[mode] = {"objective": objective.reshape(1), "gradient.input": x.grad.clone()}
        found[mode] |= {f"gradient.{name}": p.grad.clone() for name, p in model.named_parameters()}
    assert all(torch.equal(value, found["train"][name]) for name, value in found["eval"].items())
    tensors |= found["train"]
    tensors |= {f"after.{name}": value for name, value in model.quantizer.state_dict().items()}
    save("telugu_codec", tensors, lengths=lengths)
    full = TeluguCodec(32, 1024, 8, 1024)
    print("parameters of the full codec:", sum(p.numel() for p in full.parameters()))


def quantizer():
    torch.manual_seed(12)
    first = Quantizer(3, 9, 6, "both")
    tensors = {f"state.{key}": value.clone() for key, value in first.state_dict().items()}
    inputs = [torch.randn(2, 6, 13), torch.randn(1, 6, 30), 2 * torch.randn(3, 6, 7)]
    for step, value in enumerate(inputs):
        tensors[f"input.{step}"] = value
    for update in ["both", "gradient", "average"]:
        model = Quantizer(3, 9, 6, update)
        model.load_state_dict(first.state_dict())
        model.train()
        for step, value in enumerate(inputs):
            x = value.clone().requires_grad_()
            model.zero_grad()
            total, codes, loss = model(x)
            weights = torch.cos(torch.arange(total.numel(), dtype=torch.float32)).reshape(total.shape)
            ((total * weights).sum() + 5 * loss).backward()
            key = f"{update}.{step}"
            tensors |= {
                f"{key}.quantized": total,
                f"{key}.codes": codes,
                f"{key}.loss": loss.reshape(1),
                f"{key}.gradient.input": x.grad,
            }
            tensors |= {f"{key}.gradient.{name}": p.grad for name, p in model.named_parameters()}
            tensors |= {f"{key}.after.{name}": v.clone() for name, v in model.state_dict().items()}
    save("telugu_quantizer", tensors)


if __name__ == "__main__":
    GOLDENS.mkdir(exist_ok=True)
    codec()
    quantizer()
