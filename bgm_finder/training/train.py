"""bgm-finder train: the article's classifier, trained on a user's own tags or on the rendered corpus.

Ctrl+C stops; the same command goes on. The output folder gets the weights, the learning curve, the confusion matrix
and the figures.
"""

import argparse
import hashlib
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bgm_finder import paths
from bgm_finder.catalogue.tag_csv import UnreadableTagList
from bgm_finder.similarity import patches
from bgm_finder.similarity.network import ARTICLE_DIMENSIONS
from bgm_finder.similarity.weights_file import WeightsFacts
from bgm_finder.training import charts, labelled
from bgm_finder.training.classifier import Classifier, Epoch, Examples
from bgm_finder.training.export import write_facts, write_weights
from bgm_finder.training.material import rendered

FRONTS = {"mel": patches.ARTICLE_MEL, "linear": patches.ARTICLE_LINEAR}
_HELD_OUT_SHARE = 0.2


def main(words: Sequence[str]) -> int:
    """Runs the command with its words; gives the exit code."""
    parser = argparse.ArgumentParser(prog="bgm-finder train", description=__doc__)
    add_arguments(parser)
    return run(parser.parse_args(words))


def add_arguments(parser: argparse.ArgumentParser) -> None:
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--tags", type=Path, metavar="CSV", help="a tag list; the tracks are sought in the folders")
    source.add_argument("--corpus", type=Path, metavar="FOLDER", help="a rendered corpus with its labels")
    parser.add_argument("folders", type=Path, nargs="*", metavar="FOLDER", help="where the tag list's tracks are")
    parser.add_argument("--category", default="instrument", help="the tag category to learn (default: instrument)")
    parser.add_argument("--name", default="own", help="what to choose the network by afterwards (default: own)")
    parser.add_argument("--output", type=Path, metavar="FOLDER", help="gets weights, charts and figures")
    parser.add_argument("--picture", choices=list(FRONTS), default="mel", help="kind of picture (default: mel)")
    parser.add_argument("--epochs", type=int, default=25)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--hold-out-fonts", type=int, metavar="N", help="of the corpus: measure on this sound family")


def run(arguments: argparse.Namespace) -> int:
    """Trains, measures and writes; gives 0, or 1 where there is nothing to learn from."""
    arguments.output = arguments.output or paths.networks_folder() / arguments.name
    arguments.output.mkdir(parents=True, exist_ok=True)
    try:
        gathered = _gather(arguments)
    except (UnreadableTagList, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    front = FRONTS[arguments.picture]
    pictures, read, unreadable = labelled.first_seconds(gathered.tracks, front, arguments.output / "pictures")
    for complaint in gathered.complaints + unreadable:
        print(complaint, file=sys.stderr)
    tracks = [gathered.tracks[number] for number in read]
    classes = sorted({track.label for track in tracks})
    if len(classes) < 2:
        print("there are not two tags with enough tracks to tell apart", file=sys.stderr)
        return 1
    print("learning", ", ".join(f"{label} ({n})" for label, n in sorted(Counter(t.label for t in tracks).items())))
    learned, held_out = _parts(tracks, classes, pictures, arguments)
    classifier = Classifier(len(classes), arguments.output / "checkpoint.pt", arguments.epochs, arguments.seed)
    try:
        classifier.train(learned, held_out, _tell)
    except KeyboardInterrupt:
        print("stopped; the same command goes on from here")
    return _write(classifier, classes, learned, held_out, arguments) if classifier.course.epochs else 1


def _gather(arguments: argparse.Namespace) -> labelled.Gathered:
    if arguments.tags:
        return labelled.from_tag_list(arguments.tags, arguments.folders, arguments.category)
    renders = rendered.read_corpus(arguments.corpus)
    return labelled.Gathered([labelled.Labelled(piece.path, piece.main, piece.fonts) for piece in renders], [])


def _parts(
    tracks: list[labelled.Labelled], classes: list[str], pictures: labelled.Bytes, arguments: argparse.Namespace
) -> tuple[Examples, Examples]:
    """Holds out a fifth of every class, or all that a family of sounds plays."""
    truth = np.array([classes.index(track.label) for track in tracks])
    if arguments.hold_out_fonts is None:
        kept, held = labelled.split([track.label for track in tracks], _HELD_OUT_SHARE, arguments.seed)
    else:
        family = rendered.FONT_FAMILIES[arguments.hold_out_fonts]
        kept = [number for number, track in enumerate(tracks) if not track.sounds & family]
        held = [number for number, track in enumerate(tracks) if track.sounds <= family]
    return Examples(pictures[kept], truth[kept]), Examples(pictures[held], truth[held])


def _tell(epoch: Epoch, of: int) -> None:
    print(
        f"epoch {epoch.number} of {of}: loss {epoch.train_loss:.3f}, held out {epoch.held_out_loss:.3f}; "
        f"right {epoch.train_accuracy:.1%}, held out {epoch.held_out_accuracy:.1%}",
        flush=True,
    )


def _fingerprint(classifier: Classifier) -> str:
    """Gives a few letters that differ between trainings: vectors of another training under one name are not its own."""
    numbers = b"".join(value.numpy().tobytes() for value in classifier.network.state_dict().values())
    return hashlib.sha256(numbers).hexdigest()[:8]


def _write(
    classifier: Classifier, classes: list[str], learned: Examples, held_out: Examples, arguments: argparse.Namespace
) -> int:
    classifier.network.eval()
    name = arguments.name
    facts = WeightsFacts(
        f"{name}-{_fingerprint(classifier)}", "article", FRONTS[arguments.picture], ARTICLE_DIMENSIONS, tuple(classes)
    )
    write_weights(arguments.output / f"{name}.safetensors", classifier.network, facts)
    said = classifier.scores(held_out.pictures).argmax(1).numpy()
    counts = charts.confusion(held_out.classes, said, len(classes))
    charts.learning_curve(classifier.course.epochs, arguments.output / "learning_curve.png")
    charts.confusion_matrix(counts, classes, arguments.output / "confusion_matrix.png")
    recalls = np.diag(counts) / np.maximum(counts.sum(axis=1), 1)
    figures: dict[str, object] = {
        "learned_from": len(learned.classes),
        "held_out": len(held_out.classes),
        "accuracy": round(float(np.diag(counts).sum() / max(1, counts.sum())), 4),
        "recall": {label: round(float(recall), 4) for label, recall in zip(classes, recalls, strict=True)},
        "confusion": counts.tolist(),
        "epochs": len(classifier.course.epochs),
        "cpu_minutes": round(classifier.course.cpu_s / 60, 2),
    }
    write_facts(arguments.output / "figures.json", figures)
    print(f"right on {len(held_out.classes)} held out: {figures['accuracy']:.1%}; written to {arguments.output}")
    return 0
