"""What a style of the exam is: its rhythms, harmony and arrangement, as patterns that a piece draws from.

A pattern covers one bar; its characters are equal steps. Drums: X loud, x, o soft. Everywhere "." rests, "-" holds.
Bass: R root, 5 fifth, 8 octave, 3 third, n leads into the next chord, w walks. Chords: x held, s short, b and f root
and fifth in the bass, P and p open and damped power chord, 0 to 7 single tones of the chord from below.
"""

from dataclasses import dataclass

from lab.music import compose_rhythm as drums

DRUMS = {
    "K": drums.KICK,
    "S": drums.SNARE,
    "I": drums.STICK,
    "C": drums.CLAP,
    "H": drums.HAT,
    "O": drums.OPEN_HAT,
    "R": drums.RIDE,
    "L": drums.LOW_TOM,
    "T": drums.TOM,
    "U": drums.HIGH_TOM,
    "M": drums.TAMBOURINE,
    "E": drums.SHAKER,
    "W": drums.LOW_CONGA,
    "N": drums.CONGA,
    "G": drums.BONGO,
    "B": drums.COWBELL,
    "A": drums.TRIANGLE,
    "V": drums.CLAVES,
}
"""The letter that begins a line of a drum pattern."""


@dataclass(frozen=True, slots=True)
class Chair:
    """One accompanying player: the instruments that may sit there, and the patterns that it may play."""

    instruments: tuple[str, ...]
    patterns: tuple[str, ...]
    centre: int = 60
    """The middle of its chords, as a pitch."""
    chance: float = 1.0
    """How often it plays at all."""


@dataclass(frozen=True, slots=True)
class Style:
    """One style; every piece of it draws one of each tuple."""

    tempo_bpm: tuple[int, int]
    progressions: tuple[str, ...]
    """Chord symbols, one a bar; "a|b" shares a bar."""
    chairs: tuple[Chair, ...]
    drums: tuple[tuple[str, ...], ...] = ()
    """Each a kit's pattern: lines of a letter of DRUMS and its steps."""
    bass: tuple[str, ...] = ()
    leads: tuple[str, ...] = ("woodwind", "strings", "synthesizer", "piano")
    scale: str = "major"
    density: float = 0.5
    """Of the melody, 0 to 1."""
    led: float = 0.8
    """How often there is a melody."""
    beats: int = 4
    is_triple: bool = False
    """Whether a beat falls into three."""
    swing: float = 0.5
    """Where in the beat its second half begins."""
