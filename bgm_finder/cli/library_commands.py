"""Commands that fill the library and hand its tags on."""

from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from functools import partial
from pathlib import Path

from bgm_finder.audio.files import Unreadable
from bgm_finder.catalogue.database import CatalogueError
from bgm_finder.cli import options
from bgm_finder.cli.terminal import complain, listening_job, name_unreadable, say, say_json
from bgm_finder.workflows.arrivals import folder_at
from bgm_finder.workflows.cluster import Cluster, ClusterUnusable, safe_address
from bgm_finder.workflows.doctor import doctor
from bgm_finder.workflows.export_shortlist import export_shortlist
from bgm_finder.workflows.export_tags import export_tags
from bgm_finder.workflows.import_tags import import_tags
from bgm_finder.workflows.index_folder import IndexReport, index
from bgm_finder.workflows.job import Job
from bgm_finder.workflows.keep_safe import keep_safe
from bgm_finder.workflows.mend import mend
from bgm_finder.workflows.statistics import statistics
from bgm_finder.workflows.workers import make_executor


def add_index(parser: ArgumentParser) -> None:
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    parser.add_argument("--full", action="store_true", help="also waveforms, pictures, loudness and tempo")
    options.add_work(parser)
    parser.add_argument("--cluster", metavar="ADDRESS", help="a Dask scheduler to work instead: tls://HOST:PORT")
    options.add_network(parser)
    options.add_catalogue(parser)
    options.add_json(parser)


def run_index(wishes: Namespace) -> int:
    try:
        return _index(wishes)
    except ClusterUnusable as error:
        complain(str(error))
        return 1


def add_import_tags(parser: ArgumentParser) -> None:
    parser.add_argument("csv", type=Path, metavar="CSV")
    options.add_catalogue(parser, with_demo=True)
    options.add_json(parser)


def run_import_tags(wishes: Namespace) -> int:
    catalogue = options.filled_catalogue_of(wishes)
    report = import_tags(Job(), catalogue, wishes.csv)
    _keep_safe(catalogue)
    if wishes.json:
        complaints = [{"line": complaint.line, "reason": complaint.text} for complaint in report.complaints]
        say_json(
            {
                "matched": report.matched,
                "changed": len(report.changed),
                "unmatched": list(report.unmatched),
                "complaints": complaints,
            }
        )
    else:
        say(f"{report.matched} tracks matched, {len(report.changed)} of them changed.")
        for name in report.unmatched:
            complain(f"No single track is called {name}.")
        for complaint in report.complaints:
            complain(f"{wishes.csv}, {complaint}.")
    return 0 if report.matched else 1


def add_export_tags(parser: ArgumentParser) -> None:
    parser.add_argument("output", type=options.list_file, metavar="FILE")
    options.add_catalogue(parser, with_demo=True)


def run_export_tags(wishes: Namespace) -> int:
    count = export_tags(Job(), options.filled_catalogue_of(wishes), wishes.output)
    say(f"The tags of {count} tracks are in {wishes.output}.")
    return 0


def add_export_shortlist(parser: ArgumentParser) -> None:
    add_export_tags(parser)


def run_export_shortlist(wishes: Namespace) -> int:
    count = export_shortlist(Job(), options.filled_catalogue_of(wishes), wishes.output)
    say(f"{count} kept tracks are in {wishes.output}.")
    return 0


def add_stats(parser: ArgumentParser) -> None:
    options.add_catalogue(parser, with_demo=True)
    options.add_json(parser)


def run_stats(wishes: Namespace) -> int:
    found = statistics(Job(), options.filled_catalogue_of(wishes))
    if wishes.json:
        say_json(asdict(found))
        return 0
    say(f"{found.tracks} tracks, {found.untagged} without any tag")
    for category in found.categories:
        top = ", ".join(f"{name} {count}" for name, count in category.top)
        without = 1 - category.share
        say(f"{category.category}: {category.tagged} tagged ({category.share:.0%}), {without:.0%} without; {top}")
    return 0


def add_doctor(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--mend", action="store_true", help="mend what can be mended; a damaged catalogue is set aside, never deleted"
    )
    options.add_catalogue(parser)
    options.add_json(parser)


def run_doctor(wishes: Namespace) -> int:
    catalogue = options.named_catalogue(wishes)
    mended = mend(Job(), catalogue) if wishes.mend else []
    findings = [*mended, *doctor(Job(), catalogue)]
    if wishes.json:
        say_json([asdict(finding) for finding in findings])
    else:
        for finding in findings:
            say(f"{'ok ' if finding.is_well else 'BAD'} {finding.about}: {finding.says}")
    return 0 if all(finding.is_well for finding in findings) else 1


def _index(wishes: Namespace) -> int:
    folders = [folder for folder in wishes.folders if _is_folder(folder)]
    if not folders:
        return 1
    cluster = safe_address(wishes.cluster) if wishes.cluster else None
    report = index(
        listening_job("Analysed"),
        options.catalogue_of(wishes),
        folders,
        partial(Cluster, cluster, wishes.network) if cluster else partial(make_executor, wishes.jobs),
        wishes.network,
        wishes.full,
    )
    _keep_safe(options.catalogue_of(wishes))
    name_unreadable(report.unreadable)
    for path, text in report.unread_tempi:
        complain(f"{path} has no tempo that can be read in its tags: {text}")
    if not report.readable:
        complain("No sound file there could be read." if report.unreadable else "There is no sound file.")
    _print_index(report, wishes.json)
    return 0 if report.readable else 1


def _is_folder(folder: Path) -> bool:
    """Whether it is one; says why not, if not."""
    try:
        if folder_at(Job(), folder) is not None:
            return True
        complain(f"{folder} is not a folder.")
    except Unreadable as error:
        complain(f"{folder} {error.reason}.")
    return False


def _keep_safe(catalogue: Path) -> None:
    """Makes the day's backup; where that cannot be, what was done before is none the worse."""
    try:
        keep_safe(Job(), catalogue)
    except (CatalogueError, OSError) as error:
        complain(f"No backup of the catalogue could be made: {error}.".replace("..", "."))


def _print_index(report: IndexReport, as_json: bool) -> None:
    if as_json:
        unreadable = [{"path": str(path), "reason": reason} for path, reason in report.unreadable]
        counts = {name: getattr(report, name) for name in ("added", "changed", "moved", "missing")}
        tempi = [{"path": str(path), "text": text} for path, text in report.unread_tempi]
        say_json({**counts, "unreadable": unreadable, "unread_tempi": tempi, "seconds": round(report.seconds, 3)})
        return
    say(
        f"{report.added} added, {report.changed} changed, {report.moved} moved, {report.missing} missing, "
        f"{len(report.unreadable)} unreadable, in {report.seconds:.1f} s"
    )
