"""The train command learns a user's own tags, goes on where it was stopped, and leaves weights that the app can use."""

import csv
import json

import numpy as np
import pytest
import soundfile

from bgm_finder.similarity.embedder import Embedder
from bgm_finder.training import classifier, labelled, train

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
    figures = json.loads((output / "figures.json").read_text())
    assert figures["held_out"] == 4
    assert figures["learned_from"] == 20
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


def test_stopping_keeps_the_finished_epochs(library, tmp_path, monkeypatch, capsys):
    def press_ctrl_c(epoch, of):
        raise KeyboardInterrupt

    monkeypatch.setattr(train, "_tell", press_ctrl_c)
    assert train.main(words(library, tmp_path / "mine", 5)) == 0
    assert "goes on from here" in capsys.readouterr().out
    assert json.loads((tmp_path / "mine" / "figures.json").read_text())["epochs"] == 1


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
        for epochs in stops:
            trained = classifier.Classifier(2, tmp_path / name, epochs, seed=1)
            trained._epochs = 2
            trained.train(examples, examples, lambda epoch, of, last=epochs: stop_after(epoch, last))
        return trained.scores(examples.pictures).numpy()

    def stop_after(epoch, last):
        if epoch.number == last < 2:
            raise KeyboardInterrupt

    whole = scores("whole", [2])
    with pytest.raises(KeyboardInterrupt):
        scores("broken", [1])
    np.testing.assert_allclose(scores("broken", [2]), whole, atol=1e-5)
