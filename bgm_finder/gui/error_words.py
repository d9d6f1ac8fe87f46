"""Errors that a user can repair, as a sentence that says what to do."""

from bgm_finder.catalogue.tag_lists.problems import Complaint
from bgm_finder.gui.text_helpers import showable, translate
from bgm_finder.jobs.each_file import WorkersFail
from bgm_finder.json_object import NotJsonObject
from bgm_finder.reason_sentences import sentence_of, system_text
from bgm_finder.reasons import FileError, Reason, Refusal, RefusalError
from bgm_finder.similarity.weights_file import WeightsUnusable


def error_text(error: Exception) -> str:
    """Return the sentence for an error; what is a bug says where its details are."""
    if isinstance(error, NotJsonObject):
        return f"{showable(error.path.name)}: {refusal_text(Refusal(Reason.DAMAGED_FILE))}"
    if isinstance(error, WeightsUnusable):
        return (
            translate("Error", "Model {name}: {reason}. Please reinstall the app.")
            .replace("{name}", showable(error.path.name))
            .replace("{reason}", refusal_text(error.refusal))
        )
    if isinstance(error, FileError):
        return f"{showable(error.path.name)}: {refusal_text(error.refusal)}"
    if isinstance(error, WorkersFail):
        text = translate("Error", "The analysis {reason}. Press F5 to try again.")
        return text.replace("{reason}", refusal_text(error.refusal))
    if isinstance(error, RefusalError):
        return refusal_text(error.refusal)
    if isinstance(error, OSError):
        place = f"{showable(str(error.filename))}: " if error.filename else ""
        return f"{place}{system_text(error, _translated)}"
    return translate("Error", "Something went wrong: {error}. See the log file for details.").replace(
        "{error}", repr(error)
    )


def complaint_text(complaint: Complaint) -> str:
    """Return what was passed over in a tag list, with its line."""
    text = translate("Error", "Line {line}: {text}").replace("{line}", str(complaint.line))
    return text.replace("{text}", refusal_text(complaint.refusal))


def refusal_text(refusal: Refusal) -> str:
    """Return why something was refused in the window's language."""
    return showable(sentence_of(refusal, _translated))


def _translated(text: str) -> str:
    return translate("Reason", text)
