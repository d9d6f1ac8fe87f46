"""The command: what it takes, what it prints, and what stands in the pieces that it makes of the library."""

import json

import numpy as np
import opentimelineio as otio
import pytest
import soundfile
from music import chord

from bgm_finder.audio.overview import overview, overview_bytes
from bgm_finder.catalogue.analyses import Reading, Whole
from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.catalogue.remembered import Remembered
from bgm_finder.catalogue.scan import scan
from bgm_finder.catalogue.sections import TrackSections
from bgm_finder.catalogue.tracks import MarkEdit
from bgm_finder.cli.commands import command_parser
from bgm_finder.drives.drives import Drives
from bgm_finder.export.pieces import Known, pieces_of
from bgm_finder.track import Section

LENGTH_S = 20.0
LOUD_S = 6.0
"""Where the loud passage begins."""


@pytest.fixture
def catalogue(tmp_path):
    """A library of three tracks, two of them kept; of the first its overview is known."""
    music = tmp_path / "music"
    music.mkdir()
    for number, name in enumerate(("a.flac", "b.ogg", "雨.wav")):
        sound = chord(number, LENGTH_S)
        sound[: int(LOUD_S * 44_100)] *= 0.1
        soundfile.write(music / name, sound[: int((LENGTH_S - number) * 44_100)], 44_100)
    with Catalogue(tmp_path / "catalogue.sqlite") as opened:
        opened.folders.add(music)
        opened.files.add(scan(music, Remembered(), frozenset({".flac", ".ogg", ".wav"}), Drives(lambda: False)).new)
        ids = {path.name: track_id for track_id, path in opened.files.paths().items()}
        opened.tracks.set_marks(MarkEdit({ids["b.ogg"]: "keep", ids["雨.wav"]: "keep"}))
        mono = soundfile.read(music / "a.flac", dtype="float32")[0].mean(axis=1)
        sections = TrackSections(np.ones((1, 4), np.float32), 1.0, 1.0, LENGTH_S)
        reading = Reading(b"", LENGTH_S, 44_100, 2)
        opened.analyses.store_windows(ids["a.flac"], reading, "n", np.ones(4, np.float32))
        whole = Whole(b"", overview_bytes(overview(mono)), None, None, sections, LENGTH_S)
        opened.analyses.store_whole(ids["a.flac"], "n", whole)
    return tmp_path / "catalogue.sqlite"


@pytest.fixture
def run(catalogue, capsys):
    """Return a command's exit code, and what it printed."""

    def run(*words):
        args = command_parser("export").parse_args([*map(str, words), "--catalogue", str(catalogue)])
        code = args.func(args)
        return code, *capsys.readouterr()

    return run


def test_the_shortlist_is_exported_with_a_timeline(run, tmp_path):
    to = tmp_path / "out"
    code, printed, _ = run("--shortlist", "--to", to, "--timeline", "otio", "--timeline", "edl", "--project", "春")
    assert code == 0
    assert printed.splitlines() == [str(to / name) for name in ("b.wav", "雨.wav", "春.otio", "春.edl")]
    (track,) = otio.adapters.read_from_file(str(to / "春.otio")).tracks
    assert [clip.name for clip in track] == ["b", "雨"]


def test_a_section_goes_with_one_track(run, tmp_path):
    code, printed, errors = run("a", "--start", "6", "--end", "8", "--handles", "1", "--to", tmp_path / "o", "--json")
    (made,) = json.loads(printed)["files"]
    assert code == 0 and soundfile.info(made["path"]).frames == 4 * 48_000
    with pytest.raises(SystemExit):
        run("a", "b", "--start", "6", "--end", "8", "--to", tmp_path / "o")


def test_what_is_no_track_is_named_and_costs_only_itself(run, tmp_path):
    code, printed, errors = run("a", "nix", "--to", tmp_path / "o", "--json")
    found = json.loads(printed)
    assert code == 0 and [entry["copied"] for entry in found["files"]] == [True]
    assert found["refused"] == [{"path": "nix", "reason": "was not found"}] and "nix was not found." in errors


@pytest.mark.parametrize(
    "words",
    [
        ("--to", "o"),
        ("a", "--to", "o", "--copies", "none"),
        ("a", "--to", "o", "--start-timecode", "1:2"),
        ("a", "--to", "o", "--fps", "29.97df", "--start-timecode", "00:01:00;00"),
        ("a", "--to", "o", "--start", "3", "--end", "2"),
        ("a", "--to", "o", "--handles", "-1"),
    ],
)
def test_wrong_use_ends_with_the_usage(words, run):
    with pytest.raises(SystemExit) as caught:
        run(*words)
    assert caught.value.code == 2


def test_markers_are_the_highlight_the_best_passage_and_the_note(catalogue):
    with Catalogue(catalogue) as opened:
        ids = {path.name: track_id for track_id, path in opened.files.paths().items()}
        track_id = ids["a.flac"]
        known = Known({track_id: Section(5, 15)}, {track_id: Section(7, 9)}, {track_id: "もっと静かに"})
        (piece,) = pieces_of(opened, [track_id, 12345], known)
    assert piece.section == Section(5, 15) and piece.note == "もっと静かに"
    highlight, passage, note = piece.markers
    assert highlight.name == "Highlight" and LOUD_S - 1 < highlight.start_s <= LENGTH_S - 12
    assert (passage.name, passage.start_s, passage.end_s) == ("Best passage", 7, 9)
    assert (note.name, note.start_s, note.comment) == ("Note", 5, "もっと静かに")
