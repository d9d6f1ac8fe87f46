"""The kept tracks, handed on as a table or a playlist."""

import os
from pathlib import Path
from urllib.parse import quote_from_bytes

import numpy as np

from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.catalogue.in_memory import filters
from bgm_finder.catalogue.in_memory.columns import Columns
from bgm_finder.catalogue.tag_csv import tag_list
from bgm_finder.conditions import Filter
from bgm_finder.drives.drives import Drives
from bgm_finder.drives.writing import write_file
from bgm_finder.jobs.job import Job


def export_shortlist(job: Job, catalogue: Path, target: Path, brief_id: int | None = None) -> int:
    """Write the tracks that a brief keeps, by default the one that was shown last; return how many. Raises OSError.

    They are written as CSV, or as M3U8 where the name ends so.
    """
    with Catalogue(catalogue) as opened:
        columns = opened.columns(brief_id=brief_id)
    return export_kept(job, columns, target)


def export_kept(job: Job, columns: Columns, target: Path) -> int:
    """Write the tracks that are marked "keep" in the columns, as export_shortlist does."""
    rows = filters.sort(columns, filters.apply(columns, Filter(mark="keep")), "title")
    job.check()
    is_playlist = target.suffix.lower() in (".m3u8", ".m3u")
    write_file(Drives(job.stops_waiting), target, (_playlist if is_playlist else _table)(columns, rows.tolist()))
    return len(rows)


def _table(columns: Columns, rows: list[int]) -> bytes:
    categories = list(columns.tags)
    header = ["file", "title", "artist", "comment", "length", "bpm", *categories]
    return tag_list(header, [_cells(columns, row, categories) for row in rows])


def _cells(columns: Columns, row: int, categories: list[str]) -> list[str]:
    tags = columns.tags_at(row)
    return [
        columns.paths[row],
        columns.titles[row],
        columns.artists[row],
        columns.comments[row],
        _number(columns.durations_s[row], ".1f"),
        _number(columns.bpms[row], ".4g"),
        *(",".join(tags.get(category, ())) for category in categories),
    ]


def _playlist(columns: Columns, rows: list[int]) -> bytes:
    """Return paths as the bytes that the file system has; all else is UTF-8, as players expect of M3U8."""
    lines = [b"#EXTM3U"]
    for row in rows:
        seconds = _number(columns.durations_s[row], ".0f") or "-1"
        label = " - ".join(" ".join(text.split()) for text in (columns.artists[row], columns.titles[row]) if text)
        lines += [f"#EXTINF:{seconds},{label}".encode("utf-8", "replace"), _entry(columns.paths[row])]
    return b"\n".join(lines) + b"\n"


def _entry(path: str) -> bytes:
    """Return a path, or its address where it would not stay on one line."""
    has_break = "\n" in path or "\r" in path
    return b"file://" + quote_from_bytes(os.fsencode(path)).encode("ascii") if has_break else os.fsencode(path)


def _number(value: np.float32, form: str) -> str:
    return "" if np.isnan(value) else format(float(value), form)
