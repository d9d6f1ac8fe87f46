"""A network that only turns the vectors of the one before takes over what a library holds of that."""

from functools import partial

import numpy as np
import pytest
import torch
from made_sounds import tone
from safetensors.torch import load_file

from bgm_finder import paths
from bgm_finder.catalogue.analyses import Reading, Whole
from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.catalogue.in_memory.columns import ANALYSED
from bgm_finder.catalogue.moves import FoundFile
from bgm_finder.catalogue.sections import TrackSections
from bgm_finder.jobs.job import Cancelled, Job
from bgm_finder.settings import Settings
from bgm_finder.similarity import network, patches
from bgm_finder.similarity.embedder import Embedder
from bgm_finder.similarity.weights_file import WeightsFacts
from bgm_finder.training.export import write_weights
from bgm_finder.workflows.index_folder import IndexOptions, index
from bgm_finder.workflows.open_library import Opening
from bgm_finder.workflows.turn_vectors import turn_vectors

BEFORE, AFTER = "before", "after"


def unit(vectors):
    return vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)


@pytest.fixture(scope="module")
def networks(tmp_path_factory):
    """The default network without any turn, and the same with one: weights files."""
    folder = tmp_path_factory.mktemp("networks")
    held = load_file(paths.resource("weights") / "default.safetensors")
    numbers = {name: values for name, values in held.items() if name != "turn.weight"}
    turned = network.Ear(4)
    turned.load_state_dict({name: values.float() for name, values in numbers.items()})
    facts = partial(WeightsFacts, kind="ear", input_spec=patches.EAR, dimensions=128, classes=tuple("abcd"))
    plain = folder / "before.safetensors"
    write_weights(plain, turned, facts(name=BEFORE))
    with torch.no_grad():
        turned.turn.weight += 0.3 * torch.randn(128, 128, generator=torch.Generator().manual_seed(1))
    write_weights(folder / "after.safetensors", turned, facts(name=AFTER, turned_from=BEFORE))
    return plain, folder / "after.safetensors"


@pytest.fixture
def heard():
    """Vectors of five tracks, the last one silent, and of three sections each."""
    rng = np.random.default_rng(0)
    vectors = unit(rng.normal(size=(5, 128))).astype(np.float32)
    vectors[4] = 0
    return vectors, unit(rng.normal(size=(5, 3, 128))).astype(np.float32)


@pytest.fixture
def catalogue(tmp_path, heard):
    path = tmp_path / "catalogue.sqlite"
    with Catalogue(path) as opened:
        opened.folders.add(tmp_path)
        ids = opened.files.add([FoundFile(f"{tmp_path}/{n}.wav", 1, 1) for n in range(5)])
        for track_id, vector, sections in zip(ids, *heard, strict=True):
            opened.analyses.store_windows(track_id, Reading(b"x", 20.0, 44_100, 2), BEFORE, vector)
            whole = Whole(b"p", b"o", None, None, TrackSections(sections, 6.4, 6.4, 19.2))
            opened.analyses.store_whole(track_id, BEFORE, whole)
    return path


def test_the_turn_of_a_vector_is_what_the_turned_network_hears(networks):
    before, after = map(Embedder, networks)
    windows = [tone(hz, 4, length_s=6.4) for hz in (220, 660)]
    for way in (lambda ear: ear.embed(windows), lambda ear: ear.embed_each(windows)):
        np.testing.assert_allclose(unit(way(before) @ after.turn().T), way(after), atol=2e-3)
        assert np.abs(way(after) - way(before)).max() > 0.02


def test_a_library_is_turned_when_it_is_opened_and_nothing_waits_to_be_heard(networks, catalogue, heard):
    opening = Opening(catalogue, Settings(network=str(networks[1])))
    columns = opening.take_columns().result(10)
    opening.close()
    assert (columns.states & ANALYSED).all()
    options = IndexOptions(str(networks[1]), full=True, scans=False)
    index(Job(), catalogue, [], lambda: pytest.fail("nothing is to be heard"), options)
    turn = Embedder(networks[1]).turn()
    with Catalogue(catalogue) as opened:
        ids, vectors = opened.vectors.all(AFTER)
        assert len(ids) == 5
        assert opened.vectors.count(BEFORE) == opened.sections.count(BEFORE) == 0
        assert not opened.analyses.waiting_for_vectors(AFTER)
        assert not opened.analyses.waiting_for_whole(AFTER)
        table = opened.sections.table(AFTER, 128)
    assert (vectors[:4] * unit(heard[0][:4] @ turn.T)).sum(axis=1).min() > 0.99999
    assert not vectors[4].any()
    expected = unit(heard[1].reshape(-1, 128) @ turn.T)
    assert (unit(table.numbers.astype(float)) * expected).sum(axis=1).min() > 0.999
    assert table.section(1, 2).end_s == pytest.approx(19.2)


def test_a_stopped_turn_goes_on_and_keeps_what_was_heard_anew(networks, catalogue, heard):
    new = Embedder(networks[1])
    job = Job()
    job.cancel()
    fresh = unit(np.ones(128, np.float32))
    with Catalogue(catalogue) as opened:
        (first, *_) = opened.vectors.all(BEFORE)[0].tolist()
        opened.analyses.store_windows(first, Reading(b"x", 20.0, 44_100, 2), AFTER, fresh)
    with pytest.raises(Cancelled):
        turn_vectors(job, catalogue, new)
    with Catalogue(catalogue) as opened:
        assert opened.sections.count(BEFORE) == 5
        stamp = opened.sections.stamp(), opened.changes.stamp()
    turn_vectors(Job(), catalogue, new)
    with Catalogue(catalogue) as opened:
        assert opened.sections.count(AFTER) == opened.vectors.count(AFTER) == 5
        np.testing.assert_allclose(opened.vectors.of(AFTER, [first])[1][0], fresh, atol=1e-3)
        assert opened.sections.stamp() != stamp[0]
        stamp = opened.sections.stamp(), opened.changes.stamp()
    turn_vectors(Job(), catalogue, new)
    with Catalogue(catalogue) as opened:
        assert (opened.sections.stamp(), opened.changes.stamp()) == stamp


def test_other_networks_leave_the_library_as_it_is(networks, catalogue):
    turn_vectors(Job(), catalogue, Embedder(networks[0]))
    turn_vectors(Job(), catalogue, Embedder(paths.resource("weights") / "article.safetensors"))
    with Catalogue(catalogue) as opened:
        assert opened.vectors.count(BEFORE) == opened.sections.count(BEFORE) == 5
