"""One window per user and catalogue: a second start hands its folders to the window that is open, and ends.

The window listens at a local socket (a named pipe on Windows) that only its user can reach. A stale socket is nobody's:
what is listened at follows the catalogue's lock, which ends with its process.
"""

import getpass
import hashlib
import json
import logging
import os
import stat
import sys
import time
import warnings
from pathlib import Path

import platformdirs
from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_log = logging.getLogger(__name__)

_ANSWER_MS = 2_000
"""A window that is starting up or busy gets so long to answer; then it counts as hanging."""
_TRY_AGAIN_S = 0.05
_TOKEN = "XDG_ACTIVATION_TOKEN"
"""The desktop's permission to raise a window, which the second start was given."""
_TAKEN = "taken"
_LONGEST_REQUEST = 1 << 20


class WindowRequests(QObject):
    """The requests of later starts; a window that hangs answers none, and is sent nothing to do later."""

    requested = Signal(list, str)
    """The folders and files, as Path, and the token that lets the window be raised."""

    def __init__(self, catalogue: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._catalogue = catalogue
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)

    def listen(self) -> None:
        """Begin to listen; whoever calls has the right to change the catalogue."""
        try:
            name = _server_name(self._catalogue)
        except OSError as error:
            _log.warning("later starts cannot reach this window: %s", error.strerror)
            return
        if _connected(name, 0) is None:
            QLocalServer.removeServer(name)  # of a process that was killed
            if not self._server.listen(name):
                _log.warning("later starts cannot reach this window: %s", self._server.errorString())

    def close(self) -> None:
        self._server.close()

    def _on_connection(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.readyRead.connect(lambda socket=socket: self._on_data(socket))
            socket.disconnected.connect(socket.deleteLater)
            _send(socket, str(os.getpid()))

    def _on_data(self, socket: QLocalSocket) -> None:
        if socket.bytesAvailable() > _LONGEST_REQUEST:
            socket.abort()
        if not socket.canReadLine():
            return
        request = _parsed(bytes(socket.readLine().data()))
        if request is None:
            socket.abort()
            return
        _send(socket, _TAKEN)
        self.requested.emit(*request)


def request_window(catalogue: Path, paths: list[Path], may_wait: bool) -> int | None:
    """Hand folders and files to the open window on this catalogue; return its process id, None if none answers.

    may_wait: whether a window is known to be there, so that it is worth waiting for one that is starting up.
    """
    deadline = time.monotonic() + _ANSWER_MS / 1000
    try:
        socket = _connected(_server_name(catalogue), deadline if may_wait else 0)
    except OSError:
        return None
    if socket is None:
        return None
    process = _line(socket, deadline)
    if process.isdigit():
        request = {"paths": [str(path) for path in paths], "token": os.environ.get(_TOKEN, "")}
        _send(socket, json.dumps(request))
        if _line(socket, deadline) == _TAKEN:
            return int(process)
    socket.abort()
    return None


def _send(socket: QLocalSocket, line: str) -> None:
    socket.write(line.encode("ascii") + b"\n")
    socket.flush()


def _line(socket: QLocalSocket, deadline: float) -> str:
    """Return the next line, empty where none comes until the deadline."""
    while not socket.canReadLine():
        left_ms = round(1000 * (deadline - time.monotonic()))
        if left_ms <= 0 or not socket.waitForReadyRead(left_ms):
            return ""
    return bytes(socket.readLine().data()).decode("ascii", "replace").strip()


def _connected(name: str, deadline: float) -> QLocalSocket | None:
    """Return a connection, tried until the deadline, at least once."""
    while True:
        socket = QLocalSocket()
        socket.connectToServer(name)
        if socket.waitForConnected(_ANSWER_MS):
            return socket
        if time.monotonic() >= deadline:
            return None
        time.sleep(_TRY_AGAIN_S)


def _server_name(catalogue: Path) -> str:
    """Return the socket's path, in a folder that is this user's alone; raises OSError where there can be none."""
    mark = hashlib.blake2b(os.fsencode(os.path.realpath(catalogue)), digest_size=8).hexdigest()
    if sys.platform == "win32":
        return f"bgm-finder-{getpass.getuser()}-{mark}"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that no XDG_RUNTIME_DIR is set, which is no news to the user
        folder = Path(platformdirs.user_runtime_dir("bgm-finder", appauthor=False))
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    facts = folder.lstat()
    if not stat.S_ISDIR(facts.st_mode) or facts.st_uid != os.getuid():
        raise PermissionError(1, "the folder for sockets belongs to another user", str(folder))
    folder.chmod(0o700)
    return str(folder / mark)


def _parsed(line: bytes) -> tuple[list[Path], str] | None:
    try:
        request = json.loads(line)
        return [Path(str(path)) for path in request["paths"]], str(request["token"])
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
