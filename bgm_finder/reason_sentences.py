"""The sentence of each reason: gui/ translates it, the commands show it as it is; no other room may know it."""

import errno
import os
import re
from collections.abc import Callable

from bgm_finder.reasons import FileError, Reason, Refusal, RefusalError, system_fact


def translatable(_context: str, text: str) -> str:
    """Return the text as it is: it stands in a table, and is translated where it is shown."""
    return text


SENTENCES = {
    Reason.VANISHED: translatable("Reason", "no longer exists"),
    Reason.NOT_THERE: translatable("Reason", "was not found"),
    Reason.IS_FOLDER: translatable("Reason", "is a folder"),
    Reason.IS_EMPTY: translatable("Reason", "is empty"),
    Reason.NOT_REGULAR: translatable("Reason", "is a device or a pipe, not a file"),
    Reason.BAD_NAME: translatable("Reason", "has an invalid file name"),
    Reason.NO_PERMISSION: translatable("Reason", "you have no permission to read it"),
    Reason.NO_ANSWER: translatable(
        "Reason", "does not respond: its drive or network share may be asleep or disconnected"
    ),
    Reason.CANNOT_BE_READ: translatable("Reason", "cannot be read ({system})"),
    Reason.NO_SOUND: translatable("Reason", "contains no sound"),
    Reason.NO_SOUND_IN_SECTION: translatable("Reason", "contains no sound in the marked section"),
    Reason.ONLY_SILENCE: translatable("Reason", "contains only silence"),
    Reason.UNKNOWN_SOUND: translatable("Reason", "is not a supported sound file"),
    Reason.DAMAGED_SOUND: translatable("Reason", "is damaged: the rest of its sound cannot be read"),
    Reason.SENSELESS_HEADER: translatable("Reason", "has an invalid header ({channels} channels at {rate_hz} Hz)"),
    Reason.STOPS_DECODER: translatable("Reason", "makes the decoder crash or hang"),
    Reason.TOO_LITTLE_MEMORY: translatable("Reason", "needs more memory than is available"),
    Reason.INTERNAL_ERROR: translatable("Reason", "caused an internal error; see the log"),
    Reason.PICTURE_NOT_WRITTEN: translatable("Reason", "can be read, but its picture cannot be written ({system})"),
    Reason.NOT_WRITTEN: translatable("Reason", "can be read, but its copy cannot be written ({system})"),
    Reason.TOO_SHORT: translatable("Reason", "is shorter than one frame of the timeline"),
    Reason.WORKERS_FAIL: translatable(
        "Reason",
        "cannot continue: a drive that does not respond, too little memory or a damaged installation may be the cause",
    ),
    Reason.UNKNOWN: translatable("Reason", "cannot be read; another version of the app noted: {text}"),
    Reason.NO_FILE_COLUMN: translatable(
        "Reason",
        "has no column called file, ファイル名, id or 曲ID: rename a column, or choose it in the window; the header was"
        " read as ({header})",
    ),
    Reason.NO_ROWS: translatable("Reason", "has a header but no rows"),
    Reason.BROKEN_TABLE: translatable("Reason", "is broken ({error})"),
    Reason.TOO_LARGE_LIST: translatable("Reason", "is too large for a tag list: split it into smaller ones"),
    Reason.NO_TEXT: translatable(
        "Reason",
        "is not text in a known encoding: save it as CSV UTF-8 and import that (tried: {encodings})",
    ),
    Reason.SEVERAL_ENCODINGS: translatable("Reason", "may be in one of several encodings ({encodings})"),
    Reason.OTHER_ENCODING: translatable("Reason", "cannot be read as text in this encoding ({encoding})"),
    Reason.UNKNOWN_ENCODING: translatable("Reason", "cannot be read: the encoding is unknown ({encoding})"),
    Reason.IS_EXCEL: translatable("Reason", "is an Excel workbook: save it there as CSV UTF-8, and import that"),
    Reason.IS_NUMBERS: translatable("Reason", "is a Numbers document: export it there as CSV, and import that"),
    Reason.IS_OPEN_DOCUMENT: translatable(
        "Reason", "is an OpenDocument spreadsheet: save it there as CSV, and import that"
    ),
    Reason.IS_PDF: translatable("Reason", "is a PDF document, not a CSV file"),
    Reason.IS_RICH_TEXT: translatable("Reason", "is a rich text document, not a CSV file"),
    Reason.IS_COMPRESSED: translatable("Reason", "is compressed: unpack it first"),
    Reason.IS_WEB_PAGE: translatable("Reason", "is a web page: save it there as CSV"),
    Reason.IS_XML: translatable("Reason", "is an XML or plist file: export the list as CSV or plain text"),
    Reason.DAMAGED_TEXT: translatable("Reason", "contains bytes that are not text; they were removed or replaced"),
    Reason.UNCLOSED_QUOTE: translatable(
        "Reason", "has a quotation mark that is never closed: this row and all below it are skipped"
    ),
    Reason.DOUBLED_COLUMN: translatable("Reason", "the column {column} is skipped: another column holds the same"),
    Reason.FORMAT_COLUMN: translatable("Reason", "the file format is skipped: it is read from the files themselves"),
    Reason.TOO_MANY_CELLS: translatable(
        "Reason",
        "is skipped: it has more cells than the header, so a text with a separator may lack quotation marks",
    ),
    Reason.MISPLACED_QUOTES: translatable("Reason", "is skipped: its quotation marks do not show where a cell ends"),
    Reason.NO_FILE_NAMED: translatable("Reason", "does not name a file"),
    Reason.NO_TEMPO: translatable("Reason", "{text} is not a tempo in beats per minute"),
    Reason.FILE_NAMED_TWICE: translatable("Reason", "names {file} again; line {other} is used"),
    Reason.TRACK_NAMED_TWICE: translatable("Reason", "{file} is the same track as in line {other}"),
    Reason.SEVERAL_TRACKS: translatable("Reason", "{file} matches {count} tracks: {some}"),
    Reason.NO_TRACK: translatable("Reason", "no track is named {file}"),
    Reason.CANNOT_BE_OPENED: translatable("Reason", "cannot be opened ({error})"),
    Reason.CANNOT_BE_USED: translatable("Reason", "cannot be used ({error})"),
    Reason.NO_FOLDER: translatable("Reason", "cannot be opened: its folder does not exist and cannot be created"),
    Reason.DISK_FULL: translatable("Reason", "cannot be used: its disk is full"),
    Reason.READ_ONLY: translatable("Reason", "cannot be used: its folder or disk is read-only"),
    Reason.DAMAGED_CATALOGUE: translatable("Reason", "is damaged or not a catalogue ({error})"),
    Reason.DAMAGED_IN_USE: translatable("Reason", "is damaged; its backup will be opened at the next start ({error})"),
    Reason.GONE: translatable("Reason", "is gone"),
    Reason.NOT_MADE_YET: translatable("Reason", "does not exist; to create it: bgm-finder {command}"),
    Reason.OTHER_PROGRAM: translatable("Reason", "belongs to another program and was left unchanged"),
    Reason.NEWER_VERSION: translatable(
        "Reason", "was made by a newer version of BGM Finder and was left unchanged: update the app to open it"
    ),
    Reason.CANNOT_BE_MIGRATED: translatable(
        "Reason", "cannot be updated to this version and was left unchanged ({error})"
    ),
    Reason.IS_OPEN: translatable(
        "Reason", "is open, or was not closed properly, and was left unchanged: copy to another name"
    ),
    Reason.HAS_OWN_EDITS: translatable(
        "Reason", "contains manual edits of its own and was left unchanged: copy to another name"
    ),
    Reason.NOT_A_LIBRARY_FOLDER: translatable("Reason", "is not one of the folders of this library: {folders}"),
    Reason.NO_LIBRARY_FOLDER: translatable("Reason", "is not one of the folders of this library: there is none yet"),
    Reason.OVERLAPS: translatable("Reason", "overlaps with another folder of the library, {folder}"),
    Reason.UNKNOWN_FIELD: translatable("Reason", "a pattern for file names cannot use {field}; it can use {fields}"),
    Reason.NOT_A_BRIEF: translatable("Reason", "is not a brief of BGM Finder, or is damaged"),
    Reason.NEWER_BRIEF: translatable(
        "Reason", "is a brief of a newer version of BGM Finder: update the app to open it"
    ),
    Reason.NO_SUCH_BRIEF: translatable("Reason", "is not there; the briefs of this library are: {names}"),
    Reason.SEVERAL_BRIEFS: translatable("Reason", "is not clear: {count} briefs have this name"),
    Reason.NOT_SAFETENSORS: translatable("Reason", "is not a safetensors file"),
    Reason.LACKS_FACT: translatable("Reason", "has no {fact} known to this version"),
    Reason.WRONG_CHECKSUM: translatable("Reason", "is damaged: its checksum does not match"),
    Reason.OTHER_NETWORK: translatable("Reason", "does not fit the network of this version"),
    Reason.UNKNOWN_NETWORK: translatable("Reason", "is not one of the networks: {networks}"),
    Reason.DAMAGED_FILE: translatable("Reason", "is damaged"),
    Reason.OTHER_TRAINING: translatable("Reason", "belongs to a training on other tracks, tags or options"),
    Reason.DEVICE_NOT_OPENED: translatable("Reason", "the sound device cannot be opened ({error})"),
    Reason.DEVICE_NOT_STARTED: translatable("Reason", "the sound device cannot be started ({error})"),
    Reason.DEVICE_GONE: translatable("Reason", "the sound device was disconnected ({device})"),
    Reason.DEVICE_NO_ANSWER: translatable("Reason", "the sound device does not respond ({device})"),
    Reason.DEVICE_NOT_THERE: translatable("Reason", "the sound device was not found ({device})"),
    Reason.NO_SOUND_LIBRARY: translatable("Reason", "the sound library is missing ({error})"),
    Reason.CLUSTER_NOT_SAFE: translatable(
        "Reason",
        "at {address} is neither on this computer nor reached over TLS: whoever reaches a Dask cluster, or listens in,"
        " can run any program on it, so elsewhere only tls:// addresses are used",
    ),
    Reason.CLUSTER_NO_PACKAGE: translatable(
        "Reason", "needs the package distributed: pip install 'bgm-finder[cluster]'"
    ),
    Reason.CLUSTER_NO_CERTIFICATE: translatable(
        "Reason", "needs a certificate: set Dask's distributed.comm.tls.ca-file and tls.client.cert and key"
    ),
    Reason.CLUSTER_NO_ANSWER: translatable("Reason", "at {address} does not respond ({error})"),
    Reason.CLUSTER_OTHER_NETWORK: translatable(
        "Reason", "has a worker on {host} with the network {network} instead of {name}"
    ),
    Reason.CLUSTER_FILE_NOT_SEEN: translatable(
        "Reason", "has a worker on {host} that does not see {file}; all must find it at the same path"
    ),
}
"""Each finishes a sentence that begins with the file's name, or is one; the braces take the refusal's facts."""

