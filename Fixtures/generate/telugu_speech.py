"""About a minute of synthetic Telugu speech: Fixtures/audio/shipped/*.flac, mono, 16 kHz, 16 bits.

Needs  apt install festival festival-te festvox-te-nsk espeak-ng  (festival 2.5, the voice 0.3.3, espeak-ng 1.51),
       and of requirements.txt: numpy, librosa, soundfile.
Run    python Fixtures/generate/telugu_speech.py    from the repository's root; the same samples come out every time.

The voice NSK joins recorded pieces of one man's speech (diphones, 16 kHz) and has no melody of its own. Here every
utterance falls from a higher to a lower pitch with a small rise on each syllable; questions end by rising.
The sentences are invented for this purpose and collected with their translations in Fixtures/audio/README.md.
"""

import subprocess
import tempfile
from pathlib import Path

import librosa
import numpy as np
import soundfile
from speech import spoken

TARGET = Path(__file__).resolve().parents[1] / "audio" / "shipped"
RATE = 16_000
LEVEL = -16.0  # dBFS, root mean square
PEAK = 0.95  # never exceeded, whatever the level
MARGIN = 0.08  # seconds of quiet kept at both ends

# Name, pitch at the beginning and at the end in Hz, stretch of durations (the voice's own is 1.4), sentences.
DIPHONE_CLIPS = [
    ("weather", 140, 100, 1.12, "ఈ రోజు ఉదయం నగరంలో తేలికపాటి వర్షం కురిసింది. ఆకాశం ఇంకా మేఘాలతో నిండి ఉంది."),
    ("travel", 150, 110, 1.12, "మీరు ఎక్కడికి వెళుతున్నారు? తిరిగి ఎప్పుడు వస్తారు? మీతో ఎవరు వస్తున్నారు?"),
    ("train", 135, 95, 1.15, "హైదరాబాదు రైలు సాయంత్రం ఐదు గంటల ఇరవై నిమిషాలకు బయలుదేరుతుంది."),
    ("counting", 130, 100, 1.05, "ఒకటి, రెండు, మూడు, నాలుగు, ఐదు, ఆరు, ఏడు, ఎనిమిది, తొమ్మిది, పది."),
    ("harvest", 145, 100, 1.15, "ఈ సంవత్సరం వరి పంట బాగా పండిందని జిల్లా రైతులు సంతోషంగా చెబుతున్నారు."),
    ("library", 125, 90, 1.25, "మా ఊరి గ్రంథాలయంలో మూడు వేల ఐదు వందల పుస్తకాలు ఉన్నాయి."),
    ("fruit", 155, 115, 1.15, "నీకు మామిడి పండ్లు ఇష్టమా, లేక జామ పండ్లు ఇష్టమా? నాకు రెండూ ఇష్టమే."),
    ("bridge", 135, 95, 1.12, "కొత్త వంతెన పనులు వచ్చే నెల పదిహేనో తేదీన మొదలవుతాయని మంత్రి ప్రకటించారు."),
]
# Name, espeak-ng voice, words per minute, pitch, sentences.
FORMANT_CLIPS = [
    ("grandmother", "te+f2", 170, 60, "మా అమ్మమ్మ ప్రతి రాత్రి మాకు ఒక కొత్త కథ చెప్పేది. ఆ కథలు ఇప్పటికీ గుర్తున్నాయి."),
    ("kites", "te", 165, 45, "గోదావరి నది ఒడ్డున పిల్లలు రంగురంగుల గాలిపటాలు ఎగరేస్తున్నారు."),
    ("door", "te+f3", 165, 55, "దయచేసి తలుపు మెల్లగా మూయండి. పాప పక్క గదిలో నిద్రపోతోంది."),
    ("sea", "te+m3", 165, 35, "శాస్త్రవేత్తలు సముద్రం అడుగున రెండు కొత్త రకాల చేపలను కనుగొన్నారు."),
]

# Pitch targets of one syllable: the falling line, its bump, and the rise at the end of a question.
FESTIVAL = """
(Parameter.set 'Int_Method nil)
(voice_telugu_NSK_diphone)
(Parameter.set 'Duration_Stretch {stretch})
(define (line time length) (+ {high} (* (- {low} {high}) (/ time length))))
(define (melody utt syl)
  (let ((start (item.feat syl "syllable_start")) (stop (item.feat syl "syllable_end"))
        (length (item.feat (utt.relation.last utt 'Syllable) "syllable_end")) (rise 0))
    (if (and (string-equal "{question}" "yes") (< (- length stop) 0.25)) (set! rise 60))
    (list (list start (line start length))
          (list (+ start (* 0.4 (- stop start))) (+ 9 (line start length)))
          (list stop (+ rise (line stop length))))))
(set! int_general_params (list (list 'targ_func melody)))
(Parameter.set 'Int_Method 'General)
(Parameter.set 'Int_Target_Method Int_Targets_General)
(utt.save.wave (SynthText "{sentence}") "{path}" 'riff)
"""


def sentences_of(text):
    """The sentences with their punctuation."""
    return [part.strip() for part in text.replace(".", ".|").replace("?", "?|").split("|") if part.strip()]


def joined(high, low, stretch, text):
    """The sentences, one after the other, in the voice's own 16 kHz."""
    pieces = []
    with tempfile.TemporaryDirectory() as folder:
        for sentence in sentences_of(text):
            path = Path(folder) / "speech.wav"
            question = "yes" if sentence.endswith("?") else "no"
            program = FESTIVAL.format(
                stretch=stretch, high=high, low=low, question=question, sentence=sentence, path=path
            )
            script = Path(folder) / "speech.scm"
            script.write_text(program, encoding="utf-8")
            subprocess.run(["festival", "-b", str(script)], check=True)
            samples, rate = soundfile.read(path)
            assert rate == RATE
            pieces.append(trimmed(samples))
    return np.concatenate(pieces)


def trimmed(samples):
    """Without the quiet before and after, but for a margin."""
    loud = np.flatnonzero(np.abs(samples) > 0.01 * np.abs(samples).max())
    margin = int(MARGIN * RATE)
    return samples[max(0, loud[0] - margin) : loud[-1] + margin]


def levelled(samples):
    """At the level, or as near to it as the peak allows."""
    samples = samples - samples.mean()
    gain = 10 ** (LEVEL / 20) / np.sqrt(np.mean(samples**2))
    return samples * min(gain, PEAK / np.abs(samples).max())


def main():
    TARGET.mkdir(parents=True, exist_ok=True)
    clips = {name: joined(high, low, stretch, text) for name, high, low, stretch, text in DIPHONE_CLIPS}
    for name, voice, speed, pitch, text in FORMANT_CLIPS:
        samples, rate = spoken(voice, speed, pitch, text)
        clips[name] = trimmed(librosa.resample(samples, orig_sr=rate, target_sr=RATE, res_type="soxr_hq"))
    for name, samples in clips.items():
        samples = levelled(samples)
        soundfile.write(TARGET / f"{name}.flac", samples, RATE, subtype="PCM_16", compression_level=1.0)
        level = 20 * np.log10(np.sqrt(np.mean(samples**2)))
        print(f"{name:12} {len(samples) / RATE:5.2f} s  {level:6.1f} dBFS  peak {np.abs(samples).max():.2f}")
    print(f"{'all':12} {sum(map(len, clips.values())) / RATE:5.2f} s")


if __name__ == "__main__":
    main()
