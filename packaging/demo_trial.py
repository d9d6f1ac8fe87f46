"""Let a bgm-finder that was built or installed elsewhere search the demo library, as a user with an empty home."""

import json
import os
import subprocess
import sys
from pathlib import Path


def surroundings(home: Path) -> dict[str, str]:
    """Return the environment of a user who never ran the app; its folders lie in home."""
    names = ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR")
    folders = {name: home / name for name in names}
    for folder in folders.values():
        folder.mkdir(mode=0o700)
    return {**os.environ, **{name: str(folder) for name, folder in folders.items()}}


def find_similar(command: Path, folder: Path, environment: dict[str, str]) -> None:
    """Import the demo library and search by its first track; ends the program where that fails."""
    listed = _answer([str(command), "list", "--demo", "--json"], folder, environment)
    reference = listed[0]["path"]
    matches = _answer([str(command), "similar", "--demo", "--json", reference], folder, environment)
    if not all(-1.001 <= float(match["score"]) <= 1.001 for match in matches) or len(matches) < 2:
        sys.exit(f"The demo library's matches make no sense: {matches}")
    print(f"{len(listed)} tracks; most like {Path(reference).name}: {Path(matches[0]['path']).name}")


def _answer(command: list[str], folder: Path, environment: dict[str, str]) -> list[dict[str, str]]:
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"This failed with code {done.returncode}: {' '.join(command)}\n{done.stderr}")
    answer: list[dict[str, str]] = json.loads(done.stdout)
    return answer
