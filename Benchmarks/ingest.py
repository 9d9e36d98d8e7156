#!/usr/bin/env python3
"""Ingestion of 1 million steps of 10 metrics, side by side in one run: codec-doctor, Python's re/csv with sqlite3,
pandas with to_sql, and the floor (C, already-parsed rows, the same table). Prints seconds and ratios.

Usage: ingest.py BINARY [--steps N] [--repeat R] [--no-pandas]
"""
import argparse
import csv
import os
import random
import re
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

METRICS = [
    "d_loss", "g_loss", "mel_loss", "stft_loss", "vq_loss", "fm_loss", "adv_loss", "snr", "lr", "grad_norm",
]
CACHE = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "codec-doctor-benchmarks"


def use_pandas_environment() -> None:
    """Runs this script again inside a virtual environment with pandas, which lives outside the repository."""
    try:
        import pandas  # noqa: F401
        return
    except ImportError:
        pass
    python = CACHE / "venv" / "bin" / "python"
    if Path(sys.executable) == python:
        sys.exit("pandas cannot be imported in " + str(python))
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(CACHE / "venv")], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", "pandas==2.2.3"], check=True)
    os.execv(python, [str(python), *sys.argv])


def write_logs(folder: Path, steps: int) -> tuple[Path, Path]:
    """The same numbers as key=value lines and as a table."""
    random.seed(1)
    text, table = folder / "log.txt", folder / "log.csv"
    with text.open("w") as lines, table.open("w") as rows:
        rows.write("step,epoch," + ",".join(METRICS) + "\n")
        for step in range(steps):
            values = [f"{random.random():.6f}" for _ in METRICS]
            rows.write(f"{step},{step // 10000}," + ",".join(values) + "\n")
            pairs = " ".join(f"{name}={value}" for name, value in zip(METRICS, values))
            lines.write(f"step={step} epoch={step // 10000} {pairs}\n")
    return text, table


def run_codec_doctor(binary: str, log: Path, store: Path) -> None:
    subprocess.run(
        [binary, "ingest", str(log), "--store", str(store)],
        check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )


def open_plain(store: Path) -> sqlite3.Connection:
    database = sqlite3.connect(store)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = NORMAL")
    database.execute("CREATE TABLE sample (name TEXT, step INTEGER, epoch INTEGER, value REAL)")
    return database


def run_python_text(log: Path, store: Path) -> None:
    pair = re.compile(r"(\w+)=([^ \n]+)")

    def samples():
        with log.open() as lines:
            for line in lines:
                found = pair.findall(line)
                step, epoch = int(found[0][1]), int(found[1][1])
                for name, value in found[2:]:
                    yield name, step, epoch, float(value)

    with open_plain(store) as database:
        database.executemany("INSERT INTO sample VALUES (?, ?, ?, ?)", samples())


def run_python_table(log: Path, store: Path) -> None:
    def samples():
        with log.open() as lines:
            reader = csv.reader(lines)
            names = next(reader)[2:]
            for row in reader:
                step, epoch = int(row[0]), int(row[1])
                for name, value in zip(names, row[2:]):
                    yield name, step, epoch, float(value)

    with open_plain(store) as database:
        database.executemany("INSERT INTO sample VALUES (?, ?, ?, ?)", samples())


def run_pandas(log: Path, store: Path) -> None:
    import pandas

    frame = pandas.read_csv(log).melt(id_vars=["step", "epoch"], var_name="name")
    with sqlite3.connect(store) as database:
        frame.to_sql("sample", database, index=False)


def best(repeat: int, folder: Path, action) -> float:
    seconds = []
    for number in range(repeat):
        store = folder / f"store{number}.sqlite"
        start = time.perf_counter()
        action(store)
        seconds.append(time.perf_counter() - start)
        for suffix in ("", "-wal", "-shm"):
            Path(str(store) + suffix).unlink(missing_ok=True)
    return min(seconds)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary")
    parser.add_argument("--steps", type=int, default=1_000_000)
    parser.add_argument("--repeat", type=int, default=2)
    parser.add_argument("--no-pandas", action="store_true")
    options = parser.parse_args()
    if not options.no_pandas:
        use_pandas_environment()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        text, table = write_logs(folder, options.steps)
        floor = folder / "floor"
        source = Path(__file__).with_name("floor.c")
        subprocess.run(["cc", "-O2", str(source), "-o", str(floor), "-lsqlite3"], check=True)
        contenders = {
            "floor (C, parsed rows)": lambda store: subprocess.run(
                [str(floor), str(store), str(options.steps), str(len(METRICS))], check=True
            ),
            "codec-doctor, key=value": lambda store: run_codec_doctor(options.binary, text, store),
            "codec-doctor, CSV": lambda store: run_codec_doctor(options.binary, table, store),
            "Python re + sqlite3": lambda store: run_python_text(text, store),
            "Python csv + sqlite3": lambda store: run_python_table(table, store),
        }
        if not options.no_pandas:
            contenders["pandas read_csv + to_sql"] = lambda store: run_pandas(table, store)
        seconds = {label: best(options.repeat, folder, action) for label, action in contenders.items()}
    base = seconds["floor (C, parsed rows)"]
    ours = seconds["codec-doctor, CSV"]
    print(f"{options.steps} steps x {len(METRICS)} metrics, best of {options.repeat}\n")
    print("| contender | seconds | against the floor | against codec-doctor (CSV) |")
    print("| --- | ---: | ---: | ---: |")
    for label, value in seconds.items():
        print(f"| {label} | {value:.2f} | {value / base:.2f} x | {value / ours:.2f} x |")


if __name__ == "__main__":
    main()
