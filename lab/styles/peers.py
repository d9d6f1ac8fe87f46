"""What else hears likeness: measures by hand, and networks and tools of other people where they are installed."""

import importlib
import importlib.util
from collections.abc import Callable, Sequence
from pathlib import Path

import librosa
import numpy as np
import soundfile
import soxr
from librosa.feature.rhythm import tempo

from lab.teachers.aisfx import RATE_HZ as AISFX_RATE_HZ
from lab.teachers.aisfx import Aisfx
from lab.teachers.musicnn import RATE_HZ, Musicnn

Describe = Callable[[np.ndarray, int], np.ndarray]
Way = Callable[[Sequence[Path]], np.ndarray]
"""From files to vectors whose cosines say how alike they are, (files, dimensions)."""

_MUSLY_RATE_HZ = 22050


def peers(musicnn: Path | None = None, aisfx: Path | None = None) -> dict[str, Way]:
    """Return every peer that this machine has, by name; musicnn: the folder MSD_musicnn of its package, aisfx: the file
    checkpoint.pth of its package. The packages pymusly and bliss-audio join where they are installed.
    """
    ways: dict[str, Way] = {
        "MFCC-20 mean and spread, z-scored": _scaled(each(_mfcc)),
        "chroma, contrast, tempo, z-scored": _scaled(each(_by_hand)),
    }
    if musicnn is not None:
        ways["musicnn MSD mean and maximum, z-scored"] = _scaled(each(_musicnn(Musicnn(musicnn))))
    if aisfx is not None:
        ways["aisfx, z-scored"] = _scaled(each(_aisfx(Aisfx(aisfx))))
    if importlib.util.find_spec("pymusly"):
        ways["Musly timbre"] = _musly
    if importlib.util.find_spec("bliss_audio"):
        ways["bliss-audio"] = _bliss
    return ways


def each(describe: Describe) -> Way:
    """Return the way that describes file by file."""
    return lambda files: np.stack([describe(*soundfile.read(path, dtype="float32")) for path in files])


def _scaled(way: Way) -> Way:
    """Return the way with every number z-scored by the files' own statistics: as well as a peer can do."""

    def scaled(files: Sequence[Path]) -> np.ndarray:
        vectors = way(files)
        return np.asarray((vectors - vectors.mean(axis=0)) / (vectors.std(axis=0) + 1e-9))

    return scaled


def _mfcc(samples: np.ndarray, rate_hz: int) -> np.ndarray:
    mfcc = librosa.feature.mfcc(y=samples, sr=rate_hz, n_mfcc=20)
    return np.concatenate([mfcc.mean(axis=1), mfcc.std(axis=1)])


def _by_hand(samples: np.ndarray, rate_hz: int) -> np.ndarray:
    chroma = librosa.feature.chroma_stft(y=samples, sr=rate_hz)
    contrast = librosa.feature.spectral_contrast(y=samples, sr=rate_hz)
    beats = np.ravel(tempo(y=samples, sr=rate_hz))
    parts = [part for picture in (chroma, contrast) for part in (picture.mean(axis=1), picture.std(axis=1))]
    return np.concatenate([*parts, np.log2(beats)])


def _musicnn(teacher: Musicnn) -> Describe:
    def describe(samples: np.ndarray, rate_hz: int) -> np.ndarray:
        heard = teacher.hear([soxr.resample(samples, rate_hz, RATE_HZ)])
        return np.concatenate([heard.mean[0], heard.maximum[0]])

    return describe


def _aisfx(teacher: Aisfx) -> Describe:
    return lambda samples, rate_hz: teacher.hear([soxr.resample(samples, rate_hz, AISFX_RATE_HZ)])[0]


def _musly(files: Sequence[Path]) -> np.ndarray:
    """Ask pymusly for the distances of all pairs, with the files themselves as the collection that it scales by."""
    jukebox = importlib.import_module("pymusly").MuslyJukebox("timbre", "none")
    tracks = []
    for path in files:
        samples, rate_hz = soundfile.read(path, dtype="float32")
        tracks.append(jukebox.track_from_audiodata(soxr.resample(samples, rate_hz, _MUSLY_RATE_HZ)))
    jukebox.set_style(tracks)
    known = list(zip(jukebox.add_tracks(tracks), tracks, strict=True))
    return _vectors_of(-np.array([jukebox.compute_similarity(seed, known) for seed in known]))


def _bliss(files: Sequence[Path]) -> np.ndarray:
    """Compare bliss-audio's twenty numbers by their distance, as its users do."""
    song = importlib.import_module("bliss_audio").Song
    numbers = np.array([song(str(path)).analysis for path in files])
    return _vectors_of(-((numbers[:, None] - numbers[None]) ** 2).sum(axis=2))


def _vectors_of(likeness: np.ndarray) -> np.ndarray:
    """Return unit vectors whose cosines stand in the same order as the likeness of pairs, (files, files).

    What is added to the diagonal changes no pair, and makes every square root exist.
    """
    symmetric = (likeness + likeness.T) / 2
    np.fill_diagonal(symmetric, 0.0)
    strengths, axes = np.linalg.eigh(symmetric)
    return np.asarray(axes * np.sqrt(strengths - strengths[0] + 1e-9))
