"""Makes Fixtures/goldens/dac_*.safetensors: tiny models of the `dac` package, run by the package itself.

Versions: requirements.txt. Run: python goldens_dac.py. One thread, fixed seeds.
  dac_even      even strides; evaluation, training with quantiser dropout, gradients, activations, codes and latents read back
  dac_odd       odd strides, a latent dimension of its own, codebooks of different dimensions; the same
  dac_fresh     a model as the package initialises it: silence gives encodings of 0, so that ties decide; NaN in the input
  dac_chunks    compress and decompress: windows, odd lengths, stereo, another sample rate, unchunked
  dac_lookup    the codebook lookup alone, many encodings of several dimensions
  conv_layers   normalised convolutions alone: evaluation, then a training step with gradients
"""

import pathlib

import numpy as np
import torch
from audiotools import AudioSignal
from dac import DAC
from dac.nn.quantize import VectorQuantize
from safetensors.torch import save_file

torch.set_num_threads(1)
GOLDENS = pathlib.Path(__file__).parent.parent / "goldens"
EVEN = dict(encoder_dim=4, encoder_rates=[2, 4], decoder_dim=24, decoder_rates=[4, 2], n_codebooks=3, codebook_size=32,
            codebook_dim=4, quantizer_dropout=0.5, sample_rate=16000)
ODD = dict(encoder_dim=4, encoder_rates=[2, 3, 5], latent_dim=20, decoder_dim=24, decoder_rates=[5, 3, 2], n_codebooks=4,
           codebook_size=32, codebook_dim=[4, 8, 3, 5], quantizer_dropout=0.5, sample_rate=24000)
ACTIVATIONS = ["encoder.block.0", "encoder.block.1", "encoder.block.1.block.0", "encoder.block.1.block.2.block.1",
               "encoder.block.2.block.3", "quantizer.quantizers.0.in_proj", "quantizer.quantizers.1.out_proj",
               "decoder.model.0", "decoder.model.1.block.1", "decoder.model.2"]


def save(name, tensors, **metadata):
    plain = {}
    for key, value in tensors.items():
        value = value.detach().clone().contiguous()
        plain[key] = value.to(torch.int32) if value.dtype == torch.int64 else value.float()
    path = GOLDENS / f"{name}.safetensors"
    save_file(plain, path, metadata={k: str(v) for k, v in metadata.items()})
    print(f"{name}: {path.stat().st_size} bytes, {len(plain)} tensors")


def randomize(model):
    """Parameters away from their first values, so that codes vary and no golden rests on zeros or ones."""
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            if name.endswith("alpha"):
                parameter.uniform_(0.3, 2.0)
            elif name.endswith("weight_g"):
                parameter *= torch.empty_like(parameter).uniform_(0.8, 1.7)
            elif name.endswith("bias"):
                parameter.normal_(0, 0.05)
            elif name.endswith("codebook.weight"):
                parameter *= 0.5


def signal(batch, length, rate):
    """Noise, a tone with noise, silence, a loud low tone: one per item."""
    t = torch.arange(length) / rate
    kinds = [0.3 * torch.randn(length), 0.5 * torch.sin(2 * torch.pi * 440 * t) + 0.01 * torch.randn(length),
             torch.zeros(length), 0.9 * torch.sin(2 * torch.pi * 110 * t)]
    return torch.stack([kinds[i % 4] for i in range(batch)])[:, None, :]


def results(prefix, output):
    return {prefix + key.replace("vq/", ""): value for key, value in output.items()}


def scalar_loss(model, output, tensors, prefix):
    """A number that every output enters, with the package's weights for the quantiser's losses."""
    weights = torch.randn_like(output["audio"])
    tensors[prefix + "audio_weights"] = weights
    latent_weights = 0.1 * torch.randn_like(output["z"])
    tensors[prefix + "z_weights"] = latent_weights
    loss = ((output["audio"] - weights).square().sum() + (output["z"] * latent_weights).sum()
            + 0.25 * output["vq/commitment_loss"] + 1.0 * output["vq/codebook_loss"])
    tensors[prefix + "loss"] = loss
    model.zero_grad()
    loss.backward()
    for name, parameter in model.named_parameters():
        tensors[f"{prefix}gradient.{name}"] = parameter.grad


