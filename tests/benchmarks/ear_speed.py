"""What a vector costs: the pictures and the network of 24 s, one thread, against librosa's mel of the same samples."""

import os
import time

# One thread, asked for before the libraries start theirs.
os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")

import librosa  # noqa: E402
import numpy as np  # noqa: E402

from bgm_finder.similarity.embedder import Embedder, available_networks  # noqa: E402
from bgm_finder.similarity.patches import pictures, window_starts  # noqa: E402
from bgm_finder.similarity.spectra import power_spectra  # noqa: E402

SECONDS = 24.0
_REPEATS = 20


def main() -> list[dict[str, object]]:
    return [_measured(name, Embedder(weights)) for name, weights in available_networks().items()]


def _measured(name: str, embedder: Embedder) -> dict[str, object]:
    input_spec = embedder.input_spec
    samples = (0.1 * np.random.default_rng(0).normal(size=round(SECONDS * input_spec.rate_hz))).astype(np.float32)
    starts = [round(start_s * input_spec.rate_hz) for start_s in window_starts(SECONDS, input_spec)]
    windows = [samples[start : start + input_spec.window_frames] for start in starts]
    first = input_spec.pictures[0]
    whole = _least_ms(lambda: embedder.embed(windows))
    ours = _least_ms(lambda: [pictures(window, input_spec, power_spectra) for window in windows])
    default = _least_ms(lambda: librosa.feature.melspectrogram(y=samples, sr=input_spec.rate_hz))
    alike = _least_ms(
        lambda: librosa.feature.melspectrogram(
            y=samples, sr=input_spec.rate_hz, n_fft=first.n_fft, hop_length=first.hop_length, n_mels=first.bands
        )
    )
    return {
        "network": name,
        "pictures and network, ms": round(whole, 1),
        "of it pictures, ms": round(ours, 1),
        "librosa's mel, its defaults, ms": round(default, 1),
        "librosa's mel, our numbers, ms": round(alike, 1),
        "ratio to its defaults": round(whole / default, 2),
        "ratio to our numbers": round(whole / alike, 2),
    }


def _least_ms(work: object) -> float:
    """Return the least processor time of many runs: the one that the machine disturbed least."""
    assert callable(work)
    work()
    spent = []
    for _ in range(_REPEATS):
        began = time.process_time()
        work()
        spent.append(time.process_time() - began)
    return 1000 * min(spent)
