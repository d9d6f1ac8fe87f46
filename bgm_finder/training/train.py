"""bgm-finder train: the article's classifier, trained on a user's own tags or on the rendered corpus.

Ctrl+C stops; the same command goes on. The output folder gets the weights, the learning curve, the confusion matrix
and the figures. The network can then be chosen in the settings, and by --network NAME in the commands; one that was
written to another folder by --network FOLDER/NAME.safetensors.
"""

import argparse
import hashlib
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from bgm_finder import paths
from bgm_finder.catalogue.tag_lists.problems import UnreadableTagList
from bgm_finder.reason_sentences import in_english, sentence_of
from bgm_finder.similarity import patches
from bgm_finder.similarity.network import ARTICLE_DIMENSIONS
from bgm_finder.similarity.weights_file import WeightsFacts
from bgm_finder.training import charts, labelled, rendered
from bgm_finder.training.classifier import CannotGoOn, Classifier, Epoch, Examples, subject_of
from bgm_finder.training.export import write_facts, write_weights

INPUTS = {"mel": patches.ARTICLE_MEL, "linear": patches.ARTICLE_LINEAR}
_HELD_OUT_SHARE = 0.2
_STOPPED = 130
"""What a shell expects of a command that Ctrl+C ended."""


def main(words: Sequence[str]) -> int:
    """Run the command with its words; return the exit code."""
    parser = argparse.ArgumentParser(prog="bgm-finder train", description=__doc__)
    add_arguments(parser)
    args = parser.parse_args(words)
    if args.tags and not args.folders:
        parser.error("name at least one FOLDER, where the tag list's tracks are")
    if args.tags and args.hold_out_fonts is not None:
        parser.error("--hold-out-fonts needs --corpus: of your own tracks nobody knows the sounds")
    return run(args)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--tags", type=Path, metavar="CSV", help="a tag list; the tracks are sought in the folders")
    source.add_argument("--corpus", type=Path, metavar="FOLDER", help="a rendered corpus with its labels")
    parser.add_argument("folders", type=Path, nargs="*", metavar="FOLDER", help="where the tag list's tracks are")
    parser.add_argument("--category", default="instrument", help="the tag category to learn (default: instrument)")
    parser.add_argument(
        "--name", type=_name, default="own", help="what to choose the network by afterwards (default: own)"
    )
    parser.add_argument("--output", type=Path, metavar="FOLDER", help="gets weights, charts and figures")
    parser.add_argument("--picture", choices=list(INPUTS), default="mel", help="kind of picture (default: mel)")
    parser.add_argument("--epochs", type=_from(1), default=25, metavar="N", help="passes over all tracks (default: 25)")
    parser.add_argument("--seed", type=_from(0), default=1, metavar="N", help="another one holds out other tracks")
    parser.add_argument("--anew", action="store_true", help="replace a training that the output folder holds")
    families = range(len(rendered.FONT_FAMILIES))
    held_out = "of the corpus: measure on this sound family"
    parser.add_argument("--hold-out-fonts", type=int, choices=families, metavar="N", help=held_out)


def run(args: argparse.Namespace) -> int:
    """Train, measure and write; return 0, 130 where Ctrl+C stopped it, or 1 where nothing can be learned."""
    args.output = args.output or paths.networks_folder() / args.name
    try:
        for folder in args.folders:
            if not folder.is_dir():
                raise NotADirectoryError(f"{folder} is not a folder")
        gathered = _gather(args)
    except (UnreadableTagList, OSError) as error:
        print(in_english(error), file=sys.stderr)
        return 1
    for complaint in gathered.complaints:
        print(complaint, file=sys.stderr)
    tracks, pictures = _heard(gathered.tracks, args)
    classes = sorted({track.label for track in tracks})
    if len(classes) < 2:
        print("there are not two tags with enough tracks to tell apart", file=sys.stderr)
        return 1
    learned, held_out = _parts(tracks, classes, pictures, args)
    if not len(learned.classes) or not len(held_out.classes):
        print("without that sound family nothing is left to learn from, or to measure on", file=sys.stderr)
        return 1
    try:
        classifier = _begun(classes, learned, held_out, args)
    except CannotGoOn as error:
        what = f"{error.path} {sentence_of(error.refusal)}"
        print(f"{what}: --anew replaces it, another --name or --output leaves it as it is", file=sys.stderr)
        return 1
    print("learning", ", ".join(f"{label} ({n})" for label, n in sorted(Counter(t.label for t in tracks).items())))
    return _trained(classifier, classes, learned, held_out, args)


def _trained(
    classifier: Classifier, classes: list[str], learned: Examples, held_out: Examples, args: argparse.Namespace
) -> int:
    code = 0
    try:
        classifier.train(learned, held_out, _tell)
    except KeyboardInterrupt:
        print("stopped; the same command goes on from here")
        code = _STOPPED
    if classifier.course.epochs:
        _write(classifier, classes, learned, held_out, args)
    return code


