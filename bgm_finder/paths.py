"""Where things lie: user data, settings, logs, and the bundled resources."""

import sys
from pathlib import Path

import platformdirs

_DIRS = platformdirs.PlatformDirs("bgm-finder", appauthor=False)


def resource(name: str) -> Path:
    """Return the path of a bundled file or folder, in the source tree, an installed wheel and a frozen app alike.

    Raises FileNotFoundError where the installation lacks it.
    """
    here = Path(__file__).resolve().parent
    frozen = Path(getattr(sys, "_MEIPASS", here)) / "bgm_finder"
    for root in (frozen / "resources", here / "resources", here.parent / "resources"):
        if (root / name).exists():
            return root / name
    raise FileNotFoundError(f"the installation lacks its resource {name}")


def default_catalogue() -> Path:
    """Return the catalogue file of this user."""
    return _DIRS.user_data_path / "catalogue.sqlite"


def demo_catalogue() -> Path:
    """Return the catalogue file of the bundled demo library, apart from the user's own."""
    return _DIRS.user_data_path / "demo.sqlite"


def sections_folder() -> Path:
    """Return the folder of sections that were handed over: a project may refer to them for years."""
    return Path(platformdirs.user_music_dir()) / "BGM Finder sections"


def settings_file() -> Path:
    """Return the file that settings are kept in."""
    return _DIRS.user_config_path / "settings.json"


def keys_file() -> Path:
    """Return the file that changed keys are kept in."""
    return _DIRS.user_config_path / "keys.json"


def networks_folder() -> Path:
    """Return the folder that a user's own networks are trained into, one folder each."""
    return _DIRS.user_data_path / "networks"


def log_folder() -> Path:
    """Return the folder of the log files."""
    return _DIRS.user_log_path
