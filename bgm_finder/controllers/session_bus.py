"""The desktop's session bus, where there is one."""

import os
import sys
from pathlib import Path

from PySide6.QtDBus import QDBusConnection


def session_bus() -> QDBusConnection | None:
    """Return the session bus; None without one. libdbus alone might start a bus of its own, which nobody uses."""
    if sys.platform in ("win32", "darwin"):
        return None
    socket = Path(os.environ.get("XDG_RUNTIME_DIR", "/nowhere"), "bus")
    if not os.environ.get("DBUS_SESSION_BUS_ADDRESS") and not socket.exists():
        return None
    bus = QDBusConnection.sessionBus()
    return bus if bus.isConnected() else None
