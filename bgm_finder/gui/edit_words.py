"""What the user did by hand, in words."""

from bgm_finder.gui.category_names import category_name
from bgm_finder.gui.text_helpers import translatable, translate
from bgm_finder.track import Tag, TextKey
from bgm_finder.workflows.user_action import Kind, UserAction

_TEXTS: dict[Kind, str] = {
    "keep": translatable("EditWords", "keep {tracks}"),
    "reject": translatable("EditWords", "reject {tracks}"),
    "unmark": translatable("EditWords", "remove mark from {tracks}"),
    "rename": translatable("EditWords", "rename “{removed}” to “{added}”"),
    "merge": translatable("EditWords", "merge “{removed}” with “{added}”"),
    "remove": translatable("EditWords", "remove “{removed}” from all tracks"),
    "import": translatable("EditWords", "import tag list ({tracks})"),
    "note": translatable("EditWords", "note on {tracks}"),
    "rename brief": translatable("EditWords", "rename brief"),
    "remove brief": translatable("EditWords", "delete brief"),
    "stream": translatable("EditWords", "choose sound track ({tracks})"),
}
_ADDED = translatable("EditWords", "add tag {added} to {tracks}")
_REMOVED = translatable("EditWords", "remove tag {removed} from {tracks}")
_BOTH = translatable("EditWords", "add tag {added} to {tracks}, remove {removed}")
_SET = translatable("EditWords", "change {texts} of {tracks}")
_WITH_TEXTS = translatable("EditWords", "change tags and {texts} of {tracks}")


def action_text(action: UserAction, tracks: str) -> str:
    """Return what was done in the window's language; tracks: the title of the one, or how many they are."""
    names = {
        "tracks": tracks,
        "added": _names(action.added),
        "removed": _names(action.removed),
        "texts": ", ".join(_text_name(key) for key in action.texts),
    }
    return translate("EditWords", _sentence(action)).format_map(names)


def _sentence(action: UserAction) -> str:
    if action.kind in _TEXTS:
        return _TEXTS[action.kind]
    if action.texts:
        return _WITH_TEXTS if action.added or action.removed else _SET
    if action.added:
        return _BOTH if action.removed else _ADDED
    return _REMOVED


def _names(tags: tuple[Tag, ...]) -> str:
    return ", ".join(tag.name or category_name(tag.category) for tag in tags)


def _text_name(key: TextKey) -> str:
    names: dict[TextKey, str] = {
        "title": translate("EditWords", "title"),
        "comment": translate("EditWords", "comment"),
        "bpm": translate("EditWords", "BPM"),
    }
    return names[key]
