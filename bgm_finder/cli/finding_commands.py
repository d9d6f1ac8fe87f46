"""Commands that show the library: filtered, or by likeness."""

import math
from argparse import ArgumentParser, Namespace
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.catalogue.in_memory import filters
from bgm_finder.catalogue.in_memory.columns import MARK_NAMES, MISSING, UNREADABLE, Columns
from bgm_finder.catalogue.in_memory.filters import Condition
from bgm_finder.catalogue.matching import TrackNames
from bgm_finder.cli import options
from bgm_finder.cli.terminal import complain, listening_job, name_unreadable, say, say_json
from bgm_finder.clock import clock
from bgm_finder.jobs.job import Job
from bgm_finder.jobs.workers import make_executor
from bgm_finder.reason_sentences import sentence_of
from bgm_finder.reasons import Reason, Unreadable
from bgm_finder.similarity.embedder import Embedder, load_embedder
from bgm_finder.track import Match, Outside, Scope, Section
from bgm_finder.workflows.find_similar import Query, Ranking, Reference, find_similar
from bgm_finder.workflows.index_folder import IndexOptions
from bgm_finder.workflows.open_demo import open_demo
from bgm_finder.workflows.turn_vectors import turn_vectors


def add_list(parser: ArgumentParser) -> None:
    parser.set_defaults(func=run_list)
    options.add_filter(parser)
    parser.add_argument("--sort", choices=filters.SORT_KEYS, default="title")
    parser.add_argument("--descending", action="store_true")
    options.add_catalogue(parser, with_demo=True)
    options.add_json(parser)


def run_list(args: Namespace) -> int:
    columns = _columns(args, "default")
    wanted = options.filter_of(args)
    rows = filters.apply(columns, wanted)
    rows = filters.sort(columns, rows, args.sort, args.descending)
    if args.json:
        say_json([_track_facts(columns, row) for row in rows.tolist()])
        return 0
    for row in rows.tolist():
        say(_track_line(columns, row))
    say(f"{len(rows)} of {len(columns)} tracks")
    if not len(rows):
        for condition, count in filters.advise(columns, wanted):
            complain(f"Without {_condition_text(condition)} it would be {count}.")
    return 0


def add_similar(parser: ArgumentParser) -> None:
    parser.set_defaults(func=run_similar)
    parser.add_argument(
        "references",
        nargs="+",
        type=options.answering,
        metavar="REFERENCE",
        help="a sound or video file, or a track's name",
    )
    parser.add_argument("--start", type=float, metavar="S", help="listen only from this second of the reference")
    parser.add_argument("--end", type=float, metavar="S", help="listen only up to this second of the reference")
    options.add_stream(parser)
    parser.add_argument(
        "--not", dest="negatives", nargs="+", type=options.answering, default=[], metavar="FILE", help="unlike these"
    )
    parser.add_argument("--scope", choices=[*map(str, Scope)], default="all", help="of the filter")
    parser.add_argument("--top", type=options.at_least_one, default=20, metavar="N")
    options.add_filter(parser)
    options.add_network(parser)
    options.add_catalogue(parser, with_demo=True)
    options.add_json(parser)


def run_similar(args: Namespace) -> int:
    if None not in (args.start, args.end) and not args.start < args.end:
        args.error("--start must come before --end")
    embedder = load_embedder(args.network)
    columns = _columns(args, args.network)
    if not len(columns):
        complain("The library is empty: bgm-finder index FOLDER fills it.")
        return 1
    names = TrackNames(zip(columns.ids.tolist(), columns.paths, strict=True))
    section = _section(args)
    stream = options.stream_of(args)
    references = [replace(_reference(text, names, columns, section), stream=stream) for text in args.references]
    negatives = [_reference(text, names, columns, None) for text in args.negatives]
    ranking = _rank(args, columns, names, embedder, references, negatives)
    if ranking is None:
        return 1
    name_unreadable((error.path, _not_read(error, names)) for error in ranking.unreadable)
    matches = sorted((*ranking.inside, *ranking.outside), key=lambda match: -match.score)[: args.top]
    if ranking.left_out:
        complain(f"{ranking.left_out} tracks are left out: they are not analysed or cannot be read.")
    if args.json:
        say_json([_match_facts(columns, match) for match in matches])
        return 0
    for match in matches:
        row = columns.row_of(match.track_id)
        assert row is not None
        outside = f"  ({_outside_text(match.outside)})" if match.outside else ""
        say(f"{match.score:6.3f} {match.percentile:5.1f} %  {_track_line(columns, row)}{outside}")
    return 0


