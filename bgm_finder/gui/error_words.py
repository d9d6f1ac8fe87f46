"""Errors that a user can mend, as a sentence that says what to do."""

import errno

from bgm_finder.audio.files import NO_ANSWER, Unreadable
from bgm_finder.catalogue.database import CatalogueError
from bgm_finder.catalogue.tag_csv import Complaint, UnreadableTagList
from bgm_finder.gui.words import showable, translatable, translate
from bgm_finder.jobs.each_file import WorkersFail
from bgm_finder.json_object import NotJsonObject
from bgm_finder.similarity.weights_file import WeightsUnusable

_REASONS = (
    translatable("Reason", "has vanished"),
    translatable("Reason", "is a folder"),
    translatable("Reason", "is empty"),
    translatable("Reason", "is a device or a pipe, not a file"),
    translatable("Reason", "has a name that no file can have"),
    translatable("Reason", "has no sound in it"),
    translatable("Reason", "is not a sound file that can be read"),
    translatable("Reason", "may not be read with your rights"),
    translatable("Reason", "makes its decoder crash or hang"),
    translatable("Reason", "does not answer: its drive or network share may be asleep or gone"),
    translatable("Reason", "meets a mistake of this app, which the log tells"),
    translatable("Reason", "needs more memory than there is"),
    translatable("Reason", "has a header that makes no sense"),
    translatable("Reason", "holds no sound"),
    translatable("Reason", "holds no sound in that stretch"),
    translatable("Reason", "holds only silence"),
    translatable("Reason", "cannot be read"),
    translatable(
        "Reason",
        "has no column called file, ファイル名, id or 曲ID: rename a column, or choose it in the window; the header was"
        " read as",
    ),
    translatable(
        "Reason",
        "is no text in the encodings that were tried: save it as CSV UTF-8, or name another with --encoding",
    ),
    translatable("Reason", "has bytes that are no text; they are left out or replaced"),
    translatable("Reason", "may be in one of several encodings"),
    translatable("Reason", "is no text in this encoding"),
    translatable("Reason", "cannot be read in an encoding that is not known"),
    translatable("Reason", "has a header and no rows"),
    translatable("Reason", "is broken"),
    translatable("Reason", "is too large for a tag list: split it into smaller ones"),
    translatable("Reason", "is an Excel workbook: save it there as CSV UTF-8, and import that"),
    translatable("Reason", "is a Numbers document: export it there as CSV, and import that"),
    translatable("Reason", "is an OpenDocument spreadsheet: save it there as CSV, and import that"),
    translatable("Reason", "is a PDF document, not a CSV file"),
    translatable("Reason", "is a formatted text, not a CSV file"),
    translatable("Reason", "is compressed: unpack it first"),
    translatable("Reason", "is a web page: save it there as CSV"),
    translatable("Reason", "is an XML or plist file: export the list as CSV or plain text"),
    translatable("Reason", "cannot be opened"),
    translatable("Reason", "cannot be used"),
    translatable("Reason", "cannot be used: its disk is full"),
    translatable("Reason", "cannot be used: its folder or disk may only be read"),
    translatable("Reason", "cannot be opened: its folder is not there and cannot be made"),
    translatable("Reason", "is damaged or is no catalogue"),
    translatable("Reason", "is damaged; the next start opens its backup"),
    translatable("Reason", "is gone"),
    translatable("Reason", "is a database of another program and was left as it is"),
    translatable("Reason", "cannot be brought up to date and was left as it is"),
    translatable("Reason", "is of a newer version of BGM Finder and was left as it is: update the app to open it"),
    translatable("Reason", "does not fit this version's network"),
    translatable("Reason", "is damaged: its checksum does not match"),
    translatable("Reason", "the sound device cannot be opened"),
    translatable("Reason", "the sound device cannot be started"),
    translatable("Reason", "the sound device is gone"),
    translatable("Reason", "the sound device does not answer"),
    translatable("Reason", "the sound device is not there"),
    translatable("Reason", "the sound library is missing"),
    translatable("Reason", "the column {column} is passed over: another one says it"),
    translatable("Reason", "the file format is passed over: it is read from the files themselves"),
    translatable("Reason", "has more cells than the header; the last ones are passed over"),
    translatable("Reason", "has a quotation mark that never ends: this row and all below it are passed over"),
    translatable("Reason", "names no file"),
    translatable("Reason", "{text} is no tempo in beats per minute"),
    translatable("Reason", "names {file} once more; line {other} counts"),
    translatable("Reason", "{file} may be any of {count} tracks: {some}"),
    translatable("Reason", "{file} is the track that line {other} names"),
    translatable("Reason", "no track is called {file}"),
)
"""What the lower rooms say of a file, a tag list, the catalogue, a network or the sound card, for the translators."""


_SYSTEM = {
    errno.ENOSPC: lambda: translate("Error", "there is no room left on the disk"),
    errno.EROFS: lambda: translate("Error", "the disk may only be read"),
    errno.EACCES: lambda: translate("Error", "this may not be done with your rights"),
    errno.ENOENT: lambda: translate("Error", "is not there"),
    errno.ENAMETOOLONG: lambda: translate("Error", "the name is too long"),
    errno.ETIMEDOUT: lambda: reason_text(NO_ANSWER),
}
"""The system's own errors that a user meets, in the window's language."""


def error_text(error: Exception) -> str:
    """Return the sentence for an error; what is a bug says where its details are."""
    if isinstance(error, NotJsonObject):
        return f"{showable(error.path.name)}: {reason_text('is broken')}"
    if isinstance(error, Unreadable | UnreadableTagList | CatalogueError):
        return f"{showable(error.path.name)}: {reason_text(error.reason)}"
    if isinstance(error, WeightsUnusable):
        return (
            translate("Error", "The network {name} cannot be used: {reason}. Install the app again.")
            .replace("{name}", error.path.name)
            .replace("{reason}", reason_text(error.reason))
        )
    if isinstance(error, WorkersFail):
        return translate(
            "Error",
            "The analysis cannot go on: a drive that does not answer, too little memory or a damaged installation may"
            " be why. F5 tries again.",
        )
    if isinstance(error, OSError):
        place = f"{showable(str(error.filename))}: " if error.filename else ""
        return f"{place}{_SYSTEM[error.errno]() if error.errno in _SYSTEM else error.strerror or error}"
    if type(error).__module__.startswith("bgm_finder"):
        return str(error)
    return translate("Error", "Something went wrong: {error}. The log file holds the details.").replace(
        "{error}", repr(error)
    )


def complaint_text(complaint: Complaint) -> str:
    """Return what was passed over in a tag list, with its line."""
    text = translate("Reason", complaint.reason)
    for name, value in complaint.values.items():
        text = text.replace("{" + name + "}", value)
    return translate("Error", "Line {line}: {text}").replace("{line}", str(complaint.line)).replace("{text}", text)


def reason_text(reason: str) -> str:
    """Return a lower room's reason in the window's language; an unknown one and details in brackets stay."""
    plain, bracket, details = reason.partition(" (")
    return translate("Reason", plain) + bracket + details