def model_golden(name, options, seed, length):
    torch.manual_seed(seed)
    model = DAC(**options)
    randomize(model)
    tensors = {f"state.{key}": value for key, value in model.state_dict().items()}

    model.eval()
    x = signal(4, length, options["sample_rate"])
    tensors["eval.input"] = x
    recorded = {}
    modules = dict(model.named_modules())
    hooks = [modules[key].register_forward_hook(lambda m, i, o, key=key: recorded.update({key: o})) for key in ACTIVATIONS]
    with torch.no_grad():
        output = model(x)
    for hook in hooks:
        hook.remove()
    tensors |= results("eval.", output)
    tensors |= {f"activation.{key}": value[:2] for key, value in recorded.items()}
    with torch.no_grad():
        tensors |= results("fewer.", model(x, n_quantizers=2))
        z, vectors, _ = model.quantizer.from_codes(output["codes"][:, :2])
        tensors |= {"from_codes.z": z, "from_codes.vectors": vectors, "from_codes.audio": model.decode(z)}
        for batch in (1, 4):
            latents = torch.randn_like(output["latents"][:batch])
            z, vectors, codes = model.quantizer.from_latents(latents)
            prefix = f"from_latents.{batch}."
            tensors |= {prefix + "input": latents, prefix + "z": z, prefix + "vectors": vectors, prefix + "codes": codes}
        latents = torch.randn_like(output["latents"])[:, : sum(q.codebook_dim for q in model.quantizer.quantizers[:2]) + 1]
        z, vectors, codes = model.quantizer.from_latents(latents)
        tensors |= {"from_latents.partial.input": latents, "from_latents.partial.z": z, "from_latents.partial.codes": codes}

    short = signal(2, 3 * int(model.hop_length) + 1, options["sample_rate"])[:1]
    tensors["short.input"] = short
    scalar = model(short)
    tensors |= results("short.", scalar)
    scalar_loss(model, scalar, tensors, "short.")

    model.train()
    stages = torch.tensor([1, 2, 3, 1])
    original = torch.randint
    torch.randint = lambda *arguments, **keywords: stages
    output = model(x)
    torch.randint = original
    tensors["train.active"] = torch.where(torch.arange(4) < int(4 * options["quantizer_dropout"]), stages,
                                          options["n_codebooks"])
    tensors |= results("train.", output)
    scalar_loss(model, output, tensors, "train.")
    save(name, tensors, delay=model.delay, hop=model.hop_length)


def fresh_golden():
    torch.manual_seed(5)
    options = dict(EVEN, n_codebooks=2, codebook_size=512, codebook_dim=8)
    model = DAC(**options).eval()
    tensors = {f"state.{key}": value for key, value in model.state_dict().items()}
    silence = torch.zeros(2, 1, 301)
    broken = signal(2, 301, 16000)
    broken[0, 0, 150] = float("nan")
    huge = signal(1, 301, 16000) * 1e30
    with torch.no_grad():
        for prefix, x in (("silence", silence), ("one", silence[:1]), ("nan", broken), ("huge", huge)):
            tensors[f"{prefix}.input"] = x
            tensors |= results(f"{prefix}.", model(x))
    save("dac_fresh", tensors)


