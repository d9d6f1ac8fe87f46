"""The commands' contract: exit codes, JSON on stdout, plain sentences on stderr."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
import soundfile
from films import Stream, write_film

from bgm_finder import paths
from bgm_finder.briefs.brief import NOT_LIKE, BriefContent, BriefSearch, WeightedReference
from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.catalogue.migrations import MIGRATIONS
from bgm_finder.catalogue.moves import FoundFile
from bgm_finder.catalogue.tracks import MarkEdit
from bgm_finder.cli import command_line, main
from bgm_finder.cli.commands import COMMANDS
from bgm_finder.conditions import Filter
from bgm_finder.jobs.job import Job
from bgm_finder.similarity.embedder import load_embedder
from bgm_finder.track import Reference
from bgm_finder.workflows.briefs import save_brief, store_brief

NETWORK = ["--network", "article"]
ROOT = Path(__file__).resolve().parent.parent


def started(*words, **environment):
    """Run the program as a user does."""
    return subprocess.run(
        [sys.executable, "-m", "bgm_finder", *map(str, words)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUTF8": "1", **environment},
        timeout=300,
        check=False,
    )


@pytest.fixture(scope="module")
def music(tmp_path_factory):
    folder = tmp_path_factory.mktemp("music")
    times = np.arange(22050 * 3) / 22050
    for name, hz in {"low": 110, "middle": 440, "高い": 466}.items():
        soundfile.write(folder / f"{name}.wav", 0.3 * np.sin(2 * np.pi * hz * times), 22050)
    (folder / "broken.ogg").write_bytes(b"nothing that sounds")
    return folder


@pytest.fixture(scope="module")
def library(music, tmp_path_factory):
    """A catalogue that the program itself made; return its options and what it said."""
    catalogue = tmp_path_factory.mktemp("catalogue") / "c.sqlite"
    said = started("index", music, "--catalogue", catalogue, "--json", "--jobs", "1", *NETWORK)
    tags = catalogue.with_name("tags.csv")
    tags.write_text("file,genre,mood\nlow,rock,calm\n高い,pop,\nghost,pop,\n", encoding="utf-8")
    return ["--catalogue", str(catalogue)], said, tags


@pytest.fixture
def answer(library, capsys):
    """Run a command in this process on the library; return its exit code, JSON document and complaints."""
    main(["import-tags", str(library[2]), *library[0]])
    capsys.readouterr()

    def _answer(*words):
        code = main([*map(str, words), "--json", *library[0]])
        said = capsys.readouterr()
        return code, json.loads(said.out) if said.out else None, said.err

    return _answer


def test_a_catalogue_that_is_gone_is_told_with_the_way_to_its_backup(tmp_path, capsys):
    catalogue = tmp_path / "my own.sqlite"
    with Catalogue(catalogue) as opened:
        opened.make_backup()
    for ending in ("", "-wal", "-shm"):
        catalogue.with_name(catalogue.name + ending).unlink(missing_ok=True)
    assert main(["list", "--catalogue", str(catalogue)]) == 1
    told = capsys.readouterr().err
    assert f"is gone. To open its newest backup: bgm-finder doctor --mend --catalogue '{catalogue}'" in told
    assert not catalogue.exists()
    assert main(["doctor", "--catalogue", str(catalogue)]) == 1
    assert main(["doctor", "--mend", "--catalogue", str(catalogue)]) == 0
    assert main(["list", "--catalogue", str(catalogue)]) == 0


@pytest.mark.parametrize("command", ["embed", "classify", "spectrogram"])
def test_a_file_that_never_was_is_told_as_such(command, music, tmp_path, capsys):
    output = {"embed": ["--output", tmp_path / "x.npz"], "spectrogram": ["--output", tmp_path], "classify": []}[command]
    main([command, str(music / "typo.wav"), *map(str, output), "--jobs", "1"])
    assert f"{music / 'typo.wav'} was not found.\n" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        ["list"],
        ["similar", "x.wav"],
        ["stats"],
        ["export-tags", "OUT"],
        ["export-shortlist", "OUT"],
        ["copy-catalogue", "OUT"],
        ["move-library", "OLD", "."],
        ["import-tags", "TAGS"],
    ],
    ids=lambda words: words[0],
)
def test_reading_commands_make_no_catalogue(words, tmp_path, capsys):
    catalogue = tmp_path / "a typo.sqlite"
    words = [str(tmp_path / word) if word.isupper() else word for word in words]
    assert main([*words, "--catalogue", str(catalogue)]) == 1
    told = capsys.readouterr().err
    assert told == (
        f"The catalogue {catalogue} does not exist; to create it: bgm-finder index FOLDER --catalogue '{catalogue}'.\n"
    )
    assert list(tmp_path.iterdir()) == []


def test_index_prints_one_document_and_names_the_unreadable(library, music):
    said = library[1]
    assert said.returncode == 0
    document = json.loads(said.stdout)
    assert {name: document[name] for name in ("added", "changed", "moved", "missing")} == {
        **{"added": 4, "changed": 0},
        **{"moved": 0, "missing": 0},
    }
    assert [Path(entry["path"]).name for entry in document["unreadable"]] == ["broken.ogg"]
    assert document["seconds"] > 0
    assert f"{music / 'broken.ogg'} is not a supported sound file." in said.stderr


def test_index_of_nothing_that_can_be_read_fails(tmp_path, capsys):
    assert main(["index", str(tmp_path / "nowhere"), "--catalogue", str(tmp_path / "c.sqlite")]) == 1
    assert "is not a folder" in capsys.readouterr().err
    assert main(["index", str(tmp_path), "--catalogue", str(tmp_path / "c.sqlite")]) == 1


def test_import_says_what_did_not_match(answer, library):
    code, document, _ = answer("import-tags", library[2])
    assert (code, document["matched"], document["unmatched"], document["complaints"]) == (0, 2, ["ghost"], [])


def test_list_filters_by_tag_text_and_lack_of_a_tag(answer, library):
    def titles(*words):
        return [entry["title"] for entry in answer("list", *words)[1]]

    assert titles("--tag", "genre=rock") == ["low"]
    assert titles("--tag", "genre=rock", "--tag", "genre=pop", "--missing", "mood") == ["高い"]
    assert titles("--missing", "genre", "--min-length", "1") == ["middle"]
    assert titles("--text", "ＬＯＷ wav") == ["low"]
    assert titles("--max-length", "1") == []
    with Catalogue(Path(library[0][1])) as opened:
        opened.tracks.set_heard(opened.briefs.last_open(), {int(opened.columns().ids[0]): 3.0})
        heard = [opened.columns().titles[0]]
    assert titles("--heard", "yes") == heard and not set(heard) & set(titles("--heard", "no"))
    assert answer("list", "--tag", "genre=rock")[1][0]["tags"] == {
        **{"genre": ["rock"], "mood": ["calm"]},
        "format": ["wav"],
    }


def test_empty_list_says_which_condition_to_drop(library, capsys):
    main(["import-tags", str(library[2]), *library[0]])
    capsys.readouterr()
    assert main(["list", "--tag", "genre=rock", "--tag", "mood=loud", *library[0]]) == 0
    assert "Without --tag mood=loud it would be 1." in capsys.readouterr().err


def test_similar_ranks_and_names_what_kept_a_track_out(answer, music):
    code, found, _ = answer("similar", music / "middle.wav", "--tag", "genre=pop", *NETWORK)
    assert code == 0
    assert [Path(match["path"]).name for match in found] == ["高い.wav", "low.wav"]
    assert [match["outside_because"] for match in found] == [None, {"category": "genre", "tag": "rock"}]
    assert found[0]["score"] > found[1]["score"]
    assert 0 <= found[1]["percentile"] <= found[0]["percentile"] <= 100
    assert {match["closeness"] for match in found} == {None}  # of a network that has no words
    _, outside, _ = answer("similar", "low", "--tag", "genre=pop", "--scope", "outside", *NETWORK)
    assert [match["outside_because"] for match in outside] == [{"category": "genre", "missing": True}]


def test_similar_keeps_to_the_limits_unless_they_are_soft_and_names_every_miss(answer, music):
    words = ["similar", music / "middle.wav", "--tag", "genre=pop", "--tag", "mood=sad", "--max-length", "2", *NETWORK]
    assert answer(*words)[1] == []
    _, found, _ = answer(*words, "--soft-limits")
    misses = {Path(match["path"]).stem: match["misses"] for match in found}
    assert misses == {
        "low": [
            {"category": "genre", "tag": "rock"},
            {"category": "mood", "tag": "calm"},
            {"category": "length", "limit": "0:03"},
        ],
        "高い": [{"category": "mood", "missing": True}, {"category": "length", "limit": "0:03"}],
    }
    assert [match["score"] for match in found] == sorted((match["score"] for match in found), reverse=True)
    lacking = ["similar", music / "middle.wav", "--tag", "genre=pop", "--tag", "genre=rock", "--match-all", "genre"]
    _, found, _ = answer(*lacking, *NETWORK)
    assert {"category": "genre", "missing": "pop"} in [miss for match in found for miss in match["misses"]]


def test_folders_and_artists_are_options_of_their_own(tmp_path, music, capsys):
    own = ["--catalogue", str(tmp_path / "c.sqlite")]
    for place in ("Vendor/Album", "Vendor/Album 2", "Other"):
        (tmp_path / "BGM" / place).mkdir(parents=True)
        for number in range(2):
            shutil.copy(music / "low.wav", tmp_path / "BGM" / place / f"{place[-1]}{number}.wav")
    main(["index", str(tmp_path / "BGM"), "--jobs", "1", *own, *NETWORK])
    capsys.readouterr()

    def names(*words):
        assert main([*words, "--json", *own]) == 0
        return sorted(Path(track["path"]).stem for track in json.loads(capsys.readouterr().out))

    assert names("list", "--folder", "Vendor") == ["20", "21", "m0", "m1"]
    assert names("list", "--folder", "Vendor/Album", "--folder", "Other") == ["m0", "m1", "r0", "r1"]
    assert names("list", "--folder", "Vendor", "--not-folder", "BGM/Vendor/Album 2/") == ["m0", "m1"]
    assert names("list", "--folder", "Vend") == []
    assert names("list", "--text", "vendor 2") == ["20", "21"]
    assert names("list", "--text", "vendor 3") == []
    assert names("list", "--text", "other") == ["r0", "r1"]
    assert names("list", "--artist", "Rin") == []
    assert len(names("list", "--no-artist")) == 6
    few = ["similar", str(music / "low.wav"), *NETWORK, "--at-most", "1"]
    assert len(names(*few, "--per", "folder")) == 3
    assert len(names(*few)) == 6
    assert main(["list", "--json", *own]) == 0
    folders = {track["folder"] for track in json.loads(capsys.readouterr().out)}
    assert folders == {"BGM/Vendor/Album", "BGM/Vendor/Album 2", "BGM/Other"}
    assert main(["list", "--folder", "Vendor", "--artist", "Rin", *own]) == 0
    assert "Without --artist Rin it would be 4." in capsys.readouterr().err


def test_a_list_that_cannot_be_written_is_named_as_it_was_asked_for(library, tmp_path, capsys):
    for command in ("export-shortlist", "export-tags"):
        assert main([command, str(tmp_path / "nowhere" / "s.csv"), *library[0]]) == 1
        assert f"{tmp_path / 'nowhere' / 's.csv'} cannot be used" in capsys.readouterr().err


def test_each_export_writes_its_own_tracks(library, tmp_path, capsys):
    own = ["--catalogue", str(shutil.copy(library[0][1], tmp_path / "own.sqlite"))]
    with Catalogue(Path(own[1])) as opened:
        opened.tracks.set_marks(MarkEdit({int(opened.columns().ids[0]): "keep"}))
    main(["import-tags", str(library[2]), *own])
    for command, tracks in (("export-shortlist", 1), ("export-tags", 2)):
        assert main([command, str(tmp_path / f"{command}.csv"), *own]) == 0
        assert len((tmp_path / f"{command}.csv").read_text(encoding="utf-8-sig").splitlines()) == 1 + tracks
    assert "\n1 kept track is in " in capsys.readouterr().out


@pytest.fixture
def with_briefs(library, music, tmp_path):
    """A catalogue of one's own: its last open brief keeps one track, another one has a filter and references."""
    own = Path(shutil.copy(library[0][1], tmp_path / "own.sqlite"))
    filter_of_it = Filter(ticked={"genre": frozenset({"pop"})})
    like = WeightedReference(Reference(music / "low.wav"), "low")
    unlike = WeightedReference(Reference(music / "高い.wav"), "高い", NOT_LIKE)
    with Catalogue(own) as opened:
        ids = {Path(opened.files.path(i)).name: i for i in opened.columns().ids.tolist()}
        opened.tracks.set_marks(MarkEdit({ids["low.wav"]: "keep"}))
        job_id = opened.briefs.add("Corporate, light")
        opened.tracks.set_marks(MarkEdit(dict.fromkeys((ids["middle.wav"], ids["高い.wav"]), "keep"), job_id))
        opened.briefs.show(1)
    store_brief(Job(), own, job_id, BriefContent(filter_of_it, (BriefSearch((like, unlike)),), 0))
    main(["import-tags", str(library[2]), "--catalogue", str(own)])
    save_brief(Job(), own, job_id, tmp_path / "corporate.json")
    return own


