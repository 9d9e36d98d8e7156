#!/usr/bin/env python3
"""Writes Fixtures/logs/formats: one log per format, in the layout its trainer prints, with invented values.

The values are formulas of the step with a little seeded noise; nothing is taken from a real run. Run it with any
Python 3.9 or newer: `python3 Fixtures/generate/logs.py`. The same script always writes the same bytes.
"""
import json
import math
import os
import random

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "logs", "formats")
rng = random.Random(20240607)


def falling(step, start, end, scale=400.0):
    """A loss that falls from start to end, with noise of two per cent."""
    value = end + (start - end) * math.exp(-step / scale)
    return value * (1 + 0.02 * (rng.random() - 0.5))


def around(value, width=0.05):
    return value * (1 + width * 2 * (rng.random() - 0.5))


def write(name, text, newline="\n"):
    with open(os.path.join(FOLDER, name), "w", newline="", encoding="utf-8") as file:
        file.write(text.replace("\n", newline))


def clock(seconds, form="%H:%M:%S"):
    import datetime
    return (datetime.datetime(2024, 6, 7, 9, 0, 0) + datetime.timedelta(seconds=seconds)).strftime(form)


# ------------------------------------------------------------------------------------------------- JSON documents

def hugging_face():
    history = []
    for step in range(50, 601, 50):
        row = {"epoch": step / 200, "grad_norm": round(around(1.4), 6), "learning_rate": 5e-05 * (1 - step / 600),
               "loss": round(falling(step, 4.1, 1.2), 4), "step": step}
        if step == 150:
            row["grad_norm"] = float("nan")
        if step == 250:
            row["loss"] = float("inf")
        if step == 300:
            row["grad_norm"] = float("-inf")
        history.append(row)
        if step % 200 == 0:
            history.append({"epoch": step / 200, "eval_loss": round(falling(step, 4.3, 1.5), 6),
                            "eval_runtime": 12.25, "eval_samples_per_second": 81.6, "eval_steps_per_second": 5.1,
                            "step": step})
    history.append({"epoch": 3.0, "step": 600, "total_flos": 0.0, "train_loss": 2.125, "train_runtime": 911.5,
                    "train_samples_per_second": 52.7, "train_steps_per_second": 0.66})
    state = {"best_metric": 1.75, "best_model_checkpoint": "out/checkpoint-600", "epoch": 3.0, "eval_steps": 200,
             "global_step": 600, "is_hyper_param_search": False, "is_local_process_zero": True,
             "is_world_process_zero": True, "log_history": history, "logging_steps": 50, "max_steps": 600,
             "num_input_tokens_seen": 0, "num_train_epochs": 3, "save_steps": 200,
             "stateful_callbacks": {"TrainerControl": {"args": {"should_log": False},
                                                       "attributes": {}}},
             "total_flos": 0.0, "train_batch_size": 16, "trial_name": None, "trial_params": None}
    write("trainer_state.json", json.dumps(state, indent=2) + "\n")


def audiocraft_metrics(epoch):
    step = epoch * 300
    return {"bandwidth": 6.0, "d_loss": around(1.6), "d_msstftd": around(1.6), "adv_msstftd": around(0.4),
            "feat_msstftd": around(0.2), "l1": falling(step, 0.08, 0.01), "msspec": falling(step, 1.4, 0.5),
            "penalty": falling(step, 0.3, 0.05), "ratio1": around(0.5), "g_loss": falling(step, 9.0, 5.0),
            "ratio_adv_msstftd": 0.25, "ratio_feat_msstftd": 0.25, "ratio_l1": 0.25, "ratio_msspec": 0.25,
            "ratio2": 0.5, "mel": falling(step, 0.9, 0.4), "sisnr": -falling(step, 2.0, 8.0), "adv": around(0.4),
            "feat": around(0.2)}


def audiocraft():
    history, log = [], []
    bold, blue, reset = "\x1b[1m", "\x1b[36m", "\x1b[0m"
    head = lambda t: "[" + blue + clock(t, "%m-%d %H:%M:%S") + reset + "][" + "\x1b[34m" + "flashy.solver" + reset + "][" \
        + "\x1b[32m" + "INFO" + reset + "] - "
    seconds = 0
    log.append(head(0) + "Instantiating solver CompressionSolver for XP 0a1b2c3d")
    log.append(head(1) + "Model has 14.85 M params")
    for epoch in range(1, 5):
        log.append(head(seconds) + "")
        log.append(head(seconds) + bold + "-" * 79 + reset)
        log.append(head(seconds) + bold + f"Starting Train stage for epoch {epoch}" + reset if epoch == 1 else
                   head(seconds) + f"Epoch {epoch} begins")
        for done in (500, 1000, 1500, 2000):
            seconds += 100
            values = audiocraft_metrics(epoch - 1 + done / 2000)
            text = " | ".join(f"{key} {value:.3f}" for key, value in values.items())
            log.append(head(seconds) + f"Train | Epoch {epoch} | {done}/2000 | 5.01 it/sec | {text}")
        train = audiocraft_metrics(epoch)
        valid = audiocraft_metrics(epoch)
        stages = {"train": dict(train, duration=401.5 + epoch), "valid": dict(valid, duration=30.5)}
        if epoch == 3:
            stages["train"]["adv"] = float("nan")
            stages["valid"]["sisnr"] = float("inf")
            stages["train"]["penalty"] = float("-inf")
        if epoch % 2 == 0:
            stages["evaluate"] = {"sisnr": -falling(epoch * 300, 2.0, 8.0), "visqol": 3.5 + epoch / 10,
                                  "duration": 61.0}
        for stage, values in stages.items():
            text = " | ".join(f"{key}={value:.3f}" for key, value in values.items())
            log.append(head(seconds) + bold + f"{stage.capitalize()} Summary | Epoch {epoch} | {text}" + reset)
        history.append(stages)
    write("history.json", json.dumps(history, indent=2) + "\n")
    write("solver.log.0", "\n".join(log) + "\n")


