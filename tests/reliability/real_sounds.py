"""Short real sounds in every format that the app reads, cut from the demo library, with tags and cover art."""

from io import BytesIO
from pathlib import Path

import av
import mutagen
import numpy as np
import soundfile
from mutagen.flac import Picture
from mutagen.id3 import APIC, COMM, TBPM, TCON, TIT2
from PIL import Image

from bgm_finder.audio.decode import decode

LENGTH_S = 4.5
"""Just enough for the tempo to be looked for."""

SOUNDFILE = {
    "pcm16.wav": ("WAV", "PCM_16"),
    "pcm24.wav": ("WAVEX", "PCM_24"),
    "float.wav": ("WAV", "FLOAT"),
    "ms adpcm.wav": ("WAV", "MS_ADPCM"),
    "big.rf64": ("RF64", "PCM_16"),
    "wave.w64": ("W64", "PCM_16"),
    "mac.aiff": ("AIFF", "PCM_16"),
    "mac float.aifc": ("AIFF", "FLOAT"),
    "free.flac": ("FLAC", "PCM_16"),
    "free.ogg": ("OGG", "VORBIS"),
    "core.caf": ("CAF", "ALAC_16"),
    "sun.au": ("AU", "ULAW"),
    "plain.mp3": ("MP3", "MPEG_LAYER_III"),
}
FFMPEG = {
    "lame.mp3": ("mp3", "libmp3lame"),
    "free.opus": ("opus", "libopus"),
    "apple.m4a": ("ipod", "aac"),
    "lossless.m4a": ("ipod", "alac"),
    "bare.aac": ("adts", "aac"),
    "windows.wma": ("asf", "wmav2"),
    "pack.wv": ("wv", "wavpack"),
    "film.mp4": ("mp4", "aac"),
    "film.mov": ("mov", "pcm_s16le"),
    "film.mkv": ("matroska", "ac3"),
    "film.webm": ("webm", "libopus"),
    "film.avi": ("avi", "libmp3lame"),
    "film.ts": ("mpegts", "mp2"),
    "film.mpg": ("mpeg", "mp2"),
    "film.mxf": ("mxf", "pcm_s16le"),
    "film.3gp": ("3gp", "aac"),
    "film.flv": ("flv", "aac"),
    "film.wmv": ("asf", "wmav2"),
}
_FILMED = (".mp4", ".mov", ".mkv", ".avi", ".ts", ".mpg", ".mxf", ".flv", ".wmv")
_FILM_CODECS = {"flv": "flv1", "asf": "wmv2", "mp4": "mpeg4", "mov": "mpeg4"}
_MXF_HZ = 48_000


def make_all(folder: Path, tracks: list[Path]) -> list[Path]:
    """Write one sound of each format, each from another track; return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for number, name in enumerate([*SOUNDFILE, *FFMPEG]):
        rate_hz = _MXF_HZ if name.endswith((".mxf", ".opus", ".webm")) else 44_100
        track = tracks[number % len(tracks)]
        samples = decode(track, rate_hz, start_s=10.0, duration_s=LENGTH_S).samples
        path = folder / name
        (_write_with_soundfile if name in SOUNDFILE else _write_with_ffmpeg)(path, samples, rate_hz)
        _tag(path)
        made.append(path)
    return made


def _write_with_soundfile(path: Path, samples: np.ndarray, rate_hz: int) -> None:
    kind, subtype = SOUNDFILE[path.name]
    with soundfile.SoundFile(path, "w", rate_hz, samples.shape[1], subtype, format=kind) as file:
        for start in range(0, len(samples), rate_hz):
            file.write(samples[start : start + rate_hz])


def _write_with_ffmpeg(path: Path, samples: np.ndarray, rate_hz: int) -> None:
    kind, codec = FFMPEG[path.name]
    with av.open(str(path), "w", format=kind) as container:
        film = container.add_stream(_FILM_CODECS.get(kind, "mpeg2video"), rate=25) if path.suffix in _FILMED else None
        if film is not None:
            film.width, film.height, film.pix_fmt = 64, 48, "yuv420p"
        stream = container.add_stream(codec, rate=rate_hz, layout="stereo")
        stream.bit_rate = 128_000
        for start in range(0, len(samples), rate_hz // 25):
            if film is not None:
                container.mux(film.encode(_picture(start * 25 // rate_hz)))
            container.mux(stream.encode(_sound(samples[start : start + rate_hz // 25], start, rate_hz)))
        for one in (film, stream):
            if one is not None:
                container.mux(one.encode(None))


def _picture(number: int) -> av.VideoFrame:
    frame = av.VideoFrame.from_ndarray(np.full((48, 64, 3), number % 256, np.uint8), format="rgb24")
    frame.pts = number
    return frame


def _sound(samples: np.ndarray, start: int, rate_hz: int) -> av.AudioFrame:
    whole = np.ascontiguousarray(np.rint(samples * 32767).astype(np.int16).reshape(1, -1))
    frame = av.AudioFrame.from_ndarray(whole, format="s16", layout="stereo")
    frame.sample_rate, frame.pts = rate_hz, start
    return frame


def cover(side: int = 64) -> bytes:
    """Return a PNG picture of so many pixels a side; a huge one is small as a file."""
    held = BytesIO()
    Image.new("1", (side, side)).save(held, "PNG")
    return held.getvalue()


def _tag(path: Path) -> None:
    """Write tags and a cover, where the format holds any that mutagen can write."""
    if path.name in ("lame.mp3", "plain.mp3", "pcm16.wav", "mac.aiff"):
        _tag_with_id3(path)
    elif path.suffix in (".flac", ".ogg", ".opus"):
        file = mutagen.File(path)
        file["title"], file["genre"] = "雨の窓辺", "Pop; Rock"
        if path.suffix == ".flac":
            art = Picture()
            art.data, art.type, art.mime = cover(), 3, "image/png"
            file.add_picture(art)
        file.save()
    elif path.suffix in (".m4a", ".mp4"):
        file = mutagen.File(path)
        file["\xa9nam"], file["tmpo"] = "雨の窓辺", [120]
        file.save()


def _tag_with_id3(path: Path) -> None:
    file = mutagen.File(path)
    if file.tags is None:
        file.add_tags()
    for frame in (TIT2(text="雨の窓辺"), TBPM(text="120"), TCON(text="Pop"), COMM(text="a comment")):
        file.tags.add(frame)
    file.tags.add(APIC(mime="image/png", type=3, data=cover()))
    file.save()
