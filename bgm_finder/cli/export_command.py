"""The command that hands tracks to an editing program: copies of the files, and timelines."""

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from dataclasses import replace
from pathlib import Path

from bgm_finder.audio.broadcast_wave import Depth
from bgm_finder.briefs.brief import RankedOrder
from bgm_finder.briefs.brief_file import SUFFIX
from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.catalogue.in_memory import filters
from bgm_finder.catalogue.matching import TrackNames
from bgm_finder.cli import options
from bgm_finder.cli.chosen_brief import ChosenBrief, add_brief, chosen_brief
from bgm_finder.cli.places import Places
from bgm_finder.cli.terminal import complain, listening_job, name_unreadable, say, say_json
from bgm_finder.conditions import Filter
from bgm_finder.export.copies import Copying, CopyOptions
from bgm_finder.export.export import ExportOptions, ExportReport, TimelineFormat, export, is_possible
from bgm_finder.export.file_names import FIELDS
from bgm_finder.export.frame_rates import FRAME_RATES, FrameRate
from bgm_finder.export.pieces import Known, Piece, piece_of_file, pieces_of
from bgm_finder.export.sequence import TimelineOptions
from bgm_finder.reason_sentences import in_english, sentence_of
from bgm_finder.reasons import Reason, Refusal
from bgm_finder.track import Section

_RATES_HZ = (0, 44_100, 48_000, 88_200, 96_000)
"""0: the source's."""
_NAME = "BGM Finder"


def add_export(parser: ArgumentParser, places: Places) -> None:
    parser.set_defaults(func=run_export, keeps=True)
    parser.add_argument("tracks", nargs="*", type=places.name, metavar="TRACK", help="a sound file, or a track's name")
    parser.add_argument("--shortlist", action="store_true", help="the tracks marked to be kept")
    parser.add_argument("--start", type=_seconds, metavar="S", help="only from this second of the one track")
    parser.add_argument("--end", type=_seconds, metavar="S", help="only up to this second of the one track")
    parser.add_argument("--to", type=places.place, required=True, metavar="FOLDER", help="made where it is not there")
    _add_copies(parser)
    _add_timeline(parser)
    add_brief(parser, places)
    options.add_catalogue(parser, places, with_demo=True)
    options.add_json(parser)


def run_export(args: Namespace) -> int:
    wanted = _options(args)
    if not args.tracks and not args.shortlist:
        args.error("name at least one TRACK, or --shortlist")
    if not is_possible(wanted):
        args.error("with --copies none there must be a --timeline")
    pieces = _pieces(args)
    if not pieces:
        complain("There is nothing to export.")
        return 1
    report = export(listening_job("Seconds exported:"), pieces, args.to, wanted)
    _tell(report, args.json)
    return 0 if (report.copied or report.timelines) and report.stopped_by is None else 1


def _add_copies(parser: ArgumentParser) -> None:
    group = parser.add_argument_group("copies")
    group.add_argument(
        "--copies",
        choices=[*map(str, Copying)],
        default=str(Copying.NEEDED),
        help="as-is: whole and unchanged; needed (default): as WAV where an editing program may not read them;"
        " wav: all as WAV; none: a timeline of the originals",
    )
    group.add_argument("--rate", type=int, choices=_RATES_HZ, default=48_000, help="of WAV, in Hz; 0: the source's")
    group.add_argument("--depth", choices=[*map(str, Depth)], default=str(Depth.INT_24), help="of WAV, in bits")
    group.add_argument("--handles", type=_seconds, default=0.0, metavar="S", help="kept around a section")
    fields = ", ".join(f"{{{field}}}" for field in FIELDS)
    group.add_argument("--names", default="{name}", metavar="PATTERN", help=f"of the copies, of {fields}")
    group.add_argument(
        "--project", default="", metavar="NAME", help="what the job is called, else the brief: {brief} in a pattern"
    )


def _add_timeline(parser: ArgumentParser) -> None:
    group = parser.add_argument_group("timelines")
    group.add_argument(
        "--timeline",
        action="append",
        choices=[*map(str, TimelineFormat)],
        default=[],
        help="otio: OpenTimelineIO; xml: Final Cut Pro 7; fcpxml: Final Cut Pro; edl: CMX 3600",
    )
    group.add_argument("--fps", choices=[*FRAME_RATES], default="25", help="df: drop-frame time code")
    group.add_argument("--start-timecode", default="00:00:00:00", metavar="TC", help="of the timeline's first frame")
    group.add_argument("--offset", type=_seconds, default=0.0, metavar="S", help="where the first piece begins")
    group.add_argument("--timeline-name", default="", metavar="NAME")


