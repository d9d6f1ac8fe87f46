"""Tags put on tracks and taken off them, as the tag dialog does it."""

from collections.abc import Iterable

from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.catalogue.tags import TagEdit
from bgm_finder.track import Tag


def tag_tracks(catalogue: Catalogue, track_ids: Iterable[int], tag: Tag) -> TagEdit:
    """Tag tracks by hand, those which carry the tag already aside; return the edit that undoes it."""
    return catalogue.tags.edit(TagEdit(added=catalogue.tags.to_add(track_ids, tag)))


def untag_tracks(catalogue: Catalogue, track_ids: Iterable[int], tag: Tag) -> TagEdit:
    """Take a tag off tracks, wherever it came from; return the edit that undoes it."""
    return catalogue.tags.edit(TagEdit(removed=catalogue.tags.to_remove(track_ids, tag), lasts=True))
