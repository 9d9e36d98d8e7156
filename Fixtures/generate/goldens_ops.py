"""Reference values for the tensor operations: Fixtures/goldens/ops_{pointwise,shapes,layers}.safetensors.

For every case: the inputs `<case>/0`, `<case>/1`, ..., a random gradient of the result `<case>/seed`, the result
`<case>/value` and the gradients of the inputs `<case>/gradient0`, ... as PyTorch computes them.
Versions: requirements.txt. Run: python Fixtures/generate/goldens_ops.py
"""

import pathlib

import torch
import torch.nn.functional as F
from safetensors.torch import save_file

torch.set_num_threads(1)
torch.manual_seed(20261122)
GOLDENS = pathlib.Path(__file__).resolve().parents[1] / "goldens"

NAN, INF = float("nan"), float("inf")
# Zeros of both signs, ties with the bounds used below, tiny and huge numbers, and what is no number.
EDGES = [0.0, -0.0, 1.0, -1.0, 0.5, -0.5, 2.0, -3.0, 1e-30, -1e-30, 1e-3, 88.0, -88.0, 110.0, -110.0, 1e10, -1e10]
SPECIAL = torch.tensor(EDGES + [NAN, INF, -INF])


def normal(*shape, scale=1.0):
    return torch.randn(shape) * scale


def positive(*shape):
    return torch.rand(shape) * 2 + 0.2


def away_from_zero(*shape):
    return (torch.rand(shape) + 0.3) * torch.where(torch.rand(shape) < 0.5, -1.0, 1.0)


def record(cases):
    tensors = {}
    for name, (inputs, function) in cases.items():
        leaves = [x.clone().requires_grad_(True) for x in inputs]
        value = function(*leaves)
        seed = torch.randn(value.shape)
        gradients = torch.autograd.grad(value, leaves, seed, allow_unused=True)
        for i, (leaf, gradient) in enumerate(zip(leaves, gradients)):
            tensors[f"{name}/{i}"] = leaf.detach().contiguous().clone()
            gradient = torch.zeros_like(leaf) if gradient is None else gradient
            tensors[f"{name}/gradient{i}"] = gradient.detach().contiguous().clone()
        tensors[f"{name}/seed"] = seed.contiguous().clone()
        tensors[f"{name}/value"] = value.detach().contiguous().clone()
    return tensors


FUNCTIONS = {
    "negated": (lambda x: -x, normal),
    "plusNumber": (lambda x: x + 0.7, normal),
    "minusNumber": (lambda x: x - 0.7, normal),
    "numberMinus": (lambda x: 0.7 - x, normal),
    "timesNumber": (lambda x: x * -1.3, normal),
    "overNumber": (lambda x: x / 0.3, normal),
    "numberOver": (lambda x: 0.3 / x, away_from_zero),
    "squared": (lambda x: x.pow(2), normal),
    "squareRoot": (torch.sqrt, positive),
    "absolute": (torch.abs, away_from_zero),
    "exponential": (torch.exp, normal),
    "logarithm": (torch.log, positive),
    "log10": (torch.log10, positive),
    "cubed": (lambda x: x.pow(3), normal),
    "power1.7": (lambda x: x.pow(1.7), positive),
    "power-1": (lambda x: x.pow(-1.0), away_from_zero),
    "power0": (lambda x: x.pow(0.0), normal),
    "sine": (torch.sin, normal),
    "cosine": (torch.cos, normal),
    "maximum": (lambda x: torch.maximum(x, torch.tensor(0.5)), normal),
    "clamped": (lambda x: x.clamp(-0.5, 0.5), normal),
    "clampedBelow": (lambda x: x.clamp(min=0.5), normal),
    "tanh": (torch.tanh, normal),
    "sigmoid": (torch.sigmoid, normal),
    "relu": (torch.relu, away_from_zero),
    "leakyRelu": (lambda x: F.leaky_relu(x, 0.1), away_from_zero),
    "elu": (F.elu, normal),
    "elu0.5": (lambda x: F.elu(x, 0.5), normal),
}
pointwise = {name: ([make(3, 37)], function) for name, (function, make) in FUNCTIONS.items()}
pointwise |= {f"{name}/edges": ([SPECIAL], function) for name, (function, _) in FUNCTIONS.items()}

