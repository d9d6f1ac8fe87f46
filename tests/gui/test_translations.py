"""The window's sentences in Japanese, and the English plurals; `make translations` brings the files up to date."""

import ast
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QTranslator

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "resources" / "translations"
SOURCES = [
    *sorted((ROOT / "bgm_finder" / "gui").rglob("*.py")),
    *(ROOT / "bgm_finder" / name for name in ("app.py", "reason_sentences.py")),
]
LUPDATE = Path(sys.executable).with_name("pyside6-lupdate")
LUPDATE_OPTIONS = ("-no-obsolete", "-locations", "none", "-tr-function-alias", "QT_TRANSLATE_NOOP+=translatable")
PLACEHOLDER = re.compile(r"%L?n|\{\w+\}")
JAPANESE = re.compile(r"[぀-ヿ一-鿿]")
SAME_IN_JAPANESE = {"BPM", " + "}
STILTED = re.compile(r"%n|Which\?|last look|passed over|that back|(This|that|}) is no\b|your rights|[Tt]aken? away")
"""Counts without the language's grouping, and phrases that no well-made app uses."""
OTHER_SPELLINGS = re.compile("フォルダー|カテゴリー|タグリスト|類似曲|：|%n")
"""Second spellings of words of the Japanese window: each has one."""
Key = tuple[str, str]


@dataclass(frozen=True)
class Message:
    """An entry of a .ts file: one translation, or one for each plural form."""

    context: str
    source: str
    translations: tuple[str, ...]
    is_finished: bool
    is_plural: bool


def read_ts(path: Path) -> list[Message]:
    return [
        _message(context.findtext("name", ""), entry)
        for context in ElementTree.parse(path).getroot().iter("context")
        for entry in context.iter("message")
    ]


def _message(context: str, entry: ElementTree.Element) -> Message:
    translation = entry.find("translation")
    assert translation is not None
    forms = [form.text or "" for form in translation.iter("numerusform")] or [translation.text or ""]
    return Message(
        context, entry.findtext("source", ""), tuple(forms), "type" not in translation.attrib, "numerus" in entry.attrib
    )


def keys(messages: list[Message]) -> set[Key]:
    return {(message.context, message.source) for message in messages}


def spoken_in(tree: ast.AST, class_name: str = "") -> Iterator[Key]:
    """Return context and text of each tr(), translate() and translatable() below a node of the code."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            texts = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
            if name == "tr":
                yield class_name, texts[0]
            elif name in ("translate", "translatable") and len(texts) == 2:
                yield texts[0], texts[1]
        yield from spoken_in(node, node.name if isinstance(node, ast.ClassDef) else class_name)


def test_sentences_are_in_plain_words():
    said = {key for source in SOURCES for key in spoken_in(ast.parse(source.read_text(encoding="utf-8")))}
    assert len(said) > 500
    assert [text for _, text in sorted(said) if STILTED.search(text)] == []


def test_each_japanese_word_has_one_spelling(japanese):
    texts = [text for message in japanese for text in message.translations]
    assert [text for text in texts if OTHER_SPELLINGS.search(text)] == []


@pytest.fixture(scope="module")
def japanese():
    return read_ts(FOLDER / "bgm_finder_ja.ts")


@pytest.fixture
def translator(request):
    """The .qm of a language, as the app loads it."""
    loaded = QTranslator()
    assert loaded.load(str(FOLDER / f"bgm_finder_{request.param}.qm"))
    return loaded


def test_every_sentence_of_the_code_is_in_the_file(japanese):
    # lupdate passes over a tr() inside an f-string without a word; reading the code as a tree does not
    spoken = {key for path in SOURCES for key in spoken_in(ast.parse(path.read_text(encoding="utf-8")))}
    assert len(spoken) > 200
    assert spoken == keys(japanese)


@pytest.mark.parametrize(("language", "only"), [("ja", ()), ("en", ("-pluralonly",))])
def test_the_file_is_what_lupdate_makes_of_the_code(tmp_path, language, only):
    if not LUPDATE.exists():
        pytest.skip("pyside6-lupdate is not installed beside this Python")
    committed = FOLDER / f"bgm_finder_{language}.ts"
    fresh = tmp_path / committed.name
    fresh.write_bytes(committed.read_bytes())
    command = [LUPDATE, *LUPDATE_OPTIONS, *SOURCES, "-target-language", language, *only, "-ts", fresh]
    subprocess.run([str(part) for part in command], check=True, capture_output=True)
    assert keys(read_ts(fresh)) == keys(read_ts(committed))


def test_nothing_is_left_unfinished(japanese):
    english = read_ts(FOLDER / "bgm_finder_en.ts")
    assert [m.source for m in japanese + english if not m.is_finished or not all(m.translations)] == []


def test_japanese_is_japanese(japanese):
    plain = {m.source for m in japanese if not any(JAPANESE.search(form) for form in m.translations)}
    assert plain == SAME_IN_JAPANESE


def test_a_translation_keeps_the_placeholders(japanese):
    english = read_ts(FOLDER / "bgm_finder_en.ts")
    lost = [
        (m.source, form)
        for m in japanese + english
        for form in m.translations
        if sorted(PLACEHOLDER.findall(form)) != sorted(PLACEHOLDER.findall(m.source))
    ]
    assert lost == []


def test_what_opens_a_dialog_says_so_in_japanese_too(japanese):
    assert [m.source for m in japanese if m.source.endswith("…") != m.translations[0].endswith("…")] == []


@pytest.mark.parametrize(("language", "translator"), [("ja", "ja"), ("en", "en")], indirect=["translator"])
def test_the_app_says_what_the_file_says(language, translator):
    for message in read_ts(FOLDER / f"bgm_finder_{language}.ts"):
        counts = range(1, len(message.translations) + 1) if message.is_plural else [-1]
        said = [translator.translate(message.context, message.source, "", count) for count in counts]
        assert said == list(message.translations), "run `make translations`"


@pytest.mark.parametrize(("translator", "one", "two"), [("en", "1 track", "2 tracks"), ("ja", "1曲", "2曲")],
                         indirect=["translator"])  # fmt: skip
def test_numbers_take_their_plural(qapp, translator, one, two):
    qapp.installTranslator(translator)
    try:
        said = [QCoreApplication.translate("Browsing", "%Ln track(s)", None, count) for count in (1, 2)]
    finally:
        qapp.removeTranslator(translator)
    assert said == [one, two]
