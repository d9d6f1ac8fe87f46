"""How many tracks an editor hears before the right one: walking, S, groups, marks, and all of them together.

Candidates: 730 tracks, excerpt A of each clean track of the open benchmark (275 of real music), and rendered pieces in
equal parts: scores of MMA in hundreds of styles (lab.music.grooves) and pieces of our own composer (lab.music.corpus),
both drawn by seed out of the folders given. Render them with seeds that no training has seen. Paths are arguments, or
the variables in brackets:

    python -m tests.benchmarks.auditions --bench FOLDER --music FOLDER  [BGM_BENCH, BGM_BENCH_MUSIC]
        --bands FOLDER --corpus FOLDER [BGM_BANDS, BGM_CORPUS] --vectors FILE.npz [kept between runs]

Without any, the candidates are the bundled demo library, and its tags are the only judge: too few tracks to choose by.

A judge stands for what the editor has in mind. It names how far every candidate is from the one that is wanted, and
knows nothing of our network. The judges were fixed before the first run:

- styles: of the scores' style names, taken apart into words ("68SwingWalkPlus": 68, Swing), the share that two names
  do not have in common (one less Jaccard's index). Words of a variation count for nothing: Intro, End, Fill, Sus,
  Plus, Walk, single digits. What is no score is as far as can be. Wanted are scores only.
- tags: how many of genre, mood and main instrument of the composer differ, and the octaves between the tempos, one at
  most. What the composer did not write is as far as can be. Wanted are the composer's pieces only. For the demo
  library: the share of its tags that two tracks do not have in common.
- bliss: the distance of bliss-audio's numbers, by which its users sort. Wanted may be any candidate. Without the
  package bliss-audio there is no such judge.

Candidates that are equally far stand in an order drawn by seed. The best one is the track wanted itself, the best seven
it and the six nearest to it. The editor knows one of these when it is heard, hears no track twice, and answers only:

- nearer: is this one nearer than the one that I search by now?
- keep, reject, neither: is it among the nearest twentieth, or in the farther half? As far as can be is never kept.

Of wrong answers, a share p of "nearer" is turned round, and of keep and reject each is taken for the other.

Reported are medians over the trials (a wanted track and an order of the library each, drawn by seed, the same for all
strategies) with the interval that holds the median in 95 of 100 resamples. The row "ranked by the other six" says what
the network's order allows at best: searched by all six others of the best seven at once, with nothing heard before.
"""

import argparse
import os
from collections.abc import Callable
from pathlib import Path

# One thread, asked for before the libraries start theirs.
os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")

import numpy as np  # noqa: E402
from numpy.typing import NDArray  # noqa: E402

from bgm_finder.similarity.groups import group_by_sound  # noqa: E402
from tests.benchmarks._auditions_material import Judge, candidates, judges, vectors  # noqa: E402
from tests.benchmarks._editors import STRATEGIES, Editor  # noqa: E402

TRIALS = 200
WRONG = (0.0, 0.1)
_FIRST_SEED = 1000
_RESAMPLES = 1000


def main() -> list[dict[str, object]]:
    args = _arguments()
    material = candidates(args)
    heard = vectors(material.files, args.vectors)
    groups = group_by_sound(np.arange(len(heard)), heard)
    return [
        _row(judge, wrong, name, lambda seed, judge=judge, wrong=wrong: Editor(judge, heard, groups, wrong, seed))
        for judge in judges(material)
        for wrong in WRONG
        for name in STRATEGIES
    ]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, variable in {
        "bench": "BGM_BENCH",
        "music": "BGM_BENCH_MUSIC",
        "bands": "BGM_BANDS",
        "corpus": "BGM_CORPUS",
        "vectors": "BGM_AUDITIONS_VECTORS",
    }.items():
        given = os.environ.get(variable)
        parser.add_argument(f"--{name}", type=Path, default=Path(given) if given else None)
    args = parser.parse_args()
    given = [args.bench, args.music, args.bands, args.corpus]
    if any(given) and not all(given):
        parser.error("--bench, --music, --bands and --corpus belong together")
    return args


def _row(judge: Judge, wrong: float, name: str, editor: Callable[[int], Editor]) -> dict[str, object]:
    runs = [editor(_FIRST_SEED + trial).run(STRATEGIES[name]) for trial in range(TRIALS)]
    return {
        "judge": judge.name,
        "wrong answers, %": round(100 * wrong),
        "strategy": name,
        "tracks heard until the best one": _median(np.array([run.the_one for run in runs])),
        "until any of the best seven": _median(np.array([run.any_of_seven for run in runs])),
    }


def _median(counts: NDArray[np.int64]) -> str:
    """Return the median, and the interval that holds it in 95 of 100 resamples."""
    drawn = np.random.default_rng(0).choice(counts, (_RESAMPLES, len(counts)))
    low, high = np.percentile(np.median(drawn, axis=1), [2.5, 97.5])
    return f"{np.median(counts):.0f} ({low:.0f} to {high:.0f})"


if __name__ == "__main__":
    from tests.benchmarks.__main__ import machine, table

    print(f"{machine()}\n\n{table(main())}")
