"""Files on their way to other programs and back: as addresses that keep every byte of their names."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote_from_bytes, unquote_to_bytes

from PySide6.QtCore import QMimeData, QUrl

from bgm_finder.gui.text_helpers import showable

_LOST = "\ufffd"
"""What Qt puts in the place of bytes that are no text."""


def mime_of(files: Sequence[Path]) -> QMimeData:
    """Return the files themselves, for an editing program or a file manager, and their paths as text, one a line."""
    mime = QMimeData()
    addresses = [address(file) for file in files]
    mime.setUrls(addresses)
    if sys.platform not in ("win32", "darwin"):  # there Qt gives files in the system's own formats
        encoded = [each.toEncoded().data() for each in addresses]
        mime.setData("x-special/gnome-copied-files", b"\n".join([b"copy", *encoded]))  # GNOME, Xfce, Cinnamon
        mime.setData("application/x-kde-cutselection", b"0")  # KDE: copied, not cut
    mime.setText("\n".join(" ".join(showable(str(file)).splitlines()) for file in files))
    return mime


def files_in(mime: QMimeData) -> list[Path]:
    """Return the files of this computer that another program hands over."""
    return [_file_at(url) for url in mime.urls() if url.isLocalFile()]


def address(file: Path) -> QUrl:
    """Return a file's address; Qt alone would turn bytes that are no text into others."""
    text = str(file)
    if _is_text(text):
        return QUrl.fromLocalFile(text)
    return QUrl.fromEncoded(b"file://" + quote_from_bytes(os.fsencode(file)).encode("ascii"))


def _file_at(url: QUrl) -> Path:
    text = url.toLocalFile()
    if _LOST not in text or os.name == "nt":  # Windows' names are text, always
        return Path(text)
    encoded = url.path(QUrl.ComponentFormattingOption.FullyEncoded)
    return Path(os.fsdecode(unquote_to_bytes(encoded)))


def _is_text(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
