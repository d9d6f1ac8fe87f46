"""One real sound file made into a damaged one; the same seed and number always give the same damage."""

import struct
from collections.abc import Callable
from pathlib import Path
from random import Random

Damage = Callable[[bytearray, Random, list[bytes]], bytes]

_HEADER = 512
_EXTREMES = (0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0xFFFF, 0x10000, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF)
_ENDINGS = (".wav", ".aiff", ".flac", ".mp3", ".ogg", ".opus", ".m4a", ".aac", ".wma", ".caf", ".wv", ".ape", ".au")
_FILM_ENDINGS = (".mp4", ".mkv", ".avi", ".ts", ".mpg", ".mxf", ".webm", ".flv")


def damaged(seed: int, number: int, sounds: list[Path]) -> tuple[str, bytes]:
    """Return the name and the bytes of a damaged file."""
    random = Random(f"{seed} {number}")
    source = random.choice(sounds)
    name = random.choice(list(DAMAGES))
    others = [random.choice(sounds).read_bytes()]
    held = DAMAGES[name](bytearray(source.read_bytes()), random, others)
    ending = source.suffix
    if name == "wrong ending" or random.random() < 0.1:
        ending = random.choice(_ENDINGS + _FILM_ENDINGS)
    return f"{number:06} {name} of {source.stem}{ending}", held


def _truncated(held: bytearray, random: Random, others: list[bytes]) -> bytes:
    return bytes(held[: random.randrange(len(held))])


def _cut_early(held: bytearray, random: Random, others: list[bytes]) -> bytes:
    return bytes(held[: random.randrange(2 * _HEADER)])


def _beheaded(held: bytearray, random: Random, others: list[bytes]) -> bytes:
    return bytes(held[random.randrange(1, 2 * _HEADER) :])


def _flipped(held: bytearray, random: Random, others: list[bytes]) -> bytes:
    for _ in range(random.choice((1, 3, 30, 300))):
        held[random.randrange(len(held))] ^= 1 << random.randrange(8)
    return bytes(held)


def _header_flipped(held: bytearray, random: Random, others: list[bytes]) -> bytes:
    for _ in range(random.choice((1, 2, 4, 16))):
        held[random.randrange(min(_HEADER, len(held)))] ^= 1 << random.randrange(8)
    return bytes(held)


def _header_noise(held: bytearray, random: Random, others: list[bytes]) -> bytes:
    start, length = random.randrange(_HEADER), random.choice((1, 4, 16, 64))
    held[start : start + length] = random.randbytes(length)
    return bytes(held)


def _extreme_number(held: bytearray, random: Random, others: list[bytes]) -> bytes:
    """Write numbers that no honest header has where sizes, rates and counts may stand."""
    for _ in range(random.choice((1, 1, 2, 4))):
        layout = random.choice(("<H", ">H", "<I", ">I"))
        place = random.randrange(min(len(held) - 4, random.choice((64, _HEADER, len(held)))))
        size = struct.calcsize(layout)
        held[place : place + size] = struct.pack(layout, random.choice(_EXTREMES) % (1 << 8 * size))
    return bytes(held)


def _hole(held: bytearray, random: Random, others: list[bytes]) -> bytes:
    start, length = random.randrange(len(held)), random.choice((100, 5_000, 100_000))
    held[start : start + length] = bytes(len(held[start : start + length]))
    return bytes(held)


def _piece_lost(held: bytearray, random: Random, others: list[bytes]) -> bytes:
    start = random.randrange(len(held))
    del held[start : start + random.choice((1, 100, 20_000))]
    return bytes(held)


def _piece_twice(held: bytearray, random: Random, others: list[bytes]) -> bytes:
    start = random.randrange(len(held))
    held[start:start] = held[start : start + random.choice((16, 1_000, 50_000))]
    return bytes(held)


def _foreign_piece(held: bytearray, random: Random, others: list[bytes]) -> bytes:
    other = others[0]
    start, length = random.randrange(len(other)), random.choice((64, 4_096, 100_000))
    place = random.randrange(len(held))
    held[place : place + length] = other[start : start + length]
    return bytes(held)


def _two_halves(held: bytearray, random: Random, others: list[bytes]) -> bytes:
    return bytes(held[: random.randrange(len(held))]) + others[0][random.randrange(len(others[0])) :]


def _noise_behind(held: bytearray, random: Random, others: list[bytes]) -> bytes:
    return bytes(held) + random.randbytes(random.choice((1, 1_000, 200_000)))


def _noise_before(held: bytearray, random: Random, others: list[bytes]) -> bytes:
    return random.randbytes(random.choice((1, 100, 10_000))) + bytes(held)


def _noise_only(held: bytearray, random: Random, others: list[bytes]) -> bytes:
    return bytes(held[: random.choice((0, 4, 12, 44))]) + random.randbytes(random.choice((1, 50, 5_000, 100_000)))


def _untouched(held: bytearray, random: Random, others: list[bytes]) -> bytes:
    return bytes(held)


DAMAGES: dict[str, Damage] = {
    "truncated": _truncated,
    "cut early": _cut_early,
    "beheaded": _beheaded,
    "flipped": _flipped,
    "header flipped": _header_flipped,
    "header noise": _header_noise,
    "extreme number": _extreme_number,
    "hole": _hole,
    "piece lost": _piece_lost,
    "piece twice": _piece_twice,
    "foreign piece": _foreign_piece,
    "two halves": _two_halves,
    "noise behind": _noise_behind,
    "noise before": _noise_before,
    "noise only": _noise_only,
    "wrong ending": _untouched,
}
