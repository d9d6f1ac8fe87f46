"""Which track a name in a tag list means: a path, a file name, or a file name without its ending.

A name that is written as the file is goes before one that is written otherwise: in other case or width, with another
dash, with another ending, or with the folders of another computer.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from itertools import chain
from posixpath import splitext
from urllib.parse import unquote

from bgm_finder.catalogue.tag_csv import as_listed

_ALIKE = {
    **dict.fromkeys("\u301c\u223c\u223e", "~"),
    **dict.fromkeys("\u2212\u2010\u2011\u2012\u2013\u2014\u2015\u2500", "-"),
    "\u2225": "\u2016",
    **dict.fromkeys("\u2018\u2019\u02bc", "'"),
    **dict.fromkeys("\u201c\u201d", '"'),
}
"""Letters that encodings, keyboards and programs exchange; the rest of cp932's pairs fall together in NFKC."""
_EXCHANGED = re.compile(f"[{''.join(_ALIKE)}]")
_ENDINGS = frozenset(
    ("wav", "wave", "bwf", "aif", "aiff", "aifc", "caf", "flac", "alac", "ape", "wv", "tta", "mp2", "mp3", "mpa", "ogg")
    + ("oga", "opus", "m4a", "m4b", "aac", "wma", "au", "mka", "mp4", "mov", "mkv", "webm", "mid")
)
_URL = re.compile(r"file:(?://(?:localhost)?)?(?=/)", re.IGNORECASE)
_DRIVE = re.compile(r"/?[A-Za-z]:(?=[/\\¥￥])")
_LEADING_DOTS = re.compile(r"(?:\.{1,2}/+)+")
"""Of a path that starts where its list was: ../music/one.wav."""
_HFS = re.compile(r"[^/\\:]+(?::[^:]+){2,}")
"""Path of an old Macintosh, as Music exports it: Macintosh HD:Users:me:one.wav."""


class TrackNames:
    """All tracks by everything they may be called; Unicode's two ways to write an accent or a dakuten are one."""

    def __init__(self, tracks: Iterable[tuple[int, str]], folders: Iterable[str] = ()) -> None:
        """Take ids and absolute paths, and the added folders, which paths in a list may be relative to."""
        self._own = dict(tracks)
        self._folders = [_plain(folder).rstrip("/") for folder in folders]
        self._paths = {track_id: _plain(path) for track_id, path in self._own.items()}
        self._by_name: dict[str, list[int]] = defaultdict(list)
        self._by_stem: dict[str, list[int]] = defaultdict(list)
        for track_id, path in self._paths.items():
            name = path.rpartition("/")[2]
            self._by_name[name].append(track_id)
            self._by_stem[splitext(name)[0]].append(track_id)
        self._loose: dict[str, list[int]] = {}

    def find(self, name: str) -> list[int]:
        """Return the tracks that a name may mean: one is a match, none or several are not.

        Of files that only Unicode's way of writing distinguishes, a name means the one that is written as it is itself.
        """
        forms = _forms(name)
        exact = (self._exact(form, name) for form in forms)
        alike = (self._alike(form) for form in forms)
        return next(filter(None, chain(exact, alike)), [])

    def _exact(self, wanted: str, name: str) -> list[int]:
        ending = "/" + wanted.lstrip("/")
        same_name = self._by_name.get(wanted.rpartition("/")[2], [])
        whole = [track_id for track_id in same_name if self._paths[track_id] == wanted]
        below = [track_id for track_id in same_name if self._paths[track_id].endswith(ending)]
        found = whole or below or ([] if "/" in wanted else self._by_stem.get(wanted, []))
        if len(found) < 2:
            return found
        written = [one for one in found if self._is_written(one, name)] or found
        relative = {f"{folder}{ending}" for folder in self._folders}
        in_place = [one for one in written if self._paths[one] in relative]
        return in_place if len(in_place) == 1 else written

    def _is_written(self, track_id: int, name: str) -> bool:
        path = as_listed(self._own[track_id])
        return path == name or path.endswith("/" + name) or splitext(path.rpartition("/")[2])[0] == name

    def _alike(self, wanted: str) -> list[int]:
        """Return the tracks whose path has the longest ending in common, whatever case, width and file ending."""
        if not self._loose:
            self._fill_loose()
        *folders, last = [loose_key(part) for part in wanted.split("/")]
        fits = {
            track_id: (self._in_common(track_id, folders), self._name_key(track_id) == last)
            for track_id in self._loose.get(_stem(last), ())
        }
        best = max(fits.values(), default=(0, False))
        if best[0] < len([*filter(None, folders)]) and not self._is_elsewhere(wanted):
            return []  # it should be below one of the added folders, and is not
        return [track_id for track_id, fit in fits.items() if fit == best]

    def _is_elsewhere(self, wanted: str) -> bool:
        """Whether a path is one of another computer, or of a place that the library has left."""
        is_whole = wanted.startswith("/") or bool(_DRIVE.match(wanted))
        return is_whole and not any(wanted.startswith(folder + "/") for folder in self._folders)

    def _fill_loose(self) -> None:
        loose: dict[str, list[int]] = defaultdict(list)
        for name, ids in self._by_name.items():
            loose[_stem(loose_key(name))].extend(ids)
        self._loose = dict(loose)

    def _name_key(self, track_id: int) -> str:
        return loose_key(self._paths[track_id].rpartition("/")[2])

    def _in_common(self, track_id: int, folders: list[str]) -> int:
        """Return how many folders, from the last one on, are alike."""
        count = 0
        for ours, theirs in zip(reversed(self._paths[track_id].split("/")[:-1]), reversed(folders), strict=False):
            if loose_key(ours) != theirs:
                break
            count += 1
        return count


def loose_key(name: str) -> str:
    """Return a name without case, width, and the dashes and quotes that are exchanged for each other."""
    if name.isascii():
        return name.lower()
    key = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    return _EXCHANGED.sub(lambda found: _ALIKE[found[0]], key)


def _stem(key: str) -> str:
    """Return a name's key without the ending of a sound file; what stands behind another point belongs to the name."""
    stem, point, ending = key.rpartition(".")
    return stem if point and ending in _ENDINGS else key


def _forms(name: str) -> list[str]:
    """Return the paths that a name may be, the likeliest first: as it is, of a URL, of another system."""
    plain = _without_dots(_plain(name))
    forms = [plain]
    if "%" in plain or _URL.match(plain):
        forms.append(unicodedata.normalize("NFC", unquote(_URL.sub("", plain))))
    if _DRIVE.match(name):
        forms.append(re.sub("[¥￥]", "/", plain))
    if name.count(":") > 1 and _HFS.fullmatch(name):
        forms.append("/" + "/".join(plain.split(":")[1:]))
    return forms


def _without_dots(path: str) -> str:
    dots = _LEADING_DOTS.match(path)
    return path[dots.end() :] if dots else path


def _plain(path: str) -> str:
    text = as_listed(path).replace("\\", "/")
    return text if text.isascii() else unicodedata.normalize("NFC", text)
