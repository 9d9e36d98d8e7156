"""Compares our layers, discriminators and models with PyTorch's in one run: `compare.py BINARY [--quick] [--only TEXT]`.

Models also run against PyTorch tuned. BINARY is `CodecBenchmarks` of a release build. The sides take turns, so that a busy machine slows all of them; ratios are
of medians, above 1 where we are faster. Run it with a Python that has Fixtures/generate/requirements*.txt.
"""
import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys

HERE = pathlib.Path(__file__).parent
TUNED = {"MALLOC_MMAP_MAX_": "0", "MALLOC_TRIM_THRESHOLD_": "100000000000", "MALLOC_TOP_PAD_": "268435456"}


class Side:
    """One worker process that times what it is asked to."""

    def __init__(self, command, extra=None):
        environment = {key: value for key, value in os.environ.items() if not key.startswith("OPENBLAS_")}
        self.process = subprocess.Popen(
            [str(part) for part in command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env=environment | (extra or {}))

    def ask(self, case, mode, budget):
        self.process.stdin.write(json.dumps({"case": case, "mode": mode, "budget": budget}) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            sys.exit(f"{self.process.args} ended while timing {case['name']}")
        return json.loads(line)

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def measure(sides, case, mode, rounds, budget):
    """Median seconds and peak memory of each side, measured in turns."""
    times, peaks = [[] for _ in sides], [0.0] * len(sides)
    for side in sides:
        side.ask(case, mode, 0)
    for _ in range(rounds):
        for index, side in enumerate(sides):
            answer = side.ask(case, mode, budget)
            times[index] += answer["seconds"]
            peaks[index] = max(peaks[index], answer["peak_mebibytes"])
    return [statistics.median(values) for values in times], peaks


def compare_steps(binary, case, threads, rounds):
    """Medians of whole training steps, a step of one side after a step of the other: seconds, processor seconds, peaks; ours last answer."""
    workers = sides(binary, threads, tuned=False)
    seconds, processor, peaks, last = [[], []], [[], []], [0.0, 0.0], {}
    for turn in range(rounds + 1):
        for index, side in enumerate(workers):
            answer = side.ask(case, "step", 0)
            peaks[index] = answer["peak_mebibytes"]
            last = answer if index == 0 else last
            if turn > 0:
                seconds[index] += answer["seconds"]
                processor[index] += answer["processor_seconds"]
    for side in workers:
        side.close()
    return [statistics.median(s) for s in seconds], [statistics.median(p) for p in processor], peaks, last


def gigaflops(case):
    """Multiply-adds of a convolution, times 2, in 1e9; None for other kinds."""
    if not case["kind"].startswith("conv"):
        return None
    size, weight = case["input"], case["weight"]
    product = weight[0] * weight[1]
    for kernel in weight[2:]:
        product *= kernel
    positions = 1
    for n, kernel, stride, pad, dilation in zip(size[2:], weight[2:], case["stride"], case["padding"], case["dilation"]):
        positions *= n if case["kind"] == "conv_transpose1d" else (n + 2 * pad - dilation * (kernel - 1) - 1) // stride + 1
    return 2e-9 * product * positions


def sides(binary, threads, tuned):
    torch = [sys.executable, HERE / "torch_side.py", threads]
    both = [Side([binary, threads]), Side(torch)]
    return both + ([Side(torch + ["tuned"], TUNED)] if tuned else [])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("binary")
    parser.add_argument("--quick", action="store_true", help="short rounds, no 10 s models")
    parser.add_argument("--only", default="", help="cases whose name contains this")
    parser.add_argument("--rounds", type=int, default=3, help="turns per model")
    parser.add_argument("--table", action="store_true", help="training steps per second by batch and model size")
    parser.add_argument("--profile", action="store_true", help="where the time of our training steps goes")
    parser.add_argument("--threads", type=int, nargs="*", default=[1, 2])
    options = parser.parse_args()
    cases = json.loads((HERE / "cases.json").read_text())
    rounds, budget = (3, 0.1) if options.quick else (7, 0.25)
    for threads in options.threads:
        layers = [case for case in cases["layers"] if options.only in case["name"]]
        if layers:
            print(f"\n{threads} thread(s): milliseconds ours / torch, ratio; forward, then forward + backward")
            workers = sides(options.binary, threads, tuned=False)
            for case in layers:
                cells = []
                for mode in ("forward", "backward"):
                    (ours, torch), _ = measure(workers, case, mode, rounds, budget)
                    work = gigaflops(case)
                    speed = f" {work * (1 if mode == 'forward' else 3) / ours:4.0f} GFLOP/s" if work else " " * 13
                    cells.append(f"{ours * 1e3:8.2f} {torch * 1e3:8.2f} {torch / ours:5.2f}x{speed}")
                print(f"{case['name']:42} {'   '.join(cells)}", flush=True)
            for worker in workers:
                worker.close()
        nets = [case for case in cases["discriminators"] if options.only in case["name"]]
        if nets:
            print(f"\n{threads} thread(s): milliseconds ours / torch, ratio, peak MiB ours / torch; forward, forward + backward to "
                  "the parameters, the same after they changed, forward + backward to the input with frozen parameters")
        for case in nets:
            cells = []
            for mode in ("forward", "backward", "backward_changed", "backward_input"):
                workers = sides(options.binary, threads, tuned=False)
                (ours, torch), peaks = measure(workers, case, mode, rounds, budget)
                for worker in workers:
                    worker.close()
                cells.append(f"{ours * 1e3:7.1f} {torch * 1e3:7.1f} {torch / ours:5.2f}x {peaks[0]:5.0f} {peaks[1]:5.0f}")
            print(f"{case['name']:24} {'   '.join(cells)}", flush=True)
        for case in [case for case in cases["training"] if options.only in case["name"]]:
            (ours, torch), (own, other), peaks, last = compare_steps(options.binary, case, threads, 5 * options.rounds)
            print(
                f"{case['name']:24} {threads} thread(s): {ours:.2f} s, torch {torch:.2f} s {torch / ours:.2f}x; "
                f"processor {own:.2f} s, torch {other:.2f} s {other / own:.2f}x; peak {peaks[0]:.0f} MiB, torch {peaks[1]:.0f}; "
                f"new buffers in the last step {last['new_buffers']}",
                *([] if not options.profile else last["profile"]), sep="\n    ", flush=True)
        if options.table:
            print(f"\n{threads} thread(s): steps per second ours / torch, ratio; peak MiB ours / torch")
            for case in [case for case in cases["training_table"] if options.only in case["name"]]:
                (ours, torch), _, peaks, _ = compare_steps(options.binary, case, threads, options.rounds)
                print(
                    f"{case['name']:20} {1 / ours:6.2f} {1 / torch:6.2f} {torch / ours:5.2f}x  {peaks[0]:6.0f} {peaks[1]:6.0f}",
                    flush=True)
        models = [case for case in cases["models"] if options.only in case["name"]]
        for case in models:
            if options.quick and case["seconds"] > 1:
                continue
            workers = sides(options.binary, threads, tuned=True)
            (ours, stock, tuned), peaks = measure(workers, case, "forward", options.rounds, 1)
            for worker in workers:
                worker.close()
            print(
                f"{case['name']:34} {threads} thread(s): {ours:.2f} s, torch {stock:.2f} s {stock / ours:.2f}x, "
                f"tuned {tuned:.2f} s {tuned / ours:.2f}x; peak {peaks[0]:.0f} MiB, torch {peaks[1]:.0f}, tuned {peaks[2]:.0f}",
                flush=True)


if __name__ == "__main__":
    main()
