"""The bundled demo library is ready after one call, and stays as the user left it."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tagging import untag_tracks

from bgm_finder import paths
from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.catalogue.moves import FoundFile
from bgm_finder.catalogue.tag_csv import read_tag_list
from bgm_finder.jobs.job import Cancelled, Job
from bgm_finder.track import Tag
from bgm_finder.workflows.doctor import doctor
from bgm_finder.workflows.edit_tracks import change_tags, mark
from bgm_finder.workflows.index_folder import IndexOptions
from bgm_finder.workflows.open_demo import open_demo


def test_demo_is_tagged_before_it_is_analysed_and_keeps_the_users_edits(tmp_path):
    path, job = tmp_path / "demo.sqlite", Job()
    listed = read_tag_list(paths.resource("demo/tags.csv"))
    assert listed.complaints == []
    with pytest.raises(Cancelled):
        open_demo(
            job,
            path,
            lambda: ThreadPoolExecutor(1),
            IndexOptions(on_event=lambda ids: job.cancel() if len(ids) == 1 else None),
        )
    with Catalogue(path) as opened:
        columns = opened.columns()
        assert len(columns) == len(listed.rows)
        row = next(row for row in range(len(columns)) if columns.tags_at(row).get("genre"))
        tag = Tag("genre", columns.tags_at(row)["genre"][0])
        untag_tracks(opened, [int(columns.ids[row])], tag)
    stopped = Job()
    with pytest.raises(Cancelled):
        options = IndexOptions(on_event=lambda ids: stopped.cancel() if ids else None)
        open_demo(stopped, path, lambda: ThreadPoolExecutor(1), options)
    with Catalogue(path) as opened:
        assert tag.name not in opened.columns().tags_at(row).get("genre", ())


def test_tags_taken_off_stay_off_after_own_music_came(tmp_path, monkeypatch, sounds):
    path, track, resource = tmp_path / "demo.sqlite", sorted(paths.resource("demo").glob("*.ogg"))[0], paths.resource
    (tmp_path / "demo").mkdir()
    shutil.copy2(track, tmp_path / "demo")
    (tmp_path / "demo" / "tags.csv").write_text(f"file,genre\n{track.name},jazz\n", encoding="utf-8")
    monkeypatch.setattr(paths, "resource", lambda name: tmp_path / "demo" if name == "demo" else resource(name))

    def opened():
        open_demo(Job(), path, lambda: ThreadPoolExecutor(1))
        with Catalogue(path) as catalogue:
            return catalogue.tracks.get(1).tags

    assert Tag("genre", "jazz") in opened()
    change_tags(Job(), path, [1], [], [Tag("genre", "jazz")])
    with Catalogue(path) as catalogue:
        catalogue.folders.add(sounds)
        catalogue.files.add([FoundFile(f"{sounds}/wind.wav", 1, 1)])
    assert Tag("genre", "jazz") not in opened()


def test_demo_of_another_installation_takes_its_place_with_the_users_edits(tmp_path, monkeypatch):
    path, tracks = tmp_path / "demo.sqlite", sorted(paths.resource("demo").glob("*.ogg"))[:2]
    for place in ("one", "two"):
        (tmp_path / place).mkdir()
        for track in tracks:
            shutil.copy2(track, tmp_path / place)
        (tmp_path / place / "tags.csv").write_text(f"file,genre\n{tracks[0].name},jazz\n", encoding="utf-8")

    def opened_from(place):
        monkeypatch.setattr(paths, "resource", lambda name: tmp_path / place if name == "demo" else resource(name))
        open_demo(Job(), path, lambda: ThreadPoolExecutor(1))
        with Catalogue(path) as opened:
            return opened.columns()

    resource = paths.resource
    ids = opened_from("one").ids.tolist()
    mark(Job(), path, ids[:1], "keep")
    columns = opened_from("two")
    assert columns.ids.tolist() == ids and columns.marks.tolist().count(0) == len(ids) - 1
    assert [Path(text).parent.name for text in columns.paths] == ["two"] * len(ids)


def test_doctor_names_what_is_there(catalogue):
    findings = {finding.about: finding for finding in doctor(Job(), catalogue)}
    assert findings["torch"].is_well
    assert findings["catalogue"].says.endswith("is whole: 7 tracks")
    catalogue.write_bytes(b"no catalogue any more" * 200)
    assert not {finding.about: finding for finding in doctor(Job(), catalogue)}["catalogue"].is_well
