"""A real Dask cluster on this computer: files go out, results come back, and a lost worker loses nothing."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections import Counter
from functools import partial
from pathlib import Path

import pytest
import soundfile
from made_sounds import NETWORK, RATE_HZ, noise, tone

from bgm_finder.catalogue.catalogue import Catalogue
from bgm_finder.catalogue.in_memory.columns import ANALYSED
from bgm_finder.cli import main
from bgm_finder.jobs.each_file import each_file
from bgm_finder.jobs.job import Job
from bgm_finder.reasons import Reason
from bgm_finder.similarity.embedder import load_embedder
from bgm_finder.workflows.cluster import Cluster, ClusterUnusable
from bgm_finder.workflows.index_folder import IndexOptions, index

distributed = pytest.importorskip("distributed", reason="the extra 'cluster' is not installed")
config = pytest.importorskip("dask.config", reason="the extra 'cluster' is not installed")

PATIENCE_S = 120
FAR_DESCRIPTOR = 900
"""A number that no worker has a file open under."""


class Dask:
    """A scheduler and its workers, each a process that this test started."""

    def __init__(self, folder, protocol="tcp", secrets=()):
        self._secrets = secrets
        self._log = (folder / "dask.log").open("w")
        self._processes = []
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"{protocol}://127.0.0.1:{port}"
        self._start("scheduler", "--protocol", protocol, "--host", "127.0.0.1", "--port", str(port))

    def start_workers(self, count):
        """Return so many more workers, once all of them are known."""
        started = [self._start("worker", self.address, "--nthreads", "1", "--no-nanny") for _ in range(count)]
        alive = sum(process.poll() is None for process in self._processes) - 1
        with distributed.Client(self.address, timeout=PATIENCE_S, set_as_default=False) as client:
            client.wait_for_workers(alive, timeout=PATIENCE_S)
        return started

    def close(self):
        for process in self._processes:
            process.kill()
        for process in self._processes:
            process.wait()
        self._log.close()

    def _start(self, *words):
        here = os.pathsep.join([str(Path(__file__).parent), str(Path(__file__).parents[2])])
        environment = {**os.environ, "PYTHONPATH": here}
        command = [sys.executable, "-m", "dask", *words, *self._secrets, "--no-dashboard"]
        self._processes.append(subprocess.Popen(command, env=environment, stdout=self._log, stderr=self._log))
        return self._processes[-1]


@pytest.fixture(scope="module")
def dask(tmp_path_factory):
    cluster = Dask(tmp_path_factory.mktemp("dask"))
    yield cluster
    cluster.close()


@pytest.fixture(scope="module")
def make_cluster(dask):
    dask.start_workers(2)
    return partial(Cluster, dask.address, NETWORK)


def held_the_first_time(path):
    """Tells the test which process has the file "held", and holds it until that process is killed."""
    if path.name != "held":
        return path.name
    told = path.with_name("who")
    if not told.exists():
        return "again"
    with told.open("w") as to_test:
        to_test.write(str(os.getpid()))
    threading.Event().wait()
    return "never"


def test_lost_workers_files_are_done_again_and_none_twice(dask, make_cluster, tmp_path):
    for name in ["held", *"abcdefgh"]:
        (tmp_path / name).touch()
    os.mkfifo(tmp_path / "who")

    def kill_the_holder():
        with (tmp_path / "who").open() as said:
            holder = int(said.read())
        (tmp_path / "who").unlink()
        os.kill(holder, signal.SIGKILL)

    killer = threading.Thread(target=kill_the_holder)
    killer.start()
    files = [(name, tmp_path / name) for name in ["held", *"abcdefgh"]]
    found = [(key, result) for key, _, result in each_file(Job(), make_cluster, held_the_first_time, files)]
    killer.join()
    assert sorted(found) == [*((name, name) for name in "abcdefgh"), ("held", "again")]
    dask.start_workers(1)


def test_catalogue_is_filled_though_a_worker_ends(dask, make_cluster, tmp_path):
    music = tmp_path / "music"
    music.mkdir()
    for number in range(10):
        soundfile.write(music / f"{number}.wav", tone(200 + 20 * number) if number % 2 else noise(number), RATE_HZ)
    (music / "broken.ogg").write_bytes(b"nothing that sounds")
    (lost,) = dask.start_workers(1)
    analysed = Counter()

    def end_one(ids):
        if len(ids) == 1:  # analysed, not merely listed
            analysed.update(ids)
            lost.kill()

    report = index(Job(), tmp_path / "c.sqlite", [music], make_cluster, IndexOptions(NETWORK, on_event=end_one))
    assert (report.added, report.readable) == (11, 10)
    assert [path.name for path, _ in report.unreadable] == ["broken.ogg"]
    assert set(analysed.values()) == {1}
    with Catalogue(tmp_path / "c.sqlite") as opened:
        states = opened.columns(load_embedder(NETWORK).name).states
    assert sum(states & ANALYSED > 0) == 10


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="needs a path that only one process sees")
def test_worker_that_does_not_see_the_library_stops_the_run_instead_of_blaming_files(make_cluster, tmp_path):
    with (tmp_path / "a").open("w") as file:
        os.dup2(file.fileno(), FAR_DESCRIPTOR)
    with make_cluster() as cluster, pytest.raises(ClusterUnusable, match=Reason.CLUSTER_FILE_NOT_SEEN):
        cluster.submit(str, Path(f"/proc/self/fd/{FAR_DESCRIPTOR}")).result()
    os.close(FAR_DESCRIPTOR)


def test_file_that_went_away_is_only_that_file(make_cluster, tmp_path):
    ((_, _, found),) = each_file(Job(), make_cluster, held_the_first_time, [(1, tmp_path / "gone")])
    assert found.reason == Reason.VANISHED


def test_worker_with_another_network_stops_the_run(dask, make_cluster, tmp_path):
    (tmp_path / "a").touch()

    class OtherNetwork(Cluster):
        def __init__(self):
            super().__init__(dask.address, NETWORK)
            self._network_name = "another"

    with pytest.raises(ClusterUnusable, match=Reason.CLUSTER_OTHER_NETWORK):
        list(each_file(Job(), OtherNetwork, held_the_first_time, [(1, tmp_path / "a")]))


@pytest.mark.parametrize(
    "address", ["tcp://10.0.0.1:8786", "10.0.0.1:8786", "tcp://cluster.example:8786", "ucx://127.0.0.1:1"]
)
def test_address_that_anyone_could_listen_to_is_refused(address):
    with pytest.raises(ClusterUnusable, match=Reason.CLUSTER_NOT_SAFE):
        Cluster(address, NETWORK)


def test_command_refuses_such_an_address_before_it_scans(tmp_path, capsys):
    catalogue = tmp_path / "c.sqlite"
    assert main(["index", str(tmp_path), "--cluster", "10.0.0.1:8786", "--catalogue", str(catalogue)]) == 1
    assert "TLS" in capsys.readouterr().err
    assert not catalogue.exists()


def test_command_has_the_cluster_work(dask, make_cluster, tmp_path, capsys):
    soundfile.write(tmp_path / "a.wav", tone(220), RATE_HZ)
    words = ["--cluster", dask.address, "--network", NETWORK, "--catalogue", str(tmp_path / "c.sqlite"), "--json"]
    assert main(["index", str(tmp_path), *words]) == 0
    assert json.loads(capsys.readouterr().out)["added"] == 1


@pytest.fixture
def certificate(tmp_path):
    """A certificate and its key, both for the scheduler and for those who come to it."""
    if shutil.which("openssl") is None:
        pytest.skip("there is no openssl to make a certificate with")
    cert, key = str(tmp_path / "cert.pem"), str(tmp_path / "key.pem")
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"]
    made = ["-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", cert, "-days", "2", *names]
    subprocess.run(["openssl", "req", "-x509", *made], check=True, capture_output=True)
    client = {"client.cert": cert, "client.key": key}
    with config.set({f"distributed.comm.tls.{name}": path for name, path in {"ca-file": cert, **client}.items()}):
        yield cert, key


def test_cluster_is_reached_over_tls_with_a_certificate_only(certificate, tmp_path):
    cert, key = certificate
    secrets = ["--tls-ca-file", cert, "--tls-cert", cert, "--tls-key", key]
    encrypted = Dask(tmp_path, "tls", secrets)
    try:
        encrypted.start_workers(1)
        (tmp_path / "held").touch()
        files = [(1, tmp_path / "held")]
        found = list(each_file(Job(), partial(Cluster, encrypted.address, NETWORK), held_the_first_time, files))
        assert [result for _, _, result in found] == ["again"]
        with (
            config.set({"distributed.comm.tls.client.cert": None}),
            pytest.raises(ClusterUnusable, match=Reason.CLUSTER_NO_CERTIFICATE),
        ):
            Cluster(encrypted.address, NETWORK)
    finally:
        encrypted.close()


def test_scheduler_that_does_not_answer_is_explained():
    with pytest.raises(ClusterUnusable, match=Reason.CLUSTER_NO_ANSWER):
        Cluster("tcp://127.0.0.1:1", NETWORK)


def test_tls_without_a_certificate_is_explained():
    with pytest.raises(ClusterUnusable, match=Reason.CLUSTER_NO_CERTIFICATE):
        Cluster("tls://127.0.0.1:1", NETWORK)
