#!/bin/sh
# Time and peak memory of `check` on a run of 1 million steps of 10 metrics, and the time of `--help`.
# Usage: check.sh BINARY [STEPS]
set -eu
binary=$1
steps=${2:-1000000}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 - "$steps" >"$folder/log.csv" <<'PYTHON'
import random, sys
random.seed(1)
names = ["d_loss", "g_loss", "mel_loss", "stft_loss", "vq_loss", "fm_loss", "adv_loss", "snr", "lr", "grad_norm"]
print("step,epoch," + ",".join(names))
for step in range(int(sys.argv[1])):
    print(f"{step},{step // 10000}," + ",".join(f"{random.random():.6f}" for _ in names))
PYTHON
"$binary" ingest "$folder/log.csv" --store "$folder/runs.sqlite" >/dev/null
python3 - "$binary" "$folder/runs.sqlite" <<'PYTHON'
import resource, subprocess, sys, time
binary, store = sys.argv[1:]

def measure(words, repeat):
    best = float("inf")
    for _ in range(repeat):
        start = time.perf_counter()
        subprocess.run([binary, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        best = min(best, time.perf_counter() - start)
    return best

help_seconds = measure(["--help"], 10)
check_seconds = measure(["check", "--run", "--store", store], 3)
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
print(f"check: {check_seconds:.2f} s (aim 2 s), peak {peak:.0f} MB (aim 300 MB); --help: {help_seconds * 1000:.0f} ms (aim 50 ms)")
PYTHON
