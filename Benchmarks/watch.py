#!/usr/bin/env python3
"""Follows a log that is written at 10,000 lines a second, and measures what `watch` takes and how late it is.

    Benchmarks/watch.py BINARY [--seconds 60] [--rate 10000] [--stdin] [--json]

A healthy log of five metrics is written for the given time; then its losses become NaN. Measured are the processor time of `watch`
as a share of one core, its largest resident memory, how far the store was behind at the end of the log, and the seconds from the
write of the first NaN line to the report of the error. Fails above 30 % of a core, 100 MB, or 2 s. A machine that is busy with other
things makes the delay longer but not the processor time.
"""
import argparse
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("binary")
parser.add_argument("--seconds", type=float, default=60)
parser.add_argument("--rate", type=int, default=10_000)
parser.add_argument("--stdin", action="store_true", help="pipe the log into 'watch - --tee' instead of writing a file")
parser.add_argument("--json", action="store_true", help="print the numbers as JSON")
options = parser.parse_args()

folder = tempfile.mkdtemp(prefix="watch-benchmark-")
log = os.path.join(folder, "train.log")
store = os.path.join(folder, "runs.sqlite")
chance = random.Random(1)
BLOCK = options.rate // 10
noise = [
    (1.2 + 0.2 * chance.random(), 2.1 + 0.3 * chance.random(), 0.4 + 0.1 * chance.random(), 6 + chance.random())
    for _ in range(BLOCK)
]


def block(first, is_lost=False):
    """The lines of a tenth of a second."""
    if is_lost:
        return "".join(
            f"step {first + i} epoch {(first + i) // 10000} loss_d=nan loss_g=nan mel_loss=nan snr={n[3]:.3f}\n"
            for i, n in enumerate(noise)
        )
    slope = 1 / (1 + first / 100_000)
    return "".join(
        f"step {first + i} epoch {(first + i) // 10000} loss_d={n[0]:.4f} loss_g={n[1]:.4f}"
        f" mel_loss={n[2] * (0.5 + slope):.4f} snr={n[3] + first / 200_000:.3f}\n"
        for i, n in enumerate(noise)
    )


target = ["-", "--tee"] if options.stdin else [log]
open(log, "w").close()
watch = subprocess.Popen(
    [options.binary, "watch", *target, "--json", "--heartbeat", "0", "--store", store],
    stdin=subprocess.PIPE if options.stdin else subprocess.DEVNULL,
    stdout=subprocess.DEVNULL if options.stdin else subprocess.PIPE,
    stderr=subprocess.PIPE if options.stdin else None,
    cwd=folder,
)
events = []


def listen():
    for line in watch.stderr if options.stdin else watch.stdout:
        if line.startswith(b"{"):
            events.append((time.monotonic(), json.loads(line)))


listener = threading.Thread(target=listen)
listener.start()


def peak_megabytes():
    """Largest resident memory so far."""
    with open(f"/proc/{watch.pid}/status") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("VmHWM")) / 1024


def used_seconds():
    """Processor time so far."""
    with open(f"/proc/{watch.pid}/stat") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


output = watch.stdin if options.stdin else open(log, "ab", buffering=0)
begun = time.monotonic()
steps, late = 0, 0.0
for number in range(int(options.seconds * 10)):
    text = block(steps).encode()
    pause = begun + number / 10 - time.monotonic()
    if pause > 0:
        time.sleep(pause)
    late = max(late, -pause)
    output.write(text)
    steps += BLOCK
lost = time.monotonic()
measured_for = lost - begun
seconds = used_seconds()
for number in range(40):
    text = block(steps, is_lost=True).encode()
    pause = lost + number / 10 - time.monotonic()
    if pause > 0:
        time.sleep(pause)
    output.write(text)
    steps += BLOCK
memory = peak_megabytes()
output.close()
time.sleep(2)
if not options.stdin:
    watch.send_signal(2)
watch.wait(timeout=60)
listener.join()

reports = [moment for moment, event in events if event["event"] == "finding" and event["finding"]["rule"] == "OPT001"]
false_alarms = sorted({
    event["finding"]["rule"]
    for moment, event in events
    if event["event"] == "finding" and moment < lost and event["finding"]["severity"] == "error"
})
summary = next(event for _, event in events if event["event"] == "summary")
stored = summary["runs"][0]
result = {
    "lines": steps,
    "lines_per_second": round(steps / (measured_for + 4)),
    "writer_late_seconds": round(late, 2),
    "cpu_seconds": round(seconds, 2),
    "share_of_one_core": round(seconds / measured_for, 3),
    "peak_megabytes": round(memory, 1),
    "peak_megabytes_with_summary": round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024, 1),
    "delay_seconds": round(min(reports) - lost, 2) if reports else None,
    "last_step_stored": stored["position"],
    "samples": stored["samples"],
    "records_per_sample": stored["records_per_sample"],
    "false_errors": false_alarms,
    "exit_status": watch.returncode,
}
shutil.rmtree(folder)
if options.json:
    print(json.dumps(result))
else:
    for name, value in result.items():
        print(f"{name.replace('_', ' '):28} {value}")
problems = []
if stored["position"] != steps - 1 or stored["samples"] != 4 * steps:
    problems.append("lines are missing in the store")
if result["share_of_one_core"] >= 0.3:
    problems.append("more than 30 % of one core")
if result["peak_megabytes_with_summary"] >= 100:
    problems.append("more than 100 MB")
if result["delay_seconds"] is None or result["delay_seconds"] > 2:
    problems.append("the error was reported later than 2 s after its line")
if false_alarms:
    problems.append("an error was reported before there was one")
if problems:
    sys.exit("watch.py: " + "; ".join(problems))
