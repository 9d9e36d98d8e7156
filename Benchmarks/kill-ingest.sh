#!/bin/sh
# Kills `ingest` with SIGKILL at random moments of a big log, finishes the job, and compares with one undisturbed run.
# Usage: kill-ingest.sh BINARY [KILLS] [STEPS]
set -eu
binary=$1
kills=${2:-200}
steps=${3:-2000000}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 - "$binary" "$kills" "$steps" "$folder" <<'PYTHON'
import random, signal, sqlite3, subprocess, sys, time
binary, kills, steps, folder = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
random.seed(1)
log = f"{folder}/log.csv"
names = [f"metric_{number}_loss" for number in range(10)]
with open(log, "w") as file:
    file.write("step,epoch," + ",".join(names) + "\n")
    for step in range(steps):
        file.write(f"{step},{step // 10000}," + ",".join(f"{random.random():.6f}" for _ in names) + "\n")

def ingest(store):
    quiet = subprocess.DEVNULL
    return subprocess.Popen([binary, "ingest", log, "--store", store], stdout=quiet, stderr=quiet)

def summary(store):
    database = sqlite3.connect(store)
    state = database.execute("PRAGMA integrity_check").fetchone()[0]
    rows = database.execute(
        "SELECT name, count(*), count(DISTINCT step), sum(step), total(value) FROM sample JOIN metric"
        " ON metric.id = metric_id GROUP BY name ORDER BY name"
    ).fetchall()
    return state, rows

start = time.perf_counter()
if ingest(f"{folder}/whole.sqlite").wait() != 0:
    sys.exit("ingest failed undisturbed")
whole = time.perf_counter() - start
killed = finished = 0
store = f"{folder}/killed.sqlite"
for _ in range(kills):
    process = ingest(store)
    try:
        process.wait(timeout=random.random() * max(0.2, 4 * whole / kills))
        finished += 1
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait()
        killed += 1
if ingest(store).wait() != 0:
    sys.exit("the last ingest failed")
expected, got = summary(f"{folder}/whole.sqlite"), summary(store)
if expected != got or got[0] != "ok":
    sys.exit(f"different after {killed} kills:\n{expected}\n{got}")
print(f"killed {killed} times ({finished} calls ended before): every sample once, integrity ok, {sum(r[1] for r in got[1])} samples")
PYTHON
