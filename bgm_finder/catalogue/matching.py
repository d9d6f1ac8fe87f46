"""Which track a name in a tag list means: a path, a file name, or a file name without its ending."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from pathlib import PurePosixPath

from bgm_finder.catalogue.tag_csv import as_listed


class TrackNames:
    """All tracks by everything they may be called; Unicode's two ways to write an accent or a dakuten are one."""

    def __init__(self, tracks: Iterable[tuple[int, str]]) -> None:
        """Takes ids and absolute paths."""
        self._own = dict(tracks)
        self._paths = {track_id: _plain(path) for track_id, path in self._own.items()}
        self._by_name: dict[str, list[int]] = defaultdict(list)
        self._by_stem: dict[str, list[int]] = defaultdict(list)
        for track_id, path in self._paths.items():
            name = PurePosixPath(path)
            self._by_name[name.name].append(track_id)
            self._by_stem[name.stem].append(track_id)

    def find(self, name: str) -> list[int]:
        """Gives the tracks that a name may mean: one is a match, none or several are not.

        Of files that only Unicode's way of writing tells apart, a name means the one that is written as it is itself.
        """
        wanted = _plain(name)
        ending = "/" + wanted.removeprefix("./").lstrip("/")
        same_name = self._by_name.get(PurePosixPath(wanted).name, [])
        whole = [track_id for track_id in same_name if self._paths[track_id] == wanted]
        below = [track_id for track_id in same_name if self._paths[track_id].endswith(ending)]
        found = whole or below or ([] if "/" in wanted else self._by_stem.get(wanted, []))
        return found if len(found) < 2 else [one for one in found if self._is_written(one, name)] or found

    def _is_written(self, track_id: int, name: str) -> bool:
        path = as_listed(self._own[track_id])
        return path == name or path.endswith("/" + name) or PurePosixPath(path).stem == name


def _plain(path: str) -> str:
    return unicodedata.normalize("NFC", as_listed(path).replace("\\", "/"))