def chunk_golden():
    torch.manual_seed(7)
    model = DAC(**EVEN).eval()
    randomize(model)
    tensors = {f"state.{key}": value for key, value in model.state_dict().items()}
    metadata = dict(delay=model.delay, hop=model.hop_length)
    cases = dict(window=(1, 3001, 16000, 0.05), two=(1, 1700, 16000, 0.05), just=(1, 801, 16000, 0.05),
                 exact=(1, 800, 16000, 0.05), short=(1, 123, 16000, 1.0), none=(1, 1501, 16000, None),
                 stereo=(2, 2000, 16000, 0.05), rate=(1, 3000, 22050, 0.06), loud=(1, 2500, 16000, 0.08))
    raw = []
    normalize = AudioSignal.normalize

    def recording(self, *arguments):
        raw.append(self.audio_data.clone())
        return normalize(self, *arguments)

    AudioSignal.normalize = recording
    for case, (channels, length, rate, window) in cases.items():
        x = signal(2, length, rate)[:channels].transpose(0, 1)
        if case == "loud":
            x = 0.02 * x
            x[..., 1200] = 1.0
        source = AudioSignal(x, rate)
        raw.clear()
        codec_file = model.compress(source, win_duration=window)
        n_quantizers = model.compress(source, win_duration=window, n_quantizers=2)
        prepared = raw[0]
        raw.clear()
        restored = model.decompress(codec_file)
        tensors |= {f"{case}.input": x, f"{case}.resampled": prepared, f"{case}.codes": codec_file.codes,
                    f"{case}.fewer": n_quantizers.codes, f"{case}.raw": raw[0], f"{case}.output": restored.audio_data,
                    f"{case}.input_db": codec_file.input_db}
        metadata |= {f"{case}.window": window or 0, f"{case}.rate": rate, f"{case}.chunk_length": codec_file.chunk_length,
                     f"{case}.padding": int(codec_file.padding), f"{case}.original_length": codec_file.original_length}
    AudioSignal.normalize = normalize
    save("dac_chunks", tensors, **metadata)


def lookup_golden():
    torch.manual_seed(9)
    tensors = {}
    for dimension, size in ((8, 1024), (3, 64), (4, 256), (5, 64), (13, 64), (16, 128), (24, 64), (40, 64)):
        quantizer = VectorQuantize(8, size, dimension)
        # Close rows make close decisions.
        with torch.no_grad():
            quantizer.codebook.weight[size // 2:] = 3 * quantizer.codebook.weight[: size // 2]
        tensors[f"{dimension}.codebook"] = quantizer.codebook.weight
        for batch, frames in ((1, 1), (1, 77), (3, 40)):
            latents = torch.randn(batch, dimension, frames)
            latents[..., :: 9] = 0
            with torch.no_grad():
                tensors[f"{dimension}.{batch}x{frames}.latents"] = latents
                tensors[f"{dimension}.{batch}x{frames}.codes"] = quantizer.decode_latents(latents)[1]
    save("dac_lookup", tensors)


def layer_golden():
    torch.manual_seed(11)
    tensors = {}
    for kind, make, shape in (
        ("conv1d", lambda: torch.nn.Conv1d(4, 6, 3, stride=2, padding=2, dilation=2, groups=2), (2, 4, 13)),
        ("transposed", lambda: torch.nn.ConvTranspose1d(4, 6, 6, stride=3, padding=2, output_padding=1), (2, 4, 7)),
        ("conv2d", lambda: torch.nn.Conv2d(2, 3, (5, 1), stride=(3, 1), padding=(2, 0)), (1, 2, 11, 3)),
    ):
        for norm, normalize in (("none", lambda layer: layer), ("weight", torch.nn.utils.weight_norm),
                                ("spectral", torch.nn.utils.spectral_norm)):
            layer = normalize(make())
            prefix = f"{kind}.{norm}."
            with torch.no_grad():
                for parameter in layer.parameters():
                    parameter += 0.1 * torch.randn_like(parameter)
            tensors |= {f"{prefix}state.{key}": value.clone() for key, value in layer.state_dict().items()}
            x = torch.randn(shape)
            layer.eval()
            tensors |= {prefix + "input": x, prefix + "eval": layer(x)}
            layer.train()
            output = layer(x)
            weights = torch.randn_like(output)
            (output * weights).sum().backward()
            tensors |= {prefix + "train": output, prefix + "output_weights": weights}
            tensors |= {f"{prefix}gradient.{key}": p.grad for key, p in layer.named_parameters()}
            tensors |= {f"{prefix}after.{key}": value for key, value in layer.named_buffers()}
    save("conv_layers", tensors)


if __name__ == "__main__":
    layer_golden()
    model_golden("dac_even", EVEN, 1, 301)
    model_golden("dac_odd", ODD, 2, 331)
    fresh_golden()
    chunk_golden()
    lookup_golden()
