#!/usr/bin/env python3
"""Writes the fixtures of experiment trackers below Fixtures/logs: an event file, a W&B run file, an MLflow metric file.

All values are invented: a codec GAN of 40 steps whose discriminator wins. Needs only Python; the formats are written out
here byte by byte (see the readers for their sources).
"""
import json
import math
import struct
import zlib
from pathlib import Path

LOGS = Path(__file__).resolve().parent.parent / "logs"


def crc32c(data: bytes) -> int:
    crc = 0xFFFFFFFF
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0x82F63B78 if crc & 1 else 0)
    return crc ^ 0xFFFFFFFF


def masked(data: bytes) -> bytes:
    crc = crc32c(data)
    return struct.pack("<I", ((crc >> 15 | crc << 17) + 0xA282EAD8) & 0xFFFFFFFF)


def varint(value: int) -> bytes:
    out = b""
    while value > 0x7F:
        out += bytes([value & 0x7F | 0x80])
        value >>= 7
    return out + bytes([value])


def field(number: int, data: bytes) -> bytes:
    return varint(number << 3 | 2) + varint(len(data)) + data


def values(step: int) -> dict[str, float]:
    return {
        "train/d_loss": 2.0 * math.exp(-step / 8), "train/adv_loss": 1.0 + step / 40, "train/mel_loss": 60 - step / 4,
        "val/mel_loss": math.nan if step == 17 else 61 - step / 5,
    }


def event_file() -> bytes:
    def record(data: bytes) -> bytes:
        length = struct.pack("<Q", len(data))
        return length + masked(length) + data + masked(data)

    def event(step: int, summary: bytes) -> bytes:
        return record(b"\x09" + struct.pack("<d", 1.7e9 + step) + b"\x10" + varint(step) + field(5, summary))

    out = record(b"\x09" + struct.pack("<d", 1.7e9) + field(3, b"brain.Event:2"))
    text = b"\x08\x07" + field(2, field(2, b"\x08\x01")) + field(8, b"batch of 16, one second each")
    out += event(0, field(1, field(1, b"notes/text_summary") + field(8, text)))
    for step in range(40):
        for tag, value in values(step).items():
            out += event(step, field(1, field(1, tag.encode()) + b"\x15" + struct.pack("<f", value)))
        tensor = b"\x08\x01" + field(2, b"") + field(4, struct.pack("<f", 1e-4 * 0.99**step))
        out += event(step, field(1, field(1, b"train/lr") + field(8, tensor)))
        if step % 10 == 0:
            out += event(step, field(1, field(1, b"weights") + field(5, struct.pack("<d", 0.5))))
    return out


def wandb_file() -> bytes:
    out = b":W&B\xe1\xbe\x00"

    def add(record: bytes) -> None:
        nonlocal out
        kind = 1
        while True:
            left = 32768 - len(out) % 32768
            if left < 7:
                out += bytes(left)
                continue
            piece, record = record[: left - 7], record[left - 7:]
            kind = (1 if not record else 2) if kind == 1 else (4 if not record else 3)
            out += struct.pack("<IHB", zlib.crc32(bytes([kind]) + piece), len(piece), kind) + piece
            if not record:
                return
            kind = 2

    config = {"lr": 1e-4, "gan_mode": "hinge", "batch_size": 16}
    items = b"".join(field(1, field(1, k.encode()) + field(16, json.dumps(v).encode())) for k, v in config.items())
    add(field(17, field(1, b"invented") + field(4, items) + field(8, b"wide decoder")))
    for step in range(40):
        row = {**values(step), "_step": step, "_timestamp": 1.7e9 + step, "weights": [1, 2]}
        history = b"".join(
            field(1, b"".join(field(2, p.encode()) for p in k.split("/")) + field(16, json.dumps(v).encode()))
            for k, v in row.items()
        )
        add(field(2, history))
    return out


def write(name: str, data: bytes) -> None:
    path = LOGS / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


if __name__ == "__main__":
    write("tensorboard/events.out.tfevents.1700000000.invented.1.0", event_file())
    write("wandb/run-invented.wandb", wandb_file())
    lines = "".join(f"{1700000000000 + step * 1000} {values(step)['train/d_loss']} {step}\n" for step in range(40))
    write("mlflow/1/invented/metrics/train/d_loss", lines.encode())
    write("mlflow/1/invented/params/lr", b"0.0001")
    write("mlflow/1/invented/meta.yaml", b"run_name: wide decoder\nlifecycle_stage: active\n")
    write("mlflow/1/meta.yaml", b"name: codec\n")
