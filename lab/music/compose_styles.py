"""The genre families: how fast, in which chords, with which grooves and which company each is played."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Style:
    """The habits of one genre family."""

    tempo_bpm: tuple[int, int]
    major: tuple[str, ...]
    """Chord progressions in major, a symbol a bar ("a|b" shares a bar)."""
    minor: tuple[str, ...]
    scales: tuple[str, str]
    """The melody's scale in major and in minor."""
    grooves: tuple[str, ...]
    basses: tuple[str, ...]
    strums: tuple[str, ...]
    keys: tuple[str, ...]
    """Accompaniment patterns of keyboards and synthesizers."""
    company: tuple[str, ...]
    """Instruments that join in, likeliest first."""
    drums: float
    """How likely drums are."""
    swing: float = 0.0
    waltz: float = 0.0
    looseness_s: float = 0.008
    has_riffs: bool = False
    """Whether electric guitars play power chords."""


STYLES = {
    "rock": Style(
        (96, 168),
        ("I V vi IV", "I bVII IV I", "I IV V IV", "I iii IV V", "vi IV I V", "I5 IV5 bVII5 IV5"),
        ("i bVI bIII bVII", "i bVII bVI bVII", "i bIII bVII IV", "i5 bVI5 bVII5 i5", "i iv bVI V"),
        ("mixolydian", "minor"),
        ("rock", "rock8", "half", "punk"),
        ("eighths", "drive", "root5"),
        ("D.D.DUDU", "D.DU.UDU", "DDDDDDDD", "D..UD.DU"),
        ("block8", "block4", "pulse"),
        ("electric_guitar", "organ", "piano", "strings", "brass", "synthesizer"),
        0.9,
        has_riffs=True,
    ),
    "ballad": Style(
        (58, 92),
        ("I V vi IV", "Imaj7 iii7 IVmaj7 V", "I vi7 ii7 V", "IVmaj7 V iii7 vi7", "I Vsus4|V vi IVadd9", "I I7 IV iv"),
        ("i bVI bIII bVII", "i iv7 bVII bIII", "i7 bVImaj7 bIIImaj7 V", "i v bVI bVII"),
        ("major", "minor"),
        ("ballad", "ballad6", "half"),
        ("whole", "root5", "walkup"),
        ("D...D.DU", "D..UD.U.", "D...DU.U"),
        ("arpeggio8", "broken", "block4", "arpeggio16"),
        ("strings", "piano", "choir", "woodwind", "acoustic_guitar", "electric_piano", "electric_guitar"),
        0.5,
        waltz=0.2,
        looseness_s=0.012,
    ),
    "techno": Style(
        (118, 146),
        ("I V vi IV", "vi IV I V", "IV V vi vi", "Iadd9 Iadd9 IVadd9 IVadd9", "IVmaj7 IVmaj7 vi7 V"),
        ("i i bVI bVII", "i7 i7 iv7 iv7", "i bVI bIII bVII", "i bVII iv bVI", "i i i bVI|bVII"),
        ("major", "minor"),
        ("four", "four_clap", "breakbeat", "electro"),
        ("offbeat", "sixteenths", "octaves"),
        ("D.UD.UD.", "DU.UDU.U"),
        ("stab", "sequence", "arpeggio16", "pulse"),
        ("synthesizer", "synthesizer", "piano", "strings", "choir", "electric_piano"),
        0.9,
        looseness_s=0.0,
        has_riffs=True,
    ),
    "pops": Style(
        (88, 140),
        ("I V vi IV", "IVmaj7 V iii7 vi", "I vi IV V", "I V vi iii IV I IV V", "IVmaj7 III7 vi7 I7", "I IV ii V"),
        ("i bVI bIII bVII", "i bVII bVI V", "i bVI bVII i", "i iv bVII bIII"),
        ("major", "minor"),
        ("pop", "rock", "four", "disco"),
        ("root5", "eighths", "funk", "octaves"),
        ("D.DU.UDU", "D.D.DUDU", "DU.UDU.U"),
        ("block8", "arpeggio8", "stab", "pulse", "broken"),
        ("piano", "electric_piano", "strings", "acoustic_guitar", "synthesizer", "brass", "mallets", "electric_guitar"),
        0.75,
        has_riffs=True,
    ),
    "world": Style(
        (76, 132),
        ("I IV V I", "I bVII I bVII", "I I IV V", "I V I V", "I ii V I"),
        ("i iv V i", "i bII i bII", "i bVII bVI V", "i i iv i", "i bVII i v"),
        ("yo", "hijaz"),
        ("hand", "latin", "taiko", "reel"),
        ("root5", "tresillo", "whole"),
        ("D.DUD.DU", "DUUDUUDU", "D..DU.DU", "D.UUD.UU"),
        ("broken", "montuno", "arpeggio8"),
        ("plucked", "woodwind", "percussion", "strings", "mallets", "acoustic_guitar", "accordion"),
        0.6,
        waltz=0.15,
        looseness_s=0.01,
    ),
    "classical": Style(
        (60, 132),
        ("I V vi iii IV I IV V", "I IV V I", "I ii V I", "I vi ii V", "I V7 I IV|V"),
        ("i iv V i", "i bVI iv V", "i V i V", "i iv bVII bIII bVI iv V V"),
        ("major", "minor"),
        ("march", "orchestral"),
        ("whole", "root5", "walkup"),
        ("D...D...", "D...D.D."),
        ("alberti", "broken", "arpeggio16", "block4"),
        ("strings", "woodwind", "brass", "mallets", "choir", "plucked"),
        0.12,
        waltz=0.35,
        looseness_s=0.012,
    ),
    "jazz": Style(
        (84, 176),
        ("ii7 V7 Imaj7 VI7", "Imaj7 vi7 ii7 V7", "iii7 VI7 ii7 V9", "Imaj9 IV9 iii7 VI7", "IVmaj7 iv6 iii7 VI7"),
        ("i7 iv7 bVII7 bIIImaj7", "iim7b5 V7 i6 i6", "i7 bVImaj7 iim7b5 V7"),
        ("major", "dorian"),
        ("swing", "brushes", "bossa"),
        ("walking", "bossa", "walking"),
        ("D..U..D.", "D.U..U.D", "..D...D."),
        ("comp", "comp2", "block4"),
        ("woodwind", "brass", "electric_piano", "piano", "electric_guitar", "mallets", "organ"),
        0.75,
        swing=0.62,
        looseness_s=0.012,
    ),
    "ambient": Style(
        (56, 96),
        ("Imaj7 Imaj7 IVmaj7 IVmaj7", "Iadd9 Vsus4 IVadd9 IVadd9", "IVmaj7 Imaj7 vi7 V", "Imaj9 iii7 IVmaj9 ii7"),
        ("i7 i7 bVImaj7 bVImaj7", "i bVII iv7 bVI", "iadd9 bVImaj7 bIIImaj7 bVII"),
        ("lydian", "dorian"),
        ("slow", "electro"),
        ("whole", "drone"),
        ("D.......", "D...U..."),
        ("arpeggio8", "drift", "sequence", "broken"),
        ("synthesizer", "choir", "strings", "mallets", "plucked", "electric_piano", "woodwind"),
        0.25,
        looseness_s=0.015,
    ),
}


