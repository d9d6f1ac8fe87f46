"""Commands that work on sound files without a library."""

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from concurrent.futures import Executor
from functools import partial
from pathlib import Path

from bgm_finder.cli import options
from bgm_finder.cli.places import Places
from bgm_finder.cli.terminal import complain, listening_job, name_unreadable, say, say_json
from bgm_finder.drafts import require_place
from bgm_finder.jobs.job import Job
from bgm_finder.jobs.workers import make_executor
from bgm_finder.reason_sentences import sentence_of
from bgm_finder.reasons import Reason, Refusal, Unreadable
from bgm_finder.similarity.embedder import load_embedder
from bgm_finder.workflows.classify_files import classify_files
from bgm_finder.workflows.draw_spectrograms import PictureOptions, draw_spectrograms
from bgm_finder.workflows.embed_files import embed_files, write_vectors


def add_embed(parser: ArgumentParser, places: Places) -> None:
    parser.set_defaults(func=run_embed)
    _add_files(parser, places)
    parser.add_argument(
        "--output", type=partial(options.vectors_file, places), required=True, metavar="OUT.npz|OUT.csv"
    )
    options.add_stream(parser)
    options.add_network(parser, places)


def run_embed(args: Namespace) -> int:
    files = _files(args)
    require_place(args.output)
    load_embedder(args.network)  # says at once where there is none of that name
    found = embed_files(listening_job("Embedded"), files, _workers(args, files), args.network, options.stream_of(args))
    name_unreadable((error.path, _reason(error)) for error in found.unreadable)
    if not found.paths:
        complain("No file could be read, so nothing was written.")
        return 1
    write_vectors(Job(), found, args.output)
    if args.json:
        unreadable = [{"path": str(error.path), "reason": _reason(error)} for error in found.unreadable]
        say_json({"vectors": len(found.paths), "output": str(args.output), "unreadable": unreadable})
    else:
        say(f"{len(found.paths)} vectors of {found.vectors.shape[1]} numbers are in {args.output}.")
    return 0


def add_classify(parser: ArgumentParser, places: Places) -> None:
    parser.set_defaults(func=run_classify)
    _add_files(parser, places)
    options.add_network(parser, places)


def run_classify(args: Namespace) -> int:
    files = _files(args)
    load_embedder(args.network)
    found = classify_files(listening_job("Heard"), files, _workers(args, files), args.network)
    name_unreadable((path, _reason(result)) for path, result in found if isinstance(result, Unreadable))
    heard = [(path, result) for path, result in found if not isinstance(result, Unreadable)]
    if args.json:
        say_json([{"path": str(path), "probabilities": probabilities} for path, probabilities in heard])
    else:
        for path, probabilities in heard:
            shares = ", ".join(f"{name} {share:.0%}" for name, share in sorted(probabilities.items(), key=_by_share))
            say(f"{path}: {shares}")
    return 0 if heard else 1


def add_spectrogram(parser: ArgumentParser, places: Places) -> None:
    parser.set_defaults(func=run_spectrogram, keeps=True)
    _add_files(parser, places)
    parser.add_argument("--output", type=places.place, required=True, metavar="DIR")
    parser.add_argument("--size", type=options.size, metavar="224x224", help="width and height of the picture")
    parser.add_argument("--axes", action="store_true", help="with time, pitch and loudness written beside it")
    options.add_stream(parser)


def run_spectrogram(args: Namespace) -> int:
    files = _files(args)
    found = draw_spectrograms(
        listening_job("Drawn"),
        files,
        args.output,
        _workers(args, files),
        PictureOptions(args.size, args.axes, options.stream_of(args)),
    )
    name_unreadable((path, _reason(result)) for path, result in found if isinstance(result, Unreadable))
    drawn = [(path, result) for path, result in found if not isinstance(result, Unreadable)]
    if args.json:
        say_json([{"path": str(path), "picture": str(target)} for path, target in drawn])
    else:
        for _, target in drawn:
            say(str(target))
    return 0 if drawn else 1


def _add_files(parser: ArgumentParser, places: Places) -> None:
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    parser.add_argument(
        "--list", type=places.place, metavar="FILE", help="a text file that names more files, one a line"
    )
    options.add_work(parser)
    options.add_catalogue(parser, places)
    options.add_json(parser)


def _files(args: Namespace) -> list[Path]:
    files = list(args.files)
    if args.list is not None:
        lines = args.list.read_text(encoding="utf-8-sig", errors="surrogateescape").splitlines()
        files += [Path(line.strip()) for line in lines if line.strip()]
    if not files:
        args.error("name at least one FILE, or a --list of them")
    return files


def _reason(error: Unreadable) -> str:
    """Return why a file that the user named cannot be read; it need not have existed."""
    return sentence_of(Refusal(Reason.NOT_THERE) if error.reason == Reason.VANISHED else error.refusal)


def _workers(args: Namespace, files: list[Path]) -> Callable[[], Executor]:
    if args.jobs is None and len(files) == 1:
        return partial(make_executor, 1)
    return partial(make_executor, args.jobs)


def _by_share(entry: tuple[str, float]) -> float:
    return -entry[1]
