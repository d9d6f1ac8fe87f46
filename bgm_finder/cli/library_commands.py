"""Commands that fill the library and hand its tags on."""

from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from functools import partial
from pathlib import Path

from bgm_finder.catalogue.tag_lists.problems import UndecidedEncoding
from bgm_finder.cli import options
from bgm_finder.cli.chosen_brief import add_brief, chosen_brief
from bgm_finder.cli.places import Places
from bgm_finder.cli.terminal import complain, listening_job, name_unreadable, say, say_json
from bgm_finder.drives.waiting import NoAnswer
from bgm_finder.jobs.job import Job
from bgm_finder.jobs.workers import make_executor
from bgm_finder.reason_sentences import in_english, sentence_of
from bgm_finder.reasons import Reason, Refusal, RefusalError
from bgm_finder.workflows.cluster import Cluster, ClusterUnusable, safe_address
from bgm_finder.workflows.export_shortlist import export_kept
from bgm_finder.workflows.export_tags import export_tags
from bgm_finder.workflows.import_tags import ImportReport, ListSource, import_tags
from bgm_finder.workflows.index_folder import IndexOptions, IndexReport, index
from bgm_finder.workflows.keep_safe import keep_safe
from bgm_finder.workflows.statistics import statistics

_MOST_NAMED = 20
"""Rows of a tag list that are named one by one."""


def add_index(parser: ArgumentParser, places: Places) -> None:
    parser.set_defaults(func=partial(run_index, places), keeps=True)
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    parser.add_argument("--full", action="store_true", help="also waveforms, pictures, loudness and tempo")
    options.add_work(parser)
    parser.add_argument("--cluster", metavar="ADDRESS", help="a Dask scheduler to work instead: tls://HOST:PORT")
    options.add_network(parser, places)
    options.add_catalogue(parser, places)
    options.add_json(parser)


def run_index(places: Places, args: Namespace) -> int:
    try:
        return _index(places, args)
    except ClusterUnusable as error:
        complain(in_english(error))
        return 1


def add_import_tags(parser: ArgumentParser, places: Places) -> None:
    parser.set_defaults(func=run_import_tags)
    parser.add_argument("csv", type=Path, metavar="CSV")
    parser.add_argument("--encoding", default="", metavar="NAME", help="such as cp932 or cp1252; else it is found")
    options.add_catalogue(parser, places, with_demo=True)
    options.add_json(parser)


def run_import_tags(args: Namespace) -> int:
    catalogue = options.filled_catalogue_of(args)
    try:
        report = import_tags(Job(), catalogue, ListSource(args.csv, args.encoding))
    except UndecidedEncoding as error:
        complain(f"{in_english(error)} Name the right one with --encoding.")
        _show_encodings(error)
        return 1
    _keep_safe(catalogue)
    if args.json:
        complaints = [{"line": found.line, "reason": sentence_of(found.refusal)} for found in report.complaints]
        say_json(
            {
                "matched": report.matched,
                "changed": len(report.changed),
                "unmatched": list(report.unmatched),
                "complaints": complaints,
                "encoding": report.source.encoding,
            }
        )
    else:
        tracks = "1 track" if report.matched == 1 else f"{report.matched} tracks"
        say(f"{tracks} matched, {len(report.changed)} of them changed.")
        _name_unmatched(args.csv, report)
    return 0 if report.matched else 1


def _show_encodings(error: UndecidedEncoding) -> None:
    for choice in error.choices:
        complain(f"--encoding {choice.encoding} reads it as:")
        for row in choice.rows:
            complain("    " + " | ".join(row))


def _name_unmatched(tag_list: Path, report: ImportReport) -> None:
    if len(report.strangers) > _MOST_NAMED:
        complain(f"{len(report.strangers)} rows of {tag_list} name no track; --json lists them all.")
    else:
        for stranger in report.strangers:
            complain(f"No track is called {stranger.facts['file']}.")
    for complaint in report.complaints[:_MOST_NAMED]:
        complain(f"{tag_list}, line {complaint.line}: {sentence_of(complaint.refusal)}.")
    if len(report.complaints) > _MOST_NAMED:
        more = len(report.complaints) - _MOST_NAMED
        complain(f"{'1 more row wants' if more == 1 else f'{more} more rows want'} attention; --json lists them all.")


