"""Makes Fixtures/checkpoints: small checkpoint files as real programs write them, and beside each, in
`NAME.expected.safetensors`, what must be read from it (float32, or int64 for whole numbers).

Versions: requirements.txt. Run from anywhere: ENV/bin/python goldens_checkpoints.py
"""

import collections
import os
import pathlib
import pickle
import shutil
import sys
import types

import numpy as np
import torch
from safetensors.torch import save_file

torch.set_num_threads(1)
HERE = pathlib.Path(__file__).resolve().parent.parent / "checkpoints"


def expected(name, tensors):
    """Writes the values of `tensors` ({full name: tensor})."""
    values = {}
    for key, tensor in tensors.items():
        tensor = torch.as_tensor(tensor).detach()
        kind = torch.float32 if tensor.is_floating_point() else torch.int64
        values[key] = tensor.to(kind).contiguous().clone()
    save_file(values, str(HERE / f"{name}.expected.safetensors"))


def flatten(value, prefix=""):
    found = {}
    for key, item in value.items():
        path = f"{prefix}{key}"
        if isinstance(item, (torch.Tensor, np.ndarray)):
            found[path] = item
        elif isinstance(item, dict):
            found.update(flatten(item, path + "."))
    return found


def seeded(*shape, seed=0):
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed))


def all_types():
    x = seeded(3, 5, seed=1)
    x[0, 0], x[1, 1], x[2, 2] = float("nan"), float("inf"), -float("inf")
    half = torch.tensor([0.0, -0.0, 1.0, -2.5, 65504.0, 6e-8, 6.1e-5, float("inf"), -float("inf"), float("nan"), 0.333])
    whole = torch.arange(-7, 8).reshape(3, 5)
    tensors = {
        "f32": x,
        "f64": x.double() * 3,
        "f16": half.half(),
        "bf16": half.bfloat16(),
        "i8": whole.to(torch.int8),
        "i16": (whole * 1000).to(torch.int16),
        "i32": (whole * 100_000_000).to(torch.int32),
        "i64": whole * 1_000_000_000_000_000_000,
        "u8": (whole + 100).to(torch.uint8),
        "bool": whole > 2,
        "scalar": torch.tensor(2.5),
        "empty": torch.zeros(0, 4),
        "emptied": torch.zeros(3, 0, 2),
    }
    return tensors


def views():
    base = seeded(6, 4, 5, seed=2)
    line = torch.arange(24, dtype=torch.float32)
    return {
        "whole": base,
        "transposed": base.transpose(0, 2),
        "permuted": base.permute(1, 2, 0),
        "row": base[3],
        "column": base[:, :, 2],
        "stepped": line[1::3],
        "part": line[5:11],
        "square": line.view(4, 6),
        "square_t": line.view(4, 6).t(),
        "expanded": line[:3].view(3, 1).expand(3, 4),
        "diagonal": line[:16].view(4, 4).diagonal(),
        "half_t": line.half().view(4, 6).t(),
        "long_step": torch.arange(20)[::2],
        "byte_t": torch.arange(12, dtype=torch.uint8).view(3, 4).t(),
        "channels_last": seeded(2, 3, 4, 5, seed=3).to(memory_format=torch.channels_last),
        "parameter": torch.nn.Parameter(base[1:3]),
    }


class Unknown:
    """A class that no reader knows."""

    def __init__(self):
        self.rate = 44100
        self.note = "kept"


def metadata():
    log = collections.defaultdict(list)
    log["loss"] += [1.5, float("nan"), float("inf")]
    sys.modules.setdefault("vanished", types.ModuleType("vanished"))
    Unknown.__module__ = "vanished"
    Unknown.__qualname__ = "Unknown"
    sys.modules["vanished"].Unknown = Unknown
    return {
        "kwargs": {"rates": [2, 4], "name": "naïve ✓", "none": None, "flag": True, "lr": 1e-4},
        "big": 2**80,
        "negative": -(2**40),
        "steps": np.int64(400000),
        "best": np.float64(0.25),
        "single": np.float32(0.1),
        "yes": np.bool_(True),
        "log": log,
        "ordered": collections.OrderedDict(a=1, b=(2, 3)),
        "set": {7},
        "bytes": b"\x00\xff",
        "size": torch.Size([1, 2]),
        "dtype": torch.float16,
        "device": torch.device("cpu"),
        "object": Unknown(),
        3: "integer key",
    }


class Runs:
    """Pickles as a call of os.system."""

    def __reduce__(self):
        return os.system, ("touch /tmp/codec-doctor-was-run",)


