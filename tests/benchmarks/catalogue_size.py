"""How many bytes the catalogue takes a track once both passes are done, part by part.

BGM_BENCH_MUSIC, where it is set, is a folder with real ogg files to use; else the demo library, whose tracks are short.
"""

import os
import sqlite3
import tempfile
from contextlib import closing
from functools import partial
from pathlib import Path

from bgm_finder import paths
from bgm_finder.audio.decode import probe
from bgm_finder.jobs.job import Job
from bgm_finder.jobs.workers import make_executor
from bgm_finder.workflows.index_folder import IndexOptions, index
from tests.benchmarks._processor_time import real_tracks

TRACKS = 60
_PARTS = {
    "its vector": "SELECT coalesce(sum(length(vector)), 0) FROM vectors",
    "its preview picture": "SELECT sum(length(preview)) FROM pictures",
    "its waveform": "SELECT sum(length(overview)) FROM pictures",
    "its sections' vectors": "SELECT sum(length(vectors)) FROM sections",
}


def main() -> list[dict[str, object]]:
    files = real_tracks(TRACKS) or sorted(paths.resource("demo").glob("*.ogg"))
    with tempfile.TemporaryDirectory() as folder:
        catalogue = _analysed(files, Path(folder))
        with closing(sqlite3.connect(catalogue)) as connection:
            (count,) = connection.execute("SELECT count(*) FROM pictures").fetchone()
            parts = {name: connection.execute(sql).fetchone()[0] / count for name, sql in _PARTS.items()}
            whole = _size(connection) / count
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("DELETE FROM sections")
            connection.commit()
            lean = _size(connection) / count
            connection.execute("DELETE FROM tracks")  # and all that hangs on them
            connection.commit()
            empty = _size(connection)
    minutes = sum(probe(path).duration_s for path in files) / len(files) / 60
    rows = {
        **parts,
        "all, without sections": lean - empty / count,
        "all": whole - empty / count,
        "the empty tables, once a catalogue": float(empty),
    }
    label = f"{count} tracks of {minutes:.1f} min on average"
    return [
        {"of a track": f"{name} ({label})" if name == "all" else name, "bytes": round(b)} for name, b in rows.items()
    ]


def _analysed(files: list[Path], folder: Path) -> Path:
    """Return the catalogue of links to the files, after both passes."""
    music = folder / "music"
    music.mkdir()
    for number, path in enumerate(files):
        (music / f"{number:03} {path.name}").symlink_to(path.resolve())
    catalogue = folder / "catalogue.sqlite"
    index(Job(), catalogue, [music], partial(make_executor, os.cpu_count()), IndexOptions(full=True))
    return catalogue


def _size(connection: sqlite3.Connection) -> int:
    """Return the bytes of the file once it holds nothing that is not needed."""
    connection.execute("VACUUM")
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    (bytes_a_page,) = connection.execute("PRAGMA page_size").fetchone()
    return int(pages) * int(bytes_a_page)
