"""What a user sees of the window's parts, found by the parts' names and by looking at their pictures."""

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QPushButton

MARGINS_PX = 44, 46
"""What the waveform leaves free at its sides, as the axes stand there in the spectrogram below."""


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


def underlined(waveform):
    """Return the pixels of the passage that is underlined, from the left."""
    picture = waveform.grab().toImage()
    line = waveform.palette().color(QPalette.ColorRole.Link)
    row = picture.height() - 2
    return [x for x in range(picture.width()) if picture.pixelColor(x, row) == line]