def dac_models():
    import dac

    torch.manual_seed(0)
    configuration = dict(
        encoder_dim=4, encoder_rates=[2, 3], decoder_dim=16, decoder_rates=[3, 2], n_codebooks=2, codebook_size=8,
        codebook_dim=3, sample_rate=16000,
    )
    model = dac.DAC(**configuration)
    for parameter in model.parameters():
        if parameter.shape[:1] == (1,) and parameter.dim() == 3:
            torch.nn.init.uniform_(parameter, 0.5, 1.5)
    model.save(str(HERE / "dac.pth"), package=False)
    expected("dac", {f"state_dict.{k}": v for k, v in model.state_dict().items()})

    # The same weights under the newer parametrization's names and with the norm folded.
    state, plain, parametrized = model.state_dict(), {}, {}
    for key, value in state.items():
        if key.endswith("weight_g"):
            stem = key.removesuffix("weight_g")
            v = state[stem + "weight_v"]
            folded = torch._weight_norm(v, value, 0)
            plain[stem + "weight"] = folded
            parametrized[stem + "parametrizations.weight.original0"] = value
            parametrized[stem + "parametrizations.weight.original1"] = v
        elif not key.endswith("weight_v"):
            plain[key] = value
            parametrized[key] = value
    torch.save({"generator": parametrized, "steps": 12}, HERE / "dac_parametrized.pth")
    expected("dac_parametrized", {f"generator.{k}": v for k, v in parametrized.items()})
    expected("dac_plain", plain)

    # What DAC's trainer saves beside the weights: source files, the pickled module and its metadata.
    small = dac.DAC(
        encoder_dim=2, encoder_rates=[2], decoder_dim=4, decoder_rates=[2], n_codebooks=1, codebook_size=4, codebook_dim=2,
        sample_rate=22050,
    )
    small.save(str(HERE / "dac_package.pth"))
    expected("dac_package", {f"DAC.{k}": v for k, v in small.state_dict().items()})

    scripted = torch.jit.script(torch.nn.Sequential(torch.nn.Conv1d(2, 3, 3), torch.nn.ReLU()))
    scripted.save(str(HERE / "scripted.pt"))
    expected("scripted", scripted.state_dict())

    from dac.model.discriminator import Discriminator

    torch.manual_seed(1)
    names = {k: list(v.shape) for k, v in Discriminator(rates=[1]).state_dict().items()}
    write_shapes("dac_discriminator", names)
    for preset, kwargs in {
        "dac_44khz": dict(encoder_rates=[2, 4, 8, 8], decoder_rates=[8, 8, 4, 2], n_codebooks=9, sample_rate=44100),
        "dac_24khz": dict(encoder_rates=[2, 4, 5, 8], decoder_rates=[8, 5, 4, 2], n_codebooks=32, sample_rate=24000),
    }.items():
        with torch.device("meta"):
            write_shapes(preset, {k: list(v.shape) for k, v in dac.DAC(**kwargs).state_dict().items()})
    return plain


def write_shapes(name, shapes):
    """Names and shapes of a model too large to keep, one a line."""
    lines = [f"{key} {'x'.join(map(str, shape))}" for key, shape in shapes.items()]
    (HERE / f"{name}.shapes.txt").write_text("\n".join(lines) + "\n")


