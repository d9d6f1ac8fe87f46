"""Exports pieces to a folder: copies of the files, and timelines that refer to them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from bgm_finder.drives.drives import Drives
from bgm_finder.export.copies import Copied, Copier, Copying, CopyOptions
from bgm_finder.export.edl import edl_text
from bgm_finder.export.fcp7 import fcp7_text
from bgm_finder.export.fcpxml import fcpxml_text
from bgm_finder.export.file_names import check_pattern
from bgm_finder.export.new_files import NewFiles, Step, is_of_one_file
from bgm_finder.export.otio_timeline import otio_text
from bgm_finder.export.pieces import Piece
from bgm_finder.export.sequence import Sequence as Timeline
from bgm_finder.export.sequence import TimelineOptions, sequence_of
from bgm_finder.jobs.job import Job
from bgm_finder.reasons import FileError, Reason, Refusal, system_fact

_USUAL_S = 180.0
"""How long a piece is taken to be whose length nobody knows yet."""
STAGE = "export"


class TimelineFormat(StrEnum):
    """The kinds of timelines, by the endings of their files."""

    OTIO = "otio"
    FCP7 = "xml"
    FCPXML = "fcpxml"
    EDL = "edl"


_WRITERS: dict[TimelineFormat, Callable[[Timeline], str]] = {
    TimelineFormat.OTIO: otio_text,
    TimelineFormat.FCP7: fcp7_text,
    TimelineFormat.FCPXML: fcpxml_text,
    TimelineFormat.EDL: edl_text,
}


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What is made of the pieces."""

    copies: CopyOptions = CopyOptions()
    timeline: TimelineOptions | None = None
    formats: tuple[TimelineFormat, ...] = ()


@dataclass(slots=True)
class ExportReport:
    """What an export came to."""

    folder: Path
    copied: list[Copied] = field(default_factory=list)
    timelines: list[Path] = field(default_factory=list)
    refused: list[tuple[Path, Refusal]] = field(default_factory=list)
    """Originals, and timelines, that were not written, and why."""
    left: int = 0
    """Pieces that were not tried any more,"""
    stopped_by: OSError | None = None
    """and what the folder refused them with."""

    @property
    def files(self) -> list[Path]:
        """The new copies."""
        return [one.media.path for one in self.copied if one.is_new]


def export(job: Job, pieces: Sequence[Piece], folder: Path, options: ExportOptions) -> ExportReport:
    """Write copies of the pieces and the timelines; files that are there stay as they are.

    A piece that cannot be read costs only itself. A folder that takes no more, as on a full disk, ends the export;
    what was written until then is reported. Raises OSError where nothing could be begun, UnknownField, Cancelled.
    """
    check_pattern(options.copies.pattern)
    files = NewFiles(folder, Drives(job.stops_waiting))
    report = ExportReport(folder)
    rate = options.timeline.rate if options.timeline is not None and options.formats else None
    _copy_all(job, pieces, Copier(job, files, options.copies, rate), report)
    if options.timeline is not None and report.stopped_by is None:
        _write_timelines(files, options.timeline, options.formats, report)
    return report


def is_possible(options: ExportOptions) -> bool:
    """Return whether there is anything to be written at all."""
    return bool(options.formats) or options.copies.copying is not Copying.NONE


def _copy_all(job: Job, pieces: Sequence[Piece], copier: Copier, report: ExportReport) -> None:
    progress = _Progress(job, pieces)
    for number, piece in enumerate(pieces):
        try:
            report.copied.append(copier.copy(piece, number + 1, progress.within(number)))
        except FileError as error:
            report.refused.append((piece.sound.path, error.refusal))
        except OSError as error:
            if not is_of_one_file(error):
                report.stopped_by, report.left = error, len(pieces) - number
                return
            report.refused.append((piece.sound.path, _not_written(error)))
        progress.within(number)(1.0)


def _write_timelines(
    files: NewFiles, options: TimelineOptions, formats: tuple[TimelineFormat, ...], report: ExportReport
) -> None:
    if not formats:
        return
    sequence, too_short = sequence_of(report.copied, options)
    report.refused += [(path, Refusal(Reason.TOO_SHORT)) for path in too_short]
    if not sequence.clips:
        return
    for kind in formats:
        content = _WRITERS[kind](sequence).encode("utf-8", "replace")
        try:
            report.timelines.append(_write_text(files, options.name, kind, content))
        except OSError as error:
            report.stopped_by = error
            return


def _write_text(files: NewFiles, name: str, kind: TimelineFormat, content: bytes) -> Path:
    def produce(draft: Path, step: Step) -> None:
        step.write()
        draft.write_bytes(content)

    path, _ = files.write(name, f".{kind}", produce)
    return path


def _not_written(error: OSError) -> Refusal:
    return Refusal(Reason.NOT_WRITTEN, {"system": system_fact(error)})


class _Progress:
    """How far an export is, in seconds of sound."""

    def __init__(self, job: Job, pieces: Sequence[Piece]) -> None:
        self._job = job
        self._labels = [piece.title for piece in pieces]
        lengths = [max(1.0, piece.length_s or _USUAL_S) for piece in pieces]
        self._begins = [sum(lengths[:number]) for number in range(len(lengths) + 1)]
        job.begin_stage(STAGE, round(self._begins[-1]))

    def within(self, number: int) -> Callable[[float], None]:
        """Return what takes the share that is done of a piece."""
        begin, end = self._begins[number], self._begins[number + 1]

        def told(share: float) -> None:
            done = begin + min(1.0, share) * (end - begin)
            self._job.progress(round(done), round(self._begins[-1]), self._labels[number])

        return told