OPERATORS = {"add": torch.add, "subtract": torch.sub, "multiply": torch.mul, "divide": torch.div}
SHAPES = {
    "same": ((2, 3, 5), (2, 3, 5)),
    "channel": ((2, 3, 5), (1, 3, 1)),
    "channelFirst": ((1, 3, 1), (2, 3, 5)),
    "time": ((2, 3, 5), (5,)),
    "item": ((2, 3, 5), (2, 1, 1)),
    "outer": ((4, 1), (1, 6)),
    "scalar": ((2, 3, 5), ()),
    "scalarFirst": ((), (2, 3)),
    "middle": ((2, 1, 3, 1), (4, 1, 5)),
    "empty": ((2, 0, 3), (1, 3)),
}
for shape_name, (a, b) in SHAPES.items():
    for name, function in OPERATORS.items():
        pointwise[f"{name}/{shape_name}"] = ([normal(*a), away_from_zero(*b)], function)


def snake(epsilon):
    return lambda x, alpha: x + (alpha + epsilon).reciprocal() * torch.sin(alpha * x).pow(2)


ALPHAS = torch.tensor([0.0, 1.0, -0.7, 31.0, 1e-3]).reshape(1, 5, 1)
pointwise["snake"] = ([normal(2, 3, 1100), positive(1, 3, 1)], snake(1e-9))
pointwise["snake/alphas"] = ([normal(2, 5, 19, scale=2), ALPHAS], snake(1e-9))
pointwise["snake/noEpsilon"] = ([normal(1, 2, 9), positive(1, 2, 1)], snake(0.0))
pointwise["snake/zero"] = ([normal(1, 2, 9), torch.tensor([0.0, 1.0]).reshape(1, 2, 1)], snake(0.0))
pointwise["snake/edges"] = ([SPECIAL.reshape(4, 5, 1), positive(1, 5, 1)], snake(1e-9))

shapes = {
    "sum": ([normal(3, 4, 5)], lambda x: x.sum()),
    "mean": ([normal(3, 4, 5)], lambda x: x.mean()),
    "sum/empty": ([normal(0, 4)], lambda x: x.sum()),
    "mean/empty": ([normal(0, 4)], lambda x: x.mean()),
    "sum/last": ([normal(3, 4, 5)], lambda x: x.sum(-1)),
    "sum/first": ([normal(3, 4, 5)], lambda x: x.sum(0)),
    "sum/middle": ([normal(3, 4, 5)], lambda x: x.sum(1, keepdim=True)),
    "sum/outside": ([normal(3, 4, 5)], lambda x: x.sum((0, 2))),
    "sum/scattered": ([normal(2, 3, 4, 5)], lambda x: x.sum((0, 2), keepdim=True)),
    "mean/outside": ([normal(3, 4, 5)], lambda x: x.mean((0, 2), keepdim=True)),
    "mean/nothing": ([normal(3, 0, 5)], lambda x: x.mean(1)),
    "maximumValue": ([normal(3, 4, 5)], lambda x: x.max(1).values),
    "maximumValue/kept": ([normal(3, 4, 5)], lambda x: x.max(-1, keepdim=True).values),
    "maximumValue/edges": ([torch.tensor([[1.0, NAN, 2.0], [3.0, 3.0, 1.0]])], lambda x: x.max(1).values),
    "norm": ([normal(3, 4)], lambda x: x.norm()),
    "norm/zero": ([torch.zeros(3)], lambda x: x.norm()),
    "transposed": ([normal(3, 4, 5)], lambda x: x.transpose(0, 2)),
    "transposed/large": ([normal(2, 35, 19)], lambda x: x.transpose(1, 2)),
    "permuted": ([normal(2, 3, 4, 5)], lambda x: x.permute(2, 0, 3, 1)),
    "broadcast": ([normal(3, 1)], lambda x: x.expand(2, 3, 4)),
    "unfolded": ([normal(2, 11)], lambda x: x.unfold(-1, 4, 3)),
    "sliced": ([normal(2, 7, 3)], lambda x: x[:, 2:5]),
    "sliced/empty": ([normal(2, 7)], lambda x: x[:, 3:3]),
    "concatenated": ([normal(2, 3, 4), normal(2, 1, 4)], lambda x, y: torch.cat([x, y, x], 1)),
    "stacked": ([normal(2, 3), normal(2, 3)], lambda x, y: torch.stack([x, y], -1)),
    "padded/zero": ([normal(2, 5)], lambda x: F.pad(x, (2, 3))),
    "padded/constant": ([normal(2, 5)], lambda x: F.pad(x, (2, 3), value=-1.5)),
    "padded/reflect": ([normal(2, 3, 5)], lambda x: F.pad(x, (4, 3), mode="reflect")),
    "padded/replicate": ([normal(2, 3, 5)], lambda x: F.pad(x, (7, 1), mode="replicate")),
    "padded/middle": ([normal(2, 3, 4, 5)], lambda x: F.pad(x, (0, 0, 2, 1), mode="reflect")),
}

