"""How timelines call the files they refer to."""

import os
from pathlib import Path
from urllib.parse import quote_from_bytes

_PLAIN = "/:!$&'()*+,;=@-._~"
_SPECIAL = set("%#?")
"""What means something else in an address than in a path."""


def address_of(path: Path, host: str = "") -> str:
    """Return a file's address, with all but plain letters escaped: //server/share stays the server's."""
    text = os.fsencode(path.absolute().as_posix())
    if text.startswith(b"//"):
        return "file:" + quote_from_bytes(text, _PLAIN)
    return f"file://{host}{'' if text.startswith(b'/') else '/'}{quote_from_bytes(text, _PLAIN)}"


def path_or_address(path: Path) -> str:
    """Return a file's whole path where it is the same read as a path or as an address; else its address.

    DaVinci Resolve writes paths into OTIO, and Premiere addresses.
    """
    text = path.absolute().as_posix()
    try:
        text.encode()
    except UnicodeEncodeError:
        return address_of(path)
    return address_of(path) if _SPECIAL & set(text) else text
