"""The train command learns a user's own tags, goes on where it was stopped, and leaves weights that the app can use."""

import csv
import io
import json
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile

from bgm_finder.cli import main
from bgm_finder.similarity.embedder import Embedder
from bgm_finder.training import charts, classifier, evaluate, labelled, train

RATE_HZ = 8000


def write_sound(path, label, seed):
    """A buzz or a beep: nothing that needs long learning."""
    rng = np.random.default_rng(seed)
    t = np.arange(2 * RATE_HZ) / RATE_HZ
    hz = rng.uniform(100, 200) if label == "buzz" else rng.uniform(1500, 3000)
    tone = np.sign(np.sin(2 * np.pi * hz * t)) if label == "buzz" else np.sin(2 * np.pi * hz * t)
    soundfile.write(path, (0.2 * tone + 0.01 * rng.normal(size=len(t))).astype(np.float32), RATE_HZ)


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    folder = tmp_path_factory.mktemp("library")
    rows = []
    for number in range(24):
        label = ("buzz", "beep")[number % 2]
        write_sound(folder / f"{label}{number}.wav", label, number)
        rows.append({"file": f"{label}{number}", "instrument": label})
    rows += [{"file": "nowhere", "instrument": "buzz"}, {"file": "beep1", "instrument": ""}]
    with (folder / "tags.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, ["file", "instrument"])
        writer.writeheader()
        writer.writerows(rows)
    return folder


def words(library, output, epochs):
    own = ["--name", "mine", "--output", str(output)]
    return ["--tags", str(library / "tags.csv"), str(library), *own, "--epochs", str(epochs)]


def test_own_tags_are_learned_and_the_weights_work(library, tmp_path, capsys):
    output = tmp_path / "mine"
    assert train.main(words(library, output, 3)) == 0
    said = capsys.readouterr()
    assert "nowhere: is not in the folders" in said.err
    assert "epoch 3 of 3" in said.out
    metrics = json.loads((output / "metrics.json").read_text())
    assert metrics["held_out"] == 4
    assert metrics["learned_from"] == 20
    assert {"learning_curve.png", "confusion_matrix.png"} <= {path.name for path in output.iterdir()}
    network = Embedder(output / "mine.safetensors")
    assert network.name.startswith("mine-")
    assert network.classes == ("beep", "buzz")
    samples, _ = soundfile.read(library / "buzz0.wav", dtype="float32")
    assert sum(network.instruments([samples]).values()) == pytest.approx(1.0, abs=1e-5)

    assert train.main(words(library, output, 4)) == 0
    said = capsys.readouterr().out
    assert "epoch 4 of 4" in said
    assert "epoch 3 of" not in said


def test_stopping_keeps_the_finished_epochs(library, tmp_path, monkeypatch):
    class CtrlC(io.StringIO):
        """A terminal whose user presses Ctrl+C when the first epoch is shown."""

        def write(self, text):
            if text.startswith("epoch "):
                raise KeyboardInterrupt
            return super().write(text)

    shown = CtrlC()
    monkeypatch.setattr(sys, "stdout", shown)
    assert train.main(words(library, tmp_path / "mine", 5)) == 130
    assert "goes on from here" in shown.getvalue()
    assert json.loads((tmp_path / "mine" / "metrics.json").read_text())["epochs"] == 1


def test_a_list_that_names_no_files_is_refused(tmp_path, capsys):
    (tmp_path / "tags.csv").write_text("title\nx\n")
    assert train.main(words(tmp_path, tmp_path / "out", 1)) == 1
    assert "tags.csv" in capsys.readouterr().err


def test_a_tag_on_few_tracks_is_left_out_and_named(library, tmp_path):
    (tmp_path / "tags.csv").write_text("file,instrument\nbuzz0,rare\n")
    gathered = labelled.from_tag_list(tmp_path / "tags.csv", [library], "instrument")
    assert gathered.tracks == []
    assert gathered.complaints == ["rare: only 1 tracks, 5 are needed"]


def test_a_split_holds_out_some_of_every_label():
    kept, held = labelled.split(["a"] * 20 + ["b"] * 5, 0.2, seed=0)
    assert sorted(kept + held) == list(range(25))
    assert len([n for n in held if n < 20]) == 4
    assert len([n for n in held if n >= 20]) == 1


def test_a_resumed_training_ends_where_an_unbroken_one_does(tmp_path):
    rng = np.random.default_rng(0)
    examples = classifier.Examples(rng.integers(0, 256, (4, 224, 224)).astype(np.uint8), np.array([0, 1, 0, 1]))

    def scores(name, stops):
        for last in stops:
            trained = classifier.Classifier(2, tmp_path / name, 2, seed=1)
            trained.train(examples, examples, lambda epoch, of, last=last: stop_after(epoch, last))
        return trained.scores(examples.pictures).numpy()

    def stop_after(epoch, last):
        if epoch.number == last < 2:
            raise KeyboardInterrupt

    whole = scores("whole", [2])
    with pytest.raises(KeyboardInterrupt):
        scores("broken", [1])
    np.testing.assert_allclose(scores("broken", [2]), whole, atol=1e-5)


def test_other_tags_do_not_go_on_from_a_training_nor_replace_it_unasked(library, tmp_path, capsys):
    output = tmp_path / "mine"
    assert train.main(words(library, output, 1)) == 0
    trained = (output / "mine.safetensors").read_bytes()
    listed = (library / "tags.csv").read_text()
    turned = tmp_path / "turned.csv"  # as many tags, on other tracks
    turned.write_text(
        "\n".join(
            line.replace(",buzz", ",beep") if number % 4 else line.replace(",beep", ",buzz")
            for number, line in enumerate(listed.splitlines())
        )
    )
    others = ["--tags", str(turned), *words(library, output, 1)[2:]]
    capsys.readouterr()
    assert train.main(others) == 1
    assert "belongs to a training on other tracks, tags or options: --anew replaces it" in capsys.readouterr().err
    assert (output / "mine.safetensors").read_bytes() == trained
    assert train.main([*others, "--anew"]) == 0
    assert (output / "mine.safetensors").read_bytes() != trained


def test_a_damaged_checkpoint_is_told(library, tmp_path, capsys):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "checkpoint.pt").write_bytes(b"no checkpoint")
    assert train.main(words(library, tmp_path / "mine", 1)) == 1
    assert "checkpoint.pt is damaged: --anew replaces it" in capsys.readouterr().err


