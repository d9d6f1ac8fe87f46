"""Which sound stream of a film the user chose, where that is another one than the likeliest."""

import os
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bgm_finder.catalogue.files import Files
from bgm_finder.catalogue.safekeeping.hand_edits import HandEdits


@dataclass(frozen=True, slots=True)
class StreamEdit:
    """Sound streams to be chosen, by file, counted from 0; None: the likeliest. What choose returns undoes it."""

    streams: Mapping[Path, int | None]
    track_ids: frozenset[int] = frozenset()
    """The tracks among the files, where it was returned by choose."""


class SoundStreams:
    """Read and write the choices; each call that writes is one transaction."""

    def __init__(self, connection: sqlite3.Connection, files: Files, hand_edits: HandEdits) -> None:
        self._connection = connection
        self._files = files
        self._hand_edits = hand_edits

    def by_path(self) -> dict[Path, int]:
        """Return all choices, of tracks and of files outside the library."""
        rows = self._connection.execute("SELECT path, stream FROM reference_streams").fetchall()
        outside = ((Path(os.fsdecode(path)), int(stream)) for path, stream in rows)
        streams = {path: stream for path, stream in outside if self._files.id_at(path) is None}
        for track_id, stream in self._connection.execute("SELECT track_id, stream FROM sound_streams").fetchall():
            path = self._files.path(track_id)
            assert path is not None
            streams[path] = int(stream)
        return streams

    def of_file(self, path: Path) -> int | None:
        """Return the choice for a file, whether it is a track or not."""
        track_id = self._files.id_at(path)
        if track_id is not None:
            return self.of_track(track_id)
        row = self._connection.execute("SELECT stream FROM reference_streams WHERE path = ?", (os.fsencode(path),))
        found = row.fetchone()
        return None if found is None else int(found[0])

    def of_track(self, track_id: int) -> int | None:
        """Return the choice for a track."""
        row = self._connection.execute("SELECT stream FROM sound_streams WHERE track_id = ?", (track_id,)).fetchone()
        return None if row is None else int(row[0])

    def choose(self, edit: StreamEdit) -> StreamEdit:
        """Choose, and forget what was measured of tracks from another stream; returns the edit that undoes it."""
        with self._connection:
            before = self.choose_within(edit)
            self._hand_edits.note_within(streams=[(track_id, self.of_track(track_id)) for track_id in before.track_ids])
        return before

    def choose_within(self, edit: StreamEdit) -> StreamEdit:
        """Do the same inside a transaction of the caller."""
        before: dict[Path, int | None] = {}
        tracks: set[int] = set()
        for path, stream in edit.streams.items():
            old, track_id = self.of_file(path), self._files.id_at(path)
            if old == stream:
                continue
            before[path] = old
            if track_id is None:
                self._put("reference_streams", "path", os.fsencode(path), stream)
            else:
                self._put("sound_streams", "track_id", track_id, stream)
                self._files.forget_measured_within(track_id)
                tracks.add(track_id)
        return StreamEdit(before, frozenset(tracks))

    def _put(self, table: str, key: str, value: int | bytes, stream: int | None) -> None:
        self._connection.execute(f"DELETE FROM {table} WHERE {key} = ?", (value,))
        if stream is not None:
            self._connection.execute(f"INSERT INTO {table} ({key}, stream) VALUES (?, ?)", (value, stream))