SYSTEM_ERRORS = {
    "ENOSPC": translatable("Reason", "the disk is full"),
    "EDQUOT": translatable("Reason", "your disk quota is used up"),
    "EROFS": translatable("Reason", "the disk is read-only"),
    "EACCES": translatable("Reason", "you have no permission to do this"),
    "EPERM": translatable("Reason", "the system does not allow this"),
    "ENOENT": translatable("Reason", "there is no such file or folder"),
    "ENOTDIR": translatable("Reason", "part of its path is not a folder"),
    "EISDIR": translatable("Reason", "it is a folder"),
    "EFBIG": translatable("Reason", "the file is too large for this disk"),
    "ENAMETOOLONG": translatable("Reason", "the name is too long"),
    "EIO": translatable("Reason", "an input/output error occurred"),
    "ESTALE": translatable("Reason", "the network share has changed"),
    "ENOTCONN": translatable("Reason", "the drive is not connected"),
    "EHOSTDOWN": translatable("Reason", "the network share is switched off"),
    "EHOSTUNREACH": translatable("Reason", "the network share cannot be reached"),
    "ENODEV": translatable("Reason", "the drive was removed"),
    "ENXIO": translatable("Reason", "there is no such device"),
    "EBUSY": translatable("Reason", "another program is using it"),
    "EMFILE": translatable("Reason", "too many files are open"),
    "ELOOP": translatable("Reason", "its links form a loop"),
    "ETIMEDOUT": translatable(
        "Reason", "it does not respond; its drive or network share may be asleep or disconnected"
    ),
}
"""The system's own errors that a user meets; its own texts may be in another language. Each is a clause of its own."""