def test_a_list_of_whole_paths_fits_a_folder_that_is_named_from_here(library, tmp_path, monkeypatch):
    (tmp_path / "tags.csv").write_text(
        "".join(["file,instrument\n", *(f"{library}/beep{n}.wav,a\n" for n in (1, 3, 5, 7, 9))])
    )
    monkeypatch.chdir(library.parent)
    gathered = labelled.from_tag_list(tmp_path / "tags.csv", [Path(library.name)], "instrument")
    assert len(gathered.tracks) == 5
    assert gathered.complaints == []


def test_what_cannot_be_learned_of_a_list_is_told(library, tmp_path):
    (tmp_path / "tags.csv").write_text('file,mood\nbuzz0,"calm,dark"\nbeep1,calm\n')
    told = labelled.from_tag_list(tmp_path / "tags.csv", [library], "mood").complaints
    assert "1 tracks with several tags of mood are passed over: only one can be learned" in told
    told = labelled.from_tag_list(tmp_path / "tags.csv", [library], "instrument").complaints
    assert told == [f"{tmp_path / 'tags.csv'} has no column instrument; it has mood"]


def test_a_tag_whose_tracks_cannot_be_read_is_left_out_and_named(library, tmp_path, capsys):
    lines = (library / "tags.csv").read_text()
    for number in range(6):
        (tmp_path / f"gone{number}.wav").write_bytes(b"")
        lines += f"gone{number},silence\n"
    write_sound(tmp_path / "gone0.wav", "beep", 0)
    (tmp_path / "tags.csv").write_text(lines)
    asked = words(library, tmp_path / "mine", 1)
    assert train.main(["--tags", str(tmp_path / "tags.csv"), str(tmp_path), *asked[2:]]) == 0
    assert "silence: only 1 tracks, 5 are needed" in capsys.readouterr().err
    assert "silence" not in Embedder(tmp_path / "mine" / "mine.safetensors").classes


