"""The mel spectrogram of the selected track: frequency over time, playhead, zoom; a click plays from there."""

import math

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPalette, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from bgm_finder.audio.picture import COLOUR_MAP, MelPicture, shades
from bgm_finder.gui.picture_axes import ClockAxis, ColourBar, MelAxis, small_font
from bgm_finder.gui.text_helpers import breakable
from bgm_finder.gui.time_slider import TimeSlider, is_seen_to_move
from bgm_finder.track import Section

_ZOOM_STEP = 1.6
_SHORTEST_SPAN_S = 1.0
_DRAG_BEGINS_PX = 6
_HINT_MARGIN_PX = 8
_HEARD, _WAITING = pg.mkPen("#ffffff", width=1), pg.mkPen("#ffffff90", width=1, dash=[4, 4])
"""The playhead where the sound is, and where it will go on."""


class SpectrogramView(TimeSlider):
    """Show a MelPicture; emits where the user wants to hear it from, and what stretch was drawn."""

    section_requested = Signal(object)
    zoomed = Signal(float, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("spectrogramView")
        self._length_s = self._position_s = 0.0
        self._top_db = 0.0
        """Of the picture that is shown."""
        self._pressed_at: QPointF | None = None
        self._build()
        self.clear()

    def _build(self) -> None:
        self._mel_axis = MelAxis("left")
        self._clock_axis = ClockAxis("bottom")
        self._plot = pg.PlotWidget(axisItems={"left": self._mel_axis, "bottom": self._clock_axis})
        self._plot.setObjectName("spectrogramPlot")
        self._plot.setMenuEnabled(False)
        self._plot.hideButtons()
        self._plot.setMouseEnabled(False, False)
        self._plot.setFrameShape(self._plot.Shape.NoFrame)
        self._plot.viewport().setFocusPolicy(Qt.FocusPolicy.NoFocus)  # and, as its focus proxy, the plot's
        self._plot.viewport().installEventFilter(self)
        self._mel_axis.setWidth(44)
        self._image, self._grown = pg.ImageItem(axisOrder="row-major"), pg.ImageItem(axisOrder="row-major")
        for image in (self._image, self._grown):
            image.setLookupTable(COLOUR_MAP)
            image.setCacheMode(image.CacheMode.DeviceCoordinateCache)  # else each step of the playhead scales it anew
        self._section = pg.LinearRegionItem(movable=False, brush=(255, 255, 255, 46))
        self._playhead = pg.InfiniteLine(angle=90, pen=_HEARD)
        for item in (self._image, self._grown, self._section, self._playhead):
            self._plot.addItem(item, ignoreBounds=True)
        view = self._plot.getViewBox()
        view.disableAutoRange()
        view.setDefaultPadding(0)
        view.setBackgroundColor("#000000")  # the colour map's own foot, in either look
        self._is_told = False
        """Whether the place of the picture says why there is none, instead of how one comes."""
        self._hint = QLabel(self._plot, alignment=Qt.AlignmentFlag.AlignCenter)
        self._hint.setTextFormat(Qt.TextFormat.PlainText)
        self._hint.setWordWrap(True)
        self._hint.setAutoFillBackground(True)  # a picture may be below it
        self._hint.setMargin(_HINT_MARGIN_PX)
        self._hint.setObjectName("pictureHint")
        self._hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        around = QVBoxLayout(self._plot)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self._hint, 0, Qt.AlignmentFlag.AlignVCenter)
        self._retranslate()
        row = QHBoxLayout(self)
        row.setContentsMargins(1, 1, 1, 1)  # room for the focus frame
        row.setSpacing(0)
        row.addWidget(self._plot)
        row.addWidget(ColourBar(self))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self._recolour()

    def clear(self) -> None:
        """Show nothing yet, and what to do."""
        self._image.clear()
        self._grown.clear()
        self._section.hide()
        self._playhead.hide()
        self._clock_axis.setStyle(showValues=False)
        self._is_told = False
        self._retranslate()
        self._hint.show()

    def begin(self, length_s: float) -> None:
        """Make room for a track of this length."""
        self.clear()
        self._hint.hide()
        self._clock_axis.setStyle(showValues=length_s > 0)  # else the times of the track before would stay
        self._length_s, self._position_s = length_s, 0.0
        self.follow(0.0, length_s)
        self.show_all()

    def say(self, text: str) -> None:
        """Say why there is no picture, until the next track."""
        self._is_told = True
        self._hint.setForegroundRole(QPalette.ColorRole.BrightText)
        self._hint.setText(breakable(text))
        self._hint.setAccessibleName(text)
        self._hint.show()

    def set_picture(self, picture: MelPicture) -> None:
        """Show what is known of the picture; it may end before the track does, while it grows."""
        if picture.db.size == 0:
            return
        self._top_db = picture.reference_db
        self._grown.clear()
        self._fill(self._image, picture)
        if (self._mel_axis.low_hz, self._mel_axis.high_hz) != (picture.low_hz, picture.high_hz):
            self._mel_axis.low_hz, self._mel_axis.high_hz = picture.low_hz, picture.high_hz
            self._mel_axis.picture = None
            self._mel_axis.update()

    def grow(self, picture: MelPicture) -> None:
        """Lay as much as there is of a finer picture over the one that is shown, no brighter and no darker."""
        if picture.db.size:
            self._fill(self._grown, picture)

    def _fill(self, image: pg.ImageItem, picture: MelPicture) -> None:
        image.setImage(shades(picture, self._top_db), levels=(0, 255), autoDownsample=False)
        image.setRect(QRectF(0.0, 0.0, picture.db.shape[1] * picture.hop_s, 1.0))

    def set_length(self, length_s: float) -> None:
        """Correct the length once it was read from the file itself."""
        if length_s > 0 and abs(length_s - self._length_s) > 0.05:
            self._length_s = length_s
            self.follow(self._position_s, length_s)
            self._clock_axis.setStyle(showValues=True)
            self.show_all()

    def set_position(self, position_s: float) -> None:
        start, end = self.span_s
        was_in_view = start <= self._position_s <= end or not self._playhead.isVisible()
        pixels_per_s = self._plot.getViewBox().width() / (end - start)
        before_x, after_x = (pixels_per_s * place_s for place_s in (self._playhead.value(), position_s))
        self._position_s = position_s
        if not self._playhead.isVisible() or is_seen_to_move(self, before_x, after_x):
            self._playhead.show()
            self._playhead.setValue(position_s)
        self.follow(position_s, self._length_s)
        if was_in_view and not start <= position_s <= end:  # else the user looks elsewhere
            self._show_span(position_s - 0.05 * (end - start), end - start)

    def set_heard(self, is_heard: bool) -> None:
        """Say whether this track is what is heard, or waits at its playhead while another is."""
        self._playhead.setPen(_HEARD if is_heard else _WAITING)

    def set_section(self, section: Section | None) -> None:
        self._section.setVisible(section is not None)
        if section is not None:
            self._section.setRegion((section.start_s, section.end_s))

    @property
    def span_s(self) -> tuple[float, float]:
        """The stretch of time in view."""
        (start, end), _ = self._plot.getViewBox().viewRange()
        return float(start), float(end)

    def zoom(self, steps: float, around_s: float | None = None) -> None:
        """Zoom in (above 0) or out, keeping the given time where it stands (the playhead's, if none is given)."""
        start, end = self.span_s
        around = self._position_s if around_s is None else around_s
        if not start <= around <= end:
            around = (start + end) / 2
        span = min(self._length_s, max(_SHORTEST_SPAN_S, (end - start) / math.pow(_ZOOM_STEP, steps)))
        self._show_span(around - (around - start) / (end - start) * span, span)

    def show_all(self) -> None:
        self._show_span(0.0, self._length_s)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.hasFocus():
            painter = QPainter(self)
            painter.setPen(self.palette().color(QPalette.ColorRole.Accent))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
            painter.end()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.PaletteChange:
            self._recolour()
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def eventFilter(self, _watched: object, event: QEvent) -> bool:
        """Act on the mouse on the picture: click, drag, wheel; the plot itself gets none of it."""
        if isinstance(event, QWheelEvent):
            self._on_wheel(event)
            return True
        if isinstance(event, QMouseEvent):
            self._on_mouse(event)
            is_for_window = event.type() == QEvent.Type.MouseButtonPress and event.button() != Qt.MouseButton.LeftButton
            event.setAccepted(not is_for_window)
            return event.type() != QEvent.Type.MouseMove or self._pressed_at is not None
        return False

    def _on_wheel(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl, go sideways with Shift or a sideways wheel; what only scrolls past changes nothing."""
        turns = event.angleDelta()
        sideways = turns.x() or (turns.y() if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 0)
        start, end = self.span_s
        if sideways:
            self._show_span(start - sideways / 1200.0 * (end - start), end - start)
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(turns.y() / 120.0, self._time_at(event.position()))

    def _on_mouse(self, event: QMouseEvent) -> None:
        if event.type() == QEvent.Type.MouseButtonPress and event.button() == Qt.MouseButton.LeftButton:
            self._pressed_at = event.position()
        elif event.type() == QEvent.Type.MouseMove and self._is_drag(event.position()):
            self.set_section(self._drawn(event.position()))
        elif self._pressed_at is not None and _is_release(event):
            if self._is_drag(event.position()):
                self.section_requested.emit(self._drawn(event.position()))
            else:
                self.position_requested.emit(self._time_at(event.position()))
            self._pressed_at = None

    def _is_drag(self, place: QPointF) -> bool:
        return self._pressed_at is not None and abs(place.x() - self._pressed_at.x()) >= _DRAG_BEGINS_PX

    def _drawn(self, place: QPointF) -> Section:
        assert self._pressed_at is not None
        times = sorted((self._time_at(self._pressed_at), self._time_at(place)))
        return Section(*times)

    def _time_at(self, place: QPointF) -> float:
        time = float(self._plot.getViewBox().mapSceneToView(place).x())
        return min(max(0.0, time), self._length_s)

    def _show_span(self, start: float, span: float) -> None:
        if span <= 0:
            return
        start = min(max(0.0, start), max(0.0, self._length_s - span))
        self._plot.getViewBox().setRange(xRange=(start, start + span), yRange=(0.0, 1.0), padding=0)
        self._playhead.setValue(self._position_s)
        self.zoomed.emit(start, start + span)

    def _retranslate(self) -> None:
        if not self._is_told:
            self._hint.setForegroundRole(QPalette.ColorRole.WindowText)
            self._hint.setAccessibleName("")
            self._hint.setText(self.tr("Press ↓ to play the next track and see its spectrogram here"))

    def _recolour(self) -> None:
        palette = self.palette()
        self._plot.setBackground(palette.color(QPalette.ColorRole.Base))
        for axis in (self._mel_axis, self._clock_axis):
            axis.setTextPen(palette.color(QPalette.ColorRole.PlaceholderText))
            axis.setPen(palette.color(QPalette.ColorRole.Mid))
            axis.setStyle(tickFont=small_font(self.font()))


def _is_release(event: QMouseEvent) -> bool:
    return event.type() == QEvent.Type.MouseButtonRelease and event.button() == Qt.MouseButton.LeftButton
