"""What is exported: a track or a stretch of one, with what is known of it as plain values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bgm_finder.audio.overview import highlight_s, overview_from
from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.track import Section, SoundAt


@dataclass(frozen=True, slots=True)
class Marker:
    """A place in a track that a timeline shows, in seconds of the track."""

    name: str
    start_s: float
    end_s: float | None = None
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A track, or the stretch of it that is wanted."""

    sound: SoundAt
    title: str
    artist: str = ""
    duration_s: float | None = None
    """Of the whole track, as far as known."""
    section: Section | None = None
    """The stretch; None for the whole track."""
    markers: tuple[Marker, ...] = ()
    note: str = ""

    @property
    def length_s(self) -> float | None:
        return self.duration_s if self.section is None else self.section.end_s - self.section.start_s


@dataclass(frozen=True, slots=True)
class Known:
    """What others than the catalogue know of the tracks, by id."""

    sections: Mapping[int, Section]
    """The stretches that are wanted."""
    passages: Mapping[int, Section]
    """Where a track fits best what was searched for."""
    notes: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class MarkerNames:
    """What markers are called, in the user's language."""

    highlight: str = "Highlight"
    passage: str = "Best passage"
    note: str = "Note"


NOTHING = Known({}, {}, {})


def pieces_of(
    catalogue: Catalogue, track_ids: Sequence[int], known: Known = NOTHING, names: MarkerNames | None = None
) -> list[Piece]:
    """Return the tracks as pieces, in this order; those that have left the library are left out."""
    names = names or MarkerNames()
    found = [_piece(catalogue, track_id, known, names) for track_id in track_ids]
    return [piece for piece in found if piece is not None]


def _piece(catalogue: Catalogue, track_id: int, known: Known, names: MarkerNames) -> Piece | None:
    track = catalogue.tracks.get(track_id)
    if track is None:
        return None
    note, section = known.notes.get(track_id, ""), known.sections.get(track_id)
    markers = _highlight(catalogue, track_id, track.duration_s, names.highlight)
    if (passage := known.passages.get(track_id)) is not None:
        markers.append(Marker(names.passage, passage.start_s, passage.end_s))
    if note:
        markers.append(Marker(names.note, 0.0 if section is None else section.start_s, comment=note))
    return Piece(
        SoundAt(track.path, catalogue.sound_streams.of_track(track_id)),
        track.title,
        track.artist,
        track.duration_s,
        section,
        tuple(markers),
        note,
    )


def _highlight(catalogue: Catalogue, track_id: int, duration_s: float | None, name: str) -> list[Marker]:
    """Return the marker of the loudest passage, where the whole track was read."""
    stored = catalogue.analyses.picture(track_id)
    if stored is None or duration_s is None:
        return []
    shape = overview_from(stored[1]).astype(np.float32)
    return [Marker(name, highlight_s(shape, duration_s))]


def piece_of_file(path: Path, section: Section | None = None) -> Piece:
    """Return a file that is no track of the library as a piece."""
    return Piece(SoundAt(path), path.stem, section=section)
