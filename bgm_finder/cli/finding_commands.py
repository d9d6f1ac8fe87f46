"""Commands that show the library: filtered, or by likeness."""

import math
from argparse import ArgumentParser, Namespace
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from bgm_finder import paths
from bgm_finder.catalogue.in_memory import filters
from bgm_finder.catalogue.in_memory.brief_columns import with_listening
from bgm_finder.catalogue.in_memory.columns import MARK_NAMES, MISSING, UNREADABLE, Columns
from bgm_finder.catalogue.in_memory.filters import Condition
from bgm_finder.catalogue.matching import TrackNames
from bgm_finder.cli import options
from bgm_finder.cli.chosen_brief import ChosenBrief, add_brief, chosen_brief
from bgm_finder.cli.places import Places
from bgm_finder.cli.terminal import complain, listening_job, name_unreadable, say, say_json
from bgm_finder.clock import clock
from bgm_finder.conditions import Filter, both
from bgm_finder.jobs.job import Job
from bgm_finder.jobs.workers import make_executor
from bgm_finder.reason_sentences import sentence_of
from bgm_finder.reasons import Reason, Unreadable
from bgm_finder.settings import load_settings
from bgm_finder.similarity.closeness import nearest
from bgm_finder.similarity.embedder import Embedder, load_embedder
from bgm_finder.track import ARTIST, FOLDER, FROM_FILES, Closeness, Match, Outside, Reference, Scope, Section
from bgm_finder.workflows.at_most import are_among_first
from bgm_finder.workflows.find_similar import Query, Ranking, find_similar
from bgm_finder.workflows.index_folder import IndexOptions
from bgm_finder.workflows.open_demo import open_demo
from bgm_finder.workflows.turn_vectors import turn_vectors


def add_list(parser: ArgumentParser, places: Places) -> None:
    parser.set_defaults(func=run_list)
    options.add_filter(parser)
    add_brief(parser, places)
    parser.add_argument("--sort", choices=filters.SORT_KEYS, default="title")
    parser.add_argument("--descending", action="store_true")
    options.add_catalogue(parser, places, with_demo=True)
    options.add_json(parser)


def run_list(args: Namespace) -> int:
    brief = _brief(args, "default")
    columns, wanted = brief.columns, _wanted(args, brief)
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


def add_similar(parser: ArgumentParser, places: Places) -> None:
    parser.set_defaults(func=run_similar)
    parser.add_argument(
        "references",
        nargs="*",
        type=places.name,
        metavar="REFERENCE",
        help="a sound or video file, or a track's name (those of the brief)",
    )
    parser.add_argument("--start", type=float, metavar="S", help="listen only from this second of the reference")
    parser.add_argument("--end", type=float, metavar="S", help="listen only up to this second of the reference")
    options.add_stream(parser)
    parser.add_argument(
        "--not", dest="negatives", nargs="+", type=places.name, default=[], metavar="FILE", help="unlike these"
    )
    parser.add_argument("--scope", choices=[*map(str, Scope)], default="all", help="of the filter")
    parser.add_argument("--top", type=options.at_least_one, default=20, metavar="N")
    options.add_filter(parser)
    options.add_soft_limits(parser)
    options.add_at_most(parser)
    add_brief(parser, places)
    options.add_network(parser, places)
    options.add_catalogue(parser, places, with_demo=True)
    options.add_json(parser)


def run_similar(args: Namespace) -> int:
    if None not in (args.start, args.end) and not args.start < args.end:
        args.error("--start must come before --end")
    options.at_most_of(args)  # whether it can be
    embedder = load_embedder(args.network)
    brief = _brief(args, args.network)
    columns = brief.columns
    if not len(columns):
        complain("The library is empty: bgm-finder index FOLDER fills it.")
        return 1
    names = TrackNames(zip(columns.ids.tolist(), columns.paths, strict=True))
    references, negatives = _references(args, brief, names)
    ranking = _rank(args, brief, names, embedder, references, negatives)
    if ranking is None:
        return 1
    name_unreadable((error.path, _not_read(error, names)) for error in ranking.unreadable)
    matches = _merged(columns, ranking)[: args.top]
    if ranking.left_out:
        complain(f"{ranking.left_out} tracks are left out: they are not analysed or cannot be read.")
    if nearest([match.closeness for match in matches]) is Closeness.DISTANT:
        complain("There is nothing really close.")
    if args.json:
        say_json([_match_facts(columns, match) for match in matches])
        return 0
    for match in matches:
        row = columns.row_of(match.track_id)
        assert row is not None
        outside = f"  ({' · '.join(map(_outside_text, match.misses))})" if match.misses else ""
        word = match.closeness or ""
        say(f"{word:10} {match.score:6.3f} {match.percentile:5.1f} %  {_track_line(columns, row)}{outside}")
    return 0


