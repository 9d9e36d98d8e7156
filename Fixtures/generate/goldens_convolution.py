"""Makes Fixtures/goldens/{conv1d,conv_transpose1d,conv2d}.safetensors: convolutions and gradients from PyTorch, over awkward shapes.

Each case stores `<case>.x`, `.weight`, `.bias`, `.seed` (the gradient of the result), `.y` and `.gx`, `.gweight`, `.gbias`;
its parameters are the metadata value of that name, as numbers separated by blanks, in the order given above each table.
Everything is computed in float64 and stored in float32. Versions: requirements.txt.

    python Fixtures/generate/goldens_convolution.py
"""

from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import save_file

# conv1d: B Cin Cout T K stride dilation groups left right
CONV1D = {
    "plain": (1, 3, 5, 29, 3, 1, 1, 1, 0, 0),
    "same": (2, 16, 16, 50, 7, 1, 1, 1, 3, 3),
    "causal": (1, 8, 12, 31, 5, 1, 1, 1, 4, 0),
    "causal_strided": (2, 6, 10, 37, 8, 4, 1, 1, 4, 3),
    "dilated": (1, 5, 12, 64, 7, 1, 9, 1, 27, 27),
    "dilated_strided": (1, 5, 7, 83, 4, 3, 5, 1, 6, 2),
    "stride_over_kernel": (1, 4, 6, 40, 3, 5, 1, 1, 0, 0),
    "encoder_stride_8": (1, 10, 18, 97, 16, 8, 1, 1, 4, 4),
    "encoder_stride_5": (1, 7, 9, 61, 10, 5, 1, 1, 3, 3),
    "depthwise": (3, 12, 12, 33, 5, 1, 1, 12, 2, 2),
    "depthwise_multiplied": (1, 6, 18, 25, 3, 2, 1, 6, 1, 1),
    "grouped_k41": (1, 8, 16, 130, 41, 4, 1, 2, 20, 20),
    "grouped_to_one": (2, 8, 4, 27, 3, 1, 2, 4, 2, 2),
    "batch_of_3": (3, 11, 13, 45, 3, 2, 1, 1, 1, 1),
    "shorter_than_kernel": (2, 4, 5, 2, 7, 1, 1, 1, 3, 3),
    "one_sample": (1, 3, 2, 1, 3, 1, 1, 1, 1, 1),
    "one_channel": (1, 1, 1, 20, 7, 1, 1, 1, 3, 3),
    "one_to_many": (1, 1, 33, 70, 7, 1, 1, 1, 3, 3),
    "many_to_one": (1, 33, 1, 70, 7, 1, 1, 1, 3, 3),
    "pointwise": (2, 24, 17, 51, 1, 1, 1, 1, 0, 0),
    "pointwise_strided": (1, 5, 6, 23, 1, 3, 1, 1, 0, 0),
    "much_padding": (1, 3, 4, 10, 3, 2, 1, 1, 9, 7),
    "two_tiles_and_rest": (1, 4, 8, 112, 3, 1, 1, 1, 1, 1),
}
# conv_transpose1d: B Cin Cout T K stride dilation groups padding output_padding
TRANSPOSED1D = {
    "t_plain": (1, 4, 3, 13, 3, 1, 1, 1, 0, 0),
    "t_stride_8": (1, 20, 10, 17, 16, 8, 1, 1, 4, 0),
    "t_stride_5": (2, 8, 6, 19, 10, 5, 1, 1, 3, 0),
    "t_stride_5_padded": (2, 8, 6, 19, 10, 5, 1, 1, 3, 1),
    "t_stride_2": (1, 18, 9, 60, 4, 2, 1, 1, 1, 0),
    "t_stride_over_kernel": (1, 5, 7, 11, 2, 4, 1, 1, 0, 3),
    "t_dilated": (1, 6, 4, 14, 3, 3, 4, 1, 2, 2),
    "t_grouped": (2, 8, 12, 15, 5, 2, 1, 4, 1, 1),
    "t_odd_kernel": (1, 9, 11, 25, 7, 3, 1, 1, 2, 0),
    "t_one_channel": (1, 1, 1, 9, 4, 2, 1, 1, 1, 0),
    "t_one_step": (1, 3, 5, 1, 8, 4, 1, 1, 2, 0),
}
# conv2d: B Cin Cout H W KH KW stride_h stride_w dilation_h dilation_w groups padding_h padding_w
CONV2D = {
    "period_2": (1, 3, 8, 25, 2, 5, 1, 3, 1, 1, 1, 1, 2, 0),
    "period_3": (2, 8, 12, 31, 3, 5, 1, 3, 1, 1, 1, 1, 2, 0),
    "period_11": (1, 8, 8, 14, 11, 5, 1, 3, 1, 1, 1, 1, 2, 0),
    "period_last": (1, 12, 12, 17, 7, 5, 1, 1, 1, 1, 1, 1, 2, 0),
    "period_logits": (1, 24, 1, 12, 3, 3, 1, 1, 1, 1, 1, 1, 1, 0),
    "band": (1, 2, 8, 17, 25, 3, 9, 1, 1, 1, 1, 1, 1, 4),
    "band_strided": (2, 8, 8, 9, 26, 3, 9, 1, 2, 1, 1, 1, 1, 4),
    "band_narrow": (1, 8, 8, 21, 4, 3, 9, 1, 2, 1, 1, 1, 1, 4),
    "band_square": (1, 8, 8, 9, 13, 3, 3, 1, 1, 1, 1, 1, 1, 1),
    "scale_dilated": (1, 4, 4, 19, 20, 3, 9, 1, 2, 4, 1, 1, 4, 4),
    "both_strided": (3, 5, 7, 13, 16, 4, 3, 2, 3, 2, 1, 1, 3, 2),
    "image_grouped": (1, 6, 9, 8, 8, 3, 3, 1, 1, 1, 2, 3, 1, 2),
    "row_kernel": (1, 4, 6, 3, 30, 1, 7, 1, 2, 1, 1, 1, 0, 3),
    "one_row": (1, 4, 6, 1, 40, 1, 5, 1, 3, 1, 1, 1, 0, 2),
    "one_pixel": (1, 3, 2, 1, 1, 3, 3, 1, 1, 1, 1, 1, 1, 1),
}


