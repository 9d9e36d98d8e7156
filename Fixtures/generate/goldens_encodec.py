"""Makes Fixtures/goldens/encodec_*.safetensors: tiny EnCodec models and EnCodec's quantiser, run by encodec 0.1.1 itself.

Versions: requirements.txt. Run: python goldens_encodec.py. One thread, fixed seeds.
  encodec_causal       24 kHz's options: causal, weight norm, reflect padding, shortcut convolutions
  encodec_audiocraft   audiocraft's: not causal, zero padding, true skip, two residual layers
  encodec_trimmed      causal with trim_right_ratio 0.5, three residual convolution dilations, an odd stride, one LSTM layer
  encodec_stereo       48 kHz's: not causal, time group norm, stereo, segments with overlap, normalised by RMS
  ema_quantizer        training steps of the residual quantiser, and its gradients as published (issue #25) and repaired
  kmeans               k-means from given first means
"""

import pathlib

import encodec.quantization.core_vq as core
import torch
from encodec import EncodecModel
from encodec.modules import SEANetDecoder, SEANetEncoder
from encodec.quantization import ResidualVectorQuantizer
from safetensors.torch import save_file

torch.set_num_threads(1)
GOLDENS = pathlib.Path(__file__).parent.parent / "goldens"


def save(name, tensors, **metadata):
    plain = {key: value.detach().clone().contiguous() for key, value in tensors.items()}
    save_file(plain, GOLDENS / f"{name}.safetensors", metadata={"sizes": str(metadata)})  # one key: their order is random


def randomize(module, scale=1.0):
    """Parameters and codebooks away from their first values, so that no golden rests on zeros."""
    for name, parameter in module.named_parameters():
        with torch.no_grad():
            parameter += scale * 0.1 * torch.randn_like(parameter)
    for name, buffer in module.named_buffers():
        if name.endswith("embed"):
            buffer.copy_(torch.randn_like(buffer))
        elif name.endswith("embed_avg"):
            buffer.copy_(3 * torch.randn_like(buffer))
        elif name.endswith("cluster_size"):
            buffer.copy_(4 + 3 * torch.rand_like(buffer))
        elif name.endswith("inited"):
            buffer.fill_(1)


def gradients(module, prefix):
    return {f"{prefix}.{name}": p.grad for name, p in module.named_parameters() if p.grad is not None}


def model(options, lengths, name, channels=1, dimension=6, bins=16, n_q=4, sample_rate=800, trim=None, **extra):
    torch.manual_seed(len(name))
    encoder = SEANetEncoder(channels=channels, dimension=dimension, **options)
    decoder = SEANetDecoder(channels=channels, dimension=dimension, **options, **({"trim_right_ratio": trim} if trim else {}))
    quantizer = ResidualVectorQuantizer(dimension=dimension, n_q=n_q, bins=bins)
    codec = EncodecModel(encoder, decoder, quantizer, [1.0], sample_rate, channels, **extra)
    randomize(codec)
    codec.eval()
    tensors = {f"state.{key}": value.clone() for key, value in codec.state_dict().items()}
    for length in lengths:
        x = 0.5 * torch.randn(2, channels, length)
        tensors[f"input.{length}"] = x
        if codec.segment is not None:
            frames = codec.encode(x)
            for index, (codes, scale) in enumerate(frames):
                tensors[f"codes.{length}.{index}"] = codes
                tensors[f"scale.{length}.{index}"] = scale
            tensors[f"audio.{length}"] = codec(x)
            continue
        latents = encoder(x)
        codes = quantizer.encode(latents, codec.frame_rate)
        quantized = quantizer.decode(codes)
        tensors[f"latents.{length}"] = latents
        tensors[f"codes.{length}"] = codes.transpose(0, 1)
        tensors[f"quantized.{length}"] = quantized
        tensors[f"audio.{length}"] = decoder(quantized)
        assert torch.equal(codec(x), decoder(quantized)[..., :length])
    # gradients: through encoder and decoder without the quantiser, then all of it in training mode
    x = tensors[f"input.{lengths[0]}"][:, :, : codec.segment_length].clone().requires_grad_()
    y = decoder(encoder(x))
    weights = torch.randn_like(y)
    (y * weights).sum().backward()
    tensors |= {"gradient.input": x.grad, "gradient.weights": weights, "gradient.audio": y}
    tensors |= gradients(codec, "gradient.plain")
    codec.zero_grad()
    codec.train()
    x = x.detach().requires_grad_()
    result = quantizer(encoder(x), codec.frame_rate)
    y = decoder(result.quantized)
    ((y * weights).sum() + 10 * result.penalty).backward()
    tensors |= {"training.input": x.grad, "training.audio": y, "training.penalty": result.penalty.reshape(1)}
    tensors |= gradients(codec, "training.parameter")
    tensors |= {f"training.after.{key}": value for key, value in quantizer.named_buffers()}
    save(name, tensors, lengths=lengths, channels=channels, dimension=dimension, bins=bins, n_q=n_q)