def _columns(args: Namespace, network: str) -> Columns:
    """Return the asked library's tracks; the demo library is made ready first."""
    catalogue = options.catalogue_of(args) if args.demo else options.filled_catalogue_of(args)
    if args.demo:
        open_demo(listening_job("Prepared"), catalogue, partial(make_executor, None), IndexOptions(network))
    embedder = load_embedder(network)
    turn_vectors(Job(), catalogue, embedder)
    with Catalogue(catalogue) as opened:
        return opened.columns(embedder.name)


def _rank(
    args: Namespace,
    columns: Columns,
    names: TrackNames,
    embedder: Embedder,
    references: list[Reference],
    negatives: list[Reference],
) -> Ranking | None:
    """Ranks by those references that can be read, and names the others."""
    while references:
        try:
            return find_similar(
                Job(),
                options.catalogue_of(args),
                columns,
                embedder,
                Query(references, options.filter_of(args), negatives, Scope(args.scope), args.top),
            )
        except Unreadable as error:
            name_unreadable([(error.path, _not_read(error, names))])
            references = [reference for reference in references if reference.path != error.path]
            negatives = [reference for reference in negatives if reference.path != error.path]
    return None


def _reference(text: str, names: TrackNames, columns: Columns, section: Section | None) -> Reference:
    """Return the file of this path, or else the one track of this name or title."""
    path = Path(text)
    found = [] if path.exists() else names.find(text) or _titled(columns, text)
    if len(found) != 1:
        return Reference(path, section=section)
    row = columns.row_of(found[0])
    assert row is not None
    return Reference(Path(columns.paths[row]), found[0], section)


def _titled(columns: Columns, title: str) -> list[int]:
    return [int(columns.ids[row]) for row, known in enumerate(columns.titles) if known == title]


def _not_read(error: Unreadable, names: TrackNames) -> str:
    """Return why a reference cannot be searched by; what is no file may have been meant as a track's name."""
    if error.reason != Reason.VANISHED or error.path.exists():
        return sentence_of(error.refusal)
    many = len(names.find(str(error.path)))
    return f"may be any of {many} tracks" if many > 1 else "is neither a file nor the name of a track"


def _section(args: Namespace) -> Section | None:
    if args.start is None and args.end is None:
        return None
    start_s = max(0.0, args.start or 0.0)
    return Section(start_s, math.inf if args.end is None else args.end)


def _track_facts(columns: Columns, row: int) -> dict[str, Any]:
    duration_s, bpm = float(columns.durations_s[row]), float(columns.bpms[row])
    return {
        "path": columns.paths[row],
        "title": columns.titles[row],
        "artist": columns.artists[row],
        "comment": columns.comments[row],
        "duration_s": None if math.isnan(duration_s) else round(duration_s, 3),
        "bpm": None if math.isnan(bpm) else round(bpm, 2),
        "bpm_is_estimated": bool(columns.bpms_estimated[row]),
        "mark": MARK_NAMES[int(columns.marks[row])],
        "is_missing": bool(columns.states[row] & MISSING),
        "is_unreadable": bool(columns.states[row] & UNREADABLE),
        "tags": {category: list(names) for category, names in columns.tags_at(row).items()},
    }


def _match_facts(columns: Columns, match: Match) -> dict[str, Any]:
    row = columns.row_of(match.track_id)
    assert row is not None
    return {
        "path": columns.paths[row],
        "title": columns.titles[row],
        "score": match.score,
        "percentile": match.percentile,
        "outside_because": _outside_facts(match.outside),
        "start_s": None if match.passage is None else round(match.passage.start_s, 3),
        "end_s": None if match.passage is None else round(match.passage.end_s, 3),
    }


def _outside_facts(outside: Outside | None) -> dict[str, object] | None:
    if outside is None:
        return None
    found = {"missing": True} if outside.tag is None else {"tag": outside.tag}
    return {"category": outside.limit or outside.category, **found}


def _track_line(columns: Columns, row: int) -> str:
    duration_s = float(columns.durations_s[row])
    length = "  -:--" if math.isnan(duration_s) else f"{clock(duration_s):>6}"
    tags = " · ".join(f"{category}: {', '.join(names)}" for category, names in columns.tags_at(row).items())
    return f"{length}  {columns.titles[row]}  [{tags}]  {columns.paths[row]}"


def _outside_text(outside: Outside) -> str:
    if outside.limit == "text":
        return "without the words searched for"
    name = outside.limit or outside.category
    return f"no {name} tag" if outside.tag is None else f"{name}: {outside.tag}"


def _condition_text(condition: Condition) -> str:
    if condition.kind == "ticked":
        return f"--tag {condition.category}={condition.name}"
    if condition.kind == "excluded":
        return f"--not-tag {condition.category}={condition.name}"
    if condition.kind == "untagged":
        return f"--missing {condition.category}"
    return f"the {condition.kind} condition"
