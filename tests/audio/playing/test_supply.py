"""Sound from another process: in order, none lost, and never more of it than the way needs."""

import numpy as np
import pytest

from bgm_finder.audio.playing.supply import Supply

AHEAD = 882


class SoundCard:
    """Takes its helpings from a supply that is fed with the numbers 1, 2, 3 …"""

    def __init__(self, ahead=AHEAD):
        self.supply, self.sent = Supply(ahead), 0

    def fetch(self):
        while not self.supply.wanted.empty():
            frames = self.supply.wanted.get()
            numbers = np.arange(self.sent + 1, self.sent + frames + 1, dtype=np.float32)
            self.supply.put(np.stack([numbers, -numbers], axis=1))
            self.sent += frames

    def take(self, frames):
        out = np.full((frames, 2), np.nan, np.float32)
        self.supply.take(out)
        return out


@pytest.mark.parametrize("size", [64, 441, 882, 1024, 4096])
def test_all_of_it_arrives_in_order_after_a_silence_that_is_no_miss(size):
    card = SoundCard()
    for _ in range(3):
        assert not card.take(size).any()
    heard = []
    for _ in range(20):
        card.fetch()
        heard.append(card.take(size))
    sound = np.concatenate(heard)
    assert np.array_equal(sound[:, 0], np.arange(1, 20 * size + 1))
    assert np.array_equal(sound[:, 1], -sound[:, 0])
    assert card.supply.missed == 0


@pytest.mark.parametrize(("size", "helpings"), [(64, 14), (441, 2), (882, 1), (1024, 1), (4096, 1)])
def test_as_many_helpings_lie_ready_as_the_way_may_take(size, helpings):
    card = SoundCard()
    card.take(size)
    for _ in range(3):
        card.fetch()
        card.take(size)
    for _ in range(helpings - 1):
        card.take(size)  # nothing comes meanwhile
    assert card.supply.missed == 0
    assert not card.take(size).any()
    assert card.supply.missed == 1


def test_what_came_too_late_is_counted_and_makes_the_next_no_later():
    card = SoundCard()
    card.take(1024)
    card.fetch()
    for _ in range(50):
        card.take(1024)
    assert card.supply.missed == 49
    card.fetch()
    assert card.sent == 2 * 1024
    assert card.take(1024)[0, 0] == 1025


def test_helpings_of_changing_sizes_are_served_too():
    card, heard = SoundCard(), []
    card.take(256)
    for size in [256, 64, 1024, 1024, 300, 1, 2048, 2048]:
        card.fetch()
        heard.append(card.take(size))
    sound = np.concatenate(heard)[:, 0]
    assert np.array_equal(sound[sound > 0], np.arange(1, np.count_nonzero(sound) + 1))