def add(tensors, name, function, x_shape, weight_shape, bias_size, generator):
    draw = lambda *shape: torch.randn(*shape, dtype=torch.float64, generator=generator).float().double()
    x, weight, bias = (draw(*shape).requires_grad_() for shape in (x_shape, weight_shape, (bias_size,)))
    y = function(x, weight, bias)
    seed = draw(*y.shape)
    y.backward(seed)
    values = dict(x=x, weight=weight, bias=bias, seed=seed, y=y, gx=x.grad, gweight=weight.grad, gbias=bias.grad)
    for key, value in values.items():
        tensors[f"{name}.{key}"] = value.detach().float().contiguous()


def save(name, cases, make):
    generator = torch.Generator().manual_seed(20240611)
    tensors = {}
    for case, parameters in cases.items():
        function, x_shape, weight_shape, bias_size = make(*parameters)
        add(tensors, case, function, x_shape, weight_shape, bias_size, generator)
    target = Path(__file__).resolve().parents[1] / "goldens" / f"{name}.safetensors"
    target.parent.mkdir(exist_ok=True)
    save_file(tensors, target, {case: " ".join(map(str, parameters)) for case, parameters in cases.items()})
    print(target.name, target.stat().st_size, "bytes,", len(cases), "cases")


def conv1d(b, i, o, t, k, s, d, g, left, right):
    return lambda x, w, bias: F.conv1d(F.pad(x, (left, right)), w, bias, s, 0, d, g), (b, i, t), (o, i // g, k), o


def conv_transpose1d(b, i, o, t, k, s, d, g, p, extra):
    return lambda x, w, bias: F.conv_transpose1d(x, w, bias, s, p, extra, g, d), (b, i, t), (i, o // g, k), o


def conv2d(b, i, o, h, w, kh, kw, sh, sw, dh, dw, g, ph, pw):
    def function(x, weight, bias):
        return F.conv2d(x, weight, bias, (sh, sw), (ph, pw), (dh, dw), g)

    return function, (b, i, h, w), (o, i // g, kh, kw), o


if __name__ == "__main__":
    save("conv1d", CONV1D, conv1d)
    save("conv_transpose1d", TRANSPOSED1D, conv_transpose1d)
    save("conv2d", CONV2D, conv2d)
