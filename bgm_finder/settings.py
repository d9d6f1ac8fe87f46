"""What the app remembers between two starts: each setting declared once, with its default."""

import json
import os
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any


@dataclass
class Settings:
    """One user's choices, and how the window was left."""

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
    last_folder: str = ""
    save_folders: dict[str, str] = field(default_factory=dict)
    """The folder that was saved in last, by kind of file."""
    last_tracks: dict[str, str] = field(default_factory=dict)
    """Path of the track that was current last, by catalogue."""
    filters: dict[str, dict[str, Any]] = field(default_factory=dict)
    """The filter that held last, by catalogue."""
    scope: str = "both"
    sort_key: str = "title"
    sort_descending: bool = False
    log_names: bool = False
    """Whether the log may name files: a help where one of them makes trouble."""
    window: dict[str, str] = field(default_factory=dict)
    """Geometry and column states as Qt gives them, in base64, by widget name."""


def load_settings(path: Path) -> Settings:
    """Return the kept settings; what is not there or not of its kind keeps its default.

    A file that is no settings file at all is set aside with the ending .broken, never overwritten.
    """
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(kept, dict):
            raise ValueError("not an object")
    except FileNotFoundError:
        return Settings()
    except OSError:
        return Settings()
    except (ValueError, RecursionError):
        path.replace(path.with_suffix(".broken"))
        return Settings()
    defaults = Settings()
    known = {f.name: kept[f.name] for f in fields(Settings) if _fits(kept.get(f.name), getattr(defaults, f.name))}
    return Settings(**known)


def _fits(value: object, default: object) -> bool:
    if isinstance(default, float):
        return isinstance(value, int | float) and not isinstance(value, bool)
    return isinstance(value, type(default))


def save_settings(settings: Settings, path: Path) -> None:
    """Keep the settings, whole or not at all; raises OSError where that cannot be done."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".draft")
    draft.write_text(json.dumps(asdict(settings), indent=1), encoding="utf-8")
    os.replace(draft, path)  # noqa: PTH105 - says that it is atomic
