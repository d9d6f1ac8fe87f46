"""What was read and measured from the files: facts, vectors, pictures, loudness, tempo."""

import sqlite3
from collections.abc import Container, Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bgm_finder.catalogue.files import Files
from bgm_finder.catalogue.precedence import REFOLD
from bgm_finder.catalogue.sections import Sections, TrackSections
from bgm_finder.catalogue.tags import Tags
from bgm_finder.reasons import Reason, Refusal
from bgm_finder.track import Tag

Floats = NDArray[np.float32]


_SAME_LENGTH_S = 0.05
"""By so much the length that was read may differ from the stored one; a wrong one is set right."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one file says of itself."""

    content_hash: bytes
    duration_s: float
    rate_hz: int
    channels: int
    title: str = ""
    artist: str = ""
    comment: str = ""
    bpm: float | None = None
    tags: tuple[Tag, ...] = ()
    unread_tempo: str = ""
    """What its tags hold where the tempo should stand, if that is none."""


@dataclass(frozen=True, slots=True)
class Whole:
    """What took every sample of a file to find out; duration_s is what was read, None where nobody measured it."""

    preview: bytes
    overview: bytes
    loudness_lufs: float | None
    estimated_bpm: float | None
    sections: TrackSections
    duration_s: float | None = None


@dataclass(frozen=True, slots=True)
class ToDo:
    """A track that waits for a pass."""

    track_id: int
    path: Path
    stream: int | None = None
    """The sound stream that was chosen for it."""


_IF_STILL_CHOSEN = " AND (SELECT stream FROM sound_streams WHERE track_id = tracks.id) IS ?"
"""Another sound stream may have been chosen while this one was analysed."""


class Analyses:
    """Read and write what the two passes find; each call that writes is one transaction."""

    def __init__(self, connection: sqlite3.Connection, files: Files, tags: Tags, sections: Sections) -> None:
        self._connection = connection
        self._files = files
        self._tags = tags
        self._sections = sections

    def waiting_for_vectors(self, network: str, track_ids: Iterable[int] | None = None) -> list[ToDo]:
        """Return the readable tracks without a vector of a network, all or those among the given ones."""
        rows = self._connection.execute(
            """SELECT id FROM tracks WHERE NOT is_missing AND unreadable_because = ''
                EXCEPT SELECT track_id FROM vectors INDEXED BY vectors_by_track WHERE network = ? ORDER BY id""",
            (network,),
        )
        return self._to_do([track_id for (track_id,) in rows], track_ids)

    def waiting_for_whole(self, network: str, track_ids: Iterable[int] | None = None) -> list[ToDo]:
        """Return the readable tracks whose second pass is not done, or was done by another network."""
        rows = self._connection.execute(
            """SELECT id FROM tracks WHERE NOT is_missing AND unreadable_because = '' AND NOT (is_whole_read
                AND EXISTS (SELECT 1 FROM sections WHERE track_id = tracks.id AND network = ?)) ORDER BY id""",
            (network,),
        )
        return self._to_do([track_id for (track_id,) in rows], track_ids)

    def store_windows(
        self, track_id: int, reading: Reading, network: str, vector: Floats, stream: int | None = None
    ) -> None:
        """Keep what the first pass found of a track in a sound stream; a track forgotten meanwhile stays forgotten."""
        with self._connection:
            found = self._connection.execute(
                """UPDATE tracks SET content_hash = ?, duration_s = ?, rate_hz = ?, channels = ?, title = ?, artist = ?,
                    comment = ?, file_bpm = ?, unreadable_because = '' WHERE id = ?"""
                + _IF_STILL_CHOSEN,
                (
                    *(reading.content_hash, reading.duration_s, reading.rate_hz, reading.channels),
                    *(reading.title, reading.artist, reading.comment, reading.bpm, track_id, stream),
                ),
            ).rowcount
            if found:
                self._connection.execute(REFOLD, (track_id,))
                self._tags.replace_within(track_id, "file", reading.tags)
                self._connection.execute(
                    "INSERT OR REPLACE INTO vectors (network, track_id, vector) VALUES (?, ?, ?)",
                    (network, track_id, np.asarray(vector, np.float16).tobytes()),
                )

    def store_whole(self, track_id: int, network: str, whole: Whole, stream: int | None = None) -> None:
        """Keep what the second pass found of a track, the sections as this network heard them."""
        with self._connection:
            found = self._connection.execute(
                """UPDATE tracks SET loudness_lufs = ?, estimated_bpm = ?, is_whole_read = 1, duration_s =
                    CASE WHEN abs(duration_s - ?) > ? THEN ? ELSE duration_s END WHERE id = ?"""
                + _IF_STILL_CHOSEN,
                (
                    *(whole.loudness_lufs, whole.estimated_bpm),
                    *(whole.duration_s, _SAME_LENGTH_S, whole.duration_s, track_id, stream),
                ),
            ).rowcount
            if found:
                self._connection.execute(
                    "INSERT OR REPLACE INTO pictures (track_id, preview, overview) VALUES (?, ?, ?)",
                    (track_id, whole.preview, whole.overview),
                )
                self._sections.put(track_id, network, whole.sections)

    def store_unreadable(self, track_id: int, refusal: Refusal, stream: int | None = None) -> None:
        """Note that a file cannot be read, and why; it is not tried again until it changes."""
        with self._connection:
            self._connection.execute(
                "UPDATE tracks SET unreadable_because = ? WHERE id = ?" + _IF_STILL_CHOSEN,
                (str(refusal), track_id, stream),
            )

    def forget_unreadable(self, reasons: Container[Reason] = frozenset(Reason)) -> int:
        """Let those be tried again that cannot be read for one of these reasons; return how many."""
        found = self._connection.execute("SELECT id, unreadable_because FROM tracks WHERE unreadable_because != ''")
        forgotten = [(track_id,) for track_id, text in found if Refusal.parse(text).reason in reasons]
        with self._connection:
            self._connection.executemany("UPDATE tracks SET unreadable_because = '' WHERE id = ?", forgotten)
        return len(forgotten)

    def picture(self, track_id: int) -> tuple[bytes, bytes] | None:
        """Return a track's stored preview and overview."""
        row = self._connection.execute(
            "SELECT preview, overview FROM pictures WHERE track_id = ?", (track_id,)
        ).fetchone()
        return None if row is None else (row[0], row[1])

    def _to_do(self, waiting: list[int], track_ids: Iterable[int] | None) -> list[ToDo]:
        wanted = None if track_ids is None else set(track_ids)
        chosen = [track_id for track_id in waiting if wanted is None or track_id in wanted]
        if not chosen:
            return []
        paths = self._files.paths()
        streams = dict(self._connection.execute("SELECT track_id, stream FROM sound_streams").fetchall())
        return [ToDo(track_id, paths[track_id], streams.get(track_id)) for track_id in chosen]
