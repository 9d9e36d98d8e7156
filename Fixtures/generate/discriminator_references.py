"""Independent PyTorch versions of the discriminators that no installed package has, from their papers' definitions.

Each returns, per sub-discriminator, the list of its feature maps with the logits at the end, as dac's Discriminator does.
State-dict names are those of the original repositories.
"""

import torch
import torch.nn.functional as F
from torch import nn
from torch.nn.utils import spectral_norm, weight_norm


def plain(layer):
    return layer


class Chain(nn.Module):
    """Convolutions with LeakyReLU, then one that gives the logits."""

    def __init__(self, layers, head, slope):
        super().__init__()
        self.convs = nn.ModuleList(layers)
        self.conv_post = head
        self.slope = slope

    def image(self, x):
        return x

    def forward(self, x):
        maps = [self.image(x)]
        for layer in self.convs:
            maps.append(F.leaky_relu(layer(maps[-1]), self.slope))
        return maps[1:] + [self.conv_post(maps[-1])]


class Folded(Chain):
    def __init__(self, period):
        widths = [1, 32, 128, 512, 1024, 1024]
        layers = [
            weight_norm(nn.Conv2d(widths[i], widths[i + 1], (5, 1), (3 if i < 4 else 1, 1), padding=(2, 0)))
            for i in range(5)
        ]
        super().__init__(layers, weight_norm(nn.Conv2d(1024, 1, (3, 1), padding=(1, 0))), 0.1)
        self.period = period

    def image(self, x):
        missing = -x.shape[-1] % self.period
        x = F.pad(x, (0, missing), mode="reflect") if missing else x
        return x.reshape(x.shape[0], 1, -1, self.period)


def grouped(norm):
    widths, groups = [1, 16, 64, 256, 1024, 1024], [1, 4, 16, 64, 256]
    layers = [norm(nn.Conv1d(1, 16, 15, padding=7))]
    layers += [norm(nn.Conv1d(widths[i], widths[i + 1], 41, 4, padding=20, groups=groups[i])) for i in range(1, 5)]
    return layers + [norm(nn.Conv1d(1024, 1024, 5, padding=2))]


def hifigan_scale(norm):
    shapes = [(1, 128, 15, 1, 1), (128, 128, 41, 2, 4), (128, 256, 41, 2, 16), (256, 512, 41, 4, 16),
              (512, 1024, 41, 4, 16), (1024, 1024, 41, 1, 16), (1024, 1024, 5, 1, 1)]
    layers = [norm(nn.Conv1d(i, o, k, s, padding=k // 2, groups=g)) for i, o, k, s, g in shapes]
    return Chain(layers, norm(nn.Conv1d(1024, 1, 3, padding=1)), 0.1)


class Scales(nn.Module):
    """Sub-discriminators of the waveform, of its average pool, and so on."""

    def __init__(self, parts, pool):
        super().__init__()
        self.discriminators = nn.ModuleList(parts)
        self.pool = pool

    def forward(self, x):
        outputs = []
        for part in self.discriminators:
            outputs.append(part(x))
            x = self.pool(x)
        return outputs


class Parts(nn.Module):
    def __init__(self, parts):
        super().__init__()
        self.discriminators = nn.ModuleList(parts)

    def forward(self, x):
        return [part(x) for part in self.discriminators]


class MelGANScale(nn.Module):
    def __init__(self):
        super().__init__()
        convs = grouped(weight_norm)
        convs[0].padding = (0,)
        self.model = nn.ModuleDict({
            f"layer_{i}": nn.Sequential(*([nn.ReflectionPad1d(7)] if i == 0 else []), conv, nn.LeakyReLU(0.2))
            for i, conv in enumerate(convs)
        })
        self.model["layer_6"] = weight_norm(nn.Conv1d(1024, 1, 3, padding=1))

    def forward(self, x):
        maps = []
        for layer in self.model.values():
            x = layer(x)
            maps.append(x)
        return maps


class MelGAN(nn.Module):
    def __init__(self):
        super().__init__()
        self.model = nn.ModuleDict({f"disc_{i}": MelGANScale() for i in range(3)})

    def forward(self, x):
        outputs = []
        for part in self.model.values():
            outputs.append(part(x))
            x = F.avg_pool1d(x, 4, 2, padding=1, count_include_pad=False)
        return outputs


class Image(Chain):
    """32 channels over an image, strides along its last dimension."""

    def __init__(self, channels, image):
        layers = [nn.Conv2d(channels, 32, (3, 9), padding=(1, 4))]
        layers += [nn.Conv2d(32, 32, (3, 9), (1, 2), padding=(1, 4)) for _ in range(3)]
        layers += [nn.Conv2d(32, 32, 3, padding=1)]
        super().__init__([weight_norm(layer) for layer in layers], weight_norm(nn.Conv2d(32, 1, 3, padding=1)), 0.1)
        self.image = image


def magnitude_image(transform, hop, window):
    def image(x):
        margin = (transform - hop) // 2
        x = F.pad(x, (margin, margin), mode="reflect")[:, 0]
        spectrum = torch.stft(x, transform, hop, window, torch.ones(window), center=False, return_complex=True)
        return spectrum.abs()[:, None]
    return image


def complex_magnitude_image(size):
    def image(x):
        spectrum = torch.stft(x[:, 0], size, size // 4, size, torch.hann_window(size), return_complex=True)
        return torch.stack([spectrum.real, spectrum.imag, spectrum.abs()], 1)
    return image


def hifigan_periods(periods):
    return Parts([Folded(period) for period in periods])


def hifigan_scales():
    return Scales([hifigan_scale(norm) for norm in (spectral_norm, weight_norm, weight_norm)],
                  nn.AvgPool1d(4, 2, padding=2))


def origin_grouped():
    return Scales([Chain(grouped(plain), nn.Conv1d(1024, 1, 3, padding=1), 0.2) for _ in range(3)],
                  nn.AvgPool1d(4, 2, padding=1))


def origin_images(sizes):
    return [Image(3, complex_magnitude_image(size)) for size in sizes]


def bigvgan_resolutions(resolutions):
    return Parts([Image(1, magnitude_image(*resolution)) for resolution in resolutions])
