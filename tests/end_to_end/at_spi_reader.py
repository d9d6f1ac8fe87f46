"""A screen reader in short: prints what the window tells it over AT-SPI. Runs in the system's own Python (pyatspi)."""

import sys
import time

import pyatspi

PATIENCE_S = 40.0


def nodes(node, depth=0):
    yield node
    if depth < 12 and node.getRoleName() not in ("table", "tree table", "tree"):
        for place in range(node.childCount):
            child = node.getChildAtIndex(place)
            if child is not None:
                yield from nodes(child, depth + 1)


def until(find):
    """Wait for something to be found."""
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        try:
            found = find()
        except Exception:  # noqa: BLE001 - what is read may go away meanwhile
            found = None
        if found:
            return found
        time.sleep(0.3)
    sys.exit("nothing to be read")


def window():
    desktop = pyatspi.Registry.getDesktop(0)
    return next(frame for app in desktop for frame in app if frame and frame.name == "BGM Finder (read only)")


def named(start, role):
    return next(n for n in nodes(until(window)) if n.name.startswith(start) and n.getRoleName() == role)


def report():
    """Prints a slider, the position, rows, and every name and description."""
    slider = until(lambda: named("Waveform", "slider"))
    until(lambda: slider.queryValue().maximumValue == 20)  # the track has begun
    slider.queryValue().currentValue = 12
    until(lambda: slider.queryValue().currentValue >= 12)
    print("slider", slider.queryValue().currentValue, slider.description)
    print("spectrogram", named("Mel spectrogram", "slider").queryValue().maximumValue)
    print(named("Position and length: 0:1", "label").name)
    table = until(lambda: next(n for n in nodes(until(window)) if n.name == "Tracks"))
    for row in range(table.queryTable().nRows):
        print("row", table.queryTable().getAccessibleAt(row, 1).name)
    for node in nodes(until(window)):
        print("text", repr(node.name), repr(node.description))


report()
