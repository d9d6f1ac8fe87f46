"""What the database itself notes of changes: every one of what the list or the search shows, and which track it was."""

import numpy as np
from tagging import tag_tracks, untag_tracks

from bgm_finder.catalogue.analyses import Reading
from bgm_finder.catalogue.tracks import MarkEdit
from bgm_finder.reasons import Reason, Refusal
from bgm_finder.track import Tag

READING = Reading(content_hash=b"x", duration_s=1.0, rate_hz=8000, channels=1, tags=(Tag("mood", "calm"),))
VECTOR = np.ones(3, np.float32)


def test_every_change_is_noted_once_and_by_its_track(filled, library):
    first, second, third = filled.columns().ids.tolist()
    files = {file.track_id: file for file in filled.files.known(library)}
    actions = {
        "mark": lambda: filled.tracks.set_marks(MarkEdit({first: "keep"})),
        "tag": lambda: tag_tracks(filled, [first], Tag("mood", "sad")),
        "no tag": lambda: untag_tracks(filled, [first], Tag("mood", "sad")),
        "first pass": lambda: filled.analyses.store_windows(first, READING, "ear", VECTOR),
        "first pass again": lambda: filled.analyses.store_windows(first, READING, "ear", VECTOR),
        "unreadable": lambda: filled.analyses.store_unreadable(first, Refusal(Reason.IS_EMPTY)),
        "missing": lambda: filled.files.set_missing([first], True),
        "renewed": lambda: filled.files.renew(first, files[first]),
    }
    for action, act in actions.items():
        before = filled.changes.stamp()
        act()
        assert filled.changes.stamp() > before, action
        assert filled.changes.since(before) == [first], action
    before = filled.changes.stamp()
    filled.folders.remove(library)
    assert filled.changes.since(before) == [first, second, third]


def test_what_nobody_sees_is_not_noted(filled):
    first = int(filled.columns().ids[0])
    before = filled.changes.stamp()
    filled.files.store_full_hash(first, b"x")
    assert filled.changes.stamp() == before


def test_a_tag_that_was_there_already_hides_no_change(filled):
    first, second, _ = filled.columns().ids.tolist()
    tag_tracks(filled, [first], Tag("mood", "calm"))
    before = filled.changes.stamp()
    filled.analyses.store_windows(first, READING, "ear", VECTOR)  # its tags are inserted OR IGNORE
    filled.tracks.set_marks(MarkEdit({second: "keep"}))
    assert filled.changes.since(before) == [first, second]