@pytest.fixture
def found(with_briefs, capsys):
    """Run a command on that catalogue; return what it finds, by file name."""

    def _found(*words):
        capsys.readouterr()
        assert main([*map(str, words), "--json", "--catalogue", str(with_briefs)]) == 0
        return {Path(track["path"]).name: track for track in json.loads(capsys.readouterr().out)}

    return _found


@pytest.mark.parametrize("brief", ["corporate, LIGHT", "corporate.json"])
def test_a_brief_brings_its_filter_its_marks_and_its_references(brief, with_briefs, found, tmp_path):
    brief = ["--brief", str(tmp_path / brief) if brief.endswith(".json") else brief]
    before = with_briefs.read_bytes()
    listed = found("list", *brief)
    assert {name: track["mark"] for name, track in listed.items()} == {"高い.wav": "keep"}
    assert found("list", *brief, "--text", "low") == {}
    ranked = found("similar", *brief, *NETWORK)
    assert {name: match["outside_because"] for name, match in ranked.items()} == {
        "高い.wav": None,
        "middle.wav": {"category": "genre", "missing": True},
    }
    asked = found("similar", "low", "--not", "高い", "--tag", "genre=pop", *NETWORK)
    assert asked == ranked
    target = tmp_path / "kept.m3u8"
    assert main(["export-shortlist", str(target), "--catalogue", str(with_briefs), *brief]) == 0
    assert target.read_text().count(".wav\n") == 2
    assert with_briefs.read_bytes() == before


