"""Sentences, numbers and names as a person reads them."""

import re
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QDateTime, QDir, QLocale, QStandardPaths
from PySide6.QtWidgets import QWidget

from bgm_finder.jobs.job import Progress
from bgm_finder.reason_sentences import translatable as translatable

_LONG_WORD = re.compile(r"\S{16}")


def translate(context: str, text: str) -> str:
    """Return a sentence in the window's language; for what is no method of a QObject, which has tr()."""
    return QCoreApplication.translate(context, text)


def bpm_text(bpm: float) -> str:
    """Return 128, or 128.5 where there is a decimal."""
    return f"{bpm:.1f}".removesuffix(".0")


def showable(text: str) -> str:
    """Return a name with a mark for each byte that is no text, as a file name may have some."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def breakable(text: str) -> str:
    """Return a text that can be broken into lines anywhere in its long words, such as paths."""
    return _LONG_WORD.sub("\\g<0>\u200b", text)


def number(value: int) -> str:
    """Return 10,802."""
    return QLocale().toString(value)


def time_left(progress: Progress) -> str:
    """Return how long a run will still take, roughly, or nothing where that is not known yet."""
    if progress.seconds_left is None:
        return ""
    seconds = progress.seconds_left
    if seconds < 60:
        return translate("Words", "less than a minute left")
    if seconds < 3600:
        return translate("Words", "about {minutes} min left").replace("{minutes}", str(round(seconds / 60)))
    return translate("Words", "about {hours} h left").replace("{hours}", f"{seconds / 3600:.1f}")


def set_tip(widget: QWidget, text: str) -> None:
    """Show a text as the widget's tool tip, and give it to screen readers as it is, which would read out the markup."""
    widget.setToolTip(tip(text))
    widget.setAccessibleDescription(text)


def tip(text: str) -> str:
    """Return a tool tip that shows the text as it is; Qt would take <b> or <a href> in a file's title for its own."""
    if not text:
        return ""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\n", "<br>")
    return f"<span>{escaped}</span>"


def day_and_time(moment: datetime) -> str:
    """Return a moment as this place's clock and calendar show it, such as 11/23/26 1:05 AM."""
    return QLocale().toString(QDateTime.fromSecsSinceEpoch(round(moment.timestamp())), QLocale.FormatType.ShortFormat)


def is_tag_list(path: Path) -> bool:
    """Whether a dropped file is a tag list by its name; everything else is taken for sound."""
    return path.suffix.lower() in (".csv", ".tsv")


def music_folder() -> str:
    """Return where a file dialog opens first; not every home has a folder for music."""
    music = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.MusicLocation)
    return music if QDir(music).exists() else QDir.homePath()
