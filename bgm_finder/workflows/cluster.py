"""A Dask cluster where else worker processes of this computer stand; only results travel back.

Dask runs whatever code it is sent: a cluster is reached over TLS, or on this computer itself, and in no other way.
"""

import socket
import threading
import time
from asyncio import run_coroutine_threadsafe
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor, Future
from ipaddress import ip_address
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from bgm_finder.reasons import FileError, Reason, RefusalError, Unreadable
from bgm_finder.similarity.embedder import load_embedder
from bgm_finder.workflows.analyse import worker_embedder

Result = TypeVar("Result")

_USUAL_PORT = 8786
_TIMEOUT_S = 20.0
"""How long a scheduler may take to answer."""
_COUNT_EVERY_S = 5.0
"""How often it is asked for workers that came or went."""
_one_file = threading.Lock()
"""A worker process with several threads takes one file after the other all the same, as ours do."""


class ClusterUnusable(RefusalError):  # noqa: N818 - named for what happened
    """A cluster that cannot be used, and why."""

    kind = "cluster"


class Cluster(Executor):
    """The workers of a Dask scheduler; keeps to what each_file wants of worker processes."""

    def __init__(self, address: str, network: str) -> None:
        """address: tls://HOST:PORT, or one on this computer; network: by name, or a file that all workers see.

        Raises ClusterUnusable.
        """
        self._client = _connected(safe_address(address))
        self._network, self._network_name = network, load_embedder(network).name
        self._at_once = 0
        self._counted_s = -_COUNT_EVERY_S

    @property
    def at_once(self) -> int:
        """How many files keep all workers busy, as far as is known."""
        if time.monotonic() - self._counted_s >= _COUNT_EVERY_S:
            self._at_once = 2 * max(1, len(self._client.nthreads()))
            self._counted_s = time.monotonic()
        return self._at_once

    def submit(self, work: Callable[..., Result], /, *paths: Any, **named: Any) -> Future[Result]:
        """Let a worker do work on the one path; work and its result must be picklable."""
        task = self._client.submit(_do, work, *paths, self._network, self._network_name, pure=False)
        return run_coroutine_threadsafe(_outcome(task, *paths), self._client.loop.asyncio_loop)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Leave the cluster, which forgets what was asked of it; its workers go on living."""
        self._client.close()


def safe_address(address: str) -> str:
    """Return an address that may be used; raises ClusterUnusable."""
    full = address if "://" in address else f"tcp://{address}"
    parts = urlsplit(full)
    if parts.scheme == "tls" or (parts.scheme == "tcp" and _is_here(parts.hostname or "")):
        return full
    raise ClusterUnusable(Reason.CLUSTER_NOT_SAFE, address=address)


def _is_here(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:  # a name, which anyone's name server may turn into anything
        return False


def _connected(address: str) -> Any:
    try:
        from distributed import Client
        from distributed.security import Security
    except ImportError:
        raise ClusterUnusable(Reason.CLUSTER_NO_PACKAGE) from None
    is_encrypted = address.startswith("tls:")
    safety = Security(require_encryption=is_encrypted)
    if is_encrypted and safety.get_connection_args("client").get("ssl_context") is None:
        raise ClusterUnusable(Reason.CLUSTER_NO_CERTIFICATE)
    parts = urlsplit(address)
    try:
        socket.create_connection((parts.hostname, parts.port or _USUAL_PORT), _TIMEOUT_S).close()
        return Client(address, security=safety, timeout=_TIMEOUT_S, set_as_default=False)
    except (OSError, ValueError) as error:
        raise ClusterUnusable(Reason.CLUSTER_NO_ANSWER, address=address, error=error) from error


class _NotSeen(FileError):  # noqa: N818 - named for what happened
    """A worker does not see a file."""


def _do(work: Callable[[Path], Result], path: Path, network: str, network_name: str) -> Result:
    """Run in a worker: the work, where this worker would do the same as ours here."""
    with _one_file:
        here = socket.gethostname()
        if worker_embedder(network).name != network_name:
            raise ClusterUnusable(Reason.CLUSTER_OTHER_NETWORK, host=here, network=network, name=network_name)
        if not path.exists():
            raise _NotSeen(path, Reason.CLUSTER_FILE_NOT_SEEN, host=here, file=path)
        return work(path)


async def _outcome(task: Any, path: Path) -> Any:
    """Wait in the client's own thread; a file whose workers end again and again is each_file's to judge."""
    try:
        return await task
    except _NotSeen as error:
        if not path.exists():
            raise Unreadable(path, Reason.VANISHED) from None
        raise ClusterUnusable(error.reason, **error.refusal.facts) from None
    except Exception as error:
        if type(error).__name__ == "KilledWorker":
            raise BrokenExecutor("the workers that had the file ended") from error
        raise