def test_without_a_brief_only_the_marks_of_the_last_one_hold(with_briefs, found, tmp_path):
    marks = {name: track["mark"] for name, track in found("list").items() if track["mark"]}
    assert marks == {"low.wav": "keep"}
    assert list(found("list", "--mark", "keep")) == ["low.wav"]
    own = ["--catalogue", str(with_briefs)]
    assert main(["export-shortlist", str(tmp_path / "kept.m3u8"), *own]) == 0
    assert (tmp_path / "kept.m3u8").read_text().count(".wav\n") == 1
    with pytest.raises(SystemExit) as ended:
        main(["similar", *own, *NETWORK])
    assert ended.value.code == 2


def test_brief_that_is_not_there_is_refused_in_one_sentence(with_briefs, tmp_path, capsys):
    own = ["--catalogue", str(with_briefs)]
    (tmp_path / "broken.json").write_text("{")
    with Catalogue(with_briefs) as opened:
        opened.briefs.add("Corporate, Light")
    capsys.readouterr()
    for name, sentence in (("Trailer", "Untitled"), ("Corporate, light", "2 briefs"), ("broken.json", "not a brief")):
        place = str(tmp_path / name) if name.endswith(".json") else name
        assert main(["list", *own, "--brief", place]) == 1
        complaint = capsys.readouterr().err
        assert sentence in complaint and complaint.count("\n") == 1