def _heard(tracks: list[labelled.Labelled], args: argparse.Namespace) -> tuple[list[labelled.Labelled], labelled.Bytes]:
    """Return the tracks that can be read and whose label is on enough of those, with their pictures."""
    print(f"listening to {len(tracks)} tracks", flush=True)
    store = args.output / "pictures"
    pictures, read, unreadable = labelled.first_seconds(tracks, INPUTS[args.picture], store)
    kept, rare = labelled.common_enough([tracks[number].label for number in read])
    for complaint in unreadable + rare:
        print(complaint, file=sys.stderr)
    return [tracks[read[number]] for number in kept], pictures[kept]


def _begun(classes: list[str], learned: Examples, held_out: Examples, args: argparse.Namespace) -> Classifier:
    """Return the training that the output folder holds, or a new one; raises CannotGoOn where it holds another one."""
    checkpoint = args.output / "checkpoint.pt"
    if args.anew:
        checkpoint.unlink(missing_ok=True)
    subject = subject_of(classes, args.seed, learned, held_out)
    return Classifier(len(classes), checkpoint, args.epochs, args.seed, subject)


def _gather(args: argparse.Namespace) -> labelled.Gathered:
    if args.tags:
        return labelled.from_tag_list(args.tags, args.folders, args.category)
    renders = rendered.read_corpus(args.corpus)
    return labelled.Gathered([labelled.Labelled(piece.path, piece.main, piece.fonts) for piece in renders], [])


def _parts(
    tracks: list[labelled.Labelled], classes: list[str], pictures: labelled.Bytes, args: argparse.Namespace
) -> tuple[Examples, Examples]:
    """Hold out a fifth of every class, or all that a family of sounds plays."""
    truth = np.array([classes.index(track.label) for track in tracks])
    if args.hold_out_fonts is None:
        kept, held = labelled.split([track.label for track in tracks], _HELD_OUT_SHARE, args.seed)
    else:
        family = rendered.FONT_FAMILIES[args.hold_out_fonts]
        kept = [number for number, track in enumerate(tracks) if not track.sounds & family]
        held = [number for number, track in enumerate(tracks) if track.sounds <= family]
    return Examples(pictures[kept], truth[kept]), Examples(pictures[held], truth[held])


def _name(text: str) -> str:
    """Read a name that a file and its folder can have, and that no network of the app's own has."""
    if text in {path.stem for path in paths.resource("weights").glob("*.safetensors")}:
        raise argparse.ArgumentTypeError(f"{text!r} is a network of the app's own")
    if not text.strip() or text.startswith(".") or set(text) & set('/\\:*?"<>|') or not text.isprintable():
        raise argparse.ArgumentTypeError(f"{text!r} cannot be the name of a file")
    return text


def _from(least: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not text.isdecimal() or int(text) < least:
            raise argparse.ArgumentTypeError(f"{text!r} is not a number from {least} on")
        return int(text)

    return read


def _tell(epoch: Epoch, of: int) -> None:
    print(
        f"epoch {epoch.number} of {of}: loss {epoch.train_loss:.3f}, held out {epoch.held_out_loss:.3f}; "
        f"right {epoch.train_accuracy:.1%}, held out {epoch.held_out_accuracy:.1%}",
        flush=True,
    )


def _fingerprint(classifier: Classifier) -> str:
    """Return some letters that differ between trainings: vectors of another one under one name are not its own."""
    numbers = b"".join(value.numpy().tobytes() for value in classifier.network.state_dict().values())
    return hashlib.sha256(numbers).hexdigest()[:8]


def _write(
    classifier: Classifier, classes: list[str], learned: Examples, held_out: Examples, args: argparse.Namespace
) -> None:
    classifier.network.eval()
    name = args.name
    facts = WeightsFacts(
        f"{name}-{_fingerprint(classifier)}", "article", INPUTS[args.picture], ARTICLE_DIMENSIONS, tuple(classes)
    )
    write_weights(args.output / f"{name}.safetensors", classifier.network, facts)
    said = classifier.scores(held_out.pictures).argmax(1).numpy()
    counts = charts.confusion(held_out.classes, said, len(classes))
    charts.learning_curve(classifier.course.epochs, args.output / "learning_curve.png")
    charts.confusion_matrix(counts, classes, args.output / "confusion_matrix.png")
    recalls = np.diag(counts) / np.maximum(counts.sum(axis=1), 1)
    metrics: dict[str, object] = {
        "learned_from": len(learned.classes),
        "held_out": len(held_out.classes),
        "accuracy": round(float(np.diag(counts).sum() / max(1, int(counts.sum()))), 4),
        "recall": {label: round(float(recall), 4) for label, recall in zip(classes, recalls, strict=True)},
        "confusion": counts.tolist(),
        "epochs": len(classifier.course.epochs),
        "cpu_minutes": round(classifier.course.cpu_s / 60, 2),
    }
    write_facts(args.output / "metrics.json", metrics)
    print(f"right on {len(held_out.classes)} held out: {metrics['accuracy']:.1%}; written to {args.output}")
