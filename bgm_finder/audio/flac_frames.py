"""Whether a FLAC's header tells the truth: its last frame ends where the header says, and frames go up until then."""

from pathlib import Path

_MARK = b"fLaC"
_SYNCS = (b"\xff\xf8", b"\xff\xf9")
_SCANNED = 1 << 16
"""Bytes that are scanned; a frame takes 16 KB at most in all but the widest files."""
_SMALL = 4 * _SCANNED
"""Bytes of a file that is scanned as a whole: the places below would hold the same frames."""
_PLACES = (0.3, 0.6)
"""Shares of the file where a scan shows joined files of one length, as a file joined with itself."""
_COUNTS = {1: 192, **{code: 576 << (code - 2) for code in range(2, 6)}, **{code: 1 << code for code in range(8, 16)}}
"""Samples of a frame by their code in its header."""


def is_true_flac(path: Path, frames: int) -> bool:
    """Return whether the file holds so many samples from end to end, as far as a scan of three places shows."""
    with path.open("rb") as file:
        size = path.stat().st_size
        head = file.read(_SCANNED)
        at = head.find(_MARK)
        nominal = int.from_bytes(head[at + 8 : at + 10], "big")
        if at < 0 or not nominal:
            return False
        if size < _SMALL:
            stored = head + file.read()
            return stored.count(_MARK) == 1 and _last_end(stored[-_SCANNED:], nominal) == frames
        ends = []
        for start in (*(round(share * size) for share in _PLACES), max(0, size - _SCANNED)):
            file.seek(start)
            ends.append(_last_end(file.read(_SCANNED), nominal))
    return ends[-1] == frames and ends == sorted(set(ends))


def _last_end(stored: bytes, nominal: int) -> int:
    """Return the sample at which the last frame in these bytes ends, -1 where there is none."""
    places = sorted({place for sync in _SYNCS for place in _all_places(stored, sync)}, reverse=True)
    ends = (_frame_end(stored[at : at + 16], nominal) for at in places)
    return next((end for end in ends if end is not None), -1)


def _all_places(stored: bytes, sync: bytes) -> list[int]:
    places, at = [], stored.find(sync)
    while at >= 0:
        places.append(at)
        at = stored.find(sync, at + 1)
    return places


def _frame_end(header: bytes, nominal: int) -> int | None:
    """Return the sample at which the frame with this header ends, None where the checksum shows that it is none."""
    ones = 9 if len(header) < 16 else 8 - (255 - header[4]).bit_length()
    if ones > 7 or ones == 1:
        return None
    number = header[4] & (0x7F >> ones)
    place = 4 + max(1, ones)
    for byte in header[5:place]:
        number = number << 6 | byte & 63
    code = header[2] >> 4
    more = {6: 1, 7: 2}.get(code, 0)
    count = int.from_bytes(header[place : place + more], "big") + 1 if more else _COUNTS.get(code, 0)
    place += more + {12: 1, 13: 2, 14: 2}.get(header[2] & 15, 0)
    if not count or _checksum(header[:place]) != header[place]:
        return None
    has_sample_numbers = bool(header[1] & 1)
    return (number if has_sample_numbers else number * nominal) + count


def _checksum(stored: bytes) -> int:
    """Return the CRC-8 of a frame's header."""
    checksum = 0
    for byte in stored:
        checksum ^= byte
        for _ in range(8):
            checksum = (checksum << 1 ^ 0x107) if checksum & 0x80 else checksum << 1
    return checksum