def test_one_track_is_no_tracks(library, tmp_path, capsys):
    own = ["--catalogue", str(shutil.copy(library[0][1], tmp_path / "own.sqlite"))]
    (tmp_path / "one.csv").write_text("file,title\nlow,Deep Song\n", encoding="utf-8")
    assert main(["import-tags", str(tmp_path / "one.csv"), *own]) == 0
    assert capsys.readouterr().out == "1 track matched, 1 of them changed.\n"


def test_similar_takes_a_track_by_its_title(library, music, tmp_path, capsys):
    own = ["--catalogue", str(shutil.copy(library[0][1], tmp_path / "own.sqlite"))]
    titles = tmp_path / "titles.csv"
    titles.write_text("file,title\nlow,Deep Song\n", encoding="utf-8")
    assert main(["import-tags", str(titles), *own]) == 0
    capsys.readouterr()
    assert main(["similar", "Deep Song", "--json", *own, *NETWORK]) == 0
    found = json.loads(capsys.readouterr().out)
    assert str(music / "low.wav") not in [match["path"] for match in found]
    assert len(found) == 2


def test_similar_goes_on_without_an_unreadable_reference(answer, music):
    code, found, complaint = answer("similar", music / "broken.ogg", music / "low.wav", *NETWORK)
    assert (code, len(found)) == (0, 2)
    assert "broken.ogg is not a supported sound file" in complaint
    code, found, complaint = answer("similar", music / "nowhere.wav", *NETWORK)
    assert (code, found) == (1, None)
    assert "nowhere.wav is neither a file nor the name of a track" in complaint


