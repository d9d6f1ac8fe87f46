"""Timelines in four formats: each is exact to the frame, and says the same to readers that did not write it."""

import json
import os
import subprocess
from fractions import Fraction
from pathlib import Path

import opentimelineio as otio
import pycmx
import pytest
import soundfile
from music import chord
from timeline_checker import check, check_edl

from bgm_finder.audio.broadcast_wave import BroadcastWave, Depth, WaveChunks
from bgm_finder.export.copies import Copying, CopyOptions
from bgm_finder.export.export import ExportOptions, TimelineFormat, export
from bgm_finder.export.frame_rates import FRAME_RATES
from bgm_finder.export.pieces import Marker, Piece
from bgm_finder.export.sequence import TimelineOptions
from bgm_finder.jobs.job import Job
from bgm_finder.track import Section, SoundAt

SECTION = Section(1.234, 5.678)
OPENSHOT = Path("/usr/lib/python3/dist-packages/openshot_qt")
READER = Path(__file__).with_name("openshot_reader.py")
IN_PLACE = CopyOptions(Copying.NONE)


def pieces(sounds):
    """A track whole, a stretch of the same one twice, and one of another rate and number of channels."""
    plain, other = sounds / "plain 44100.wav", sounds / "mono.flac"
    stretch = Piece(SoundAt(plain), "stretch", section=SECTION, markers=(Marker("Highlight", 3.0),))
    return [
        Piece(SoundAt(plain), "whole", markers=(Marker("Highlight", 3.0), Marker("Note", 0.0, comment="a & <b>"))),
        stretch,
        stretch,
        Piece(SoundAt(sounds / "plain 48000.wav"), "48", section=SECTION),
        Piece(SoundAt(other), "mono"),
    ]


def exported(folder, wanted, rate, copies=IN_PLACE, start="01:00:00:00", offset_s=0.0):
    options = TimelineOptions("試し <cut>", rate, rate.frame_of(start), offset_s)
    report = export(Job(), wanted, folder, ExportOptions(copies, options, tuple(TimelineFormat)))
    assert report.refused == [] and report.stopped_by is None
    return {path.suffix: path for path in report.timelines}


def nearest(seconds, rate):
    return round(Fraction(seconds) * rate.per_second)


