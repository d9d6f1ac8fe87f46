"""Copies: what they sound like, what stands in them, and that nothing that was there is touched."""

import hashlib
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
import soundfile
import wavinfo
from export_sounds import tone
from odd_names import write_odd_tracks

from bgm_finder.audio.broadcast_wave import BroadcastWave, Depth, WaveChunks, time_reference
from bgm_finder.audio.decode import decode
from bgm_finder.drives import waiting
from bgm_finder.export import copies
from bgm_finder.export.copies import Copying, CopyOptions
from bgm_finder.export.export import ExportOptions, export
from bgm_finder.export.file_names import UnknownField, key_of
from bgm_finder.export.pieces import Piece
from bgm_finder.jobs.job import Cancelled, Job
from bgm_finder.reasons import Reason
from bgm_finder.track import Section, SoundAt
from tests.reliability.living_files import silent_folder
from tests.reliability.test_bad_places import small_disk

WAV = CopyOptions(Copying.WAV)


def piece(path, **known):
    return Piece(SoundAt(path), known.pop("title", path.stem), **known)


def copied(folder, pieces, options=None, job=None):
    return export(job or Job(), pieces, folder, ExportOptions(options or CopyOptions()))


def stamps(folder):
    """Return what a file is known by: its content and its date."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path: (hashlib.sha256(path.read_bytes()).digest(), path.stat().st_mtime_ns) for path in files}


def test_originals_are_never_touched_and_pcm_is_copied_byte_by_byte(sounds, tmp_path):
    before = stamps(sounds)
    files = [path for path in before if path.suffix != ".mp3"]
    report = copied(tmp_path, [piece(path) for path in files])
    assert stamps(sounds) == before
    made = {path.name for path in report.files}
    assert made == {"plain 44100.wav", "plain 48000.wav", "雨 #1 100%.wav", "mono.wav"}
    for name in ("plain 44100.wav", "plain 48000.wav"):
        assert stamps(tmp_path)[tmp_path / name] == before[sounds / name]
    assert soundfile.info(tmp_path / "mono.wav").subtype == "PCM_24"
    assert soundfile.info(tmp_path / "雨 #1 100%.wav").samplerate == 48_000


@pytest.mark.parametrize("depth", Depth)
@pytest.mark.parametrize("rate_hz", [None, 44_100, 96_000])
def test_a_conversion_sounds_like_its_source(depth, rate_hz, sounds, tmp_path):
    report = copied(tmp_path, [piece(sounds / "mono.flac")], CopyOptions(Copying.WAV, rate_hz, depth))
    (made,) = report.files
    facts = soundfile.info(made)
    assert facts.subtype == {"16": "PCM_16", "24": "PCM_24", "32f": "FLOAT"}[depth]
    assert (facts.samplerate, facts.frames) == (rate_hz or 48_000, 4 * (rate_hz or 48_000))
    wanted, heard = decode(sounds / "mono.flac", facts.samplerate).samples, decode(made).samples
    off = {"16": 4 / 2**15, "24": 1.01 / 2**23, "32f": 0.0}[depth]
    np.testing.assert_allclose(heard, wanted, atol=off)


def test_what_is_too_loud_is_cut_and_does_not_wrap(tmp_path):
    soundfile.write(tmp_path / "loud.wav", tone(0.2, 48_000) * 3, 48_000, subtype="FLOAT")
    (made,) = copied(tmp_path / "out", [piece(tmp_path / "loud.wav")], WAV).files
    heard = decode(made).samples
    assert heard.max() == pytest.approx(1.0, abs=1e-6) and heard.min() == -1.0
    np.testing.assert_allclose(heard, np.clip(tone(0.2, 48_000) * 3, -1, 1), atol=1e-6)


def test_surround_keeps_its_loudspeakers_and_odd_channels_become_two(tmp_path):
    six = np.eye(6, dtype=np.float32)[np.arange(48_000) * 6 // 48_000] * 0.5
    soundfile.write(tmp_path / "six.ogg", six, 48_000)
    soundfile.write(tmp_path / "four.wav", tone(1, 48_000, 4), 48_000)
    six_made, four_made = copied(
        tmp_path / "out", [piece(tmp_path / "six.ogg"), piece(tmp_path / "four.wav")], WAV
    ).files
    heard = decode(six_made).samples
    loudest = [
        int(np.argmax(np.abs(heard[start : start + 4_000]).sum(axis=0))) for start in range(2_000, 48_000, 8_000)
    ]
    assert loudest == [0, 2, 1, 4, 5, 3]  # Vorbis' left, middle, right, sides and bass, where WAV has them
    assert soundfile.info(four_made).channels == 2


def test_a_cut_has_handles_and_says_where_it_comes_from(sounds, tmp_path):
    source = sounds / "plain 48000.wav"
    wanted = piece(source, title="雨の日 & <夜>", artist="歌手", section=Section(2.0, 4.0), note="もう少し静かに")
    (made,) = copied(tmp_path, [wanted], CopyOptions(handles_s=0.5, brief="春のCM")).files
    heard = decode(made).samples
    np.testing.assert_allclose(heard, decode(source, start_s=1.5, duration_s=3.0).samples, atol=1e-6)
    read = wavinfo.WavInfoReader(str(made), bext_encoding="utf-8")  # ASCII, says the norm; all write what they have
    assert (read.bext.originator, read.bext.time_reference) == ("BGM Finder", 72_000)
    assert read.bext.time_reference == time_reference(made)
    assert read.ixml.project == "春のCM"
    texts = {element.tag: element.text for element in read.ixml.parsed.iter()}
    assert (texts["songTitle"], texts["TITLE"], texts["ARTIST"]) == ("雨の日 & <夜>", "雨の日 & <夜>", "歌手")
    assert (texts["SOURCE"], texts["IN"], texts["OUT"]) == (str(source), "2.000000", "4.000000")
    assert texts["TIMESTAMP_SAMPLES_SINCE_MIDNIGHT_LO"] == "72000" and texts["NOTE"] == "もう少し静かに"
    assert [track.channel_index for track in read.ixml.track_list] == ["1", "2"]


def test_handles_end_where_the_sound_does(sounds, tmp_path):
    report = copied(tmp_path, [piece(sounds / "mono.flac", section=Section(0.2, 3.9))], CopyOptions(handles_s=5))
    assert soundfile.info(report.files[0]).frames == 4 * 48_000 and time_reference(report.files[0]) == 0


def test_a_long_text_is_cut_between_letters(tmp_path):
    chunks = WaveChunks("雨" * 200, "発" * 30)
    with BroadcastWave(tmp_path / "a.wav", 48_000, 1, Depth.INT_16, chunks) as wave:
        wave.write(tone(0.1, 48_000, 1))
    bext = wavinfo.WavInfoReader(str(tmp_path / "a.wav"), bext_encoding="utf-8").bext
    assert (bext.description, bext.originator) == ("雨" * 85, "発" * 10)


def test_existing_files_stay_and_twins_are_numbered(sounds, tmp_path):
    (tmp_path / "MONO.wav").write_bytes(b"mine")
    wanted = [piece(sounds / "mono.flac")] * 2
    first, second = copied(tmp_path, wanted), copied(tmp_path, wanted)
    assert (tmp_path / "MONO.wav").read_bytes() == b"mine"
    names = [path.name for path in (*first.files, *second.files)]
    assert names == ["mono (2).wav", "mono (3).wav", "mono (4).wav", "mono (5).wav"]
    assert len(list(tmp_path.iterdir())) == 5


def test_odd_names_are_copied_under_names_that_every_disk_takes(tmp_path):
    files = write_odd_tracks(tmp_path / "originals")
    report = copied(tmp_path / "out", [piece(path) for path in files], CopyOptions(Copying.AS_IS))
    assert report.refused == [] and len(report.files) == len(files)
    names = [path.name for path in report.files]
    assert len({key_of(name) for name in names}) == len(names)
    assert sorted(names) == sorted(path.name for path in (tmp_path / "out").iterdir())
    assert not any(set(name) & set('<>:"/\\|?*\n') or name != name.strip() for name in names)
    assert {path.read_bytes() for path in report.files} == {path.read_bytes() for path in files}
    assert copied(tmp_path / "wav", [piece(path) for path in files], WAV).refused == []


def test_patterns_name_the_copies(sounds, tmp_path):
    wanted = [
        piece(sounds / "mono.flac", title="雨/夜", artist="A", duration_s=64.0),
        piece(sounds / "plain 48000.wav"),
    ]
    options = CopyOptions(pattern="{number} {brief} - {title} - {artist} {length}", brief="CM")
    assert [path.name for path in copied(tmp_path, wanted, options).files] == [
        "01 CM - 雨_夜 - A 1m04s.wav",
        "02 CM - plain 48000.wav",
    ]
    with pytest.raises(UnknownField):
        copied(tmp_path, wanted, CopyOptions(pattern="{titel}"))


def test_a_damaged_file_costs_only_itself(sounds, tmp_path):
    wanted = [piece(sounds / "broken.mp3"), piece(sounds / "gone.wav"), piece(sounds / "mono.flac")]
    report = copied(tmp_path, wanted)
    assert [(path.name, why.reason) for path, why in report.refused] == [
        ("broken.mp3", Reason.NO_SOUND),
        ("gone.wav", Reason.VANISHED),
    ]
    assert [path.name for path in tmp_path.iterdir()] == ["mono.wav"]


def test_stopping_keeps_what_is_whole_and_leaves_no_draft(sounds, tmp_path):
    job = Job()
    job.listen(lambda progress: progress.done > 10 and job.cancel())
    with pytest.raises(Cancelled):
        copied(tmp_path, [piece(sounds / "plain 44100.wav", duration_s=7.0)] * 3, WAV, job)
    assert [path.name for path in tmp_path.iterdir()] == ["plain 44100.wav"]
    assert decode(tmp_path / "plain 44100.wav").samples.shape == (337_440, 2)


def test_progress_has_time_left_and_ends(sounds, tmp_path):
    seen = []
    copied(tmp_path, [piece(sounds / "mono.flac", duration_s=4.0)] * 2, job=Job(seen.append))
    assert (seen[0].done, seen[0].total, seen[-1].done, seen[-1].seconds_left) == (0, 8, 8, 0.0)
    assert {progress.stage for progress in seen} == {"export"}


@pytest.mark.parametrize("copying", [Copying.WAV, Copying.AS_IS])
def test_a_full_disk_ends_the_export_and_says_so(copying, sounds, tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    with small_disk(disk, 3_000_000):
        report = copied(disk, [piece(sounds / "plain 48000.wav")] * 4, CopyOptions(copying))
        assert report.stopped_by is not None and report.stopped_by.strerror == os.strerror(28)
        assert len(report.files) + report.left == 4 and report.left > 0
        assert sorted(path.name for path in disk.iterdir()) == sorted(path.name for path in report.files)
        assert all(soundfile.info(path).frames for path in report.files)


@pytest.mark.skipif(sys.platform == "win32", reason="needs limits of POSIX")
def test_a_file_that_is_too_large_for_its_disk_costs_only_itself(sounds, tmp_path):
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (800_000, hard))
    try:
        report = copied(tmp_path, [piece(sounds / "plain 48000.wav"), piece(sounds / "mono.flac")], WAV)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert [(path.name, why.reason) for path, why in report.refused] == [("plain 48000.wav", Reason.NOT_WRITTEN)]
    assert [path.name for path in tmp_path.iterdir()] == ["mono.wav"]


def test_a_folder_that_cannot_be_made_is_named(sounds, tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OSError) as caught:
        copied(tmp_path / "file" / "out", [piece(sounds / "mono.flac")])
    assert "file" in str(caught.value.filename)


@pytest.fixture
def silent(tmp_path, monkeypatch):
    """Return what mounts a share that never answers what it is asked for."""
    if sys.platform != "linux" or shutil.which("fusermount3") is None:
        pytest.skip("needs FUSE (Debian: fuse3)")
    pytest.importorskip("mfusepy", reason="needs the reliability extra (mfusepy)")
    monkeypatch.setattr(waiting, "ANSWER_S", 2.0)
    monkeypatch.setattr(copies, "ANSWER_S", 2.0)

    @contextmanager
    def mounted(silent_at):
        with silent_folder(tmp_path / "share", silent_at) as files:
            if not files:
                pytest.skip("no file system can be mounted here (it takes root)")
            yield files[0]

    return mounted


@pytest.mark.parametrize("at", ["look", "list"])
def test_a_target_that_never_answers_is_named_and_not_waited_for(at, sounds, silent):
    with silent(at) as file, pytest.raises(TimeoutError) as caught:
        copied(file.parent, [piece(sounds / "mono.flac")])
    assert caught.value.filename == str(file.parent)


def test_a_source_that_never_answers_costs_only_itself(sounds, silent, tmp_path):
    with silent("read") as file:
        report = copied(tmp_path / "out", [piece(file), piece(sounds / "mono.flac")])
    assert [(path, why.reason) for path, why in report.refused] == [(file, Reason.NO_ANSWER)]
    assert [path.name for path in report.files] == ["mono.wav"]


def test_a_share_that_knows_no_links_gets_its_files_too(sounds, tmp_path, silent):
    """As FAT, exFAT and some network shares; there a name is looked for before it is taken."""
    real, share = tmp_path / "real", tmp_path / "mirror"
    real.mkdir()
    share.mkdir()
    (real / "mono.wav").write_bytes(b"mine")
    with mirrored(real, share):
        report = copied(share, [piece(sounds / "mono.flac")] * 2)
        assert [path.name for path in report.files] == ["mono (2).wav", "mono (3).wav"]
    assert (real / "mono.wav").read_bytes() == b"mine"
    assert decode(real / "mono (3).wav").samples.shape == (192_000, 1)


@contextmanager
def mirrored(real, share):
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.reliability.mirror_share", str(real), str(share)],
        cwd=Path(__file__).parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        if server.stdout.readline().strip() != "mounted":
            pytest.skip("no share can be mounted here")
        yield
    finally:
        server.kill()
        server.communicate()
        subprocess.run(["fusermount3", "-u", "-z", str(share)], check=False)