def hugging_face_models():
    import dac
    from transformers import DacConfig, DacModel, EncodecConfig, EncodecModel

    torch.manual_seed(2)
    config = DacConfig(
        encoder_hidden_size=4, downsampling_ratios=[2, 3], decoder_hidden_size=16, upsampling_ratios=[3, 2],
        n_codebooks=2, codebook_size=8, codebook_dim=3, sampling_rate=24000, hidden_size=16,
    )
    model = DacModel(config).eval()
    for name, parameter in model.named_parameters():
        torch.nn.init.uniform_(parameter, -0.4, 0.6)
    model.save_pretrained(HERE / "hf_dac")
    expected("hf_dac", model.state_dict())

    # The same weights under DAC's own names, by a mapping that is proven by running both models.
    own = dac.DAC(
        encoder_dim=4, encoder_rates=[2, 3], decoder_dim=16, decoder_rates=[3, 2], n_codebooks=2, codebook_size=8,
        codebook_dim=3, sample_rate=24000, latent_dim=16,
    ).eval()
    for module in own.modules():
        if hasattr(module, "weight_g"):
            torch.nn.utils.remove_weight_norm(module)
    theirs, mapped = model.state_dict(), {}

    def take(target, source):
        for leaf in ("weight", "bias", "alpha"):
            if f"{source}.{leaf}" in theirs:
                mapped[f"{target}.{leaf}"] = theirs[f"{source}.{leaf}"]

    def unit(target, source):
        for i, leaf in enumerate(("snake1", "conv1", "snake2", "conv2")):
            take(f"{target}.block.{i}", f"{source}.{leaf}")

    take("encoder.block.0", "encoder.conv1")
    for k in range(2):
        for j in range(3):
            unit(f"encoder.block.{k + 1}.block.{j}", f"encoder.block.{k}.res_unit{j + 1}")
        take(f"encoder.block.{k + 1}.block.3", f"encoder.block.{k}.snake1")
        take(f"encoder.block.{k + 1}.block.4", f"encoder.block.{k}.conv1")
    take("encoder.block.3", "encoder.snake1")
    take("encoder.block.4", "encoder.conv2")
    take("decoder.model.0", "decoder.conv1")
    for k in range(2):
        take(f"decoder.model.{k + 1}.block.0", f"decoder.block.{k}.snake1")
        take(f"decoder.model.{k + 1}.block.1", f"decoder.block.{k}.conv_t1")
        for j in range(3):
            unit(f"decoder.model.{k + 1}.block.{j + 2}", f"decoder.block.{k}.res_unit{j + 1}")
    take("decoder.model.3", "decoder.snake1")
    take("decoder.model.4", "decoder.conv2")
    for i in range(2):
        for part in ("in_proj", "out_proj", "codebook"):
            take(f"quantizer.quantizers.{i}.{part}", f"quantizer.quantizers.{i}.{part}")
    own.load_state_dict(mapped)
    audio = seeded(1, 1, 60, seed=5)
    with torch.no_grad():
        difference = (own(audio, 24000)["audio"] - model(audio).audio_values).abs().max()
    assert difference < 1e-5, f"the Hugging Face mapping is wrong: {difference}"
    expected("hf_dac_own", mapped)

    torch.manual_seed(3)
    config = EncodecConfig(
        num_filters=4, upsampling_ratios=[3, 2], hidden_size=8, codebook_dim=8, codebook_size=8, num_lstm_layers=2,
        sampling_rate=24000, target_bandwidths=[24.0],
    )
    model = EncodecModel(config).eval()
    model.save_pretrained(HERE / "hf_encodec")
    expected("hf_encodec", model.state_dict())
    encodec_models(model)


def encodec_models(theirs):
    from encodec.model import EncodecModel
    from encodec.modules import SEANetDecoder, SEANetEncoder
    from encodec.quantization import ResidualVectorQuantizer

    keys = dict(dimension=8, n_filters=4, ratios=[3, 2], causal=True, lstm=2)
    count = len(theirs.quantizer.layers)
    own = EncodecModel(
        SEANetEncoder(**keys), SEANetDecoder(**keys), ResidualVectorQuantizer(dimension=8, n_q=count, bins=8), [24.0],
        24000, 1,
    ).eval()
    torch.manual_seed(4)
    for layer in own.quantizer.vq.layers:
        layer._codebook.embed.copy_(torch.randn_like(layer._codebook.embed))
        layer._codebook.inited.fill_(1)
    # Copy their weights, by position: both list their layers in the same order.
    names, source = {}, theirs.state_dict()
    target = own.state_dict()
    for key in target:
        candidate = (
            key.replace("encoder.model.", "encoder.layers.").replace("decoder.model.", "decoder.layers.")
            .replace("quantizer.vq.layers.", "quantizer.layers.").replace("._codebook.", ".codebook.")
            .replace(".convtr.convtr.", ".conv.").replace(".conv.conv.", ".conv.")
            .replace(".weight_g", ".parametrizations.weight.original0")
            .replace(".weight_v", ".parametrizations.weight.original1")
        )
        if candidate not in source:
            parts = candidate.split(".conv.")
            candidate = ".conv.".join(parts[:1] + ["conv." + parts[1]]) if len(parts) > 1 else candidate
        assert candidate in source, (key, candidate)
        names[key] = candidate
        target[key] = source[candidate]
    own.load_state_dict(target)
    audio = seeded(1, 1, 90, seed=6)
    with torch.no_grad():
        difference = (own.decoder(own.encoder(audio)) - theirs.decoder(theirs.encoder(audio))).abs().max()
    assert difference < 1e-5, f"the Hugging Face mapping of EnCodec is wrong: {difference}"
    torch.save({"model": target, "epoch": 3}, HERE / "encodec.th")
    expected("encodec", {f"model.{k}": v for k, v in target.items()})
    with torch.device("cpu"):
        for name, model in {
            "encodec_24khz": EncodecModel.encodec_model_24khz(pretrained=False),
            "encodec_48khz": EncodecModel.encodec_model_48khz(pretrained=False),
        }.items():
            write_shapes(name, {k: list(v.shape) for k, v in model.state_dict().items()})