@dataclass(frozen=True, slots=True)
class Mood:
    """How a mood bends the habits of a genre."""

    minor: float
    """How likely the minor mode is."""
    pace: float
    """Place in the genre's tempo range, 0 to 1."""
    density: float
    """Notes wanted, 0 (sparse) to 1 (busy)."""
    register: int
    """Semitones that the melody moves up or down."""
    force: float
    """Playing strength, 0 to 1."""


MOODS = {
    "light": Mood(0.1, 0.6, 0.55, 3, 0.55),
    "happy": Mood(0.0, 0.7, 0.65, 2, 0.7),
    "bright": Mood(0.0, 0.55, 0.5, 4, 0.65),
    "gentle": Mood(0.2, 0.2, 0.3, 0, 0.35),
    "exciting": Mood(0.3, 0.8, 0.8, 2, 0.85),
    "driving": Mood(0.55, 1.0, 0.9, 0, 0.95),
    "stylish": Mood(0.5, 0.45, 0.5, 0, 0.6),
    "sad": Mood(0.95, 0.1, 0.3, -2, 0.4),
    "calm": Mood(0.25, 0.0, 0.15, -2, 0.3),
    "dark": Mood(1.0, 0.4, 0.5, -6, 0.75),
    "grand": Mood(0.4, 0.5, 0.6, 0, 0.95),
}
