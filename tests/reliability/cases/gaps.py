"""Sound that pauses or begins late by its time stamps; time stamps that jump by hours or step back."""

from pathlib import Path

from tests.reliability.cases._case import Case
from tests.reliability.cases._sounds import ffmpeg, heard, ladder, right, shell, write_wav

NAME = "gaps and late beginnings"
SOURCE = "FFMS2 #216 and #387, L-SMASH-Works #72"
NEEDS = ("ffmpeg",)
_PAUSED = {2: 500, 5: 0, 7: 0, 9: 850, 11: 950}
_LATE = {1: 0, 4: 450, 7: 600}
_WHOLE = {2: 500, 5: 650, 7: 750, 11: 950}
_KINDS = {
    **{"a.mkv": "flac", "b.mkv": "ac3", "c.mkv": "libmp3lame", "d.mkv": "pcm_s16le", "e.webm": "libvorbis"},
    **{"f.webm": "libopus", "g.mp4": "aac", "h.m4a": "aac", "i.mov": "aac", "j.ts": "aac", "k.ogg": "libvorbis"},
    **{"l.opus": "libopus", "m.ogg": "flac", "n.flv": "aac", "o.wma": "wmav2"},
}


def make(folder: Path) -> list[Case]:
    """Write 12 s with nothing stored from 4 to 8 s, films whose sound begins after 3 s, and damaged time stamps."""
    wav = write_wav(folder / "tones.wav", ladder(12, rate_hz=48_000), 48_000)
    pause = ("-af", "aselect='not(between(t,4,7.9999))'")
    cases = []
    for name, codec in _KINDS.items():
        ffmpeg(wav, *pause, "-c:a", codec, folder / f"pause {name}")
        # Ogg stamps pages, of up to a second in Vorbis: within one, nobody knows where the pause was
        tones = {2: 500, 9: 850, 11: 950} if codec == "libvorbis" and name.endswith("ogg") else _PAUSED
        cases.append(_case(folder / f"pause {name}", 12, tones))
    picture = ("-f", "lavfi", "-i", "testsrc=size=64x48:rate=10:duration=9")
    for name in ("late.mkv", "late.mp4", "late.ts"):
        late = ("-itsoffset", "3", "-i", wav, "-c:v", "mpeg4", "-c:a", "aac", folder / name)
        shell("ffmpeg", "-y", "-v", "error", *picture, *late)
        cases.append(_case(folder / name, 15, _LATE))
    for seconds in (700, 7200):
        hole = ("-c:a", "aac", "-bsf:a", f"setts=ts='if(gte(PTS*TB,6),PTS+{seconds}/TB,PTS)'")
        for ending in ("mka", "m4a", "flv"):
            path = folder / f"hole of {seconds} s.{ending}"
            ffmpeg(wav, *hole, path)
            cases.append(_case(path, 12, _WHOLE))
    return cases


def _case(path: Path, seconds: float, tones: dict[int, int]) -> Case:
    return Case(path.name, right(seconds, tones, 0.06), lambda: heard(path, tuple(tones)))
