"""bgm-finder evaluate: the benchmark's figures of vectors that embed wrote, and a network's instrument figures.

bgm-finder embed MUSIC/wav/*.wav --output open.npz
bgm-finder evaluate open.npz --bench FOLDER [--heard WORK --music MUSIC]
bgm-finder evaluate --corpus FOLDER [--network NAME] [--hold-out-fonts N]
bgm-finder evaluate --closeness FOLDER [--network NAME]

The last one measures where "close" begins, on recordings that the network did not learn from (python -m
lab.music.held_out makes them), and writes the borders and a chart beside the weights.
"""

import argparse
import csv
import json
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bgm_finder.reason_sentences import in_english
from bgm_finder.similarity.closeness import Compared, write_borders
from bgm_finder.similarity.embedder import Embedder, load_embedder
from bgm_finder.similarity.weights_file import WeightsUnusable
from bgm_finder.training import charts, rendered
from bgm_finder.training.metrics import agreement, closeness, instruments, retrieval

Said = dict[str, object]


def main(words: Sequence[str]) -> int:
    """Run the command with its words; return the exit code."""
    parser = argparse.ArgumentParser(
        prog="bgm-finder evaluate", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add_arguments(parser)
    return run(parser.parse_args(words))


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("vectors", type=Path, nargs="?", metavar="VECTORS.npz", help="what embed wrote of the excerpts")
    parser.add_argument("--bench", type=Path, metavar="FOLDER", help="the benchmark's folder, with tracks.csv")
    parser.add_argument("--against", type=Path, metavar="OTHER.npz", help="other vectors: the gain in R@1 over them")
    parser.add_argument("--packages", nargs="*", help="ask only for tracks of these packages (all are rivals)")
    parser.add_argument("--heard", type=Path, metavar="WORK", help="what the teachers heard (of lab.teachers.teach)")
    parser.add_argument("--music", type=Path, metavar="FOLDER", help="the tracks that they heard")
    parser.add_argument("--corpus", type=Path, metavar="FOLDER", help="a rendered corpus: instrument figures on it")
    parser.add_argument("--closeness", type=Path, metavar="FOLDER", help="recordings to measure the words' borders on")
    parser.add_argument("--network", default="default", help="whose figures or borders (default: default)")
    families = range(len(rendered.FONT_FAMILIES))
    held_out = "only pieces that this sound family plays"
    parser.add_argument("--hold-out-fonts", type=int, choices=families, metavar="N", help=held_out)
    parser.add_argument("--most", type=int, default=400, help="pieces of the corpus at most (default: 400)")
    parser.add_argument("--json", action="store_true", help="one JSON document")


def run(args: argparse.Namespace) -> int:
    """Measure what it is given; return 0, 1 where something cannot be read, 2 on wrong use."""
    if (args.vectors is None or args.bench is None) and args.corpus is None and args.closeness is None:
        print("give VECTORS.npz with --bench, or --corpus, or --closeness", file=sys.stderr)
        return 2
    said: Said = {}
    try:
        if args.vectors is not None and args.bench is not None:
            said |= _of_vectors(args)
        if args.corpus is not None:
            embedder = load_embedder(args.network)
            said |= instruments.measured(embedder, args.corpus, args.hold_out_fonts, args.most)
        if args.closeness is not None:
            said |= measure_closeness(load_embedder(args.network), args.closeness)
    except (OSError, WeightsUnusable) as error:
        print(in_english(error), file=sys.stderr)
        return 1
    if args.json:
        print(json.dumps(said, default=lambda figure: [figure.value, figure.low, figure.high]))
    else:
        for name, value in said.items():
            print(f"{name:32} {value}")
    return 0


def _of_vectors(args: argparse.Namespace) -> Said:
    said = likeness(args.vectors, args.bench, args.packages)
    if args.heard is not None and args.music is not None:
        said |= agreement_with_teachers(args)
    if args.against is not None:
        said |= gain(args.vectors, args.against, args.bench, args.packages)
    return said


def likeness(vectors: Path, bench: Path, packages: list[str] | None = None) -> Said:
    """Return the benchmark's figures of a file of vectors, on the tracks neither marked as copies nor as no music."""
    excerpts, tracks, row, matrix = _excerpts(vectors, bench)
    asked = np.isin(excerpts.packages, packages) if packages else None
    said: Said = {"tracks": len(tracks), "dimensions": matrix.shape[1], **retrieval.same_track(excerpts, asked)}
    said["artist_P@4"] = retrieval.same_group(excerpts, excerpts.artists, asked)
    said["package_P@4"] = retrieval.same_group(excerpts, excerpts.packages, asked)
    said["hub_skew"] = round(retrieval.hub_skew(excerpts), 3)
    times = retrieval.times_near(excerpts)
    flooding = np.argsort(-times)[:3]
    said["most often near"] = [f"{tracks[place % len(tracks)]} ({times[place]})" for place in flooding]
    said["never near"] = round(float(np.mean(times == 0)), 3)
    number = {track: place for place, track in enumerate(tracks) if asked is None or asked[place]}
    return said | _robust(excerpts, number, row, matrix)


def gain(vectors: Path, other: Path, bench: Path, packages: list[str] | None = None) -> Said:
    """Return how much more often the vectors find the same track than other vectors of the same excerpts."""
    one, tracks, _, _ = _excerpts(vectors, bench)
    against, other_tracks, _, _ = _excerpts(other, bench)
    if tracks != other_tracks:
        raise OSError(f"{vectors} and {other} are not of the same excerpts")
    return {"gain in R@1": retrieval.gain(one, against, np.isin(one.packages, packages) if packages else None)}


def measure_closeness(embedder: Embedder, folder: Path) -> Said:
    """Write the borders of a network's words, and a chart, beside its weights; return which pairs get which word.

    Where the words would mean nothing, there are no borders.
    """
    recordings = closeness.listened(embedder, folder)
    found = {compared: closeness.spread(recordings, compared) for compared in Compared}
    borders = {compared: closeness.borders_of(spread) for compared, spread in found.items()}
    shares = {str(compared): closeness.shares(found[compared], borders[compared]) for compared in Compared}
    measured = {"recordings": len(recordings.pieces), "rule": closeness.RULE, "shares": shares}
    telling = {compared: one for compared, one in borders.items() if closeness.tells_apart(found[compared], one)}
    write_borders(embedder.weights, embedder.name, telling, measured)
    charts.closeness(found, borders, embedder.weights.with_name(f"{embedder.weights.stem}.closeness.png"))
    return {f"{compared}: {kind}": row for compared, kinds in shares.items() for kind, row in kinds.items()}


def agreement_with_teachers(args: argparse.Namespace) -> Said:
    """Return how far the vectors agree with the teachers about the tracks, asked only for those of the packages."""
    excerpts, tracks, _, _ = _excerpts(args.vectors, args.bench)
    asked = np.isin(excerpts.packages, args.packages) if args.packages else None
    place = {row["id"]: args.music / row["path"] for row in _rows(args.bench / "tracks.csv")}
    return {**agreement.with_teachers(excerpts, [place[track] for track in tracks], args.heard, asked)}


def _excerpts(vectors: Path, bench: Path) -> tuple[retrieval.Excerpts, list[str], dict[str, int], retrieval.Floats]:
    """Return the pairs of excerpts, the tracks' ids, and all vectors with the row of each excerpt's id."""
    ids, matrix = _embedded(vectors)
    matrix /= np.linalg.norm(matrix, axis=1, keepdims=True) + 1e-12
    row = {name: number for number, name in enumerate(ids)}
    tracks = [
        track
        for track in _rows(bench / "tracks.csv")
        if not track["nonmusic"] and not track["dup"] and {f"{track['id']}_A", f"{track['id']}_B"} <= row.keys()
    ]
    excerpts = retrieval.Excerpts(
        matrix[[row[f"{track['id']}_A"] for track in tracks]],
        matrix[[row[f"{track['id']}_B"] for track in tracks]],
        np.array([track["package"] for track in tracks]),
        np.array([track["artist_norm"] for track in tracks]),
    )
    return excerpts, [track["id"] for track in tracks], row, matrix


def _embedded(vectors: Path) -> tuple[list[str], retrieval.Floats]:
    try:
        with np.load(vectors) as held:
            return [str(name) for name in held["ids"]], held["vectors"].astype(np.float64)
    except (ValueError, KeyError, IndexError, EOFError, TypeError, AttributeError, zipfile.BadZipFile) as error:
        raise OSError(f"{vectors} is not what bgm-finder embed writes as .npz") from error


def _robust(
    excerpts: retrieval.Excerpts, number: dict[str, int], row: dict[str, int], matrix: retrieval.Floats
) -> dict[str, object]:
    copies: dict[str, list[tuple[int, int]]] = {}
    for name, place in row.items():
        clean, _, kind = name.partition("__")
        if kind and clean.endswith("_A") and clean[:-2] in number:
            copies.setdefault(kind, []).append((number[clean[:-2]], place))
    said: dict[str, object] = {}
    for kind, pairs in sorted(copies.items()):
        tracks, places = np.array(pairs).T
        said[f"{kind} own"], said[f"{kind} B"] = retrieval.robustness(excerpts, tracks, matrix[places])
    return said


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))
