"""Three short clips of synthetic Telugu speech: Fixtures/audio/telugu/*.flac, mono, 16 kHz, 16 bits.

Needs  espeak-ng 1.51 (apt install espeak-ng), and of requirements.txt: numpy, librosa, soundfile.
Run    python Fixtures/generate/speech.py    from the repository's root; the same samples come out every time.
The sentences are invented for this purpose.
"""

import subprocess
import tempfile
from pathlib import Path

import librosa
import numpy as np
import soundfile

TARGET = Path(__file__).resolve().parents[1] / "audio" / "telugu"
RATE = 16_000
PEAK = 0.5
# Name, espeak-ng voice, words per minute, pitch, sentence.
CLIPS = [
    ("boat", "te", 175, 45, "నీలం పడవ నది మీద కదులుతోంది."),
    ("rain", "te+f2", 190, 60, "ఈ ఉదయం మా ఊరిలో చిన్న వాన కురిసింది."),
    ("clock", "te+m3", 170, 35, "పాత గడియారం మూడు సార్లు మోగింది."),
]


def spoken(voice, speed, pitch, sentence):
    """The sentence in espeak-ng's own 22.05 kHz."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "speech.wav"
        command = ["espeak-ng", "-v", voice, "-s", str(speed), "-p", str(pitch), "-w", str(path), sentence]
        subprocess.run(command, check=True)
        return soundfile.read(path)


def main():
    TARGET.mkdir(parents=True, exist_ok=True)
    for name, voice, speed, pitch, sentence in CLIPS:
        samples, rate = spoken(voice, speed, pitch, sentence)
        samples = librosa.resample(samples, orig_sr=rate, target_sr=RATE, res_type="soxr_hq")
        samples *= PEAK / np.abs(samples).max()
        soundfile.write(TARGET / f"{name}.flac", samples, RATE, subtype="PCM_16", compression_level=1.0)
        print(f"{name}: {len(samples) / RATE:.2f} s")


if __name__ == "__main__":
    main()
