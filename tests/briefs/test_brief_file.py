"""A brief in a file: it comes back as it was, wherever the file lies, and nothing in a file does any harm."""

import copy
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bgm_finder.briefs.brief import NOT_LIKE, BriefContent, BriefSearch, RankedOrder, WeightedReference
from bgm_finder.briefs.brief_file import (
    BriefFileError,
    PortableBrief,
    PortableTrack,
    file_name,
    read_brief_file,
    write_brief_file,
)
from bgm_finder.conditions import Filter
from bgm_finder.reasons import Reason
from bgm_finder.track import BriefTrack, ListScope, Match, Outside, Reference, Section


def brief_in(folder):
    """A brief of two tracks of a library in a folder, and of a film beside it."""
    library, film = folder / "music", folder / "films" / "cut \udcff.mov"
    tracks = (
        PortableTrack(library, Path("calm/雨.wav"), BriefTrack("keep", 3.5, "ending fits")),
        PortableTrack(library, Path("b.wav"), BriefTrack("reject")),
    )
    like = WeightedReference(Reference(library / "calm/雨.wav", 0, Section(1.0, 4.0)), "雨")
    unlike = WeightedReference(Reference(film, None, None, 1), "cut", 2 * NOT_LIKE)
    content = BriefContent(
        filter=Filter(ticked={"mood": frozenset({"calm"})}, min_length_s=75.0, max_length_s=130.0),
        searches=(BriefSearch((like,)), BriefSearch((like, unlike))),
        place=1,
        is_ranking=True,
        order=RankedOrder((Match(1, 0.75, 99.0),), (Match(0, 0.5, 90.0, Outside("genre", "rock"), Section(0.0, 6.0)),)),
        scope=ListScope.INSIDE,
        sort_key="bpm",
        current=1,
        top_row=7,
    )
    return PortableBrief("f00d", "Corporate, light", content, tracks)


@pytest.fixture
def file(tmp_path):
    """A file with that brief."""
    (tmp_path / "briefs").mkdir()
    written = tmp_path / "briefs" / "corporate.json"
    write_brief_file(written, brief_in(tmp_path))
    return written


def test_brief_comes_back_as_it_was(file, tmp_path):
    assert read_brief_file(file) == brief_in(tmp_path)


def test_paths_are_relative_so_that_all_can_be_moved_together(file, tmp_path):
    assert str(tmp_path) not in file.read_text()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "briefs").rename(tmp_path / "elsewhere" / "briefs")
    assert read_brief_file(tmp_path / "elsewhere" / "briefs" / "corporate.json") == brief_in(tmp_path / "elsewhere")


def test_brief_is_written_whole_or_not_at_all(file, tmp_path):
    before = file.read_bytes()
    (tmp_path / "briefs" / "corporate.json.unfinished").mkdir()
    with pytest.raises(OSError):
        write_brief_file(file, replace(brief_in(tmp_path), name="another"))
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", Reason.NOT_A_BRIEF),
        ("[]", Reason.NOT_A_BRIEF),
        ("{}", Reason.NOT_A_BRIEF),
        ('{"format": 1}', Reason.NOT_A_BRIEF),
        ('{"format": "1", "uid": "a"}', Reason.NOT_A_BRIEF),
        ('{"format": 0, "uid": "a"}', Reason.NOT_A_BRIEF),
        ('{"format": 2, "uid": "a", "content": "of another kind"}', Reason.NEWER_BRIEF),
        ("[" * 100_000, Reason.NOT_A_BRIEF),
        ("\x00\x01", Reason.NOT_A_BRIEF),
    ],
)
def test_what_is_no_brief_or_a_newer_one_is_refused(tmp_path, content, reason):
    file = tmp_path / "other.json"
    file.write_text(content)
    with pytest.raises(BriefFileError) as refused:
        read_brief_file(file)
    assert refused.value.reason == reason


def test_file_that_is_not_there_or_no_text_is_refused(tmp_path):
    with pytest.raises(BriefFileError) as refused:
        read_brief_file(tmp_path / "gone.json")
    assert refused.value.reason == Reason.NOT_THERE
    (tmp_path / "sound.json").write_bytes(b"\xff\xfe\x00RIFF")
    with pytest.raises(BriefFileError) as refused:
        read_brief_file(tmp_path / "sound.json")
    assert refused.value.reason == Reason.NOT_A_BRIEF


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Corporate, light", "Corporate, light.json"),
        ("案件 1", "案件 1.json"),
        ("a/b\\c:d*?", "a_b_c_d__.json"),
        ("", "Untitled.json"),
        (" . ", "Untitled.json"),
        ("../x", "_x.json"),
        ("CON", "_CON.json"),
        ("nul.txt", "_nul.txt.json"),
        ("tab\there\n", "tab_here_.json"),
        ("雨" * 200, "雨" * 78 + ".json"),
    ],
)
def test_every_name_makes_a_file_that_every_system_takes(name, expected, tmp_path):
    assert file_name(name, "0123456789", ["another"]) == expected
    (tmp_path / expected).touch()


def test_briefs_named_alike_have_files_of_their_own():
    assert file_name("Film", "0123456789", ["film"]) == "Film 01234567.json"
    assert file_name("a:b", "0123456789", ["a/b"]) == "a_b 01234567.json"


def places(plain, place=()):
    """Yield where something stands in a JSON document."""
    yield place
    inner = plain.items() if isinstance(plain, dict) else enumerate(plain) if isinstance(plain, list) else ()
    for key, value in inner:
        yield from places(value, (*place, key))


strange = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just([]) | st.just({"a": [1]})


@given(st.data())
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_strange_fields_are_left_out_and_what_is_left_can_be_written_again(file, data):
    plain = json.loads(file.read_text())
    damaged = copy.deepcopy(plain)
    for place in data.draw(st.lists(st.sampled_from([p for p in places(plain) if p]), min_size=1, max_size=3)):
        holder = damaged
        for key in place[:-1]:
            holder = holder[key] if isinstance(holder, dict) and key in holder else holder
        if isinstance(holder, dict):
            holder[place[-1]] = data.draw(strange)
    other = file.with_name("damaged.json")
    other.write_text(json.dumps(damaged))
    try:
        found = read_brief_file(other)
    except BriefFileError:
        return
    write_brief_file(other, found)
    assert read_brief_file(other) == found
    assert all(0 <= track_id < len(found.tracks) for track_id in found.content.track_ids())


def test_one_strange_track_costs_no_other(file, tmp_path):
    plain = json.loads(file.read_text())
    plain["tracks"][0] = {"path": 5}
    file.write_text(json.dumps(plain))
    found, whole = read_brief_file(file), brief_in(tmp_path)
    assert found.tracks == whole.tracks[1:]
    assert found.content.current == 0 and found.content.order.inside == (Match(0, 0.75, 99.0),)
    assert [w.reference.track_id for w in found.content.references] == [None, None]
