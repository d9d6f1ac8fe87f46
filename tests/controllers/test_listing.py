"""What a newer ranking would change in the list."""

import numpy as np
import pytest

from bgm_finder.controllers.listing import Rows, changed_places
from bgm_finder.track import Match, Outside


def ranked(inside, outside=()):
    """Return the rows of a ranking of these tracks, a heading above each part."""
    parts = [[Match(n, 0.5, 50.0) for n in inside], [Match(n, 0.5, 50.0, (Outside("genre"),)) for n in outside]]
    matches, place = {}, 0
    for part in parts:
        place += 1
        for match in part:
            matches[place] = match
            place += 1
    return Rows(np.zeros(place, np.int32), {}, matches)


@pytest.mark.parametrize(
    ("before", "after", "count"),
    [
        (ranked("abcd"), ranked("abcd"), 0),
        (ranked("abcd"), ranked("dabc"), 1),  # the three make room
        (ranked("abcd"), ranked("dcba"), 3),
        (ranked("abcd"), ranked("xabcd"), 1),
        (ranked("abcd"), ranked("xabc"), 1),  # one comes as another goes
        (ranked("abcd"), ranked("abd"), 1),
        (ranked("abcd"), ranked("wxyz"), 4),
        (ranked("ab", "cd"), ranked("a", "bcd"), 1),  # out of the filter, at the same place but for the heading
        (ranked("ab", "cd"), ranked("abc", "d"), 1),
        (ranked(""), ranked("ab"), 2),
        (ranked("ab"), ranked(""), 2),
    ],
)
def test_what_comes_goes_or_moves_is_counted_once(before, after, count):
    assert changed_places(before, after) == count