def training_checkpoint():
    torch.manual_seed(5)
    generator = torch.nn.Sequential(
        torch.nn.utils.spectral_norm(torch.nn.Conv1d(2, 3, 3)), torch.nn.utils.weight_norm(torch.nn.Conv1d(3, 2, 3))
    )
    optimizer = torch.optim.AdamW(generator.parameters())
    generator(torch.randn(1, 2, 8)).sum().backward()
    optimizer.step()
    value = {
        "discriminator": {f"module.{k}": v for k, v in torch.nn.Linear(30, 40).state_dict().items()},
        "generator": {f"module.{k}": v for k, v in generator.state_dict().items()},
        "optim_g": optimizer.state_dict(),
        "steps": 100,
        "hparams": {"segment": 16000},
    }
    torch.save(value, HERE / "training.pth")
    expected("training", flatten(value))
    torch.save(generator, HERE / "module.pth")
    expected("module", generator.state_dict())


def main():
    shutil.rmtree(HERE, ignore_errors=True)
    HERE.mkdir(parents=True)
    types_, views_ = all_types(), views()
    legacy = dict(_use_new_zipfile_serialization=False)
    torch.save({"tensors": types_, "metadata": metadata()}, HERE / "types.pth")
    torch.save({"tensors": types_, "metadata": metadata()}, HERE / "types_legacy.pth", **legacy)
    torch.save(views_, HERE / "views.pth")
    torch.save(views_, HERE / "views_legacy.pth", **legacy)
    for name in ("types", "types_legacy"):
        expected(name, {f"tensors.{k}": v for k, v in types_.items()})
    for name in ("views", "views_legacy"):
        expected(name, views_)
    for protocol in (3, 4, 5):
        torch.save({"a": seeded(2, 2), "b": metadata()}, HERE / f"protocol{protocol}.pth", pickle_protocol=protocol)
        expected(f"protocol{protocol}", {"a": seeded(2, 2)})
    unsigned = {"u16": torch.tensor([0, 65535], dtype=torch.uint16), "f8": torch.zeros(3, dtype=torch.float8_e4m3fn)}
    torch.save(unsigned, HERE / "rare.pth")
    expected("rare", {"u16": torch.tensor([0, 65535])})

    save_file(types_, str(HERE / "types.safetensors"), metadata={"format": "pt", "note": 'quotes " and ✓'})
    expected("types.safetensors", types_)

    arrays = {k: v.numpy() for k, v in types_.items() if k != "bf16"}
    arrays["fortran"] = np.asfortranarray(np.arange(6, dtype=np.float32).reshape(2, 3))
    np.savez(HERE / "arrays.npz", **arrays)
    np.savez_compressed(HERE / "arrays_compressed.npz", **arrays, zeros=np.zeros((64, 64), np.float32))
    expected("arrays", arrays)
    expected("arrays_compressed", arrays | {"zeros": np.zeros((64, 64), np.float32)})
    np.save(HERE / "codes.npy", {"codes": np.arange(12, dtype=np.uint16).reshape(1, 3, 4), "metadata": {"rate": 44100}})
    expected("codes", {"codes": torch.arange(12).reshape(1, 3, 4)})
    (HERE / "arrays.pkl").write_bytes(pickle.dumps({"w": arrays["f64"], "i": arrays["i32"]}, protocol=2))
    expected("arrays.pkl", {"w": arrays["f64"], "i": arrays["i32"]})

    torch.save({"weights": {"w": torch.ones(2)}, "payload": Runs()}, HERE / "malicious.pth")
    (HERE / "malicious.pkl").write_bytes(pickle.dumps(Runs()))
    shutil.copy(HERE / "types.pth", HERE / "deflated.pth")
    import zipfile

    with zipfile.ZipFile(HERE / "types.pth") as source, zipfile.ZipFile(
        HERE / "deflated.pth", "w", zipfile.ZIP_DEFLATED
    ) as target:
        for item in source.infolist():
            target.writestr(item.filename, source.read(item))
    expected("deflated", {f"tensors.{k}": v for k, v in types_.items()})
    with open(HERE / "streamed.npz", "wb") as file:  # data descriptors, since the writer can not go back
        class Pipe:
            def write(self, data):
                return file.write(data)

            def flush(self):
                file.flush()

        with zipfile.ZipFile(Pipe(), "w") as target:
            with target.open("w.npy", "w", force_zip64=True) as entry:
                np.save(entry, arrays["f64"])
    expected("streamed", {"w": arrays["f64"]})

    plain = dac_models()
    save_file({f"module.{k}": v.contiguous() for k, v in plain.items()}, str(HERE / "dac_plain.safetensors"))
    hugging_face_models()
    training_checkpoint()
    for path in sorted(HERE.rglob("*")):
        if path.is_file():
            print(f"{path.stat().st_size:8} {path.relative_to(HERE)}")


main()
