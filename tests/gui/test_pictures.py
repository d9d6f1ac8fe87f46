"""The pictures: what a click, a drag and the wheel mean."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel
from seen import MARGINS_PX, levels, plot, underlined, wave_x

from bgm_finder.audio.spectrogram import mel_picture
from bgm_finder.gui.spectrogram_view import SpectrogramView
from bgm_finder.gui.waveform import WaveformView
from bgm_finder.track import Section

LENGTH_S = 4.0


@pytest.fixture
def spectrogram(qtbot):
    view = SpectrogramView()
    qtbot.addWidget(view)
    view.resize(800, 300)
    view.show()
    qtbot.waitExposed(view)
    view.begin(LENGTH_S)
    times = np.arange(int(LENGTH_S * 8000)) / 8000
    view.set_picture(mel_picture(np.sin(2 * np.pi * 1000 * times).astype(np.float32), 8000))
    return view


@pytest.fixture
def waveform(qtbot):
    view = WaveformView()
    qtbot.addWidget(view)
    view.resize(690, 60)
    view.show()
    view.begin(LENGTH_S)
    view.set_overview(np.tile(np.array([[-0.5, 0.5]], np.float32), (100, 1)))
    return view


def canvas(view):
    return plot(view).viewport()


def place(view, time_s):
    box = plot(view).getViewBox()
    spot = box.mapViewToScene(box.viewRect().center())
    spot.setX(box.mapViewToScene(type(spot)(time_s, 0.5)).x())
    return spot.toPoint()


def at(waveform, time_s):
    return QPoint(wave_x(waveform, time_s, LENGTH_S), 20)


def test_a_picture_that_grows_is_laid_over_the_whole_one(spectrogram):
    def colours():
        image = canvas(spectrogram).grab().toImage()
        return [image.pixelColor(place(spectrogram, at)).name() for at in (1.0, 3.0)]

    before = colours()
    half = np.random.default_rng(0).normal(0.0, 0.5, int(LENGTH_S * 4000)).astype(np.float32)
    spectrogram.grow(mel_picture(half, 8000))
    assert colours()[0] != before[0]
    assert colours()[1] == before[1]
    spectrogram.begin(LENGTH_S)
    assert colours()[0] == before[1]  # as dark as where nothing sounds


def test_a_click_in_the_spectrogram_asks_to_play_from_there(qtbot, spectrogram):
    with qtbot.waitSignal(spectrogram.position_requested) as requested:
        qtbot.mouseClick(canvas(spectrogram), Qt.MouseButton.LeftButton, pos=place(spectrogram, 3.0))
    assert requested.args[0] == pytest.approx(3.0, abs=0.02)


def test_a_drag_in_the_spectrogram_marks_a_section(qtbot, spectrogram):
    with qtbot.waitSignal(spectrogram.section_requested) as requested:
        qtbot.mousePress(canvas(spectrogram), Qt.MouseButton.LeftButton, pos=place(spectrogram, 3.0))
        qtbot.mouseMove(canvas(spectrogram), place(spectrogram, 2.0))
        qtbot.mouseRelease(canvas(spectrogram), Qt.MouseButton.LeftButton, pos=place(spectrogram, 1.0))
    assert requested.args[0].start_s == pytest.approx(1.0, abs=0.02)
    assert requested.args[0].end_s == pytest.approx(3.0, abs=0.02)


def test_the_tone_stands_at_its_frequency_on_the_mel_axis(spectrogram):
    shown_levels = levels(spectrogram)
    brightest = (np.argmax(shown_levels[:, shown_levels.shape[1] // 2]) + 0.5) / len(shown_levels)
    assert brightest == pytest.approx(plot(spectrogram).getAxis("left").place(1000), abs=0.02)


def test_zoom_keeps_the_time_under_the_mouse_and_stays_inside_the_track(spectrogram):
    spectrogram.zoom(2, around_s=1.0)
    start, end = spectrogram.span_s
    assert end - start < LENGTH_S / 2
    assert start < 1.0 < end
    spectrogram.zoom(-9)
    assert spectrogram.span_s == pytest.approx((0.0, LENGTH_S))


def test_zoomed_in_the_picture_follows_the_playhead(spectrogram):
    spectrogram.zoom(3, around_s=0.0)
    spectrogram.set_position(3.5)
    start, end = spectrogram.span_s
    assert start <= 3.5 <= end


def test_a_click_in_the_waveform_asks_to_play_from_there(qtbot, waveform):
    with qtbot.waitSignal(waveform.position_requested) as requested:
        qtbot.mouseClick(waveform, Qt.MouseButton.LeftButton, pos=at(waveform, 1.0))
    assert requested.args[0] == pytest.approx(1.0, abs=0.01)


def test_a_drag_in_the_waveform_marks_a_section(qtbot, waveform):
    with qtbot.waitSignal(waveform.section_requested) as requested:
        qtbot.mousePress(waveform, Qt.MouseButton.LeftButton, pos=at(waveform, 1.0))
        qtbot.mouseRelease(waveform, Qt.MouseButton.LeftButton, pos=at(waveform, 2.0))
    assert requested.args[0] == Section(pytest.approx(1.0, abs=0.01), pytest.approx(2.0, abs=0.01))


def test_what_was_played_is_painted_in_another_colour(waveform):
    waveform.set_position(LENGTH_S / 2)
    image = waveform.grab().toImage()
    played, rest = (image.pixelColor(at(waveform, t)) for t in (1.0, 3.0))
    assert played != rest


class Paints(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, widget):
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, _watched, event):  # noqa: N802 - Qt's own name
        self.count += event.type() == QEvent.Type.Paint
        return False


def test_a_playhead_is_painted_anew_only_where_it_is_seen_to_move(qtbot, qapp, waveform, spectrogram):
    for view, painted in ((waveform, waveform), (spectrogram, canvas(spectrogram))):
        paints = Paints(painted)
        view.set_position(1.0)
        qtbot.waitUntil(lambda paints=paints: paints.count > 0)
        qapp.processEvents()
        before = paints.count
        for step in range(30):
            view.set_position(1.0 + step * 1e-5)
            qapp.processEvents()
        assert paints.count <= before + 1
        before = paints.count
        view.set_position(2.0)
        qtbot.waitUntil(lambda paints=paints, before=before: paints.count > before)


def test_a_track_that_waits_while_the_reference_is_heard_looks_so(waveform, spectrogram):
    waveform.set_position(LENGTH_S / 2)
    spectrogram.set_position(LENGTH_S / 2)

    def looks():
        wave, plot = waveform.grab().toImage(), canvas(spectrogram).grab().toImage()
        played, rest = (wave.pixelColor(at(waveform, t)).name() for t in (1.0, 3.0))
        x = place(spectrogram, LENGTH_S / 2).x()
        white = [plot.pixelColor(x, y).name() for y in range(plot.height())].count("#ffffff")
        return played == rest, white > plot.height() / 2

    assert looks() == (False, True)
    for view in (waveform, spectrogram):
        view.set_heard(False)
    assert looks() == (True, False)
    for view in (waveform, spectrogram):
        view.set_heard(True)
    assert looks() == (False, True)


def test_the_passage_that_fits_is_underlined_until_the_next_track(qtbot, waveform):
    assert underlined(waveform) == []
    waveform.set_passage(Section(1.0, 2.0))
    drawn = underlined(waveform)
    assert drawn == list(range(drawn[0], drawn[-1] + 1))
    assert len(drawn) == pytest.approx((690 - sum(MARGINS_PX)) / LENGTH_S, abs=3)
    waveform.begin(LENGTH_S)
    assert underlined(waveform) == []


def test_the_stretch_in_view_is_framed_only_while_it_is_not_the_whole_track(waveform):
    def is_framed():
        picture = waveform.grab().toImage()
        edge = waveform.palette().color(QPalette.ColorRole.Mid).name()
        return edge in [picture.pixelColor(x, 0).name() for x in range(50, 600, 5)]

    waveform.clearFocus()  # its frame would hide the other
    waveform.set_span(1.0, 2.0)
    assert is_framed()
    waveform.begin(LENGTH_S / 2)
    waveform.set_span(0.0, LENGTH_S / 2)
    assert not is_framed()
    waveform.set_length(LENGTH_S / 2 + 0.04)  # as the file itself tells it
    assert not is_framed()


def test_a_track_without_a_picture_says_why_and_shows_no_times(spectrogram):
    hint, times = spectrogram.findChild(QLabel, "pictureHint"), plot(spectrogram).getAxis("bottom")
    spectrogram.begin(0.0)
    spectrogram.say("<b>.wav: is empty")
    assert hint.isVisible()
    assert (hint.text(), hint.textFormat()) == ("<b>.wav: is empty", Qt.TextFormat.PlainText)
    assert not times.style["showValues"]
    spectrogram.begin(LENGTH_S)
    assert not hint.isVisible()
    assert times.style["showValues"]
    spectrogram.clear()
    assert hint.text().startswith("Press ↓")


def shown(view, time_s):
    """Return the colour in the middle of the wave at a time."""
    image = view.grab().toImage()
    return image.pixelColor(wave_x(view, time_s, LENGTH_S), image.height() // 2).name()


def test_what_was_played_has_another_colour(waveform):
    waveform.set_position(2.0)
    assert shown(waveform, 1.0) == waveform.palette().color(QPalette.ColorRole.Accent).name() != shown(waveform, 3.0)


@pytest.mark.parametrize("change", ["size", "look", "overview"])
def test_the_wave_follows_a_change_of(change, waveform):
    waveform.set_position(2.0)
    before, higher = shown(waveform, 1.0), waveform.height() // 2 - 10
    if change == "size":
        waveform.resize(400, 90)
        assert shown(waveform, 1.0) == before
    elif change == "look":
        palette = QPalette(waveform.palette())
        palette.setColor(QPalette.ColorRole.Accent, Qt.GlobalColor.red)
        waveform.setPalette(palette)
        assert shown(waveform, 1.0) == "#ff0000" != before
    else:
        waveform.set_overview(np.zeros((100, 2), np.float32))
        assert waveform.grab().toImage().pixelColor(200, higher).name() != before
