"""Write the sounds that the tests of this room read, in every format, with soundfile and PyAV alone."""

from fractions import Fraction

import av
import numpy as np
import soundfile
import soxr

RATE_HZ = 44_100

SOUNDFILE = {
    "16.wav": ("WAV", "PCM_16"),
    "24.wav": ("WAV", "PCM_24"),
    "32.wav": ("WAV", "PCM_32"),
    "float.wav": ("WAV", "FLOAT"),
    "rf64.wav": ("RF64", "PCM_24"),
    "a.aiff": ("AIFF", "PCM_16"),
    "a.flac": ("FLAC", "PCM_16"),
    "a.ogg": ("OGG", "VORBIS"),
    "a.mp3": ("MP3", "MPEG_LAYER_III"),
}
PYAV = {
    "a.m4a": ("aac", "fltp"),
    "a.aac": ("aac", "fltp"),
    "a.mp4": ("aac", "fltp"),
    "a.mkv": ("aac", "fltp"),
    "a.mov": ("pcm_s16le", "s16"),
    "a.opus": ("libopus", "flt"),
    "a.webm": ("libopus", "flt"),
}
LOSSLESS = ("16.wav", "24.wav", "32.wav", "float.wav", "rf64.wav", "a.aiff", "a.flac", "a.mov")
ALL = (*SOUNDFILE, *PYAV)


def sweep(seconds=3.0, rate_hz=RATE_HZ):
    """Return two tones of changing pitch, float32, (frames, 2), so that every place is unlike any other."""
    at = np.arange(round(seconds * rate_hz)) / rate_hz
    left = 0.4 * np.sin(2 * np.pi * (220 + 60 * at) * at)
    right = 0.3 * np.sin(2 * np.pi * (330 + 90 * at) * at)
    return np.stack([left, right], axis=1).astype(np.float32)


def write(path, samples, rate_hz=RATE_HZ):
    """Write samples in the format that the file's name asks for."""
    if path.name in SOUNDFILE:
        kind, subtype = SOUNDFILE[path.name]
        with soundfile.SoundFile(path, "w", rate_hz, samples.shape[1], subtype, format=kind) as file:
            for start in range(0, len(samples), rate_hz):  # long ogg files in one call can crash libsndfile
                file.write(samples[start : start + rate_hz])
    else:
        _write_with_pyav(path, samples, rate_hz)
    return path


def _write_with_pyav(path, samples, rate_hz):
    codec, layout = PYAV[path.name]
    if codec == "libopus":
        samples, rate_hz = soxr.resample(samples, rate_hz, 48_000), 48_000
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=rate_hz, format=layout, layout="stereo")
        stream.bit_rate = 192_000  # each release of FFmpeg has its own rate for aac
        if path.suffix in (".mp4", ".mkv"):
            add_video(container)
        for start in range(0, len(samples), 960):
            frame = frame_of(samples[start : start + 960], layout)
            frame.sample_rate, frame.time_base, frame.pts = rate_hz, Fraction(1, rate_hz), start
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def frame_of(samples, layout):
    if layout == "s16":
        samples = np.rint(samples * 32767).astype(np.int16)
    stored = samples.T if layout.endswith("p") else samples.reshape(1, -1)
    return av.AudioFrame.from_ndarray(np.ascontiguousarray(stored), format=layout, layout="stereo")


def add_video(container):
    """Put a second of black picture in input_spec, as a video file has one."""
    stream = container.add_stream("mpeg4", rate=10)
    stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
    for number in range(10):
        picture = av.VideoFrame.from_ndarray(np.zeros((48, 64, 3), np.uint8), format="rgb24")
        picture.pts, picture.time_base = number, Fraction(1, 10)
        container.mux(stream.encode(picture))
    container.mux(stream.encode(None))
