"""What a bigger preview picture would cost on disk: the same tracks' pictures, shrunk less, packed as they are now.

The most bytes that a preview may take grow with its dots, so that the steps of loudness stay about as fine.
BGM_BENCH_MUSIC, where it is set, is a folder with real ogg files to use; else the demo library, whose tracks are short.
"""

from pathlib import Path
from unittest.mock import patch

import numpy as np

from bgm_finder import paths
from bgm_finder.audio import picture
from bgm_finder.audio.decode import SoundReader
from bgm_finder.audio.mono import to_mono
from bgm_finder.audio.spectrogram import MelPictureMaker
from tests.benchmarks._processor_time import real_tracks

TRACKS = 60
SIZES = ((1.0, 1.0), (1.5, 1.0), (2.0, 1.0), (1.5, 1.5), (2.0, 2.0))
"""Times as many columns, and times as many bands."""
_BLOCK_S = 10


def main() -> list[dict[str, object]]:
    files = real_tracks(TRACKS) or sorted(paths.resource("demo").glob("*.ogg"))
    pictures = [_picture(path) for path in files]
    return [_row(pictures, wider, higher) for wider, higher in SIZES]


def _picture(path: Path) -> picture.MelPicture:
    """Return what the second pass makes a preview of."""
    with SoundReader(path) as reader:
        maker = MelPictureMaker(reader.frames, reader.rate_hz, is_small=True)
        while len(samples := reader.read(_BLOCK_S * reader.rate_hz)):
            maker.add(to_mono(samples))
        return maker.finish()


def _row(pictures: list[picture.MelPicture], wider: float, higher: float) -> dict[str, object]:
    columns, bands = round(wider * picture.PREVIEW_COLUMNS), round(higher * picture.PREVIEW_BANDS)
    most = round(wider * higher * picture.PREVIEW_MOST_BYTES)
    with patch.multiple(picture, PREVIEW_COLUMNS=columns, PREVIEW_BANDS=bands, PREVIEW_MOST_BYTES=most):
        stored = [picture.preview(one) for one in pictures]
    return {
        "columns": columns,
        "bands": bands,
        "at most, KB": round(most / 1000, 1),
        "a track, KB": round(float(np.mean([len(one) for one in stored])) / 1000, 1),
        "largest, KB": round(max(len(one) for one in stored) / 1000, 1),
        "steps of loudness, mean": round(float(np.mean([one[1] for one in stored]))),
        "tracks": len(pictures),
    }
