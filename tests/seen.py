"""What a user sees of the window's parts, found by the parts' names and by looking at their pictures."""

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QPushButton

_STRIP_EDGE = QColor(200, 200, 100)
_ABOVE_THE_WAVE_PX = 2
_FEW_COLOURS = 4
"""Those of a strip without a picture: its ground, its playhead and its frame."""
MARGINS_PX = 44, 46
"""What the waveform leaves free at its sides, as the axes stand there in the spectrogram below."""


def titles(app):
    """Return the titles that the list shows, from the top."""
    table = app.window.table.tracks
    return [table.index(place, 1).data() for place in range(table.rowCount())]


def facet(tree, category, name=None):
    """Return the row of a category, or that of one of its tags; None where there is none."""
    heads = tree.findItems(category, Qt.MatchFlag.MatchExactly)
    if not heads or name is None:
        return heads[0] if heads else None
    children = (heads[0].child(row) for row in range(heads[0].childCount()))
    return next((child for child in children if child.text(0) == name), None)


def ways(page):
    """Return the buttons of an empty page, from the top."""
    column = page.layout()
    widgets = (column.itemAt(place).widget() for place in range(column.count()))
    return [widget for widget in widgets if isinstance(widget, QPushButton)]


def plot(spectrogram):
    """Return the plot of a spectrogram, with its axes and its mouse."""
    return spectrogram.findChild(pg.PlotWidget, "spectrogramPlot")


def levels(spectrogram):
    """Return the picture that is shown, uint8, (bands, columns), the lowest first; None where there is none."""
    images = (item for item in plot(spectrogram).getPlotItem().items if isinstance(item, pg.ImageItem))
    return next(images).image


def wave_x(waveform, time_s, length_s):
    """Return where a time of a track of this length stands, in pixels."""
    left, right = MARGINS_PX
    return round(left + time_s / length_s * (waveform.width() - left - right))


def is_marked(waveform, time_s, length_s):
    """Return whether a time of the waveform lies in the section that is shown."""
    colour = waveform.grab().toImage().pixelColor(wave_x(waveform, time_s, length_s), _ABOVE_THE_WAVE_PX)
    return colour != waveform.palette().color(QPalette.ColorRole.Base)


def has_lively_playhead(waveform):
    """Return whether the waveform's playhead stands where the sound is, and does not wait there."""
    picture, lively = waveform.grab().toImage(), waveform.palette().color(QPalette.ColorRole.Text)
    return lively in [picture.pixelColor(x, _ABOVE_THE_WAVE_PX) for x in range(picture.width())]


def is_drawn(strip):
    """Return whether a strip shows a picture."""
    picture = strip.grab().toImage()
    row = picture.height() // 2
    return len({picture.pixelColor(x, row).rgb() for x in range(1, picture.width() - 1)}) > _FEW_COLOURS


def marked(strip, length_s):
    """Return the first and the last second of the section that is shown in a strip; None where none is."""
    picture = strip.grab().toImage()
    row = picture.height() // 2
    edges = [x for x in range(picture.width()) if picture.pixelColor(x, row) == _STRIP_EDGE]
    return (edges[0] / picture.width() * length_s, (edges[-1] + 1) / picture.width() * length_s) if edges else None


def searched(strip, length_s):
    """Return the first and the last second of what a strip's search goes by; None where it is the whole."""
    pixels = underlined(strip)
    return (pixels[0] / strip.width() * length_s, (pixels[-1] + 1) / strip.width() * length_s) if pixels else None


def underlined(view):
    """Return the pixels of the passage that is underlined, from the left."""
    picture = view.grab().toImage()
    line = view.palette().color(QPalette.ColorRole.Link)
    row = picture.height() - 2
    return [x for x in range(picture.width()) if picture.pixelColor(x, row) == line]
