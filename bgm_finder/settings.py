"""What the app remembers between two starts: each setting declared once, with its default."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

from bgm_finder.json_object import NotJsonObject, merged, read_object
from bgm_finder.track import HEARD_AFTER_S


@dataclass
class Settings:
    """One user's choices, and how the window was left; a setting is changed by assigning it, a mapping included."""

    language: str = ""
    """"en", "ja", or "" for the system's."""
    theme: str = "dark"
    """"dark" or "light"."""
    output_device: str = ""
    """The name of a sound device, or "" for the system's choice."""
    network: str = "default"
    """"default" or "article", the network whose vectors are searched."""
    volume: float = 0.8
    muted: bool = False
    auto_play: bool = True
    next_at_end: bool = False
    from_passage: bool = False
    """Whether a result of a search plays from the passage that fits best."""
    heard_after_s: float = HEARD_AFTER_S
    """For how many seconds a track must sound so that it counts as heard."""
    last_folder: str = ""
    save_folders: Mapping[str, str] = field(default_factory=dict)
    """The folder that was saved in last, by kind of file."""
    export: Mapping[str, str] = field(default_factory=dict)
    """How the last export was made, by the option's name."""
    last_tracks: Mapping[str, str] = field(default_factory=dict)
    """Path of the track that was current last, by catalogue; until briefs kept it."""
    filters: Mapping[str, dict[str, Any]] = field(default_factory=dict)
    """The filter that held last, by catalogue; until briefs kept it."""
    scope: str = "both"
    at_most: int = 0
    """How many tracks of one artist or folder a ranking lists; 0 for any number."""
    at_most_per: str = "artist"
    """"artist" or "folder"."""
    sort_key: str = "title"
    sort_descending: bool = False
    log_names: bool = False
    """Whether the log may name files: a help where one of them fails."""
    window: Mapping[str, str] = field(default_factory=dict)
    """Geometry and column states as Qt gives them, in base64, by widget name."""

    load_error: NotJsonObject | OSError | None = field(default=None, init=False, repr=False, compare=False)
    """Why the kept settings could not be read."""
    _unsaved: dict[str, Any] | None = field(default=None, init=False, repr=False, compare=False)
    _on_change: Callable[[], None] | None = field(default=None, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        self._unsaved = {}

    def __setattr__(self, name: str, value: object) -> None:
        """Set a setting, and note it as unsaved where it is another than before; of a mapping, the new entries."""
        before = vars(self).get(name)
        super().__setattr__(name, value)
        if name in _KINDS and self._unsaved is not None and value != before:
            self._unsaved = merged(self._unsaved, {name: _difference(value, before)})
            if self._on_change is not None:
                self._on_change()

    def listen(self, on_change: Callable[[], None] | None) -> None:
        """Have a function called after each change, or none any more."""
        self._on_change = on_change

    def unsaved(self) -> dict[str, Any]:
        """Return what was changed since it was loaded or saved, to be written over what the file holds by then."""
        return merged({}, self._unsaved or {})

    def mark_saved(self, changes: Mapping[str, Any]) -> None:
        """Take changes for saved, except what was changed again since."""
        left = {name: _difference(value, changes.get(name)) for name, value in (self._unsaved or {}).items()}
        self._unsaved = {name: value for name, value in left.items() if value not in ({}, changes.get(name))}


_KINDS = {setting.name: get_type_hints(Settings)[setting.name] for setting in fields(Settings) if setting.init}


def load_settings(path: Path) -> Settings:
    """Return the kept settings; what is not there or not of its kind keeps its default.

    Where the file cannot be read, load_error says why, and what became of it.
    """
    try:
        kept = read_object(path)
    except (NotJsonObject, OSError) as error:
        settings = Settings()
        settings.load_error = error
        return settings
    return Settings(**{name: _clean(kept[name], kind) for name, kind in _KINDS.items() if _fits(kept.get(name), kind)})


def _fits(value: object, kind: Any) -> bool:
    if kind is float:
        return isinstance(value, int | float) and not isinstance(value, bool) and -math.inf < value < math.inf
    return isinstance(value, get_origin(kind) or kind)


def _clean(value: Any, kind: Any) -> Any:
    """Leave out the entries of a mapping that are not of their kind."""
    if get_origin(kind) is not Mapping:
        return value
    return {key: entry for key, entry in value.items() if _fits(entry, get_args(kind)[1])}


def _difference(value: object, before: object) -> object:
    """Return what is to be written for a value that was another one before: of an object, the entries that differ."""
    if not isinstance(value, dict) or not isinstance(before, dict):
        return value
    return {key: entry for key, entry in value.items() if key not in before or before[key] != entry}