lstm = torch.nn.LSTM(3, 4)
shapes_of_lstm = [p.detach() for p in lstm.parameters()]


def run_lstm(x, *parameters):
    names = [name for name, _ in lstm.named_parameters()]
    return torch.func.functional_call(lstm, dict(zip(names, parameters)), (x,))[0]


def spectral(weight):
    """A training step of torch.nn.utils.spectral_norm from fixed vectors."""
    layer = torch.nn.Linear(5, 4, bias=False)
    torch.nn.utils.spectral_norm(layer)
    layer.weight_u.copy_(SPECTRAL_U)
    layer.weight_v.copy_(SPECTRAL_V)
    hook = next(iter(layer._forward_pre_hooks.values()))
    layer.weight_orig.data = weight.data
    layer._parameters["weight_orig"] = weight
    return hook.compute_weight(layer, do_power_iteration=True)


SPECTRAL_U = F.normalize(torch.randn(4), dim=0)
SPECTRAL_V = F.normalize(torch.randn(5), dim=0)

layers = {
    "matmul": ([normal(3, 4), normal(4, 5)], torch.matmul),
    "matmul/left": ([normal(4, 3), normal(4, 5)], lambda a, b: a.T @ b),
    "matmul/right": ([normal(3, 4), normal(5, 4)], lambda a, b: a @ b.T),
    "matmul/both": ([normal(4, 3), normal(5, 4)], lambda a, b: a.T @ b.T),
    "matmul/batch": ([normal(2, 3, 4), normal(2, 4, 5)], torch.matmul),
    "matmul/batchBoth": ([normal(2, 4, 3), normal(2, 5, 4)], lambda a, b: a.mT @ b.mT),
    "matmul/shared": ([normal(2, 3, 4), normal(4, 5)], torch.matmul),
    "matmul/empty": ([normal(3, 0), normal(0, 5)], torch.matmul),
    "matmul/large": ([normal(70, 33), normal(33, 41)], torch.matmul),
    "linear": ([normal(2, 3, 4), normal(5, 4), normal(5)], F.linear),
    "embedding": ([normal(6, 3)], lambda table: table[torch.tensor([[1, 5, 1], [0, 1, 2]])]),
    "averagePool1d": ([normal(2, 3, 13)], lambda x: F.avg_pool1d(x, 4, 2, 1, count_include_pad=False)),
    "averagePool1d/counting": ([normal(2, 3, 13)], lambda x: F.avg_pool1d(x, 4, 2, 2)),
    "groupNorm": ([normal(2, 6, 7), normal(6), normal(6)], lambda x, w, b: F.group_norm(x, 2, w, b)),
    "groupNorm/plain": ([normal(2, 6, 3, 4) + 100], lambda x: F.group_norm(x, 1)),
    "softmax": ([normal(3, 9, scale=4)], lambda x: x.softmax(-1)),
    "softmax/middle": ([normal(2, 5, 3)], lambda x: x.softmax(1)),
    "logSoftmax": ([normal(3, 9, scale=4)], lambda x: x.log_softmax(-1)),
    "weightNormalized": ([normal(4, 3, 7), positive(4, 1, 1)], lambda v, g: torch._weight_norm(v, g, 0)),
    "spectralNormalized": ([normal(4, 5)], spectral),
    "lstm": ([normal(6, 2, 3)] + shapes_of_lstm, run_lstm),
}

for file, cases in {"ops_pointwise": pointwise, "ops_shapes": shapes, "ops_layers": layers}.items():
    tensors = record(cases)
    if file == "ops_layers":
        tensors |= {"spectralNormalized/u": SPECTRAL_U, "spectralNormalized/v": SPECTRAL_V}
    save_file(tensors, GOLDENS / f"{file}.safetensors", metadata={"torch": torch.__version__, "seed": "20261122"})
    print(file, len(cases), "cases")
