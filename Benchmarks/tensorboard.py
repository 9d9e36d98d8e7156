#!/usr/bin/env python3
"""Reading an event file of 1 million scalar events, side by side in one run: codec-doctor (`ingest` into a fresh store)
and TensorBoard's own EventAccumulator with nothing left out. Prints seconds and the ratio, and compares every number.

Usage: tensorboard.py BINARY [--events N] [--tags N] [--repeat R]
"""
import argparse
import math
import os
import random
import resource
import sqlite3
import struct
import subprocess
import sys
import tempfile
import time
from pathlib import Path

# This file is called like the package: its folder must not be searched first.
sys.path = [entry for entry in sys.path if Path(entry or ".").resolve() != Path(__file__).resolve().parent]
CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "codec-doctor-benchmarks"
TAGS = [
    "train/d_loss", "train/g_loss", "train/mel_loss", "train/stft_loss", "train/vq_loss", "train/fm_loss",
    "train/adv_loss", "train/snr", "train/lr", "train/grad_norm",
]


def use_tensorboard_environment() -> None:
    """Runs this script again inside a virtual environment with tensorboard, which lives outside the repository."""
    try:
        import tensorboard  # noqa: F401
        return
    except ImportError:
        pass
    folder = CACHE / "venv-tensorboard"
    python = folder / "bin" / "python"
    if Path(sys.prefix) == folder:
        sys.exit("tensorboard cannot be imported in " + str(python))
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", "tensorboard==2.21.0"], check=True)
    os.execv(python, [str(python), *sys.argv])


def write_events(path: Path, count: int, tags: int) -> None:
    """Scalars as torch's SummaryWriter writes them, one event each, with TensorBoard's own messages and framing."""
    from tensorboard.compat.proto.event_pb2 import Event
    from tensorboard.compat.proto.summary_pb2 import Summary
    from tensorboard.summary.writer.record_writer import RecordWriter

    random.seed(1)
    names = [TAGS[i] if i < len(TAGS) else f"extra/metric_{i}" for i in range(tags)]
    with path.open("wb") as file:
        writer = RecordWriter(file)
        writer.write(Event(wall_time=1.7e9, file_version="brain.Event:2").SerializeToString())
        for i in range(count):
            value = Summary.Value(tag=names[i % tags], simple_value=random.random())
            event = Event(wall_time=1.7e9 + i / 100, step=i // tags, summary=Summary(value=[value]))
            writer.write(event.SerializeToString())


def read_with_tensorboard(path: Path):
    from tensorboard.backend.event_processing.event_accumulator import SCALARS, EventAccumulator

    accumulator = EventAccumulator(str(path), size_guidance={SCALARS: 0})
    accumulator.Reload()
    return accumulator


def read_with_codec_doctor(binary: str, path: Path, store: Path) -> None:
    subprocess.run(
        [binary, "ingest", str(path), "--store", str(store)],
        check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )


def compare(accumulator, store: Path) -> int:
    """Every scalar of the one is in the other: step, time, value."""
    database = sqlite3.connect(store)
    compared = 0
    for tag in accumulator.Tags()["scalars"]:
        theirs = [(s.step, s.wall_time, s.value) for s in accumulator.Scalars(tag)]
        ours = database.execute(
            "SELECT step, wall_time, value FROM sample JOIN metric ON metric.id = metric_id WHERE name = ? ORDER BY seq",
            (tag,),
        ).fetchall()
        single = [(s, t, struct.unpack("f", struct.pack("f", v))[0]) for s, t, v in theirs]
        if len(ours) != len(single) or any(
            a[0] != b[0] or not math.isclose(a[1], b[1]) or a[2] != b[2] for a, b in zip(ours, single)
        ):
            sys.exit(f"the numbers of {tag} differ")
        compared += len(ours)
    return compared


def measured(work) -> tuple[float, float]:
    """Seconds of the clock, and of the processor, ours and our children's, which another process cannot spoil."""
    def processor() -> float:
        children = resource.getrusage(resource.RUSAGE_CHILDREN)
        return time.process_time() + children.ru_utime + children.ru_stime

    began, used = time.perf_counter(), processor()
    work()
    return time.perf_counter() - began, processor() - used


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("binary")
    arguments.add_argument("--events", type=int, default=1_000_000)
    arguments.add_argument("--tags", type=int, default=10)
    arguments.add_argument("--repeat", type=int, default=3)
    options = arguments.parse_args()
    binary = str(Path(options.binary).resolve())
    use_tensorboard_environment()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "events.out.tfevents.1700000000.host.1.0"
        write_events(path, options.events, options.tags)
        print(f"{options.events} scalar events, {options.tags} tags, {path.stat().st_size / 1e6:.1f} MB")
        ours = []
        for turn in range(options.repeat):
            store = Path(folder) / f"{turn}.sqlite"
            ours.append(measured(lambda: read_with_codec_doctor(binary, path, store)))
            print("  codec-doctor ingest (into SQLite)  %8.2f s, %8.2f s of processor" % ours[-1], flush=True)
        kept = []
        theirs = measured(lambda: kept.append(read_with_tensorboard(path)))
        print("  EventAccumulator (into memory)     %8.2f s, %8.2f s of processor" % theirs, flush=True)
        print(f"{compare(kept[0], store)} scalars compared: all equal")
        best = [min(column) for column in zip(*ours)]
        print(f"codec-doctor is {theirs[0] / best[0]:.1f} times faster, {theirs[1] / best[1]:.1f} times in processor time")


if __name__ == "__main__":
    main()
