"""The chunks of a WAV file that no library of ours reads: iXML, the tempo of loops, an INFO comment before a bext."""

from pathlib import Path

from bgm_finder.audio.riff_chunks import plain_texts, riff_layout

_WANTED = (b"iXML", b"acid", b"LIST")
_LARGEST = 1 << 20
"""Bytes of a chunk that are believed to be tags."""


def read_wave_chunks(path: Path) -> dict[str, bytes]:
    """Return the bodies of iXML and acid, and of ICMT within LIST INFO, each where there is one.

    FFmpeg gives the descriptions of INFO and bext under one name, and of these the last.
    """
    found: dict[str, bytes] = {}
    layout = riff_layout(path)
    with path.open("rb") as file:
        for chunk in layout.chunks if layout else ():
            if chunk.name in _WANTED and chunk.size <= _LARGEST:
                file.seek(chunk.start)
                body = file.read(chunk.size)
                found |= _info_comment(body) if chunk.name == b"LIST" else {chunk.name.decode(): body}
    return found


def _info_comment(body: bytes) -> dict[str, bytes]:
    """Return the comment of a list, if it is an INFO list that holds one."""
    texts, _ = plain_texts(body)
    comment = next((text for name, text in texts if name == b"ICMT"), None)
    return {} if comment is None else {"ICMT": comment.partition(b"\0")[0]}
