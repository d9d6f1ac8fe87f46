"""The words of composing: notes, parts, pieces, and what may be asked for."""

from dataclasses import dataclass

MAIN_INSTRUMENTS = ("acoustic_guitar", "electric_guitar", "piano", "synthesizer")
INSTRUMENTS = (
    *MAIN_INSTRUMENTS,
    "electric_piano",
    "organ",
    "accordion",
    "strings",
    "brass",
    "woodwind",
    "mallets",
    "plucked",
    "choir",
    "bass",
    "drums",
    "percussion",
)
"""plucked holds harp, koto, sitar and their kin; percussion what is played by hand."""


@dataclass(frozen=True, slots=True)
class Note:
    """One note, in seconds from the start of the piece; force 0 to 1."""

    start_s: float
    length_s: float
    pitch: int
    force: float


@dataclass(frozen=True, slots=True)
class Part:
    """What one player plays: its instrument, its role and how loud it stands in the mix."""

    instrument: str
    role: str
    """lead, comp, pad, counter, bass or drums."""
    level_db: float
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class PieceSpec:
    """What a piece shall be; None leaves it to the seed."""

    main_instrument: str | None = None
    genre: str | None = None
    mood: str | None = None
    tempo_bpm: float | None = None
    tonic: int | None = None
    """Pitch class of the key."""
    length_s: float = 24.0
    company: tuple[str, ...] | None = None
    """Instruments beside the main one; bass and drums among them where wanted."""
    recipe: int | None = None
    """Pieces of one recipe share chords, tune and grooves, whatever their key and tempo."""
    playing: str | None = None
    """What the main instrument does: lead, comp or both."""
    is_minor: bool | None = None
    beats: int | None = None
    """Of a bar, 3 or 4."""
    groove: str | None = None
    bass: str | None = None
    pattern: str | None = None
    """How the main instrument accompanies."""
    whole_form: bool = False
    """With an intro, a break and an ending; otherwise an excerpt."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A composed piece and what is known of it."""

    seed: int
    main_instrument: str
    genre: str
    mood: str
    tempo_bpm: float
    key: str
    density: float
    """Note onsets a second, all parts together; chords count once."""
    has_drums: bool
    length_s: float
    parts: tuple[Part, ...]
