"""Why something is refused, in the window's words: each reason in English and in Japanese."""

import errno
import re

import pytest
import soundfile
from PySide6.QtCore import QLocale

from bgm_finder.audio.decode import decode
from bgm_finder.gui.error_words import error_text, refusal_text
from bgm_finder.gui.language import Language
from bgm_finder.jobs.each_file import WorkersFail
from bgm_finder.reason_sentences import SENTENCES, SYSTEM_ERRORS, in_english, sentence_of
from bgm_finder.reasons import Reason, Refusal, Unreadable

PLACE = re.compile(r"\{(\w+)\}")
JAPANESE = re.compile(r"[぀-ヿ一-鿿]")
LATIN = re.compile(r"[A-Za-z]{2,}")
NAMES = {
    *(
        "BGM",
        "BPM",
        "CSV",
        "Dask",
        "Excel",
        "Finder",
        "Hz",
        "ID",
        "Numbers",
        "OpenDocument",
        "PDF",
        "TLS",
        "UTF",
        "XML",
    ),
    *("bgm", "ca", "cert", "client", "cluster", "comm", "distributed", "encoding", "file", "finder", "id"),
    *("install", "key", "pip", "plist", "safetensors", "tls"),
}
"""What is called so in Japanese as well."""


@pytest.fixture
def japanese(qapp):
    font, locale, language = qapp.font(), QLocale(), Language(qapp)
    language.use("ja")
    yield
    language.forget()
    qapp.setFont(font)
    QLocale.setDefault(locale)


def refusal_of(reason):
    return Refusal(reason, {name: f"«{name}»" for name in PLACE.findall(SENTENCES[reason])})


def left_in_english(text):
    return set(LATIN.findall(re.sub(r"«\w+»", "", text))) - NAMES


@pytest.mark.parametrize("reason", Reason)
def test_each_reason_is_a_sentence_in_both_languages(qapp, reason, request):
    english = refusal_text(refusal_of(reason))
    assert english == sentence_of(refusal_of(reason)) and "{" not in english
    request.getfixturevalue("japanese")
    said = refusal_text(refusal_of(reason))
    assert said != english and JAPANESE.search(said)
    assert sorted(re.findall(r"«\w+»", said)) == sorted(re.findall(r"«\w+»", english))
    assert left_in_english(said) == set()


@pytest.mark.parametrize("name", SYSTEM_ERRORS)
def test_each_error_of_the_system_is_japanese(japanese, name):
    said = refusal_text(Refusal(Reason.CANNOT_BE_READ, {"system": name}))
    assert JAPANESE.search(said) and left_in_english(said) == set()
    assert left_in_english(error_text(OSError(getattr(errno, name), "in any language"))) == set()


def test_workers_that_fail_are_told_as_the_terminal_tells_it_and_with_the_key(qapp, request):
    failure = WorkersFail(Reason.WORKERS_FAIL)
    assert error_text(failure) == f"{in_english(failure)} Press F5 to try again."
    request.getfixturevalue("japanese")
    assert left_in_english(error_text(failure)) == set()


def test_a_wav_that_was_cut_off_is_refused_in_japanese(japanese, tmp_path):
    soundfile.write(tmp_path / "whole.wav", [[0.5, 0.5]] * 1000, 44_100)
    whole, said = (tmp_path / "whole.wav").read_bytes(), set()
    for length in range(60):
        path = tmp_path / f"{length}.wav"
        path.write_bytes(whole[:length])
        try:
            decode(path)
        except Unreadable as refused:
            said.add(error_text(refused).partition(": ")[2])
    assert len(said) > 1
    assert [text for text in said if left_in_english(text) or not JAPANESE.search(text)] == []


def test_a_header_that_makes_no_sense_is_told_in_japanese_with_its_numbers(japanese, tmp_path):
    whole = tmp_path / "whole.wav"
    soundfile.write(whole, [[0.5, 0.5]] * 1000, 44_100)
    content = bytearray(whole.read_bytes())
    content[24:28] = (10).to_bytes(4, "little")  # the rate
    (tmp_path / "odd.wav").write_bytes(content)
    with pytest.raises(Unreadable) as refused:
        decode(tmp_path / "odd.wav")
    said = error_text(refused.value)
    assert "2チャンネル" in said and "10 Hz" in said
    assert left_in_english(said.removeprefix("odd.wav")) == set()
