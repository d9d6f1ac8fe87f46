"""Dataclasses as plain JSON and back: what a file holds that is not of its kind is left out, and never a crash."""

from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from enum import Enum
from functools import cache
from pathlib import Path
from types import UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

Kind = TypeVar("Kind")
_MOST = 2**63


class NotOfKindError(ValueError):
    """Something that JSON holds where another kind of thing belongs."""


def to_plain(value: Any) -> Any:
    """Return dicts, lists, texts and numbers for a dataclass; fields that have their default value are left out."""
    if is_dataclass(value):
        held = {item.name: getattr(value, item.name) for item in fields(value)}
        return {item.name: to_plain(held[item.name]) for item in fields(value) if held[item.name] != _default(item)}
    if isinstance(value, Mapping):
        return {str(key): to_plain(entry) for key, entry in value.items()}
    if isinstance(value, frozenset):
        return sorted(map(to_plain, value))
    if isinstance(value, tuple | list):
        return [to_plain(entry) for entry in value]
    return value.as_posix() if isinstance(value, Path) else value


def from_plain(kind: type[Kind], plain: Any) -> Kind:
    """Return the value of a kind that to_plain made plain.

    Entries of collections that are not of their kind are left out, and fields that are not keep their default. Raises
    NotOfKindError where nothing is left to be returned.
    """
    found: Kind = _read(kind, plain)
    return found


def _read(kind: Any, plain: Any) -> Any:
    origin = get_origin(kind)
    if kind is Any:
        return plain
    if origin in (Union, UnionType):
        return _read_any(get_args(kind), plain)
    if origin is Literal:
        return _required(plain, isinstance(plain, str) and plain in get_args(kind))
    if origin is not None:
        return _read_collection(origin, get_args(kind), plain)
    if is_dataclass(kind):
        return _read_object(kind, plain)
    return _read_one(kind, plain)


def _read_any(kinds: tuple[Any, ...], plain: Any) -> Any:
    for kind in kinds:
        try:
            return _read(kind, plain)
        except NotOfKindError:
            continue
    raise NotOfKindError(plain)


def _read_collection(origin: Any, kinds: tuple[Any, ...], plain: Any) -> Any:
    if issubclass(origin, Mapping):
        _required(plain, isinstance(plain, dict))
        pairs = (tuple(map(_read_or_none, kinds, pair)) for pair in plain.items())
        return {key[0]: entry[0] for key, entry in pairs if key is not None and entry is not None}
    _required(plain, isinstance(plain, list))
    return origin(read[0] for entry in plain if (read := _read_or_none(kinds[0], entry)) is not None)


def _read_or_none(kind: Any, plain: Any) -> tuple[Any] | None:
    """Return what was read, in a tuple, as it may be None itself."""
    try:
        return (_read(kind, plain),)
    except NotOfKindError:
        return None


def _read_object(kind: Any, plain: Any) -> Any:
    _required(plain, isinstance(plain, dict))
    found = {}
    for item in fields(kind):
        read = _read_or_none(_hints(kind)[item.name], plain[item.name]) if item.name in plain else None
        if read is not None:
            found[item.name] = read[0]
        elif _default(item) is MISSING:
            raise NotOfKindError(plain)
    return kind(**found)


def _read_one(kind: Any, plain: Any) -> Any:
    if kind is float:
        return float(_required(plain, _is_number(plain)))
    if kind is int:
        return _required(plain, isinstance(plain, int) and _is_number(plain))
    if kind is str:
        return _required(plain, isinstance(plain, str) and _is_text(plain))
    if kind is Path:
        return Path(_required(plain, isinstance(plain, str) and bool(plain) and "\0" not in plain))
    if kind is type(None):
        return _required(plain, plain is None)
    if issubclass(kind, Enum):
        return kind(_required(plain, plain in [entry.value for entry in kind]))
    return _required(plain, isinstance(plain, kind))


def _is_number(plain: Any) -> bool:
    """Return whether it is a number that a database and an array take."""
    return isinstance(plain, int | float) and not isinstance(plain, bool) and -_MOST < plain < _MOST


def _is_text(plain: str) -> bool:
    """Return whether it can be encoded: JSON may escape half of a letter."""
    try:
        plain.encode()
    except UnicodeEncodeError:
        return False
    return True


def _required(plain: Any, is_of_kind: bool) -> Any:
    if not is_of_kind:
        raise NotOfKindError(plain)
    return plain


def _default(item: Field[Any]) -> Any:
    return item.default_factory() if item.default_factory is not MISSING else item.default


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
