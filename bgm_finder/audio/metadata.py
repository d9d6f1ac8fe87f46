"""What a container says of itself in tags, by PyAV (FFmpeg): RIFF INFO, bext, AIFF, CAF, Matroska, AVI, QuickTime."""

from contextlib import nullcontext
from pathlib import Path

from bgm_finder.audio.containers import OF_TAGS
from bgm_finder.audio.file_part import SplicedFile

_OPTIONS = {
    "format_whitelist": OF_TAGS,
    "protocol_whitelist": "file",
    # or FFmpeg decodes sound for 30 ms, looking for other formats behind the header of a WAV file
    "probesize": "32",
    "analyzeduration": "1",
}


def read_metadata(path: Path, part: SplicedFile | None = None) -> dict[str, str]:
    """Return the tags of a container and of its first sound by their names in lower case; empty where none are found.

    part: what to read instead of all of the file.

    Bytes that are no UTF-8 stand as surrogates (surrogateescape). The title of a film's sound is none of the music.
    """
    import av

    keeps_bytes = {} if int(av.__version__.split(".")[0]) >= 19 else {"metadata_errors": "surrogateescape"}
    try:
        with (
            part.open() if part else nullcontext() as file,
            av.open(file or str(path.absolute()), options=_OPTIONS, **keeps_bytes) as container,
        ):
            streams = [stream.metadata for stream in container.streams.audio[:1]]
            tags = {name.casefold(): text for stream in streams for name, text in stream.items()}
            if container.format.name != "ogg":
                tags.pop("title", None)
            return tags | {name.casefold(): text for name, text in container.metadata.items()}
    except (av.FFmpegError, ValueError, OSError):
        return {}