def json_lists():
    rows = []
    for epoch in range(1, 7):
        rows.append({"epoch": epoch, "disc_loss": round(around(3.9), 4), "gen_loss": round(falling(epoch, 30, 14, 3), 4),
                     "adv_loss": round(around(2.1), 4), "fm_loss": round(around(4.0), 4),
                     "mel_loss": round(falling(epoch, 1.4, 0.6, 3), 4), "val": {"mel_loss": round(falling(epoch, 1.5, 0.7, 3), 4)},
                     "note": "warm" if epoch < 3 else "full", "lr": 0.0001})
    rows[1]["adv_loss"] = None
    rows[2]["fm_loss"] = float("nan")
    rows[3]["gen_loss"] = float("inf")
    rows[4]["gen_loss"] = float("-inf")
    write("records.json", json.dumps(rows) + "\n")
    count = 8
    columns = {"disc_loss": [round(around(3.9), 4) for _ in range(count)],
               "gen_loss": [round(falling(i, 30, 14, 3), 4) for i in range(count)],
               "val_mel_loss": [round(falling(i, 1.5, 0.7, 3), 4) for i in range(count)],
               "snr": [round(2 + i, 2) for i in range(count)],
               "step": [250 * (i + 1) for i in range(count)],
               "config": {"batch_size": 16, "sample_rate": 24000}, "name": "columns"}
    columns["snr"][1] = float("nan")
    columns["snr"][2] = float("-inf")
    columns["gen_loss"][3] = float("inf")
    columns["val_mel_loss"][0] = None
    write("columns.json", json.dumps(columns) + "\n")


def keras_history():
    history = {"loss": [falling(i, 1.9, 0.7, 3) for i in range(6)], "val_loss": [falling(i, 2.0, 0.9, 3) for i in range(6)],
               "d_loss": [around(0.69) for _ in range(6)], "g_loss": [around(0.9) for _ in range(6)]}
    history["loss"][2:5] = [float("nan"), float("inf"), float("-inf")]
    write("keras-history.json", json.dumps({"history": history, "params": {"epochs": 6}, "epoch": list(range(6))}) + "\n")
    write("sacred-metrics.json", json.dumps({
        "training.loss": {"steps": [10, 20, 30], "timestamps": ["2024-06-07T09:00:00", "2024-06-07T09:01:00", "2024-06-07T09:02:00"],
                          "values": [2.5, float("nan"), 2.25]},
        "validation.snr": {"steps": [20, 30], "timestamps": [], "values": [3.5, 4.25]}}, indent=2) + "\n")
    write("epochs.json", json.dumps({"epochs": {str(i): {"disc_loss": round(around(3.9), 3), "gen_loss": round(around(20), 3)}
                                                for i in range(1, 5)}}, indent=2) + "\n")


# ------------------------------------------------------------------------------------------------- tables

def lightning_csv():
    header = ["discriminator/total", "epoch", "generator/feature_matching_mp", "generator/mel_loss",
              "generator/total_loss", "lr-AdamW", "step", "val/mel_loss", "val_loss"]
    rows = []
    for step in range(49, 600, 50):
        row = dict.fromkeys(header, "")
        row.update({"discriminator/total": f"{around(3.8):.6f}", "epoch": step // 200, "step": step,
                    "generator/feature_matching_mp": f"{around(2.2):.6f}",
                    "generator/mel_loss": f"{falling(step, 2.0, 0.6):.6f}",
                    "generator/total_loss": f"{falling(step, 90, 32):.6f}"})
        if step == 249:
            row["generator/mel_loss"] = "nan"
        if step == 299:
            row["generator/total_loss"] = "inf"
        if step == 349:
            row["generator/total_loss"] = "-inf"
        rows.append(row)
        rows.append(dict(dict.fromkeys(header, ""), **{"lr-AdamW": 0.0002, "step": step}))
        if (step + 1) % 200 == 0:
            rows.append(dict(dict.fromkeys(header, ""), **{
                "epoch": step // 200, "step": step, "val/mel_loss": f"{falling(step, 2.1, 0.7):.6f}",
                "val_loss": f"{falling(step, 2.1, 0.7):.6f}"}))
    text = ",".join(header) + "\n" + "".join(",".join(str(row[key]) for key in header) + "\n" for row in rows)
    write("lightning-metrics.csv", text)


