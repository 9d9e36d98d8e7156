"""Makes Fixtures/goldens/singular_values.safetensors: singular values, stable and effective ranks of matrices by NumPy.

Versions: requirements.txt. Run: python goldens_singular_values.py
"""

from pathlib import Path

import numpy as np
from safetensors.numpy import save_file

OUT = Path(__file__).resolve().parent.parent / "goldens"


def matrices():
    generator = np.random.default_rng(5)

    def orthogonal(size):
        return np.linalg.qr(generator.standard_normal((size, size)))[0]

    yield "wide", generator.standard_normal((12, 75))
    yield "tall", generator.uniform(-1, 1, (80, 9))
    yield "square", generator.standard_normal((40, 40))
    decaying = np.exp(-0.25 * np.arange(48))
    yield "decaying", (orthogonal(48) * decaying) @ orthogonal(48)
    yield "deficient", generator.standard_normal((30, 4)) @ generator.standard_normal((4, 50))
    yield "group", generator.uniform(-0.08, 0.08, (4, 164))


def main():
    tensors = {}
    for name, matrix in matrices():
        matrix = matrix.astype(np.float32)
        values = np.linalg.svd(matrix.astype(np.float64), compute_uv=False)
        shares = values / values.sum()
        shares = shares[shares > 0]
        stable = (values**2).sum() / values[0] ** 2
        effective = np.exp(-(shares * np.log(shares)).sum())
        tensors[f"{name}.matrix"] = matrix
        tensors[f"{name}.values"] = values
        tensors[f"{name}.ranks"] = np.array([stable, effective])
        print(f"{name}: {matrix.shape}, stable rank {stable:.3f}, effective rank {effective:.3f}")
    save_file(tensors, OUT / "singular_values.safetensors")


if __name__ == "__main__":
    main()
