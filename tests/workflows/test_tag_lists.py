"""Tag lists in and out, the shortlist, and the figures of the library."""

import csv

import pytest
from tagging import tag_tracks

from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.catalogue.tag_csv import read_tag_list
from bgm_finder.catalogue.tag_lists.problems import Complaint
from bgm_finder.catalogue.tracks import MarkEdit
from bgm_finder.jobs.job import Job
from bgm_finder.reasons import Reason
from bgm_finder.track import Tag
from bgm_finder.workflows.export_shortlist import export_shortlist
from bgm_finder.workflows.export_tags import export_tags
from bgm_finder.workflows.import_tags import ListSource, import_tags
from bgm_finder.workflows.statistics import statistics

LIST = """ファイル名,タイトル,楽曲ジャンル,イメージ,テンポ
雨.wav,雨の日,ポップス,優しい、おしゃれ,92
saw,,rock,,
ghost.wav,,pop,,
"""


@pytest.fixture
def tagged(catalogue, tmp_path):
    (tmp_path / "tags.csv").write_text(LIST, encoding="cp932")
    return import_tags(Job(), catalogue, ListSource(tmp_path / "tags.csv"))


def test_report_tells_what_matched_and_what_did_not(tagged):
    assert (tagged.matched, len(tagged.changed), tagged.unmatched) == (2, 2, ("ghost.wav",))
    assert tagged.complaints == ()
    assert tagged.strangers == (Complaint(4, Reason.NO_TRACK, {"file": "ghost.wav"}),)


def test_import_again_changes_nothing(tagged, catalogue, tmp_path):
    assert import_tags(Job(), catalogue, ListSource(tmp_path / "tags.csv")).changed == ()


def test_ambiguous_name_is_reported_and_not_guessed(catalogue, tmp_path, ids):
    (tmp_path / "double.csv").write_text("file,genre\nsaw.ogg,rock\nsaw,pop\n")
    report = import_tags(Job(), catalogue, ListSource(tmp_path / "double.csv"))
    assert report.unmatched == ("saw",)
    assert [complaint.line for complaint in report.complaints] == [3]
    with Catalogue(catalogue) as opened:
        assert opened.tracks.get(ids["saw"]).tags == (Tag("genre", "rock"),)


def test_exported_tags_come_back_the_same(tagged, catalogue, tmp_path, ids):
    with Catalogue(catalogue) as opened:
        tag_tracks(opened, [ids["wind"]], Tag("場面", "=SUM(1)"))
        before = opened.columns()
    assert export_tags(Job(), catalogue, tmp_path / "out.csv") == 3
    listed = read_tag_list(tmp_path / "out.csv")
    assert listed.complaints == []
    report = import_tags(Job(), catalogue, ListSource(tmp_path / "out.csv"))
    assert (report.matched, report.unmatched) == (3, ())
    with Catalogue(catalogue) as opened:
        after = opened.columns()
    assert [after.tags_at(row) for row in range(7)] == [before.tags_at(row) for row in range(7)]
    assert after.titles == before.titles


def test_estimated_tempo_is_not_exported_as_known(tagged, catalogue, tmp_path):
    export_tags(Job(), catalogue, tmp_path / "out.csv")
    assert {row.file.rsplit("/", 1)[-1]: row.bpm for row in read_tag_list(tmp_path / "out.csv").rows} == {
        "雨.wav": 92.0,
        "saw.ogg": None,
    }


def test_shortlist_is_written_as_table_and_playlist(ids, tagged, catalogue, tmp_path, sounds):
    with Catalogue(catalogue) as opened:
        opened.tracks.set_marks(MarkEdit({ids["雨"]: "keep", ids["saw"]: "keep", ids["wind"]: "reject"}))
    assert export_shortlist(Job(), catalogue, tmp_path / "short.csv") == 2
    with (tmp_path / "short.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["title"], row["genre"], row["length"]) for row in rows] == [
        ("saw", "rock", "5.0"),
        ("雨の日", "ポップス", "5.0"),
    ]
    assert export_shortlist(Job(), catalogue, tmp_path / "short.m3u8") == 2
    lines = (tmp_path / "short.m3u8").read_text(encoding="utf-8").splitlines()
    assert lines == [
        *("#EXTM3U", "#EXTINF:5,saw", str(sounds / "saw.ogg")),
        *("#EXTINF:5,雨の日", str(sounds / "雨.wav")),
    ]


def test_statistics_count_tracks_and_names(tagged, catalogue):
    found = statistics(Job(), catalogue)
    assert (found.tracks, found.untagged) == (7, 5)
    mood = next(category for category in found.categories if category.category == "mood")
    assert (mood.tagged, mood.names, mood.share) == (1, 2, pytest.approx(1 / 7))
    assert dict(mood.top) == {"優しい": 1, "おしゃれ": 1}
    assert [category.category for category in found.categories][:5] == ["use", "genre", "mood", "instrument", "tempo"]


def test_a_title_alone_is_exported(catalogue, tmp_path):
    (tmp_path / "in.csv").write_text("file,title\nsaw.ogg,A title of mine\n")
    import_tags(Job(), catalogue, ListSource(tmp_path / "in.csv"))
    export_tags(Job(), catalogue, tmp_path / "out.csv")
    assert "A title of mine" in [row.title for row in read_tag_list(tmp_path / "out.csv").rows]