def wandb_exports():
    lines, rows = [], []
    for step in range(0, 500, 50):
        row = {"train/discriminator_loss": around(1.8), "train/loss_adv": around(0.3),
               "train/feature_matching_loss": around(1.1), "train/mrstft_loss": falling(step, 2.6, 1.2),
               "train/loss": falling(step, 9, 4), "train/gen_lr": 0.00015, "epoch": 0, "trainer/global_step": step + 49,
               "_runtime": 12.5 + step, "_timestamp": 1717750000.25 + step, "_step": step // 50}
        if step == 100:
            row["train/loss_adv"] = "NaN"
        if step == 150:
            row["train/loss"] = "Infinity"
        if step == 200:
            row["train/loss"] = "-Infinity"
        if step == 250:
            row["val/pesq"] = 2.75
        row["gradients/w"] = {"_type": "histogram", "values": [1, 2], "bins": [0.0, 0.5, 1.0]}
        lines.append(json.dumps(row))
        rows.append(row)
    write("wandb-history.jsonl", "\n".join(lines) + "\n")
    header = ["_runtime", "_step", "_timestamp", "epoch", "train/discriminator_loss", "train/feature_matching_loss",
              "train/loss", "train/loss_adv", "train/mrstft_loss", "trainer/global_step", "val/pesq"]
    text = "," + ",".join(header) + "\n"
    for index, row in enumerate(rows):
        text += str(index) + "," + ",".join(str(row.get(key, "")) for key in header) + "\n"
    write("wandb-history.csv", text)
    names = [f"{run} - {key}" for run in ("brisk-river-3", "calm-lake-4") for key in ("train/disc_loss", "val/mel_loss")]
    columns = [column for name in names for column in (name, name + "__MIN", name + "__MAX")]
    text = ",".join(f'"{name}"' for name in ["Step"] + columns) + "\n"
    for step in range(100, 1100, 100):
        cells = [str(step)]
        for name in names:
            value = around(3.7) if "disc" in name else falling(step, 2, 0.8)
            if step == 300 and name.startswith("calm"):
                cells += ['""'] * 3
                continue
            shown = {200: "NaN", 400: "Infinity", 500: "-Infinity"}.get(step, f"{value:.6f}") if name == names[0] else f"{value:.6f}"
            cells += [f'"{shown}"', f'"{value - 0.1:.6f}"', f'"{value + 0.1:.6f}"']
        text += ",".join(cells) + "\n"
    write("wandb-chart.csv", text, "\r\n")


def keras_csv():
    text = "epoch,accuracy,d_loss,g_loss,loss,lr,val_accuracy,val_loss\n"
    for epoch in range(8):
        loss = ["nan", "inf", "-inf"][epoch - 3] if epoch in (3, 4, 5) else repr(falling(epoch, 2.2, 0.6, 3))
        text += f"{epoch},{0.5 + epoch / 40},{around(0.69)!r},{around(0.9)!r},{loss},0.0002,"
        text += f"{0.48 + epoch / 40},{falling(epoch, 2.3, 0.8, 3)!r}\n" if epoch != 2 else "NA,NA\n"
    write("keras-csvlogger.csv", text)


def transposed():
    header = "| Metric | Epoch 1 | Epoch 5 | Epoch 10 | Epoch 20 |\n|---|---:|---:|---:|---:|\n"
    rows = [("Discriminator loss", "3.91", "3.60", "nan", "3.42"), ("Generator loss", "41.2", "30.5", "inf", "21.0"),
            ("Feature matching", "1.10", "1.42", "1.71", "-inf"), ("SNR", "-1.2 dB", "4.1 dB", "6.3 dB", "8.0 dB"),
            ("Validation mel loss", "1.90", "—", "1.21", "1.02"), ("Output amplitude", "61%", "82%", "93%", "97%")]
    write("transposed.md", "# Results\n\n" + header + "".join("| " + " | ".join(row) + " |\n" for row in rows) + "\n")


def stylegan():
    lines = []
    for tick in range(8):
        stat = lambda mean, num=64: {"num": num, "mean": mean, "std": 0.25}
        row = {"Loss/scores/fake": stat(-around(0.6)), "Loss/signs/fake": stat(-0.4),
               "Loss/G/loss": stat(falling(tick, 1.4, 0.9, 3)), "Loss/scores/real": stat(around(0.7)),
               "Loss/signs/real": stat(0.5), "Loss/D/loss": stat(around(1.1)), "Loss/r1_penalty": stat(0.02),
               "Loss/D/reg": stat(0.01), "Progress/tick": stat(tick, 1), "Progress/kimg": stat(tick * 4, 1),
               "Timing/total_sec": stat(90.5 + 60 * tick, 1), "Timing/sec_per_kimg": stat(15.0, 1),
               "Resources/peak_gpu_mem_gb": stat(9.5, 1), "timestamp": 1717750000.5 + 60 * tick}
        if tick == 3:
            row["Loss/G/loss"] = {"num": 64, "mean": float("nan"), "std": float("nan")}
        if tick == 4:
            row["Loss/D/loss"] = {"num": 64, "mean": float("inf"), "std": float("nan")}
        if tick == 5:
            row["Loss/scores/real"] = {"num": 64, "mean": float("-inf"), "std": float("nan")}
        lines.append(json.dumps(row))
    write("stylegan-stats.jsonl", "\n".join(lines) + "\n")


# ------------------------------------------------------------------------------------------------- free text

def audiotools():
    """The Tracker's file: a block per validation, as rich draws it into a file 100 columns wide."""
    source = "decorators.py:220"
    text = ""

    def line(content, stamp="", mark=False):
        return f"{stamp:<11}{content:<71} {source if mark else '':>17}".rstrip() + "\n"

    def table(name, rows):
        out = line(f"{name:^60}".rstrip()) + line("                     ╷                 ╷")
        out += line(" key                 │ value           │ mean") + line("╶────────────────────┼─────────────────┼────────────────╴")
        for key, value, mean in rows:
            out += line(f" {key:<20}│ {value:10.6f}      │ {mean:10.6f}")
        return out + line("                     ╵                 ╵")

    for number, step in enumerate(range(0, 5000, 1000)):
        stamp = f"[{clock(number * 700)}]"
        text += line("Saving to /runs/invented", stamp, True) + line("Best generator so far", "", True)
        text += line("", f"[{clock(number * 700 + 2)}]", True)
        text += line("┏" + "━" * 58 + "┓") + line("┃" + f"Iteration {step}".center(58) + "┃") + line("┗" + "━" * 58 + "┛")
        keys = [("adv/disc_loss", around(3.8)), ("adv/feat_loss", around(6.5)), ("adv/gen_loss", around(2.2)),
                ("loss", falling(step, 60, 30)), ("mel/loss", falling(step, 3.2, 1.1)), ("other/batch_size", 12.0),
                ("other/grad_norm", around(25)), ("other/grad_norm_d", around(2.0)), ("other/learning_rate", 0.0001),
                ("stft/loss", falling(step, 4, 1.9)), ("time/train_loop", 0.62), ("vq/codebook_loss", around(1.5)),
                ("vq/commitment_loss", around(1.5)), ("waveform/loss", around(0.05))]
        rows = [[key, value, value * 1.01] for key, value in keys]
        if step == 2000:
            rows[1][1:] = [float("nan"), 6.4]
            rows[6][1:] = [float("inf"), 30.0]
            rows[7][1:] = [float("-inf"), 2.0]
        text += table("train", rows)
        text += table("val", [[key, value, value] for key, value in [
            ("loss", falling(step, 3.3, 1.2)), ("mel/loss", falling(step, 3.3, 1.2)), ("stft/loss", falling(step, 4.1, 2)),
            ("time/val_loop", 0.31), ("waveform/loss", around(0.05))]])
        text += line(f"⠋ Iteration (train) {step}/250000 ━━━━━━━━ 0:11:40 / 1:55:00")
    write("audiotools-log.txt", text)


def hifi_gan():
    text = "Namespace(checkpoint_interval=5000, config='config_v1.json', stdout_interval=5, training_epochs=3100)\n"
    text += "Batch size per GPU : 16\ncheckpoints directory :  cp_hifigan\n"
    step = 0
    for epoch in range(1, 4):
        text += f"Epoch: {epoch}\n"
        for _ in range(4):
            values = falling(step, 95, 28), falling(step, 1.9, 0.4)
            shown = {20: "nan", 35: "inf"}.get(step, f"{values[0]:4.3f}")
            text += f"Steps : {step}, Gen Loss Total : {shown}, Mel-Spec. Error : {values[1]:4.3f}, s/b : {around(0.42):4.3f}\n"
            step += 5
        text += f"Time taken for epoch {epoch} is {86 + epoch} sec\n\n"
    write("hifi-gan.log", text)


def bigvgan():
    text = "Generator params: 112382976\nDiscriminator mpd params: 41092165\nDiscriminator mrd params: 280212\n"
    text += "[WARNING] skipping D training for the first 20 steps\nEpoch: 1\n"
    for step in range(0, 60, 5):
        values = falling(step, 140, 60, 20), falling(step, 2.2, 0.9, 20)
        shown = {15: "nan", 30: "-inf"}.get(step, f"{around(80):4.3f}")
        text += f"Steps: {step}, Gen Loss Total: {values[0]:4.3f}, Mel Error: {values[1]:4.3f}, s/b: {around(0.9):4.3f} lr: {0.0001:4.7f} grad_norm_g: {shown}\n"
    text += "step 50 dev audio 3\nEpoch: 2\n"
    for step in range(60, 90, 5):
        values = falling(step, 140, 60, 20), falling(step, 2.2, 0.9, 20)
        text += f"Steps: {step}, Gen Loss Total: {values[0]:4.3f}, Mel Error: {values[1]:4.3f}, s/b: {around(0.9):4.3f} lr: {0.00009999:4.7f} grad_norm_g: {around(80):4.3f}\n"
    write("bigvgan.log", text)


def metric_lines():
    def block(stamp, line, step, split, values, ending="."):
        return "".join(f"{stamp} (train:{line}) INFO: (Steps: {step}) {split}/{key} = {value:.4f}{ending}\n" for key, value in values)

    text = f"{clock(0, '%Y-%m-%d %H:%M:%S')},120 (train:1012) INFO: generator_params = 3.94 million\n"
    for number, step in enumerate(range(100, 900, 100)):
        stamp = clock(60 * number, "%Y-%m-%d %H:%M:%S") + ",250"
        text += f"[train]:   {number}%|{'▏' if number else ' '}         | {step}/400000 [00:{10 + number}<5:00:00,  9.21it/s]"
        values = [("spectral_convergence_loss", falling(step, 0.9, 0.4)), ("log_stft_magnitude_loss", falling(step, 1.6, 0.9)),
                  ("generator_loss", falling(step, 45, 20)), ("adversarial_loss", around(1.9)),
                  ("feature_matching_loss", around(3.0)), ("mel_loss", falling(step, 1.2, 0.4)), ("real_loss", around(1.9)),
                  ("fake_loss", around(1.8)), ("discriminator_loss", around(3.7))]
        if step == 300:
            values[2] = ("generator_loss", float("nan"))
            values[3] = ("adversarial_loss", float("inf"))
        text += block(stamp, 312, step, "train", values)
        if step % 400 == 0:
            text += f"{stamp} (train:401) INFO: (Steps: {step}) Start evaluation.\n"
            text += block(stamp, 455, step, "eval", [("mel_loss", falling(step, 1.3, 0.5)), ("generator_loss", falling(step, 46, 21))])
            text += f"{stamp} (train:460) INFO: (Steps: {step}) Finished evaluation (12 steps per epoch).\n"
            text += f"{stamp} (train:122) INFO: Successfully saved checkpoint @ {step} steps.\n"
    write("parallel-wavegan.log", text)

    text = ""
    for number, step in enumerate(range(1000, 9000, 1000)):
        stamp = clock(60 * number, "%Y-%m-%d %H:%M:%S") + ",031"
        values = [("train/adversarial_loss", around(6.0)), ("train/feature_matching_loss", around(2.4)),
                  ("train/mel_loss", falling(step, 60, 17, 3000)), ("train/generator_loss", falling(step, 80, 30, 3000)),
                  ("train/real_loss", around(1.0)), ("train/fake_loss", around(0.9)), ("train/discriminator_loss", around(1.9)),
                  ("train/shape_loss", around(1.2)), ("train/vqloss", around(0.4))]
        values += [(f"train/ppl_{i}", around(400 - 20 * i)) for i in range(8)]
        if step == 3000:
            values[0] = ("train/adversarial_loss", float("nan"))
        text += block(stamp, 250, step, "train", values)
        text += block(stamp, 290, step, "eval", [("train/mel_loss", falling(step, 62, 18, 3000))]) if step % 4000 == 0 else ""
    write("audiodec.log", text)

    text = ""
    for number, step in enumerate(range(200, 1400, 200)):
        stamp = clock(60 * number, "%Y-%m-%d %H:%M:%S") + ",512"
        for key, value in [("adversarial_loss", around(1.1)), ("subband_spectral_convergence_loss", falling(step, 0.9, 0.5)),
                           ("fullband_log_magnitude_loss", falling(step, 1.5, 0.8)), ("gen_loss", falling(step, 20, 8)),
                           ("real_loss", around(0.4)), ("fake_loss", around(0.4)), ("dis_loss", around(0.8))]:
            shown = "nan" if step == 600 and key == "gen_loss" else f"{value:.4f}"
            text += f"{stamp} (base_trainer:140) INFO: (Step: {step}) train_{key} = {shown}.\n"
        if step % 600 == 0:
            text += f"{stamp} (base_trainer:566) INFO: (Steps: {step}) Start evaluation.\n"
            text += f"{stamp} (base_trainer:140) INFO: (Steps: {step}) eval_gen_loss = {falling(step, 21, 9):.4f}.\n"
    write("tensorflowtts.log", text)


def espnet():
    def number(value):
        return f"{value:.3e}" if abs(value) > 1e3 or abs(value) <= 1e-3 else f"{value:.3f}"

    text = ""
    seconds = 0
    for epoch in range(1, 4):
        text += f"[node1] {clock(seconds, '%Y-%m-%d %H:%M:%S')},402 (trainer:310) INFO: {epoch}/360epoch started\n"
        means = {}
        for first in (1, 51, 101, 151):
            seconds += 30
            step = (epoch - 1) * 200 + first
            values = {"iter_time": 1.2e-4, "generator_forward_time": 0.21, "generator_loss": falling(step, 80, 45),
                      "generator_adv_loss": around(1.9), "generator_feat_match_loss": around(3.1),
                      "generator_mel_loss": falling(step, 60, 30), "generator_codec_loss": around(6.0),
                      "generator_codec_commit_loss": around(0.5), "generator_backward_time": 0.3,
                      "generator_optim_step_time": 0.01, "optim0_lr0": 2e-4, "generator_train_time": 1.0,
                      "discriminator_forward_time": 0.2, "discriminator_loss": around(3.8),
                      "discriminator_real_loss": around(2.0), "discriminator_fake_loss": around(1.8),
                      "discriminator_backward_time": 0.2, "optim1_lr0": 2e-4, "discriminator_train_time": 0.6}
            if epoch == 2 and first == 51:
                values["generator_loss"] = float("nan")
            if epoch == 2 and first == 101:
                values["generator_loss"] = 15210.0
            means = values
            body = ", ".join(f"{key}={number(value)}" for key, value in values.items())
            text += f"[node1] {clock(seconds, '%Y-%m-%d %H:%M:%S')},402 (trainer:779) INFO: {epoch}epoch:train:{first}-{first + 49}batch: {body}\n"
        body = ", ".join(f"{key}={number(value)}" for key, value in means.items())
        valid = ", ".join(f"{key}={number(value * 1.1)}" for key, value in means.items() if key.endswith("loss"))
        text += f"[node1] {clock(seconds, '%Y-%m-%d %H:%M:%S')},500 (trainer:363) INFO: {epoch}epoch results: [train] {body}, time=2 minutes and 3.1 seconds, total_count={epoch * 200}, gpu_max_cached_mem_GB=11.2, [valid] {valid}, time=11.02 seconds, total_count={epoch * 12}, gpu_max_cached_mem_GB=11.2\n"
    write("espnet.log", text)


def single_file_trainers():
    text = ""
    for epoch in range(2):
        for step in range(0, 400, 100):
            at = epoch * 400 + step
            feat = {100: "nan", 200: "55178.1250", 300: "inf"}.get(step, f"{around(2):.4f}") if epoch else f"{around(2):.4f}"
            text += f"<epoch:{epoch}, iter:{step}, total_loss_g:{falling(at, 40, 20):.4f}, adv_g_loss:{around(0.4):.4f}, feat_loss:{feat}, rec_loss:{falling(at, 4, 2):.4f}, commit_loss:{around(0.02):.4f}, loss_d:{around(1.7):.4f}, d_weight: 1.0000>\n"
        text += f"<epoch:{epoch}, <total_loss_g_train:{falling(epoch, 38, 20, 2):.4f}, recon_loss_train:{falling(epoch, 4, 2, 2):.4f}, adversarial_loss_train:{around(0.4):.4f}, feature_loss_train:{around(2):.4f}, commit_loss_train:{around(0.02):.4f}>\n"
        text += f"<epoch:{epoch}, total_loss_g_valid:{falling(epoch, 39, 21, 2):.4f}, recon_loss_valid:{falling(epoch, 4, 2, 2):.4f}, adversarial_loss_valid:{around(0.4):.4f}, feature_loss_valid:{around(2):.4f}, commit_loss_valid:{around(0.02):.4f}, valid_loss_d:{around(1.7):.4f}, best_epoch: {epoch}>\n"
    write("academicodec.log", text)

    text = ""
    for epoch in range(2):
        for step in range(0, 40, 10):
            at = epoch * 40 + step
            mel = "nan" if at == 20 else f"{falling(at, 1.1, 0.3, 20):0.3f}"
            text += f"Epoch {epoch} -- Step {at}: Gen Loss: {falling(at, 60, 25, 20):0.3f}; Mel Error:{mel}; Q Loss: {around(0.04):0.3f}; Distill Loss: {falling(at, 0.9, 0.2, 20):0.3f}; Time cost per step: {around(0.55):0.3f}s\n"
            if at % 20 == 0:
                text += f"{at}: dev mel error: {falling(at, 1.2, 0.35, 20):0.3f}\tdev distill loss: {falling(at, 0.95, 0.25, 20):0.3f}\n"
                text += f"{at}: saving model to Log/invented\n\n"
    write("speechtokenizer.log", text)

    text = "training with dataset of 950 samples and validating with randomly splitted 50 samples\n"
    for step in range(0, 60, 5):
        total = "nan" if step == 25 else f"{falling(step, 30, 9, 20):.3f}"
        text += f"{step}: soundstream total loss: {total}, soundstream recon loss: {falling(step, 0.2, 0.05, 20):.3f} | discr (scale 1) loss: {around(1.9):.3f} | discr (scale 0.5) loss: {around(1.8):.3f} | discr (scale 0.25) loss: {around(1.7):.3f}\n"
        if step % 25 == 0:
            text += f"{step}: saving to results\n"
    text += "training complete\n"
    write("audiolm.log", text)

    text = ""
    for epoch in range(2):
        for step in range(0, 60, 20):
            at = epoch * 60 + step
            g = "nan" if at == 40 else f"{around(1.9):.3f}"
            text += f"epoch: {epoch}, iter: {at}, Train/gen_adv_loss: {g}, Train/fm_loss: {around(3):.3f}, Train/mel_loss: {falling(at, 1.2, 0.5, 40):.3f}, Train/commit_loss: {around(0.1):.3f}, Train/disc_loss: {around(3.9):.3f}, \n"
    write("xcodec.log", text)

    text = ""
    for epoch in range(1, 3):
        for step in range(10, 60, 10):
            d, g, feat, mel = around(5.9), around(0.2), around(0.1), falling(step + 60 * epoch, 2.2, 0.6, 50)
            text += f"Epoch {epoch} | Iters {step} / 60 | ms/batch {around(210):5.2f} | loss [{d:.4f} {g:.4f} {feat:.4f} {mel:.4f}]\n"
    write("melgan.log", text)


def vits():
    text = f"{clock(0, '%Y-%m-%d %H:%M:%S')},101\tinvented\tINFO\t{{'train': {{'log_interval': 200, 'epochs': 10000, 'learning_rate': 0.0002, 'batch_size': 16, 'segment_size': 8192}}, 'data': {{'sampling_rate': 22050}}}}\n"
    step = 0
    for epoch in range(1, 5):
        for percent in (0, 50):
            stamp = clock(step, "%Y-%m-%d %H:%M:%S") + ",204"
            losses = [around(2.6), around(2.2), around(5.0), falling(step, 32, 19), around(1.7), around(1.6)]
            shown = [str(loss) for loss in losses]
            if epoch == 2:
                shown[2 if percent else 0] = "nan" if percent else "inf"
            text += f"{stamp}\tinvented\tINFO\tTrain Epoch: {epoch} [{percent}%]\n"
            text += f"{stamp}\tinvented\tINFO\t[{', '.join(shown)}, {step}, 0.0002]\n"
            step += 200
        text += f"{stamp}\tinvented\tINFO\t====> Epoch: {epoch}\n"
    write("vits.log", text)

    text = ""
    step = 0
    for epoch in range(1, 5):
        for percent in (0, 50):
            stamp = clock(step, "%Y-%m-%d %H:%M:%S") + ",204"
            text += f"{stamp}\tinvented\tINFO\tTrain Epoch: {epoch} [{percent}%]\n{stamp}\tinvented\tINFO\t[{step}, 9.99875e-05]\n"
            disc = "nan" if step == 400 else f"{around(4.1):.3f}"
            text += f"{stamp}\tinvented\tINFO\tloss_disc={disc}, loss_gen={around(3.2):.3f}, loss_fm={around(9):.3f},loss_mel={falling(step, 26, 17):.3f}, loss_kl={around(1.1):.3f}\n"
            step += 200
        text += f"{stamp}\tinvented\tINFO\t====> Epoch: {epoch} [{clock(step, '%Y-%m-%d %H:%M:%S')}] | (0:01:1{epoch}.250000)\n"
    write("rvc.log", text)

    text = ""
    step = 0
    for epoch in range(1, 5):
        for percent in (0, 50):
            stamp = clock(step, "%Y-%m-%d %H:%M:%S") + ",204"
            text += f"{stamp}\t44k\tINFO\tTrain Epoch: {epoch} [{percent}%]\n"
            shown = ["nan" if step == 400 else str(around(2.4))] + [str(v) for v in (around(2.5), around(8), falling(step, 25, 17), around(1.0))]
            text += f"{stamp}\t44k\tINFO\tLosses: [{', '.join(shown)}], step: {step}, lr: 0.0001, reference_loss: {around(39)}\n"
            step += 200
        text += f"{stamp}\t44k\tINFO\t====> Epoch: {epoch}, cost 55.{epoch}0 s\n"
    write("so-vits.log", text)


def coqui():
    bold, green, reset = "\x1b[1m", "\x1b[92m", "\x1b[0m"
    text = " > Training Environment:\n | > Backend: Torch\n | > Mixed precision: False\n\n > Model has 83059180 parameters\n"
    step = 0
    for epoch in range(3):
        text += f"\n\x1b[4m{bold} > EPOCH: {epoch}/1000{reset}\n --> /runs/invented\n\n{bold} > TRAINING ({clock(step, '%Y-%m-%d %H:%M:%S')}) {reset}\n"
        for local in (0, 25):
            values = [("loss_disc", around(2.6)), *[(f"loss_disc_real_{i}", around(0.2)) for i in range(6)],
                      ("loss_0", around(2.6)), ("grad_norm_0", around(12)), ("loss_gen", around(2.1)), ("loss_kl", around(1.8)),
                      ("loss_feat", around(4.6)), ("loss_mel", falling(step, 33, 19)), ("loss_duration", around(1.6)),
                      ("amp_scaler", 1024.0), ("loss_1", falling(step, 45, 29)), ("grad_norm_1", around(300)),
                      ("current_lr_0", 0.0002), ("current_lr_1", 0.0002), ("step_time", around(1.1)), ("loader_time", around(0.02))]
            text += f"\n{bold}   --> TIME: {clock(step, '%Y-%m-%d %H:%M:%S')} -- STEP: {local}/50 -- GLOBAL_STEP: {step}{reset}\n"
            for key, value in values:
                shown = "nan" if step == 50 and key in ("loss_mel", "grad_norm_1") else f"{value:.5f}"
                text += f"     | > {key}: {shown}  ({shown})\n"
            step += 25
        text += f"\n{bold} > EVALUATION {reset}\n\n  {bold}--> EVAL PERFORMANCE{reset}\n"
        for key, value in [("avg_loader_time", 0.03), ("avg_loss_disc", around(2.7)), ("avg_loss_mel", falling(step, 34, 20)), ("avg_loss_gen", around(2.0))]:
            text += f"     | > {key}:{green} {value:.5f} {reset}(+0.00000)\n"
    write("coqui.log", text)


def loss_logs():
    text = "================ Training Loss (Fri Jun  7 09:00:00 2024) ================\n"
    for epoch in range(1, 4):
        for step in (100, 200, 300):
            g = "nan" if epoch == 2 and step == 200 else f"{around(1.1):.3f}"
            text += f"(epoch: {epoch}, iters: {step}, time: {around(0.14):.3f}, data: {around(0.3):.3f}) G_GAN: {g} G_L1: {falling(step + epoch * 300, 30, 14):.3f} D_real: {around(0.6):.3f} D_fake: {around(0.5):.3f} \n"
    write("pix2pix-loss_log.txt", text)
    text = "================ Training Loss (Fri Jun  7 09:00:00 2024) ================\n"
    for epoch in range(1, 4):
        for step in (100, 200, 300):
            text += f"(epoch: {epoch}, iters: {step}, time: {around(0.34):.3f}, data: {around(0.2):.3f}) D_A: {around(0.24):.3f} G_A: {around(0.4):.3f} cycle_A: {falling(step + epoch * 300, 3, 1):.3f} idt_A: {around(0.5):.3f} D_B: {around(0.25):.3f} G_B: {around(0.4):.3f} cycle_B: {falling(step + epoch * 300, 3, 1):.3f} idt_B: {around(0.5):.3f} \n"
    write("cyclegan-loss_log.txt", text)


def bars():
    text = "GPU available: True (cuda), used: True\n"
    for epoch in range(3):
        for done in (1, 50, 100):
            total = f"{falling(epoch * 100 + done, 128, 60):.1f}"
            disc = "nan" if epoch == 1 and done == 50 else f"{around(11):.2f}"
            filled = "█" * (done // 10)
            text += f"\rEpoch {epoch}: {done:3d}%|{filled:<10}| {done}/100 [00:{done // 2:02d}<00:{50 - done // 2:02d},  2.00it/s, loss={falling(epoch * 100 + done, 75.8, 40):.1f}, v_num=1, generator/total_loss={total}, discriminator/total={disc}]"
        text += "\n"
        text += f"\rValidation DataLoader 0: 100%|██████████| 12/12 [00:03<00:00,  4.00it/s]\rEpoch {epoch}: 100%|██████████| 100/100 [00:53<00:00,  1.88it/s, loss={falling(epoch * 100 + 100, 75.8, 40):.1f}, v_num=1, generator/total_loss={total}, discriminator/total={disc}, val_loss={falling(epoch * 100, 2, 0.8):.3f}]\n"
    write("lightning-bar.log", text)

    text = ""
    for epoch in range(1, 6):
        for batch in (50, 100):
            at = epoch - 1 + batch / 100
            disc = "nan" if epoch == 3 and batch == 50 else f"{around(1.9):.4f}"
            text += f"Epoch {epoch} {batch}/100\tAvg loss_G: {falling(at, 9.1, 5, 2):.4f}\tAvg loss_W: {around(0.2):.4f}\tAvg loss_Disc: {disc}\tlr_G: {3e-4:.6e}\tlr_D: {3e-4:.6e}\n"
    write("encodec-trainer.log", text)


os.makedirs(FOLDER, exist_ok=True)
for make in (hugging_face, audiocraft, json_lists, keras_history, lightning_csv, wandb_exports, keras_csv, transposed, stylegan, audiotools,
             hifi_gan, bigvgan, metric_lines, espnet, single_file_trainers, vits, coqui, loss_logs, bars):
    make()