def models():
    base = {"n_filters": 4, "ratios": [4, 2], "lstm": 2}
    model(base | {"causal": True}, [67, 40, 7, 3, 1], "encodec_causal")
    model(
        base | {"causal": False, "pad_mode": "constant", "true_skip": True, "n_residual_layers": 2},
        [61, 48, 5],
        "encodec_audiocraft",
    )
    model(
        base | {"causal": True, "ratios": [3, 2], "lstm": 1, "n_residual_layers": 3, "compress": 1, "kernel_size": 5},
        [50, 2],
        "encodec_trimmed",
        trim=0.5,
    )
    model(
        base | {"causal": False, "norm": "time_group_norm"},
        [193, 80, 79, 9],
        "encodec_stereo",
        channels=2,
        normalize=True,
        segment=0.1,
        overlap=0.125,
        sample_rate=800,
    )


class RepairedResidual(core.ResidualVectorQuantization):
    """audiocraft's and moshi's repair of encodec issue #25, restated: detached residuals, one straight-through at the end."""

    def forward(self, x, n_q=None):
        residual, total, losses, indices = x, torch.zeros_like(x), [], []
        for layer in self.layers[:n_q]:
            quantized, index, loss = layer(residual)
            residual = residual - quantized.detach()
            total = total + quantized.detach()
            losses.append(loss)
            indices.append(index)
        if self.training:
            total = x + (total - x).detach()
        return total, torch.stack(indices), torch.stack(losses)


def quantizer():
    torch.manual_seed(3)
    first = ResidualVectorQuantizer(dimension=5, n_q=3, bins=12)
    randomize(first)
    first.vq.layers[0]._codebook.cluster_size[:4] = 0.5  # dead codes: their replacement is overwritten at once
    tensors = {f"state.{key}": value.clone() for key, value in first.state_dict().items()}
    inputs = [torch.randn(2, 5, 17), torch.randn(1, 5, 40), 3 * torch.randn(2, 5, 9)]
    for variant in ["published", "repaired"]:
        rvq = ResidualVectorQuantizer(dimension=5, n_q=3, bins=12)
        rvq.load_state_dict(first.state_dict())
        if variant == "repaired":
            repaired = RepairedResidual(num_quantizers=3, dim=5, codebook_size=12)
            repaired.load_state_dict(rvq.vq.state_dict())
            rvq.vq = repaired
        rvq.train()
        for step, value in enumerate(inputs):
            x = value.clone().requires_grad_()
            quantized, codes, losses = rvq.vq(x, n_q=3)
            weights = torch.cos(torch.arange(quantized.numel(), dtype=torch.float32)).reshape(quantized.shape)
            through, = torch.autograd.grad((quantized * weights).sum(), x, retain_graph=True)
            committed, = torch.autograd.grad(losses.mean(), x)
            key = f"{variant}.{step}"
            tensors |= {
                f"input.{step}": value,
                f"{key}.quantized": quantized,
                f"{key}.codes": codes.transpose(0, 1),
                f"{key}.losses": losses.reshape(-1),
                f"{key}.gradient.through": through,
                f"{key}.gradient.committed": committed,
            }
            tensors |= {f"{key}.after.{k}": v.clone() for k, v in rvq.state_dict().items()}
    save("ema_quantizer", tensors)


def kmeans():
    torch.manual_seed(4)
    samples = torch.randn(60, 3) + 4 * torch.randint(0, 3, (60, 1))
    means = samples[:7].clone()
    means[3] = 100  # attracts nothing: stays
    core.sample_vectors = lambda samples, number: means.clone()
    tensors = {"samples": samples, "means": means}
    for iterations in [1, 2, 50]:
        after, counts = core.kmeans(samples, 7, iterations)
        tensors |= {f"after.{iterations}": after, f"counts.{iterations}": counts}
    save("kmeans", tensors)


if __name__ == "__main__":
    GOLDENS.mkdir(exist_ok=True)
    models()
    quantizer()
    kmeans()
