"""Options that several commands share, and the filter that some of them make."""

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from shlex import quote

from bgm_finder import paths
from bgm_finder.audio.files import AUDIO_SUFFIXES, VIDEO_SUFFIXES
from bgm_finder.catalogue.database import CatalogueError, DamagedCatalogue
from bgm_finder.catalogue.in_memory.columns import Columns
from bgm_finder.catalogue.in_memory.filters import NOT_REJECTED, Filter
from bgm_finder.catalogue.rescue import is_gone
from bgm_finder.cli.places import Places
from bgm_finder.reasons import Reason
from bgm_finder.track import ARTIST, FOLDER, GROUPINGS, MARKS, AtMost, Tag


def add_catalogue(parser: ArgumentParser, places: Places, with_demo: bool = False) -> None:
    """Let the user choose the catalogue file, or the demo library."""
    parser.add_argument("--catalogue", type=places.place, metavar="FILE", help="use another catalogue than your own")
    if with_demo:
        parser.add_argument("--demo", action="store_true", help="use the bundled demo library")


def add_json(parser: ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def add_work(parser: ArgumentParser) -> None:
    """Let the user choose the number of worker processes."""
    parser.add_argument("--jobs", type=at_least_one, metavar="N", help="worker processes (one for each core)")


def add_network(parser: ArgumentParser, places: Places) -> None:
    parser.add_argument(
        "--network", type=places.name, default="default", metavar="NAME", help="default, article, or a weights file"
    )


def add_stream(parser: ArgumentParser) -> None:
    """Let the user choose a sound stream of films."""
    parser.add_argument(
        "--stream",
        type=at_least_one,
        metavar="N",
        help="the Nth sound stream of films that have so many (of a pair of mono streams, either)",
    )


def stream_of(args: Namespace) -> int | None:
    """Return the chosen sound stream, counted from 0."""
    return None if args.stream is None else int(args.stream) - 1


def add_filter(parser: ArgumentParser) -> None:
    """Let the user say which tracks to show."""
    group = parser.add_argument_group("filter")
    group.add_argument("--tag", action="append", type=tag, default=[], metavar="CATEGORY=NAME", help="any of these")
    group.add_argument(
        "--not-tag", action="append", type=tag, default=[], metavar="CATEGORY=NAME", help="none of these"
    )
    group.add_argument("--match-all", action="append", default=[], metavar="CATEGORY", help="all of its tags, not any")
    group.add_argument("--missing", action="append", default=[], metavar="CATEGORY", help="without a tag of it")
    for name, what in (("artist", "of any of these artists"), ("folder", "in any of these folders")):
        group.add_argument(f"--{name}", action="append", default=[], metavar="NAME", help=what)
        group.add_argument(f"--not-{name}", action="append", default=[], metavar="NAME", help="of none of these")
    group.add_argument("--no-artist", action="store_true", help="without a known artist")
    group.add_argument(
        "--text", default="", metavar="WORDS", help="every word, in title, artist, comment, tags, file or folder name"
    )
    group.add_argument("--min-length", type=float, metavar="S", help="at least so many seconds")
    group.add_argument("--max-length", type=float, metavar="S", help="at most so many seconds")
    group.add_argument("--min-bpm", type=float, metavar="BPM")
    group.add_argument("--max-bpm", type=float, metavar="BPM")
    group.add_argument(
        "--mark", choices=(*(mark or "none" for mark in MARKS), NOT_REJECTED), help="only tracks marked so"
    )
    group.add_argument("--heard", choices=("yes", "no"), help="only tracks that are heard in the brief, or not yet")


def add_soft_limits(parser: ArgumentParser) -> None:
    """Let the user have tracks beyond length and BPM listed as outside the filter."""
    parser.add_argument(
        "--soft-limits",
        action="store_true",
        help="list tracks beyond length and BPM too, as outside the filter; else they are in no list",
    )


def add_at_most(parser: ArgumentParser) -> None:
    """Let the user have only the best few of each artist or folder listed."""
    parser.add_argument("--at-most", type=at_least_one, metavar="N", help="list only the best N of one --per")
    parser.add_argument("--per", choices=GROUPINGS, help="artist (the default) or folder; those of no artist all stay")


def at_most_of(args: Namespace) -> AtMost | None:
    """Return how many of one artist or folder are listed; None for any number."""
    if args.per and args.at_most is None:
        args.error("--per needs --at-most")
    return None if args.at_most is None else AtMost(args.at_most, args.per or "artist")


def filter_of(args: Namespace, columns: Columns) -> Filter:
    """Return the filter that the options ask for, of these tracks."""
    return Filter(
        ticked=_by_category([*args.tag, *_from_files(args.artist, args.folder, columns)]),
        excluded=_by_category([*args.not_tag, *_from_files(args.not_artist, args.not_folder, columns)]),
        untagged=frozenset([*args.missing, *([ARTIST] if args.no_artist else [])]),
        match_all=frozenset(args.match_all),
        text=args.text,
        min_length_s=args.min_length,
        max_length_s=args.max_length,
        min_bpm=args.min_bpm,
        max_bpm=args.max_bpm,
        mark="" if args.mark == "none" else args.mark,
        heard=None if args.heard is None else args.heard == "yes",
        soft_limits=frozenset({"length", "bpm"}) if getattr(args, "soft_limits", False) else frozenset(),
    )


def catalogue_of(args: Namespace) -> Path:
    """Return the catalogue file that the options ask for; raises DamagedCatalogue where there once was one."""
    catalogue, is_demo = named_catalogue(args), getattr(args, "demo", False)
    if not is_demo and is_gone(catalogue):  # an empty new one would be taken for it
        raise DamagedCatalogue(catalogue, Reason.GONE)
    return catalogue


def filled_catalogue_of(args: Namespace) -> Path:
    """Return the catalogue file that the options ask for, for those who only read it; raises CatalogueError.

    An empty new one at a mistyped path would pass for an empty library.
    """
    catalogue = catalogue_of(args)
    if not catalogue.exists():
        own = "" if args.catalogue is None else f" --catalogue {quote(str(catalogue))}"
        way = "list --demo" if getattr(args, "demo", False) else f"index FOLDER{own}"
        raise CatalogueError(catalogue, Reason.NOT_MADE_YET, command=way)
    return catalogue


def named_catalogue(args: Namespace) -> Path:
    """Return the catalogue file that the options ask for, whatever has become of it."""
    if args.catalogue is not None:
        return Path(args.catalogue)
    return paths.demo_catalogue() if getattr(args, "demo", False) else paths.default_catalogue()


def tag(text: str) -> Tag:
    """Read CATEGORY=NAME."""
    category, equals, name = text.partition("=")
    if not (category.strip() and equals and name.strip()):
        raise ArgumentTypeError(f"{text!r} is not of the form CATEGORY=NAME")
    return Tag(category.strip(), name.strip())


def size(text: str) -> tuple[int, int]:
    """Read WIDTHxHEIGHT."""
    width, _, height = text.lower().partition("x")
    if not (width.isdecimal() and height.isdecimal() and 0 < int(width) <= 20_000 and 0 < int(height) <= 20_000):
        raise ArgumentTypeError(f"{text!r} is not of the form 224x224")
    return int(width), int(height)


def written_file(places: Places, text: str) -> Path:
    """Read the name of a file that is written; music is never written."""
    path = places.place(text)
    if path.suffix.lower() in AUDIO_SUFFIXES | VIDEO_SUFFIXES:
        raise ArgumentTypeError(f"{text!r} is named like a sound or video file, and those are never written")
    return path


def list_file(places: Places, text: str) -> Path:
    """Read the name of a list that is written; it shall not take the place of a catalogue."""
    path = written_file(places, text)
    if path.suffix.lower() == paths.default_catalogue().suffix:
        raise ArgumentTypeError(f"{text!r} is named like a catalogue; to choose that one: --catalogue {quote(text)}")
    return path


def vectors_file(places: Places, text: str) -> Path:
    """Read the name of a file for vectors."""
    if not text.lower().endswith((".npz", ".csv")):
        raise ArgumentTypeError(f"{text!r} ends neither in .npz nor in .csv")
    return places.place(text)


def at_least_one(text: str) -> int:
    """Read a number of things."""
    if not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError(f"{text!r} is not a number from 1 on")
    return int(text)


def _from_files(artists: Iterable[str], folders: Iterable[str], columns: Columns) -> list[Tag]:
    """Return artists, and folders by their whole name, the end of it or their path."""
    found = [Tag(ARTIST, name.strip()) for name in artists]
    for text in folders:
        names = columns.folder_facet.named(text) or [text]
        found += [Tag(FOLDER, name) for name in names]
    return found


def _by_category(tags: Iterable[Tag]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for one in tags:
        found[one.category].add(one.name)
    return {category: frozenset(names) for category, names in found.items()}