Translate = Callable[[str], str]


def sentence_of(refusal: Refusal, translate: Translate = str) -> str:
    """Return a refusal's sentence; translate: gives it in another language."""

    def fact(place: re.Match[str]) -> str:
        name = place[1]
        value = refusal.facts.get(name, "?")
        return _meaning(value, translate) if name == "system" else value

    return re.sub(r"\{(\w+)\}", fact, translate(SENTENCES[refusal.reason]))


def system_text(error: OSError, translate: Translate = str) -> str:
    """Return what an error of the operating system means, as a clause that needs nothing before it."""
    return _meaning(system_fact(error), translate)


def in_english(error: RefusalError | OSError) -> str:
    """Return an error as a whole sentence, for the terminal."""
    if isinstance(error, OSError):
        return _system_sentence(error)
    words = [f"The {error.kind}"] if error.kind else []
    if isinstance(error, FileError):
        words.append(str(error.path))
    text = sentence_of(error.refusal)
    return about(" ".join(words), text) if words else f"{text[0].upper()}{text[1:]}."


def about(subject: str, text: str) -> str:
    """Return a whole sentence in English of a subject and the sentence of a refusal, which mostly goes on from it."""
    return f"{subject}: {text}." if text.startswith("you ") else f"{subject} {text}."


def _system_sentence(error: OSError) -> str:
    if error.errno is None:  # not the system's, but raised with a text of its own
        return f"{error}."
    return f"{error.filename or 'A file'} cannot be used: {system_text(error)}."


def _meaning(name: str, translate: Translate) -> str:
    """Return what system_fact() names, in the system's own words where we have none for it."""
    if name in SYSTEM_ERRORS:
        return translate(SYSTEM_ERRORS[name])
    number = getattr(errno, name, None)
    return os.strerror(number).lower() if isinstance(number, int) else name
