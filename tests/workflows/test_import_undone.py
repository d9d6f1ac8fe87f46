"""A tag list that is imported, looked at before, taken back, and given to the right tracks by hand."""

import pytest
from tagging import tag_tracks

from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.catalogue.tag_lists.problems import UndecidedEncoding
from bgm_finder.jobs.job import Job
from bgm_finder.track import Tag
from bgm_finder.workflows import edit_tracks
from bgm_finder.workflows.edit_tracks import Edit
from bgm_finder.workflows.export_tags import export_tags
from bgm_finder.workflows.import_tags import ListSource, import_tags, preview_list


@pytest.fixture
def a_list(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("file,title,Scene,bpm\nsaw,Saw,night,128\nwind.wav,,sea,\nghost,,x,\n", encoding="utf-8")
    return path


def said(catalogue):
    with Catalogue(catalogue) as opened:
        columns = opened.columns()
        names = opened.tags.names()
    return list(columns.titles), columns.bpms.tolist()[2], [columns.tags_at(row) for row in range(len(columns))], names


def test_an_import_is_taken_back_with_its_categories_and_done_again(catalogue, a_list):
    before = said(catalogue)
    report = import_tags(Job(), catalogue, ListSource(a_list))
    after = said(catalogue)
    assert after != before and "Scene" in after[3]
    done = edit_tracks.undo(Job(), catalogue, Edit(listed=report.undoing), "redo")
    assert repr(said(catalogue)) == repr(before)
    edit_tracks.undo(Job(), catalogue, done.inverse, "undo")
    assert repr(said(catalogue)) == repr(after)


def test_taking_back_leaves_what_was_done_by_hand_since(catalogue, a_list, ids):
    report = import_tags(Job(), catalogue, ListSource(a_list))
    with Catalogue(catalogue) as opened:
        tag_tracks(opened, [ids["saw"]], Tag("Scene", "by hand"))
    edit_tracks.undo(Job(), catalogue, Edit(listed=report.undoing), "redo")
    with Catalogue(catalogue) as opened:
        assert opened.tracks.get(ids["saw"]).tags == (Tag("Scene", "by hand"),)


def test_a_preview_changes_nothing_and_tells_what_is_there(catalogue, a_list):
    before = said(catalogue)
    preview = preview_list(Job(), catalogue, ListSource(a_list))
    assert (preview.matched, len(preview.listed.rows)) == (2, 3)
    assert preview.listed.roles == ("file", "title", "Scene", "bpm")
    assert preview.listed.samples == (("saw", "wind.wav", "ghost"), ("Saw",), ("night", "sea", "x"), ("128",))
    assert repr(said(catalogue)) == repr(before)


def test_what_the_columns_were_said_to_be_holds_for_the_next_list(catalogue, a_list, ids):
    import_tags(Job(), catalogue, ListSource(a_list, roles=("file", "comment", "mood", "")))
    assert preview_list(Job(), catalogue, ListSource(a_list)).listed.roles == ("file", "comment", "mood", "")
    with Catalogue(catalogue) as opened:
        track = opened.tracks.get(ids["saw"])
    assert (track.comment, Tag("mood", "night") in track.tags) == ("Saw", True)


def test_a_list_that_names_no_files_can_be_told_its_column(catalogue, tmp_path):
    (tmp_path / "list.csv").write_text("Stück,Stimmung\nsaw,calm\n", encoding="utf-8")
    assert preview_list(Job(), catalogue, ListSource(tmp_path / "list.csv")).matched == 0
    source = ListSource(tmp_path / "list.csv", roles=("file", "mood"))
    assert preview_list(Job(), catalogue, source).matched == 1


def test_a_row_is_given_to_the_chosen_track_and_no_other_row_is_read(catalogue, tmp_path, ids):
    path = tmp_path / "double.csv"
    path.write_text("file,genre\nflute,rock\nsaw,pop\n", encoding="utf-8")
    report = import_tags(Job(), catalogue, ListSource(path), chosen={2: ids["wind"]})
    assert (report.matched, report.changed) == (1, (ids["wind"],))
    with Catalogue(catalogue) as opened:
        assert opened.tracks.get(ids["wind"]).tags == (Tag("genre", "rock"),)
        assert opened.tracks.get(ids["saw"]).tags == ()


def test_exported_paths_are_below_the_added_folder(catalogue, a_list, tmp_path, sounds):
    import_tags(Job(), catalogue, ListSource(a_list))
    export_tags(Job(), catalogue, tmp_path / "out.csv")
    text = (tmp_path / "out.csv").read_text(encoding="utf-8-sig")
    assert "saw.ogg" in text and str(sounds) not in text


def test_a_reading_that_fits_the_librarys_names_is_taken(catalogue, tmp_path, ids):
    (tmp_path / "list.csv").write_bytes("file,title\n雨.wav,春夏秋冬\n".encode("euc_jp"))
    import_tags(Job(), catalogue, ListSource(tmp_path / "list.csv"))
    with Catalogue(catalogue) as opened:
        assert opened.tracks.get(ids["雨"]).title == "春夏秋冬"


def test_an_undecided_encoding_imports_nothing(catalogue, tmp_path):
    (tmp_path / "list.csv").write_bytes("file,title\nsaw,Mañana\n".encode("cp1252"))
    before = repr(said(catalogue))
    with pytest.raises(UndecidedEncoding):
        import_tags(Job(), catalogue, ListSource(tmp_path / "list.csv"))
    assert repr(said(catalogue)) == before
    assert import_tags(Job(), catalogue, ListSource(tmp_path / "list.csv", "cp1252")).matched == 1