def _merged(columns: Columns, ranking: Ranking) -> list[Match]:
    """Return both sides in one list, best first; at equal scores the fewest misses first."""
    matches = sorted((*ranking.inside, *ranking.outside), key=lambda match: (-match.score, len(match.misses)))
    if ranking.at_most is None:
        return matches
    rows = columns.rows_of([match.track_id for match in matches])
    return [
        match for match, stays in zip(matches, are_among_first(columns, rows, ranking.at_most), strict=True) if stays
    ]


def _brief(args: Namespace, network: str) -> ChosenBrief:
    """Return the brief asked for, and the asked library's tracks; the demo library is made ready first."""
    catalogue = options.catalogue_of(args) if args.demo else options.filled_catalogue_of(args)
    if args.demo:
        open_demo(listening_job("Prepared"), catalogue, partial(make_executor, None), IndexOptions(network))
    embedder = load_embedder(network)
    turn_vectors(Job(), catalogue, embedder)
    brief = chosen_brief(args, catalogue, embedder.name)
    if _wanted(args, brief).heard is None:
        return brief
    after_s = load_settings(paths.settings_file()).heard_after_s
    return replace(brief, columns=with_listening(brief.columns, {}, after_s))


def _wanted(args: Namespace, brief: ChosenBrief) -> Filter:
    return both(brief.content.filter, options.filter_of(args, brief.columns))


def _references(args: Namespace, brief: ChosenBrief, names: TrackNames) -> tuple[list[Reference], list[Reference]]:
    """Return what the tracks are to be like and unlike; what the brief says holds where nothing is asked to be like."""
    columns, section, stream = brief.columns, _section(args), options.stream_of(args)
    likes = [replace(_reference(text, names, columns, section), stream=stream) for text in args.references]
    unlikes = [_reference(text, names, columns, None) for text in args.negatives]
    if not likes:
        likes = [weighted.reference for weighted in brief.content.references if weighted.weight > 0]
        unlikes += [weighted.reference for weighted in brief.content.references if weighted.weight < 0]
    if not likes:
        args.error("a REFERENCE is needed, or a brief that has some")
    return likes, unlikes


def _rank(
    args: Namespace,
    brief: ChosenBrief,
    names: TrackNames,
    embedder: Embedder,
    references: list[Reference],
    negatives: list[Reference],
) -> Ranking | None:
    """Rank by those references that can be read, and name the others."""
    wanted = _wanted(args, brief)
    while references:
        try:
            return find_similar(
                Job(),
                options.catalogue_of(args),
                brief.columns,
                embedder,
                Query(references, wanted, negatives, Scope(args.scope), args.top, options.at_most_of(args)),
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
        "folder": columns.folder_facet.own_name_at(row),
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
        "closeness": match.closeness,
        "outside_because": _outside_facts(match.outside),
        "misses": [_miss_facts(miss) for miss in match.misses],
        "start_s": None if match.passage is None else round(match.passage.start_s, 3),
        "end_s": None if match.passage is None else round(match.passage.end_s, 3),
    }


def _outside_facts(outside: Outside | None) -> dict[str, object] | None:
    if outside is None:
        return None
    found = {"missing": True} if outside.tag is None else {"tag": outside.tag}
    return {"category": outside.limit or outside.category.strip(), **found}


def _miss_facts(miss: Outside) -> dict[str, object]:
    """Return one of the things that keep a track out; a limit's value is None where the track has none."""
    if miss.limit:
        return {"category": miss.limit, "limit": miss.tag}
    found = {"missing": miss.lacked or True} if miss.tag is None else {"tag": miss.tag}
    return {"category": miss.category.strip(), **found}


def _track_line(columns: Columns, row: int) -> str:
    duration_s = float(columns.durations_s[row])
    length = "  -:--" if math.isnan(duration_s) else f"{clock(duration_s):>6}"
    tags = " · ".join(f"{category}: {', '.join(names)}" for category, names in columns.tags_at(row).items())
    return f"{length}  {columns.titles[row]}  [{tags}]  {columns.paths[row]}"


def _outside_text(outside: Outside) -> str:
    if outside.limit == "text":
        return "without the words searched for"
    if outside.limit == "heard":
        return outside.tag or "not heard yet"
    name = outside.limit or outside.category.strip()
    if outside.tag is not None:
        return f"{name}: {outside.tag}"
    if outside.lacked is not None:
        return f"without {name}: {outside.lacked}"
    return f"no {name}" if outside.limit or outside.category in FROM_FILES else f"no {name} tag"


def _condition_text(condition: Condition) -> str:
    name = condition.category.strip()
    if condition.category in (ARTIST, FOLDER):
        word = {"ticked": "", "excluded": "not-", "untagged": "no-"}[condition.kind]
        return f"--{word}{name} {condition.name}".rstrip()
    if condition.kind == "ticked":
        return f"--tag {condition.category}={condition.name}"
    if condition.kind == "excluded":
        return f"--not-tag {condition.category}={condition.name}"
    if condition.kind == "untagged":
        return f"--missing {condition.category}"
    return f"the {condition.kind} condition"
