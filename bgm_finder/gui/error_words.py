"""Errors that a user can mend, as a sentence that says what to do."""

from bgm_finder.audio.files import Unreadable
from bgm_finder.gui.words import translatable, translate
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
)
"""Reasons of audio.files.Unreadable and workflows.each_file, for the translators."""


def error_text(error: Exception) -> str:
    """Gives the sentence for an error; what is a bug says where its details are."""
    if isinstance(error, Unreadable):
        return f"{_shown(error.path.name)}: {reason_text(error.reason)}"
    if isinstance(error, WeightsUnusable):
        return (
            translate("Error", "The network {name} cannot be used: {reason}. Install the app again.")
            .replace("{name}", error.path.name)
            .replace("{reason}", error.reason)
        )
    if isinstance(error, OSError):
        place = f"{_shown(str(error.filename))}: " if error.filename else ""
        return f"{place}{error.strerror or error}"
    if type(error).__module__.startswith("bgm_finder"):
        return str(error)
    return translate("Error", "Something went wrong: {error}. The log file holds the details.").replace(
        "{error}", repr(error)
    )


def reason_text(reason: str) -> str:
    """Gives an unreadable file's reason in the window's language; an unknown one stays as it is."""
    return translate("Reason", reason)


def _shown(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")
