"""Exports what a window or a command names: tracks of the library, or a stretch of one file."""

from dataclasses import dataclass
from pathlib import Path

from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.export.export import ExportOptions, ExportReport, export
from bgm_finder.export.pieces import NOTHING, Known, MarkerNames, Piece, pieces_of
from bgm_finder.jobs.job import Job


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is exported: tracks in this order, then files outside the library."""

    track_ids: tuple[int, ...] = ()
    known: Known = NOTHING
    files: tuple[Piece, ...] = ()
    names: MarkerNames = MarkerNames()


def export_of_library(job: Job, catalogue: Path, wanted: Wanted, folder: Path, options: ExportOptions) -> ExportReport:
    """Export tracks and files as export() does; raises CatalogueError as well."""
    with Catalogue(catalogue) as opened:
        pieces = pieces_of(opened, wanted.track_ids, wanted.known, wanted.names)
    return export(job, [*pieces, *wanted.files], folder, options)