def add_export_tags(parser: ArgumentParser, places: Places) -> None:
    parser.set_defaults(func=run_export_tags)
    parser.add_argument("output", type=partial(options.list_file, places), metavar="FILE")
    options.add_catalogue(parser, places, with_demo=True)


def run_export_tags(args: Namespace) -> int:
    count = export_tags(Job(), options.filled_catalogue_of(args), args.output)
    tracks = "1 track" if count == 1 else f"{count} tracks"
    say(f"The tags of {tracks} are in {args.output}.")
    return 0


def add_export_shortlist(parser: ArgumentParser, places: Places) -> None:
    add_export_tags(parser, places)
    add_brief(parser, places)
    parser.set_defaults(func=run_export_shortlist)


def run_export_shortlist(args: Namespace) -> int:
    brief = chosen_brief(args, options.filled_catalogue_of(args))
    count = export_kept(Job(), brief.columns, args.output)
    kept = "1 kept track is" if count == 1 else f"{count} kept tracks are"
    say(f"{kept} in {args.output}.")
    return 0


def add_stats(parser: ArgumentParser, places: Places) -> None:
    parser.set_defaults(func=run_stats)
    options.add_catalogue(parser, places, with_demo=True)
    options.add_json(parser)


def run_stats(args: Namespace) -> int:
    found = statistics(Job(), options.filled_catalogue_of(args))
    if args.json:
        say_json(asdict(found))
        return 0
    say(f"{found.tracks} tracks, {found.untagged} without any tag")
    for category in found.categories:
        top = ", ".join(f"{name} {count}" for name, count in category.top)
        without = 1 - category.share
        say(f"{category.category}: {category.tagged} tagged ({category.share:.0%}), {without:.0%} without; {top}")
    return 0


def _index(places: Places, args: Namespace) -> int:
    folders = [folder for folder in args.folders if _is_folder(places, folder)]
    if not folders:
        return 1
    cluster = safe_address(args.cluster) if args.cluster else None
    report = index(
        listening_job("Analysed"),
        options.catalogue_of(args),
        folders,
        partial(Cluster, cluster, args.network) if cluster else partial(make_executor, args.jobs),
        IndexOptions(args.network, args.full),
    )
    _keep_safe(options.catalogue_of(args))
    name_unreadable((path, sentence_of(refusal)) for path, refusal in report.unreadable)
    for path, text in report.unread_tempi:
        complain(f"{path} has no tempo that can be read in its tags: {text}")
    if not report.readable:
        complain("No sound file there could be read." if report.unreadable else "There is no sound file.")
    _print_index(report, args.json)
    return 0 if report.readable else 1


def _is_folder(places: Places, folder: Path) -> bool:
    """Return whether it is one; report why not, if not."""
    try:
        if places.folder_at(folder) is not None:
            return True
        complain(f"{folder} is not a folder.")
    except NoAnswer:
        complain(f"{folder} {sentence_of(Refusal(Reason.NO_ANSWER))}.")
    return False


def _keep_safe(catalogue: Path) -> None:
    """Make the day's backup; where that cannot be, what was done before is none the worse."""
    try:
        keep_safe(Job(), catalogue)
    except (RefusalError, OSError) as error:
        complain(f"No backup of the catalogue could be made: {in_english(error)}")


def _print_index(report: IndexReport, as_json: bool) -> None:
    if as_json:
        unreadable = [{"path": str(path), "reason": sentence_of(refusal)} for path, refusal in report.unreadable]
        counts = {name: getattr(report, name) for name in ("added", "changed", "moved", "missing")}
        tempi = [{"path": str(path), "text": text} for path, text in report.unread_tempi]
        passed = {"passed_over": [str(path) for path in report.passed_over], "alike": dict(report.alike.most_common())}
        say_json(
            {**counts, "unreadable": unreadable, "unread_tempi": tempi, **passed, "seconds": round(report.seconds, 3)}
        )
        return
    for path in report.passed_over:
        say(f"Passed over, as it holds trash, snapshots or caches: {path}")
    if report.alike:
        endings = ", ".join(f"{ending} {count}" for ending, count in report.alike.most_common())
        say(f"{report.alike.total()} files look like sound but cannot be read here: {endings}")
    say(
        f"{report.added} added, {report.changed} changed, {report.moved} moved, {report.missing} missing, "
        f"{len(report.unreadable)} unreadable, in {report.seconds:.1f} s"
    )