def test_half_a_picture_on_a_full_disk_is_not_kept(library, tmp_path, monkeypatch):
    def half(file, picture):
        file.write(b"half")
        raise OSError(28, "No space left on device")

    tracks = [labelled.Labelled(library / "buzz0.wav", "buzz")]
    monkeypatch.setattr(labelled.np, "save", half)
    with pytest.raises(OSError, match="No space"):
        labelled.first_seconds(tracks, train.INPUTS["mel"], tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "wrong",
    [
        ["--name", "a/b"],
        ["--name", ""],
        ["--name", "default"],
        ["--epochs", "0"],
        ["--seed", "-1"],
        ["--hold-out-fonts", "1"],
        ["--hold-out-fonts", "99"],
    ],
)
def test_requests_that_cannot_be_met_are_refused_before_any_work(library, tmp_path, wrong):
    with pytest.raises(SystemExit) as left:
        train.main([*words(library, tmp_path / "mine", 1), *wrong])
    assert left.value.code == 2
    assert list(tmp_path.iterdir()) == []


def test_folders_that_are_not_there_are_told(library, tmp_path, capsys):
    asked = words(library, tmp_path / "mine", 1)
    assert train.main([*asked[:2], str(tmp_path / "typo"), *asked[3:]]) == 1
    assert "typo is not a folder" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        train.main([*asked[:2], *asked[3:]])


def test_an_output_that_cannot_be_made_is_one_sentence(library, tmp_path, capsys):
    (tmp_path / "file").touch()
    assert main(["train", *words(library, tmp_path / "file", 1)]) == 1
    told = capsys.readouterr().err.splitlines()[-1]
    assert told.startswith(f"{tmp_path / 'file'}") and told.count("cannot be used") == 1


@pytest.mark.parametrize("name", ["costs $x_{$ a lot", "ピアノ", "😀" * 300, "בס"])
def test_any_tag_can_stand_in_the_confusion_matrix(tmp_path, name):
    charts.confusion_matrix(np.eye(2, dtype=np.int64), [name, "b"], tmp_path / "m.png")
    assert [path.name for path in tmp_path.iterdir()] == ["m.png"]


def test_very_many_tags_still_make_a_picture(tmp_path, monkeypatch):
    monkeypatch.setattr(charts, "_MOST_INCHES", 2.0)
    charts.confusion_matrix(np.eye(30, dtype=np.int64), [f"{n}" for n in range(30)], tmp_path / "m.png")


def test_evaluate_says_what_it_cannot_measure(tmp_path, capsys):
    (tmp_path / "x.npz").write_bytes(b"id,f0\n")
    (tmp_path / "labels.jsonl").touch()
    assert evaluate.main([str(tmp_path / "x.npz"), "--bench", str(tmp_path)]) == 1
    assert "is not what bgm-finder embed writes" in capsys.readouterr().err
    assert evaluate.main(["--corpus", str(tmp_path)]) == 1
    assert "holds no piece to measure on" in capsys.readouterr().err


def test_evaluate_refuses_a_network_of_other_tags(library, tmp_path, capsys):
    assert train.main(words(library, tmp_path / "mine", 1)) == 0
    piece = {"file": "x.wav", "main_instrument": "piano", "main_fonts": []}
    (tmp_path / "x.wav").touch()
    (tmp_path / "labels.jsonl").write_text(json.dumps(piece) + "\n")
    network = str(tmp_path / "mine" / "mine.safetensors")
    assert evaluate.main(["--corpus", str(tmp_path), "--network", network]) == 1
    assert "does not tell piano: it learned other tags" in capsys.readouterr().err