def whole_frames(sound, rate):
    facts = soundfile.info(sound)
    return int(Fraction(facts.frames, facts.samplerate) * rate.per_second // 1)


@pytest.mark.parametrize("name", FRAME_RATES)
def test_every_format_is_exact_to_the_frame_at_every_rate(name, sounds, tmp_path):
    rate = FRAME_RATES[name]
    files = exported(tmp_path, pieces(sounds), rate, offset_s=2.5)
    start = rate.frame_of("01:00:00:00")
    first, last = nearest(SECTION.start_s, rate), nearest(SECTION.end_s, rate)
    whole = {hz: whole_frames(sounds / f"plain {hz}.wav", rate) for hz in (44_100, 48_000)}
    mono = int(4 * rate.per_second)
    wanted = [(0, whole[44_100]), (first, last - first), (first, last - first), (first, last - first), (0, mono)]
    begins = [nearest(2.5, rate) + sum(length for _, length in wanted[:place]) for place in range(len(wanted))]
    marks = [begins[0] + nearest(3, rate), begins[0], *(begin + nearest(3, rate) - first for begin in begins[1:3])]
    for suffix, path in files.items():
        is_list = suffix == ".edl"
        seen = check_edl(path, rate.timebase) if is_list else check(path)
        assert [(clip.source_in, clip.length) for clip in seen.clips] == wanted, suffix
        assert [clip.record_in - (start if is_list else 0) for clip in seen.clips] == begins, suffix
        assert sorted(frame for _, frame in seen.markers) == sorted(start + mark for mark in marks), suffix
        if not is_list:
            assert (seen.start, seen.rate) == (start, rate.per_second)
            assert [clip.media_length for clip in seen.clips[:4:3]] == [whole[44_100], whole[48_000]]
        assert seen.is_drop in (None, rate.is_drop)


def test_files_are_found_by_whole_paths_whatever_their_names(sounds, tmp_path):
    folder = tmp_path / "編集 #2 50%?"
    files = exported(folder, [Piece(SoundAt(sounds / "雨 #1 100%.ogg"), "雨")], FRAME_RATES["25"], CopyOptions())
    for suffix in (".otio", ".xml", ".fcpxml"):
        (clip,) = check(files[suffix]).clips
        assert Path(clip.file) == folder / "雨 #1 100%.wav" and Path(clip.file).is_file()
    (clip,) = check_edl(files[".edl"], 25).clips
    assert clip.file == "雨 #1 100%.wav"


@pytest.mark.parametrize("name", ["23.976", "25", "59.94df"])
def test_a_cut_begins_at_a_whole_frame_of_its_own_clock(name, sounds, tmp_path):
    """Editing programs take the time reference of the copy for its first time code, and refuse what lies outside."""
    rate = FRAME_RATES[name]
    wanted = [Piece(SoundAt(sounds / "雨 #1 100%.ogg"), "雨", section=SECTION)]
    files = exported(tmp_path, wanted, rate, CopyOptions(handles_s=0.5))
    first = nearest(SECTION.start_s, rate)
    for suffix, path in files.items():
        (clip,) = (check_edl(path, rate.timebase) if suffix == ".edl" else check(path)).clips
        assert (clip.source_in, clip.length) == (first, nearest(SECTION.end_s, rate) - first), suffix
        if clip.media_start is not None:
            assert 0 < clip.media_start <= first - int(rate.per_second / 2) + 1
            assert clip.media_start + clip.media_length >= clip.source_in + clip.length


def test_the_clock_of_an_original_is_kept(tmp_path):
    """A file that begins at 01:00:00:00 by its own bext is asked for by that time, as Resolve links it."""
    with BroadcastWave(tmp_path / "a.wav", 48_000, 2, Depth.INT_24, WaveChunks(time_reference=3600 * 48_000)) as wave:
        wave.write(chord(1, 3.0))
    rate = FRAME_RATES["25"]
    files = exported(tmp_path / "out", [Piece(SoundAt(tmp_path / "a.wav"), "a", section=Section(1, 2))], rate)
    for suffix, path in files.items():
        (clip,) = (check_edl(path, 25) if suffix == ".edl" else check(path)).clips
        assert (clip.source_in, clip.length) == (90_025, 25), suffix


@pytest.mark.parametrize("name", ["24", "25", "29.97df", "30", "60"])
def test_opentimelineio_s_adapters_read_the_same(name, sounds, tmp_path):
    rate = FRAME_RATES[name]
    files = exported(tmp_path, pieces(sounds), rate)
    seen = check(files[".otio"])
    wanted = [(clip.source_in, clip.length, clip.record_in) for clip in seen.clips]
    assert clips_of(otio.adapters.read_from_file(str(files[".otio"]))) == wanted
    assert clips_of(otio.adapters.read_from_file(str(files[".xml"]), "fcp_xml")) == wanted
    listed = otio.adapters.read_from_file(str(files[".edl"]), "cmx_3600", rate=float(rate.per_second))
    assert clips_of(listed) == wanted
    if not rate.is_ntsc:  # that adapter rounds 29.97 to 29
        begin = rate.frame_of("01:00:00:00")
        (project,) = otio.adapters.read_from_file(str(files[".fcpxml"]), "fcpx_xml")
        assert clips_of(project) == [(first, length, at + begin) for first, length, at in wanted]


def clips_of(timeline):
    """Return each clip once, though a stereo one may lie on two tracks."""
    found = set()
    for track in timeline.tracks:
        for clip in track:
            if isinstance(clip, otio.schema.Clip):
                taken, at = clip.trimmed_range(), clip.range_in_parent().start_time
                found.add((taken.start_time.value, taken.duration.value, at.value))
    return sorted(found, key=lambda clip: clip[2])


def test_a_reader_of_lists_finds_channels_and_names(sounds, tmp_path):
    files = exported(tmp_path, pieces(sounds), FRAME_RATES["29.97df"])
    with files[".edl"].open(encoding="utf-8", newline=None) as file:
        edits = [edit for event in pycmx.parse_cmx3600(file).events for edit in event.edits]
    assert [list(edit.channels.channels) for edit in edits] == [[1, 2]] * 4 + [[1]]
    assert [edit.clip_name for edit in edits][3:] == ["plain 48000.wav", "mono.flac"]
    assert edits[0].record_in == "01:00:00;00"


def test_what_is_shorter_than_a_frame_is_left_out_and_reported(tmp_path):
    soundfile.write(tmp_path / "click.wav", [0.5] * 100, 48_000)
    options = TimelineOptions("t", FRAME_RATES["25"])
    wanted = [Piece(SoundAt(tmp_path / "click.wav"), "click")]
    report = export(Job(), wanted, tmp_path / "out", ExportOptions(IN_PLACE, options, (TimelineFormat.OTIO,)))
    assert [path.name for path, _ in report.refused] == ["click.wav"] and report.timelines == []


def test_letters_that_xml_does_not_allow_break_nothing(sounds, tmp_path):
    title = "a\x0b\x00b\ud800 \U0001f4bf"
    wanted = [Piece(SoundAt(sounds / "mono.flac"), title, markers=(Marker(title, 1.0, comment="line\nfeed"),))]
    files = exported(tmp_path, wanted, FRAME_RATES["24"])
    assert [len(check(files[suffix]).clips) for suffix in (".otio", ".xml", ".fcpxml")] == [1, 1, 1]
    assert len(check_edl(files[".edl"], 24).markers) == 1


@pytest.mark.parametrize(("suffix", "name"), [(".xml", "25"), (".xml", "29.97df"), (".edl", "24"), (".edl", "25")])
def test_openshot_s_importers_read_the_same(suffix, name, sounds, tmp_path):
    """Debian's OpenShot; it places lists of one channel only, and knows no drop-frame time code."""
    if not OPENSHOT.exists():
        pytest.skip("needs OpenShot (Debian: openshot-qt)")
    rate = FRAME_RATES[name]
    sound = SoundAt(sounds / "mono.flac")
    wanted = [Piece(sound, "a", section=Section(0.5, 2.0)), Piece(sound, "b", section=Section(1.234, 3.3))]
    files = exported(tmp_path, wanted, rate, CopyOptions(pattern="{number}"), start="00:00:00:00")
    read = subprocess.run(
        ["/usr/bin/python3", str(READER), str(files[suffix]), str(rate.per_second)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path), "PYTHONPATH": ""},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    clips = json.loads(read.stdout.rpartition("CLIPS ")[2])
    seen = check_edl(files[suffix], rate.timebase) if suffix == ".edl" else check(files[suffix])
    own = [0 if suffix == ".edl" else clip.media_start for clip in seen.clips]
    frames = [[round(clip[key] * rate.per_second) for key in ("position", "start", "end")] for clip in clips]
    assert frames == [
        [clip.record_in, clip.source_in - start, clip.source_in - start + clip.length]
        for clip, start in zip(seen.clips, own, strict=True)
    ]
