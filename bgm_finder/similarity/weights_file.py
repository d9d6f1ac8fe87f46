"""Read what a weights file says of itself, and refuses one that was damaged; needs no torch."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bgm_finder.reasons import FileError, Reason
from bgm_finder.similarity.patches import INPUTS, Floats, InputSpec

_TURN = "turn.weight"
_LENGTH_BYTES = 8
_MOST_HEADER_BYTES = 1 << 20


class WeightsUnusable(FileError):  # noqa: N818 - named for what happened
    """A weights file is missing, damaged, or made for another version."""


@dataclass(frozen=True, slots=True)
class WeightsFacts:
    """What the header of a weights file says."""

    name: str
    """Stored with every vector: vectors of different names are never compared."""
    kind: str
    """Which network of network.py the numbers belong to."""
    input_spec: InputSpec
    dimensions: int
    classes: tuple[str, ...]
    turned_from: str = ""
    """The network whose vectors become this one's by its turn, if there is one."""


def read_facts(path: Path) -> WeightsFacts:
    """Return what a weights file says of itself; raises WeightsUnusable."""
    said = _header(path)
    try:
        classes = tuple(name for name in said["classes"].split(",") if name)
        input_spec, dimensions = INPUTS[said["front"]], int(said["dimensions"])
        return WeightsFacts(said["name"], said["kind"], input_spec, dimensions, classes, said.get("turned_from", ""))
    except KeyError as missing:
        raise WeightsUnusable(path, Reason.LACKS_FACT, fact=missing.args[0]) from missing
    except ValueError as error:  # dimensions that are no number
        raise WeightsUnusable(path, Reason.NOT_SAFETENSORS) from error


def read_turn(path: Path) -> Floats:
    """Return the matrix that turns vectors of the network turned_from, float32, (dimensions, dimensions).

    Needs no torch; raises WeightsUnusable.
    """
    try:
        file = path.read_bytes()
        said = json.loads(file[_LENGTH_BYTES : len(file) - len(numbers_of(file))])[_TURN]
        begin, end = said["data_offsets"]
        halves = np.frombuffer(numbers_of(file)[begin:end], np.float16)
        return halves.astype(np.float32).reshape(said["shape"])
    except OSError as error:
        raise WeightsUnusable.of_system(path, error) from error
    except (KeyError, ValueError) as error:
        raise WeightsUnusable(path, Reason.NOT_SAFETENSORS) from error


def check(path: Path) -> None:
    """Raise WeightsUnusable where the numbers are not those that were written."""
    said = _header(path)
    if said.get("sha256") != checksum(numbers_of(path.read_bytes())):
        raise WeightsUnusable(path, Reason.WRONG_CHECKSUM)


def checksum(numbers: bytes) -> str:
    """Return the checksum that the header of a weights file carries of the numbers behind it."""
    return hashlib.sha256(numbers).hexdigest()


def numbers_of(file: bytes) -> bytes:
    """Return the part of a safetensors file behind its header."""
    return file[_LENGTH_BYTES + int.from_bytes(file[:_LENGTH_BYTES], "little") :]


def _header(path: Path) -> dict[str, str]:
    """Return what the header says of the whole; the numbers behind it are not read."""
    try:
        with path.open("rb") as file:
            length = int.from_bytes(file.read(_LENGTH_BYTES), "little")
            has_room = 2 <= length <= min(_MOST_HEADER_BYTES, path.stat().st_size - _LENGTH_BYTES)
            written = file.read(length) if has_room else b""
    except OSError as error:
        raise WeightsUnusable.of_system(path, error) from error
    try:
        said = json.loads(written).get("__metadata__", {})
    except (ValueError, AttributeError, RecursionError) as error:
        raise WeightsUnusable(path, Reason.NOT_SAFETENSORS) from error
    if not isinstance(said, dict) or not all(isinstance(value, str) for value in said.values()):
        raise WeightsUnusable(path, Reason.NOT_SAFETENSORS)
    return said
