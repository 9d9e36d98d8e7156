"""Numbers made from a name, which the tests make too (Tests/CodecTestSupport/HashedNumbers.swift), and short descriptions of
large tensors: so goldens of nets with millions of parameters stay small."""

import numpy as np
import torch

STEP = np.uint64(0x9E3779B97F4A7C15)
SIGNS = 4
SAMPLES = 8


def bits(name, count):
    """`count` words of 64 random bits: SplitMix64, started from the FNV-1a hash of the name."""
    start = 0xCBF29CE484222325
    for byte in name.encode():
        start = (start ^ byte) * 0x100000001B3 % 2**64
    with np.errstate(over="ignore"):
        z = np.uint64(start) + np.arange(1, count + 1, dtype=np.uint64) * STEP
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


def uniform(name, shape):
    """Numbers in [-1, 1) on a grid of 2^-23."""
    numbers = (bits(name, int(np.prod(shape))) >> np.uint64(40)).astype(np.float32) * np.float32(2**-23) - 1
    return torch.from_numpy(numbers.astype(np.float32)).reshape(shape)


def fill(module):
    """Weights of unit directions times about 1.4, so that signals neither die nor explode."""
    with torch.no_grad():
        for name, tensor in module.state_dict().items():
            values = uniform(name, list(tensor.shape))
            if name.endswith("weight_g"):
                values = 1.4 + 0.3 * values
            elif name.endswith("bias"):
                values = 0.1 * values
            elif name.endswith("weight") or name.endswith("weight_orig"):
                values = values * np.float32(1.4 * (3 / tensor[0].numel()) ** 0.5)
            elif tensor.dim() == 1:  # singular vectors of the spectral norm
                values = values / values.norm()
            tensor.copy_(values)


def sketch(tensor):
    """[norm, 4 sums with random signs, 8 values]. If a tensor differs from another by d, the sums differ by about |d|."""
    x = tensor.detach().double().flatten().numpy()
    words = bits("signs", x.size)
    sums = [np.where((words >> np.uint64(bit)) & np.uint64(1), x, -x).sum() for bit in range(SIGNS)]
    places = bits("places", SAMPLES) % np.uint64(x.size)
    return torch.tensor([np.sqrt((x * x).sum()), *sums, *x[places]], dtype=torch.float64)


def sketches(tensors):
    return torch.stack([sketch(tensor) for tensor in tensors])