def test_embed_writes_a_vector_for_each_readable_file(music, tmp_path):
    listed = tmp_path / "files.txt"
    listed.write_text(f"{music / 'low.wav'}\n{music / 'broken.ogg'}\n", encoding="utf-8")
    said = started("embed", music / "高い.wav", "--list", listed, "--output", tmp_path / "v.npz", "--jobs", 1, *NETWORK)
    assert said.returncode == 0
    with np.load(tmp_path / "v.npz") as stored:
        assert stored["ids"].tolist() == ["高い", "low"]
        np.testing.assert_allclose(np.linalg.norm(stored["vectors"], axis=1), 1, atol=1e-5)
    assert "broken.ogg" in said.stderr


@pytest.mark.parametrize(
    "words",
    [
        ["index"],
        ["list", "--tag", "genre"],
        ["embed", "x.wav"],
        ["embed", "--output", "x.npz"],
        ["spectrogram", "x.wav", "--output", "d", "--size", "huge"],
        ["similar", "x.wav", "--top", "0"],
        ["similar", "x.wav", "--start", "9", "--end", "3"],
        ["similar", "x.wav", "--per", "folder"],
        ["similar", "x.wav", "--at-most", "0"],
        ["--lang", "fr"],
        ["lst"],
        ["/no/such/folder"],
        ["embed", "x.wav", "--output", "x.txt"],
    ],
    ids=" ".join,
)
def test_wrong_use_exits_with_2(words, capsys):
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2
    assert capsys.readouterr().err


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(name, capsys):
    for run in (main, command_line.main):
        with pytest.raises(SystemExit) as ended:
            run([name, "--help"])
        assert ended.value.code == 0
        assert "--catalogue" in capsys.readouterr().out


def test_newer_catalogue_is_refused_in_one_sentence(tmp_path, capsys):
    with closing(sqlite3.connect(tmp_path / "c.sqlite")) as connection:
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    assert main(["list", "--catalogue", str(tmp_path / "c.sqlite")]) == 1
    assert "newer version" in capsys.readouterr().err


def test_unreadable_tag_list_fails_in_one_sentence(tmp_path, capsys):
    assert main(["import-tags", str(tmp_path / "no.csv"), "--catalogue", str(tmp_path / "c.sqlite")]) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_unknown_network_fails_in_one_sentence(tmp_path, capsys, music):
    assert main(["embed", str(music / "low.wav"), "--output", str(tmp_path / "x.npz"), "--network", "none"]) == 1
    assert "not one of the networks" in capsys.readouterr().err


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="asks Linux for the worker processes")
def test_killed_index_leaves_no_process_and_loses_nothing(music, tmp_path):
    folder = tmp_path / "music"
    folder.mkdir()
    for number in range(40):
        (folder / f"{number}.wav").symlink_to(music / "low.wav")
    words = ["index", str(folder), "--catalogue", str(tmp_path / "c.sqlite"), "--jobs", "2", *NETWORK]
    run = subprocess.Popen([sys.executable, "-m", "bgm_finder", *words], cwd=ROOT, stderr=subprocess.DEVNULL)
    done = until(lambda: analysed(tmp_path / "c.sqlite"))
    workers = Path(f"/proc/{run.pid}/task/{run.pid}/children").read_text().split()
    run.kill()
    run.wait()
    assert workers
    assert until(lambda: not any(is_running(worker) for worker in workers))
    with Catalogue(tmp_path / "c.sqlite") as catalogue:
        assert catalogue.integrity_complaints() == []
        assert len(catalogue.vectors.all(load_embedder("article").name)[0]) >= done
    assert started(*words).returncode == 0
    assert analysed(tmp_path / "c.sqlite") == 40


