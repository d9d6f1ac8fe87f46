"""Catalogues of before say in English sentences why a file cannot be read; they are opened with reasons instead."""

import sqlite3
from contextlib import closing

import pytest

from bgm_finder.catalogue import database
from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.catalogue.migrations import MIGRATIONS
from bgm_finder.reasons import PASSING_REASONS, Reason, Refusal

SPEAKS = next(number for number, script in enumerate(MIGRATIONS) if "reason_of_sentence" in script)
SENTENCES = {
    "is empty": Refusal(Reason.IS_EMPTY),
    "may not be read with your rights": Refusal(Reason.NO_PERMISSION),
    "does not answer: its drive or network share may be asleep or gone": Refusal(Reason.NO_ANSWER),
    "meets a mistake of this app, which the log tells": Refusal(Reason.INTERNAL_ERROR),
    "has a header that makes no sense (0 channels at -5 Hz)": Refusal(
        Reason.SENSELESS_HEADER, {"channels": "0", "rate_hz": "-5"}
    ),
    "cannot be read (input/output error)": Refusal(Reason.CANNOT_BE_READ, {"system": "EIO"}),
    "cannot be read (Input/output error)": Refusal(Reason.CANNOT_BE_READ, {"system": "EIO"}),
    "cannot be read (unknown error)": Refusal(Reason.CANNOT_BE_READ, {"system": "unknown error"}),
    "sings (out of tune)": Refusal(Reason.UNKNOWN, {"text": "sings (out of tune)"}),
    "": None,
}


@pytest.fixture
def old(tmp_path, monkeypatch):
    """A catalogue of before, with a track for each sentence."""
    path = tmp_path / "c.sqlite"
    with monkeypatch.context() as before:
        before.setattr(database, "MIGRATIONS", MIGRATIONS[:SPEAKS])
        Catalogue(path).close()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("INSERT INTO folders (path) VALUES (?)", (b"/music",))
        connection.executemany(
            "INSERT INTO tracks (folder_id, name, size, mtime_ns, unreadable_because) VALUES (1, ?, 1, 1, ?)",
            [(b"%d.wav" % number, sentence) for number, sentence in enumerate(SENTENCES)],
        )
    return path


def test_each_sentence_becomes_its_reason_and_an_unknown_one_is_kept(old):
    with Catalogue(old) as opened:
        ids = opened.columns().ids.tolist()
        found = {track.path.name: track.unreadable_because for track in map(opened.tracks.get, ids)}
    assert found == {f"{number}.wav": refusal for number, refusal in enumerate(SENTENCES.values())}


def test_what_the_world_was_to_blame_for_is_tried_again(old):
    with Catalogue(old) as opened:
        assert opened.analyses.forget_unreadable(PASSING_REASONS) == 5
        kept = {why.reason for _, why in opened.files.unreadable(opened.folders.all()[0])}
    assert kept == {Reason.IS_EMPTY, Reason.INTERNAL_ERROR, Reason.SENSELESS_HEADER, Reason.UNKNOWN}
