"""Whether an mp3's Xing, Info or VBRI frame tells the truth: against the file's size and a few of its frames."""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

_RATES_KBPS = {  # by layer, MPEG 1 and then 2 and 2.5
    (1, True): (32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448),
    (2, True): (32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384),
    (3, True): (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (1, False): (32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256),
    (2, False): (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
    (3, False): (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_RATES_HZ = (44_100, 48_000, 32_000)
_SCANNED = 4096
_MOST_TAGS = 16
_PLACES = 16
_MOST_OFF = 1.6
"""So much may the frames at a few places speak for another length than the header; a wrong one is doubled or halved."""
_SLACK = 4096
"""Bytes by which the stored size may be off: a tag at the end that is not known here, the frame itself."""


def is_true_mp3(path: Path) -> bool:
    """Return whether the first frame declares how many follow, in how many bytes, and both agree with the file."""
    with path.open("rb") as file:
        size = path.stat().st_size
        start = _after_id3(file)
        file.seek(start)
        declared = _declared(file.read(_SCANNED))
        if declared is None:
            return False
        frames, stored = declared
        end = _before_tags(file, size)
        guessed = _guessed_frames(file, start, end)
        return (
            abs(end - start - stored) <= _SLACK
            and guessed is not None
            and frames / _MOST_OFF < guessed < frames * _MOST_OFF
        )


def _declared(head: bytes) -> tuple[int, int] | None:
    """Return frames and bytes as the first frame declares them."""
    if len(head) < _SCANNED or _frame_size(head, 0) is None:
        return None
    if head[36:40] == b"VBRI":
        return int.from_bytes(head[50:54], "big"), int.from_bytes(head[46:50], "big")
    for at in (36, 21, 13):
        if head[at : at + 4] in (b"Xing", b"Info") and head[at + 7] & 3 == 3:
            return int.from_bytes(head[at + 8 : at + 12], "big"), int.from_bytes(head[at + 12 : at + 16], "big")
    return None


def id3_size(head: bytes) -> int:
    """Return the bytes of the ID3v2 tag that begins with these ten."""
    size = sum((byte & 127) << shift for byte, shift in zip(head[6:10], (21, 14, 7, 0), strict=True))
    return 10 + size + (10 if head[5] & 16 else 0)


def _after_id3(file: BinaryIO) -> int:
    """Return where the sound begins, behind all tags: the first may be blank."""
    at = 0
    for _ in range(_MOST_TAGS):
        file.seek(at)
        head = file.read(10)
        if not head.startswith(b"ID3") or len(head) < 10:
            break
        at += id3_size(head)
    return at


def _before_tags(file: BinaryIO, size: int) -> int:
    """Return where the sound ends: before ID3v1 and APE tags."""
    file.seek(max(0, size - 160))
    tail = file.read()
    if tail[-128:].startswith(b"TAG"):
        size, tail = size - 128, tail[:-128]
    if tail[-32:].startswith(b"APETAGEX"):
        has_header = bool(tail[-9] & 128)
        size -= int.from_bytes(tail[-20:-16], "little") + (32 if has_header else 0)
    return size


def _guessed_frames(file: BinaryIO, start: int, end: int) -> float | None:
    """Return how many frames fit in, by the size of those at a few places; None where there are none."""
    stretch = (end - start) / _PLACES
    sizes = []
    for place in range(_PLACES):
        file.seek(start + int((place + 0.5) * stretch))
        found = list(_frame_sizes(file.read(_SCANNED)))
        if not found:
            return None
        sizes.append(sum(found) / len(found))
    return sum(stretch / size for size in sizes)


def _frame_sizes(stored: bytes) -> Iterator[int]:
    """Yield the sizes of the frames, from the first one on that is followed by another."""
    at = stored.find(b"\xff")
    while at >= 0:
        size = _frame_size(stored, at)
        if size and _frame_size(stored, at + size):
            break
        at = stored.find(b"\xff", at + 1)
    while at >= 0 and (size := _frame_size(stored, at)):
        yield size
        at += size


def _frame_size(stored: bytes, at: int) -> int | None:
    """Return the bytes of the frame whose header stands here, None where none does."""
    header = stored[at : at + 4]
    if len(header) < 4 or header[0] != 255 or header[1] & 0xE0 != 0xE0:
        return None
    version, layer = header[1] >> 3 & 3, 4 - (header[1] >> 1 & 3)
    rate, hz = header[2] >> 4, header[2] >> 2 & 3
    if version == 1 or layer == 4 or rate in (0, 15) or hz == 3:
        return None
    is_mpeg1 = version == 3
    bits_s = 1000 * _RATES_KBPS[layer, is_mpeg1][rate - 1]
    rate_hz = _RATES_HZ[hz] >> {3: 0, 2: 1, 0: 2}[version]
    padding = header[2] >> 1 & 1
    if layer == 1:
        return (12 * bits_s // rate_hz + padding) * 4
    return (144 if is_mpeg1 or layer == 2 else 72) * bits_s // rate_hz + padding