def until(happens, seconds=240.0):
    """Wait for something that another process does; return what it was."""
    ends_s = time.monotonic() + seconds
    while not (found := happens()) and time.monotonic() < ends_s:
        threading.Event().wait(0.02)
    return found


def analysed(path):
    with Catalogue(path) as catalogue:
        return len(catalogue.vectors.all(load_embedder("article").name)[0])


def is_running(process):
    try:
        return ") Z " not in Path(f"/proc/{process}/stat").read_text()
    except FileNotFoundError:
        return False


def test_without_a_display_the_window_is_explained():
    nothing = {name: "" for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
    said = started(**nothing)
    assert said.returncode == 1
    assert "there is no display" in said.stderr


def test_a_screen_that_does_not_answer_is_explained():
    said = started(DISPLAY=":4711", WAYLAND_DISPLAY="", QT_QPA_PLATFORM="")
    assert said.returncode == 1
    assert "no screen answers at DISPLAY=:4711" in said.stderr


def test_demo_without_a_display_lists_and_searches_in_the_terminal(tmp_path):
    nothing = {name: "" for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
    said = started("--demo", "--catalogue", tmp_path / "demo.sqlite", **nothing)
    assert said.returncode == 0, said.stderr
    tracks = [path for path in paths.resource("demo").iterdir() if path.suffix in (".ogg", ".opus")]
    assert f"{len(tracks)} of {len(tracks)} tracks" in said.stdout
    listed, found = said.stdout.split("Most like")
    assert all(path.stem in listed for path in tracks)
    assert len(found.strip().splitlines()) == 11


def test_json_stays_json_in_a_terminal_of_another_encoding(tmp_path):
    soundfile.write(tmp_path / "é😀.wav", np.zeros(22050), 22050)
    catalogue = ["--catalogue", tmp_path / "c.sqlite"]
    with Catalogue(catalogue[1]) as opened:
        opened.folders.add(tmp_path)
        opened.files.add([FoundFile(str(tmp_path / "é😀.wav"), 0, 0)])
    said = started("list", *catalogue, "--json", PYTHONIOENCODING="ascii")
    assert json.loads(said.stdout)[0]["path"].endswith("é😀.wav")


def test_vectors_that_cannot_be_written_cost_no_work(music, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("bgm_finder.cli.file_commands.embed_files", None)
    (tmp_path / "folder.npz").mkdir()
    for output in (tmp_path / "ghost" / "x.npz", tmp_path / "folder.npz"):
        assert main(["embed", str(music / "low.wav"), "--output", str(output)]) == 1
        assert capsys.readouterr().err.startswith(f"{output} cannot be used: ")


@pytest.mark.parametrize(
    ("command", "name"),
    [
        ("export-tags", "song.WAV"),
        ("export-tags", "c.sqlite"),
        ("export-shortlist", "song.mp3"),
        ("copy-catalogue", "song.mp4"),
    ],
)
def test_what_is_exported_takes_the_place_of_no_music_and_no_catalogue(library, tmp_path, command, name):
    (tmp_path / name).write_bytes(b"mine")
    with pytest.raises(SystemExit) as left:
        main([command, str(tmp_path / name), *library[0]])
    assert left.value.code == 2
    assert (tmp_path / name).read_bytes() == b"mine"


@pytest.mark.parametrize(
    ("command", "kept"), [("embed", "Stopped.\n"), ("spectrogram", "Stopped; what was done is kept.\n")]
)
def test_ctrl_c_promises_no_more_than_it_keeps(music, tmp_path, monkeypatch, capsys, command, kept):
    def press_ctrl_c(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(f"bgm_finder.cli.file_commands.{command}_files", press_ctrl_c, raising=False)
    monkeypatch.setattr("bgm_finder.cli.file_commands.draw_spectrograms", press_ctrl_c)
    assert main([command, str(music / "low.wav"), "--output", str(tmp_path / "x.npz")]) == 130
    assert capsys.readouterr().err == kept


def test_doctor_finds_a_network_whose_numbers_are_damaged(tmp_path, monkeypatch, capsys):
    weights = bytearray(paths.resource("weights/article.safetensors").read_bytes())
    weights[-1] ^= 255
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    own = paths.networks_folder() / "mine"
    own.mkdir(parents=True)
    (own / "mine.safetensors").write_bytes(weights)
    assert main(["doctor", "--catalogue", str(tmp_path / "c.sqlite")]) == 1
    assert "BAD network mine" in capsys.readouterr().out


def test_exports_go_through_pipes_and_links(library, tmp_path):
    pipe, link, real = tmp_path / "pipe", tmp_path / "link.csv", tmp_path / "real.csv"
    os.mkfifo(pipe)
    reading = threading.Thread(target=lambda: real.write_bytes(pipe.read_bytes()))
    reading.start()
    assert main(["export-tags", str(pipe), *library[0]]) == 0
    reading.join(10)
    assert pipe.is_fifo()
    assert real.read_text("utf-8-sig").startswith("file,")
    real.write_text("before")
    link.symlink_to(real)
    assert main(["export-tags", str(link), *library[0]]) == 0
    assert link.is_symlink()
    assert real.read_text("utf-8-sig").startswith("file,")


@pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="films are made by the ffmpeg program")
def test_another_sound_stream_of_a_film_can_be_named(library, tmp_path, capsys):
    options, _, _ = library
    film = write_film(tmp_path / "film.mkv", [Stream(110), Stream(466)])
    vectors = []
    for stream in ([], ["--stream", "1"], ["--stream", "2"]):
        assert main(["embed", str(film), "--output", str(tmp_path / "v.npz"), "--jobs", "1", *stream, *NETWORK]) == 0
        vectors.append(np.load(tmp_path / "v.npz")["vectors"][0])
    np.testing.assert_array_equal(vectors[0], vectors[1])
    assert float(vectors[0] @ vectors[2]) < 0.99
    capsys.readouterr()
    found = []
    for stream in ("1", "2"):
        assert main(["similar", str(film), "--stream", stream, "--json", *options, *NETWORK]) == 0
        found.append(Path(json.loads(capsys.readouterr().out)[0]["path"]).stem)
    assert found[0] == "low"
    assert found[1] != "low"
    for stream in ("1", "2"):
        folder = tmp_path / stream
        assert main(["spectrogram", str(film), "--stream", stream, "--output", str(folder), "--jobs", "1"]) == 0
    assert (tmp_path / "1" / "film.png").read_bytes() != (tmp_path / "2" / "film.png").read_bytes()


def with_broken_file(tmp_path, name, text):
    """Return a finished command of an installation in which a file of a library, or of ours, is another."""
    (tmp_path / "sitecustomize.py").write_text(
        "import sys, types\n"
        f"class Finder:\n    def find_spec(self, name, path=None, target=None):\n        if name == {name!r}: {text}\n"
        "sys.meta_path.insert(0, Finder())\n"
    )
    root = Path(__file__).resolve().parent.parent
    environment = {**os.environ, "PYTHONPATH": f"{tmp_path}{os.pathsep}{root}"}
    return lambda *words: subprocess.run(
        [sys.executable, "-m", "bgm_finder", *words], env=environment, capture_output=True, text=True
    )


def test_a_mistake_of_ours_is_not_told_as_a_broken_installation(tmp_path):
    mistake = "raise ImportError('cannot import name x', name='bgm_finder.track')"
    run = with_broken_file(tmp_path, "bgm_finder.catalogue.catalogue", mistake)
    ran = run("list")
    assert ran.returncode == 1
    assert "Traceback" in ran.stderr and "built on" not in ran.stderr


def test_a_library_that_is_missing_is_told_in_a_sentence(tmp_path):
    run = with_broken_file(tmp_path, "numpy", "raise ModuleNotFoundError('No module named numpy', name='numpy')")
    ran = run("list")
    assert (ran.returncode, ran.stderr.count("\n")) == (1, 1)
    assert "bgm-finder doctor" in ran.stderr


@pytest.mark.parametrize(
    ("missing", "told"), [("matplotlib", "pip install"), ("bgm_finder.training.charts", "Traceback")]
)
def test_only_what_the_training_extra_brings_is_told_as_missing(tmp_path, missing, told):
    run = with_broken_file(tmp_path, missing, f"raise ModuleNotFoundError({missing!r}, name={missing!r})")
    ran = run("train", "--help")
    assert ran.returncode == 1
    assert told in ran.stderr
    assert ("pip install" in ran.stderr) == (told == "pip install")


def test_an_unknown_option_is_told_with_the_usage_of_its_command(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["list", "--nope"])
    assert ended.value.code == 2
    told = capsys.readouterr().err
    assert told.startswith("usage: bgm-finder list ") and "unrecognized arguments: --nope" in told
