"""Reasons: each has its sentence and its facts, and comes back from text and from other processes as it was."""

import ast
import errno
import os
import pickle
import re
from pathlib import Path

import pytest

from bgm_finder.catalogue.database import DamagedCatalogue
from bgm_finder.catalogue.tag_lists.problems import EncodingChoice, UndecidedEncoding
from bgm_finder.reason_sentences import SENTENCES, SYSTEM_ERRORS, in_english, sentence_of, system_text
from bgm_finder.reasons import FileError, Reason, Refusal, RefusalError, Unreadable

PACKAGE = Path(__file__).parents[1] / "bgm_finder"


NO_FACTS = [
    f"cannot_be_read {json}" for json in ('{"system": 5}', '{"system": null}', "5", "null", '["system"]', '"EIO"')
]
NAMES = {f"Reason.{reason.name}" for reason in Reason}


def facts_of(reason):
    return set(re.findall(r"\{(\w+)\}", SENTENCES[reason]))


def test_every_reason_has_a_sentence_of_its_own():
    assert set(SENTENCES) == set(Reason)
    assert len(set(SENTENCES.values())) == len(Reason)


def given_facts():
    """Yield each call that names a reason and its facts outright: its place, the reason, and the facts' names."""
    for path in sorted(PACKAGE.rglob("*.py")):
        calls = (node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call))
        for call in calls:
            reasons = [arg.attr for arg in call.args if ast.unparse(arg) in NAMES]
            if len(reasons) == 1 and ast.unparse(call.args[-1]) not in ("facts", "error"):
                names = {keyword.arg for keyword in call.keywords}
                names.update(key.value for arg in call.args if isinstance(arg, ast.Dict) for key in arg.keys)
                yield f"{path.relative_to(PACKAGE)}:{call.lineno}", Reason[reasons[0]], names


def test_every_refusal_gives_the_facts_that_its_sentence_wants():
    given = list(given_facts())
    assert len(given) > 60
    assert [(place, names) for place, reason, names in given if names != facts_of(reason)] == []


def test_every_reason_is_given_somewhere():
    code = "".join(
        path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py") if path.stem != "reason_sentences"
    )
    assert [reason for reason in Reason if f"Reason.{reason.name}" not in code] == []


@pytest.mark.parametrize("reason", Reason)
def test_a_refusal_comes_back_from_its_text(reason):
    refusal = Refusal(reason, {name: 'é "{x}" \udcff\n=' for name in facts_of(reason)})
    assert Refusal.parse(str(refusal)) == refusal
    assert str(refusal).isascii()


@pytest.mark.parametrize("text", ["of the future", "is_folder {", "is_folder ", "is a folder", "", "[1]", *NO_FACTS])
def test_what_is_no_refusal_is_kept_as_a_fact(text):
    refusal = Refusal.parse(text)
    assert refusal == Refusal(Reason.UNKNOWN, {"text": text})
    assert sentence_of(refusal).endswith(text)


@pytest.mark.parametrize("kind", [FileError, Unreadable, DamagedCatalogue])
def test_an_error_comes_back_from_another_process(kind):
    error = kind(Path("a"), Reason.PICTURE_NOT_WRITTEN, system="ENOSPC", reason="any name will do", path=1)
    back = pickle.loads(pickle.dumps(error))
    assert (type(back), back.path, back.refusal) == (kind, Path("a"), error.refusal)
    undecided = UndecidedEncoding(Path("a"), (EncodingChoice("cp932", (("file",),)),))
    back = pickle.loads(pickle.dumps(undecided))
    assert (back.path, back.refusal, back.choices) == (Path("a"), undecided.refusal, undecided.choices)


def test_a_fact_that_looks_like_a_place_stays_as_it_is():
    refusal = Refusal(Reason.SEVERAL_TRACKS, {"file": "{count}.wav", "count": "2", "some": "{file}"})
    assert sentence_of(refusal) == "{count}.wav matches 2 tracks: {file}"


def test_errors_of_the_system_are_named_in_our_words_whatever_language_it_speaks():
    error = OSError(errno.ENOSPC, "デバイスに空き領域がありません")
    assert system_text(error) == SYSTEM_ERRORS["ENOSPC"]
    assert Unreadable.of_system(Path("a"), OSError(errno.EIO, "入力/出力エラーです")).refusal == Refusal(
        Reason.CANNOT_BE_READ, {"system": "EIO"}
    )
    rare = Unreadable.of_system(Path("a"), OSError(errno.EXDEV, os.strerror(errno.EXDEV)))
    assert sentence_of(rare.refusal) == f"cannot be read ({os.strerror(errno.EXDEV).lower()})"
    assert sentence_of(Unreadable.of_system(Path("a"), OSError("odd")).refusal) == "cannot be read (odd)"


def test_a_whole_sentence_in_english():
    assert in_english(Unreadable(Path("a.wav"), Reason.IS_EMPTY)) == "a.wav is empty."
    assert in_english(Unreadable(Path("a.wav"), Reason.NO_PERMISSION)) == "a.wav: you have no permission to read it."
    assert in_english(DamagedCatalogue(Path("c"), Reason.GONE)) == "The catalogue c is gone."
    assert in_english(RefusalError(Reason.DEVICE_GONE, device="x")) == "The sound device was disconnected (x)."
    nowhere = FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), "/x.npz")
    assert in_english(nowhere) == "/x.npz cannot be used: there is no such file or folder."
    assert in_english(OSError("b.npz is not of the same tracks")) == "b.npz is not of the same tracks."
    assert system_text(OSError(-2, "no such host")) == "no such host"


def test_errors_of_the_system_need_no_file_before_them():
    begins = re.compile(r"(there|it|its|part of its path|your?|too many files|an|another|the \w+( \w+)?)\b")
    assert [text for text in SYSTEM_ERRORS.values() if not begins.match(text)] == []
