"""The flow from a selected row to its sound and its picture, and every key of the player."""

from collections.abc import Callable, Collection
from pathlib import Path

from PySide6.QtCore import QObject, Qt

from bgm_finder.audio.overview import highlight_s
from bgm_finder.clock import fine_clock
from bgm_finder.controllers.comparison import Comparison
from bgm_finder.controllers.debouncer import Debouncer
from bgm_finder.controllers.library import Library
from bgm_finder.controllers.playback import Playback, Sounding
from bgm_finder.controllers.preview import Preview
from bgm_finder.gui.error_words import error_text, refusal_text
from bgm_finder.gui.main_window import MainWindow
from bgm_finder.reasons import Refusal, Unreadable
from bgm_finder.settings import Settings
from bgm_finder.track import Section
from bgm_finder.workflows.picture import Drawing

_NEIGHBOURS = (1, -1, 2, 3)
"""Decoded ahead, the likeliest next one first."""


class Listening(QObject):
    """The flow between the list, the pictures, the player bar, Playback and Preview."""

    def __init__(
        self,
        window: MainWindow,
        playback: Playback,
        preview: Preview,
        library: Library,
        comparison: Comparison,
        settings: Settings,
    ) -> None:
        super().__init__(window)
        self._window, self._playback, self._preview = window, playback, preview
        self._library, self._comparison, self._settings = library, comparison, settings
        self._debouncer = Debouncer(self)
        self._drawing: Drawing | None = None
        self._told = ""
        """Why the track that is shown has no picture, if so."""
        self._highlight_waits = False
        """H was pressed before the highlight was known, and nothing else since."""
        self._had_card = False
        """Whether anything was heard yet: only then can a sound card be lost."""
        self._connect_pictures()
        self._connect_keys()
        window.commands["auto_play"].setChecked(settings.auto_play)

    def show(self, track_id: int | None, wants_sound: bool) -> None:
        """Show a track of the list, and play it if tracks play by themselves."""
        self._show(track_id, wants_sound and self._settings.auto_play)

    def _show(self, track_id: int | None, plays: bool) -> None:
        columns = self._library.columns
        row = columns.row_of(track_id) if columns is not None and track_id is not None else None
        if columns is None or row is None:
            return
        path = Path(columns.paths[row])
        track = self._comparison.track
        if track is not None and (track.track_id, track.path) == (track_id, path):
            self.show_passage()
            if plays and not self._playback.player.is_playing:
                self._play_shown()
            return
        self._drawing = None
        self._forget_highlight()
        self._begin_pictures(float(columns.durations_s[row]))
        self._comparison.play_track(Sounding(path, columns.titles[row], track_id), plays, self._start_s())
        self._preview.show(path, track_id)
        self._debouncer.do(self._want_neighbours)

    def renew(self, paths: Collection[Path]) -> None:
        """Play and draw anew what is heard and shown, where another sound stream of it was chosen."""
        sounding, shown = self._playback.sounding, self._comparison.track
        if sounding is not None and sounding.path in paths:
            self._playback.show_again()
        if shown is not None and shown.path in paths:
            self._drawing = None
            self._begin_pictures(self._playback.player.duration_s or 0.0)
            self._preview.show(shown.path, shown.track_id)
        self._want_neighbours()

    def _play_current(self) -> None:
        """Play the current row: from its start where something else was heard, else on from where it is."""
        track_id = self._window.table.current_id()
        if track_id is None:
            return
        if not self._is_shown(track_id):
            self._window.table.presses.stay_here()
            self._show(track_id, plays=True)
        elif not self._comparison.is_track_heard:
            self._play_shown()
        elif not self._playback.player.is_playing:
            self._playback.toggle()

    def _is_shown(self, track_id: int | None) -> bool:
        return self._comparison.track is not None and self._comparison.track.track_id == track_id

    def leave_reference(self) -> None:
        """Go back to the track that is shown, silently, where a reference sounds whose search is over."""
        if not self._comparison.is_track_heard:
            self._comparison.back_to_track(play=False, start_s=self._start_s())

    def show_passage(self) -> None:
        """Underline the passage of the track's row, which another ranking may have given it, or none."""
        self._window.waveform.set_passage(self._passage())

    def _play_shown(self) -> None:
        self._comparison.back_to_track(start_s=self._start_s())

    def _start_s(self) -> float:
        passage = self._passage()
        return passage.start_s if passage is not None and self._settings.from_passage else 0.0

    def _passage(self) -> Section | None:
        return self._window.table.tracks.passage_at(self._window.table.currentIndex().row())

    def _begin_pictures(self, length_s: float) -> None:
        known = length_s if length_s == length_s else 0.0  # nan where not known yet
        if self._told and self._window.status.text == self._told:  # of the track before, and of no concern any more
            self._window.status.clear()
        self._window.waveform.begin(known)  # before the other, which sets the stretch it shows
        self._window.spectrogram.begin(known)
        self.show_passage()

    def _want_neighbours(self) -> None:
        table = self._window.table
        place = table.currentIndex().row()
        around = [place + step for step in _NEIGHBOURS if 0 <= place + step < table.tracks.rowCount()]
        paths = table.tracks.paths_at(around)
        self._playback.player.prefetch(paths, self._playback.streams_among(paths))
        ids = (table.tracks.id_at(at) for at in (place, *around))
        self._library.scanning.prioritise(track_id for track_id in ids if track_id is not None)

    def _connect_pictures(self) -> None:
        window, playback = self._window, self._playback
        window.table.current_changed.connect(self.show)
        window.table.current_clicked.connect(self._on_current_clicked)
        window.table.double_clicked.connect(self._play_current)
        for view in (window.spectrogram, window.waveform):
            view.position_requested.connect(self._on_position_requested)
            view.section_requested.connect(self._on_section_requested)
        window.spectrogram.zoomed.connect(window.waveform.set_span)
        playback.marking.section_changed.connect(self._on_section)
        playback.moved.connect(self._on_moved)
        playback.playing_changed.connect(window.player_bar.set_playing)
        playback.playing_changed.connect(lambda _: self._show_reference_position())
        playback.silence_changed.connect(window.player_bar.set_silent)
        self._comparison.heard_changed.connect(self._on_heard)
        playback.sounding_changed.connect(self._on_sounding)
        playback.ended.connect(self._on_ended)
        playback.failed.connect(self._on_failed)
        playback.fallback_used.connect(self._on_fallback)
        playback.restarted.connect(self._on_restarted)
        playback.marking.loop_changed.connect(window.commands["loop"].setChecked)
        self._preview.drawn.connect(self._on_drawn)
        self._preview.grown.connect(lambda drawing: self._window.spectrogram.grow(drawing.picture))
        self._preview.failed.connect(self._on_not_drawn)

    def _connect_keys(self) -> None:
        playback, commands, table = self._playback, self._window.commands, self._window.table
        for name, act in {
            "play": self._toggle,
            "play_anywhere": self._toggle,
            "restart": self._on_restart,
            "go_to_playing": self._on_go_to_playing,
            "next": lambda: table.step(1),
            "previous": lambda: table.step(-1),
            "next_silent": lambda: table.step(1, silently=True),
            "previous_silent": lambda: table.step(-1, silently=True),
            "jump_back": lambda: playback.jump(-1),
            "jump_forward": lambda: playback.jump(1),
            "back_1": lambda: playback.step(-1.0),
            "forward_1": lambda: playback.step(1.0),
            "back_10": lambda: playback.step(-10.0),
            "forward_10": lambda: playback.step(10.0),
            "highlight": self._on_highlight,
            "mark_in": lambda: self._mark(playback.marking.mark_in, self.tr("In {in}")),
            "mark_out": lambda: self._mark(playback.marking.mark_out, self.tr("Out {out}")),
            "clear_section": playback.marking.clear,
            "compare": self._on_compare,
            "zoom_in": lambda: self._window.spectrogram.zoom(1),
            "zoom_out": lambda: self._window.spectrogram.zoom(-1),
            "zoom_all": self._window.spectrogram.show_all,
        }.items():
            commands[name].triggered.connect(lambda _checked=False, act=act: act())
        for tenth in range(10):
            commands[f"share_{tenth}"].triggered.connect(lambda _c=False, share=tenth / 10: playback.seek_share(share))
        for name in commands.commands.keys() - {"highlight"}:
            commands[name].triggered.connect(self._forget_highlight)
        commands["loop"].toggled.connect(playback.marking.loop)
        commands["auto_play"].toggled.connect(self._on_auto_play)

    def _toggle(self) -> None:
        if self._playback.sounding is None:
            self._window.table.step(1)
        else:
            self._playback.toggle()

    def _on_position_requested(self, position_s: float) -> None:
        self._forget_highlight()
        if not self._comparison.is_track_heard and self._comparison.track is not None:
            self._comparison.back_to_track(start_s=position_s)
        else:
            self._playback.play_from(position_s)

    def _on_section_requested(self, section: Section) -> None:
        """Mark a stretch drawn in the picture, which is one of the track that is shown, whatever sounds now."""
        if section.end_s <= section.start_s:  # beside the track: what was marked before stays
            self._on_section(self._playback.marking.section)
            return
        if not self._comparison.is_track_heard:
            self._comparison.back_to_track(self._playback.player.is_playing, section.start_s)
        self._mark(lambda: self._playback.marking.mark(section), "")

    def _mark(self, act: Callable[[], None], one_end: str) -> None:
        """Show the marks, the times and what a section is good for: nothing on the screen would.

        one_end: what to say where the other end is not marked.
        """
        if self._playback.sounding is None:
            self._window.status.say(self.tr("No track is selected."))
            return
        marking = self._playback.marking
        act()
        is_closed = marking.in_s is not None and marking.out_s is not None
        text = self.tr("Section {in} – {out}") if is_closed else one_end
        for place, end_s in (("{in}", marking.in_s), ("{out}", marking.out_s)):
            text = text.replace(place, fine_clock(end_s or 0.0))
        if marking.section is not None:
            text += ": " + self.tr("Press {find} to find similar tracks, {loop} to loop it, {clear} to clear it.")
        for place, name in (("{find}", "find_similar_section"), ("{loop}", "loop"), ("{clear}", "clear_section")):
            text = text.replace(place, self._window.commands.key_text(name))
        self._window.status.say(text)

    def _on_sounding(self, sounding: Sounding) -> None:
        self._window.player_bar.set_sounding(sounding, self._comparison.is_reference_heard)

    def _on_heard(self, is_reference: bool) -> None:
        is_track = self._comparison.is_track_heard
        self._window.spectrogram.set_heard(is_track)
        self._window.waveform.set_heard(is_track)
        self._window.player_bar.set_sounding(self._playback.sounding, is_reference)
        self._show_reference_position()

    def _on_section(self, section: Section | None) -> None:
        if self._comparison.is_track_heard:  # the reference's own section is not of this picture
            self._window.spectrogram.set_section(section)
            self._window.waveform.set_section(section)
        if (reference := self._comparison.reference) is not None:
            self._window.reference.strip.set_section(self._playback.marking.section_of(reference.path))

    def _on_moved(self, position_s: float, length_s: float) -> None:
        window, player = self._window, self._playback.player
        self._had_card = self._had_card or (player.is_playing and position_s > 0 and not player.is_silent)
        if self._comparison.is_track_heard:
            window.spectrogram.set_length(length_s)
            window.waveform.set_length(length_s)
            if self._comparison.track is not None:
                window.spectrogram.set_position(position_s)
                window.waveform.set_position(position_s)
        self._show_reference_position()
        window.player_bar.set_position(position_s, length_s)

    def _show_reference_position(self) -> None:
        player, is_reference = self._playback.player, self._comparison.is_reference_heard
        position_s = player.position_s if is_reference else None
        self._window.reference.set_position(position_s, is_reference and player.is_playing)

    def _on_drawn(self, drawing: Drawing) -> None:
        self._drawing = drawing
        self._window.spectrogram.set_picture(drawing.picture)
        if drawing.overview is not None:
            self._window.waveform.set_overview(drawing.overview)
        self._window.spectrogram.set_length(drawing.duration_s)
        if self._highlight_waits:
            self._on_highlight()

    def _on_not_drawn(self, error: Exception) -> None:
        """Say it where the eye is as well as at the foot of the window, where it goes away."""
        self._told = error_text(error)
        self._window.status.warn(self._told)
        self._window.spectrogram.say(self._told)

    def _on_highlight(self) -> None:
        """Jump to the highlight, as soon as the whole of the track is known, unless something else is done before."""
        drawing = self._drawing
        if self._comparison.track is None:
            self._window.status.say(self.tr("No track is selected."))
        elif drawing is not None and drawing.is_whole and drawing.overview is not None:
            self._on_position_requested(highlight_s(drawing.overview, drawing.duration_s))
        else:
            self._highlight_waits = True
            self._window.status.say(self._highlight_text())

    def _forget_highlight(self) -> None:
        if self._highlight_waits and self._window.status.text == self._highlight_text():
            self._window.status.clear()
        self._highlight_waits = False

    def _highlight_text(self) -> str:
        return self.tr("The highlight is not known yet. It plays as soon as the track has been read.")

    def _on_restart(self) -> None:
        """Play the current row from its start, or begin with the first where there is none."""
        track_id = self._window.table.current_id()
        if track_id is not None and not self._is_shown(track_id):
            self._play_current()
        elif self._comparison.track is None:
            self._window.table.step(1)
        else:
            self._on_position_requested(0.0)

    def _on_current_clicked(self) -> None:
        if self._settings.auto_play:
            self._play_current()

    def _on_go_to_playing(self) -> None:
        """Select the row of what is heard, without changing what is heard."""
        sounding, table = self._playback.sounding, self._window.table
        place = table.tracks.place_of(sounding.track_id) if sounding and sounding.track_id is not None else None
        if place is not None:
            table.select_silently(place)
            table.setFocus(Qt.FocusReason.ShortcutFocusReason)
        elif sounding is None:
            self._window.status.say(self.tr("Nothing is playing."))
        else:
            text = self.tr("Not in this list: {title}")
            self._window.status.say(text.replace("{title}", sounding.title))

    def _on_compare(self) -> None:
        if not self._comparison.switch():
            self._window.status.say(
                self.tr("Find similar tracks first. Then press B to switch between the track and the reference.")
            )

    def _on_ended(self) -> None:
        goes_on = self._settings.next_at_end and self._comparison.is_track_heard
        if goes_on and self._window.table.step(1) and not self._settings.auto_play:
            self._play_shown()

    def _on_auto_play(self, is_on: bool) -> None:
        self._settings.auto_play = is_on

    def _on_fallback(self) -> None:
        self._window.status.say(self.tr("Playing through JACK, as no other sound device was found."))

    def _on_restarted(self) -> None:
        self._window.status.warn(self.tr("The player stopped unexpectedly and was started again."))

    def _on_failed(self, error: object) -> None:
        if isinstance(error, Refusal) and not self._had_card and not self._settings.output_device:
            return  # no sound card at the start: the player bar says so for good
        if isinstance(error, Unreadable):
            self._window.status.warn(error_text(error))
        elif isinstance(error, Refusal):
            self._window.status.warn(self.tr("Sound: {reason}").replace("{reason}", refusal_text(error)))
