"""Make the exam of styles, and what other programs make of it: python -m lab.styles FOLDER.

The folder gets styles/ (pieces), pairs/ (scores with one thing changed) and peers/ (vectors, one file a peer), which
`bgm-finder evaluate --styles FOLDER --vectors FOLDER/peers/NAME.npz` compares. Goes on where it was stopped.
"""

import argparse
from pathlib import Path

import numpy as np

from bgm_finder.drafts import draft_of
from bgm_finder.training.metrics.styles import read_exam
from lab.styles import build
from lab.styles.peers import peers


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m lab.styles", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pieces", type=int, default=build.PIECES_A_STYLE, help="of each style (default: 30)")
    parser.add_argument("--scores", type=int, default=build.SCORES, help="each in seven versions (default: 300)")
    parser.add_argument("--musicnn", type=Path, help="the folder MSD_musicnn of its package")
    parser.add_argument("--aisfx", type=Path, help="the file checkpoint.pth of its package")
    args = parser.parse_args()
    for part, items in (("styles", build.styles(args.pieces)), ("pairs", build.pairs(args.scores))):
        for count, name in enumerate(build.render(items, args.folder / part), 1):
            if count % 100 == 0:
                print(f"{part}: {count}, {name}", flush=True)
    _hear(args.folder, args.musicnn, args.aisfx)


def _hear(folder: Path, musicnn: Path | None, aisfx: Path | None) -> None:
    """Let every peer that is there hear all pieces anew; say which ones are not there."""
    exam, files = read_exam(folder)
    ways = peers(musicnn, aisfx)
    (folder / "peers").mkdir(exist_ok=True)
    for name, way in ways.items():
        with draft_of(folder / "peers" / f"{name}.npz") as draft, draft.open("wb") as file:
            np.savez(file, ids=exam.ids, vectors=way(files).astype(np.float32))
        print(f"heard by {name}", flush=True)
    for name in ("musicnn", "aisfx", "Musly", "bliss"):
        if not any(heard.startswith(name) for heard in ways):
            print(f"not heard by {name}: it is not here", flush=True)


if __name__ == "__main__":
    main()