def _options(args: Namespace) -> ExportOptions:
    rate = FRAME_RATES[args.fps]
    try:
        start = rate.frame_of(args.start_timecode)
    except ValueError:
        args.error(f"{args.start_timecode!r} is no time code at {args.fps} frames a second, such as {_example(rate)}")
    copies = CopyOptions(
        Copying(args.copies), args.rate or None, Depth(args.depth), args.handles, args.names, _project(args)
    )
    name = args.timeline_name or _project(args) or _NAME
    formats = tuple(dict.fromkeys(TimelineFormat(name) for name in args.timeline))
    return ExportOptions(copies, TimelineOptions(name, rate, start, args.offset), formats)


def _project(args: Namespace) -> str:
    """Return what the job is called: as the options say, or as the brief is."""
    return str(args.project) or Path(args.brief or "").name.removesuffix(SUFFIX)


def _example(rate: FrameRate) -> str:
    return rate.timecode(rate.frame_of("01:00:00:00"))


def _pieces(args: Namespace) -> list[Piece]:
    """Return the tracks of the library, and the files outside it, in the order of the command line."""
    section, path = _section(args), options.filled_catalogue_of(args)
    brief = chosen_brief(args, path)
    columns, known = brief.columns, _known(brief)
    names = TrackNames(zip(columns.ids.tolist(), columns.paths, strict=True))
    found: list[Piece] = []
    with Catalogue(path) as catalogue:
        for text in args.tracks:
            track_id = _track(catalogue, names, text)
            if track_id is None:
                found.append(piece_of_file(Path(text), section))
            else:
                sections = {} if section is None else {track_id: section}
                found += pieces_of(catalogue, [track_id], replace(known, sections=sections))
        if args.shortlist:
            rows = filters.sort(columns, filters.apply(columns, Filter(mark="keep")), "title")
            found += pieces_of(catalogue, columns.ids[rows].tolist(), known)
    return found


def _known(brief: ChosenBrief) -> Known:
    """Return the brief's notes, and the passages that its search found."""
    columns, order = brief.columns, brief.content.order or RankedOrder()
    matches = (*order.inside, *order.outside)
    passages = {match.track_id: match.passage for match in matches if match.passage is not None}
    return Known({}, passages, {int(columns.ids[row]): note for row, note in columns.notes.items()})


def _track(catalogue: Catalogue, names: TrackNames, text: str) -> int | None:
    """Return the track that is the file of this path, or else the only one of this name."""
    path = Path(text)
    if path.exists():
        return catalogue.files.id_at(path.resolve())
    ids = names.find(text)
    return ids[0] if len(ids) == 1 else None


def _section(args: Namespace) -> Section | None:
    if args.start is None and args.end is None:
        return None
    if len(args.tracks) != 1 or args.shortlist:
        args.error("--start and --end go with one TRACK")
    if args.end is None:
        args.error("--start goes with --end")
    if not (args.start or 0.0) < args.end:
        args.error("--start must come before --end")
    return Section(args.start or 0.0, args.end)


def _tell(report: ExportReport, as_json: bool) -> None:
    name_unreadable((path, _sentence(refusal)) for path, refusal in report.refused)
    if report.stopped_by is not None:
        complain(in_english(report.stopped_by))
        if report.left:
            complain(f"{report.left} more were not tried; what was written until then is kept.")
    if as_json:
        say_json(_facts(report))
        return
    for path in (*report.files, *report.timelines):
        say(str(path))


def _facts(report: ExportReport) -> dict[str, object]:
    return {
        "folder": str(report.folder),
        "files": [
            {"source": str(one.piece.sound.path), "path": str(one.media.path), "copied": one.is_new}
            for one in report.copied
        ],
        "timelines": [str(path) for path in report.timelines],
        "refused": [{"path": str(path), "reason": _sentence(refusal)} for path, refusal in report.refused],
        "left": report.left,
        "stopped_by": None if report.stopped_by is None else in_english(report.stopped_by),
    }


def _sentence(refusal: Refusal) -> str:
    """Return why something was refused; a file that the user named need not have existed."""
    return sentence_of(Refusal(Reason.NOT_THERE) if refusal.reason == Reason.VANISHED else refusal)


def _seconds(text: str) -> float:
    """Read a number of seconds from 0 on."""
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0.0 <= seconds < 1e6:
        raise ArgumentTypeError(f"{text!r} is not a number of seconds")
    return seconds
