"""Guided fuzzing, by atheris, of all that this program parses itself.

`python -m tests.reliability.fuzz_parsers --minutes 3` gives each parser so long, in a process of its own, and fails
where one raises what it does not promise. `pip install -e '.[reliability]'` brings atheris. What fails is kept in the
folder that the run names, and belongs into tests/reliability/test_found_by_fuzz.py.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import fields
from inspect import isfunction
from pathlib import Path

from bgm_finder import paths
from bgm_finder import settings as settings_module
from bgm_finder.audio import picture
from bgm_finder.audio.picture import preview_from
from bgm_finder.catalogue import tag_csv
from bgm_finder.catalogue.safekeeping import hand_edits
from bgm_finder.catalogue.safekeeping.hand_edits import read_line
from bgm_finder.catalogue.tag_csv import read_tag_list
from bgm_finder.catalogue.tag_lists.problems import UnreadableTagList
from bgm_finder.gui import actions
from bgm_finder.gui.actions import read_keys
from bgm_finder.json_object import NotJsonObject
from bgm_finder.reason_sentences import sentence_of
from bgm_finder.settings import Settings, load_settings
from bgm_finder.similarity import weights_file
from bgm_finder.similarity.weights_file import WeightsUnusable

_DRAFT = Path(tempfile.gettempdir()) / "bgm-finder-fuzzed"


def tag_list(held: bytes) -> None:
    _DRAFT.write_bytes(held)
    try:
        listed = read_tag_list(_DRAFT)
    except UnreadableTagList:
        return
    for complaint in listed.complaints:
        assert sentence_of(complaint.refusal)


def settings(held: bytes) -> None:
    _DRAFT.write_bytes(held)
    kept = load_settings(_DRAFT)
    for name, value in _defaults().items():
        assert isinstance(getattr(kept, name), (type(value), int)), name


def _defaults() -> dict[str, object]:
    return {setting.name: getattr(Settings(), setting.name) for setting in fields(Settings) if setting.init}


def keys(held: bytes) -> None:
    _DRAFT.write_bytes(held)
    try:
        kept = read_keys(_DRAFT)
    except (NotJsonObject, OSError):
        return
    for wanted in kept.values():
        assert all(isinstance(key, str) for key in wanted)


def weights(held: bytes) -> None:
    _DRAFT.write_bytes(held)
    for parse in (weights_file.read_facts, weights_file.check):
        try:
            parse(_DRAFT)
        except WeightsUnusable:
            continue


def stored_picture(held: bytes) -> None:
    try:
        preview_from(held)
    except ValueError:
        return


def hand_edit(held: bytes) -> None:
    read_line(held)


PARSERS: dict[str, Callable[[bytes], None]] = {
    parse.__name__: parse for parse in (tag_list, settings, keys, weights, stored_picture, hand_edit)
}


def seeds(name: str) -> list[bytes]:
    """Return honest contents to begin with."""
    header = (paths.resource("weights") / "article.safetensors").read_bytes()[:4_000]
    line = {"number": 1, "marks": [["/m/", "a.wav", "keep"]], "tags": [["+", "/m/", "a.wav", "mood", "calm", "hand"]]}
    listed = (paths.resource("demo") / "tags.csv").read_text(encoding="utf-8-sig")[:600]
    return {
        "tag_list": [listed.encode(encoding, "replace") for encoding in ("utf-8", "cp932", "utf-16")],
        "settings": [json.dumps(_defaults()).encode()],
        "keys": [b'{"keep": ["G"], "reject": []}'],
        "weights": [header, (24).to_bytes(8, "little") + b'{"__metadata__": {"a": 1}}'],
        "stored_picture": [bytes(40)],
        "hand_edit": [json.dumps(line).encode()],
    }[name]


def fuzz_one(name: str, seconds: int, folder: Path) -> None:
    """Fuzzes one parser in this process, which atheris ends."""
    import atheris

    corpus = folder / name
    corpus.mkdir(parents=True, exist_ok=True)
    for number, held in enumerate(seeds(name)):
        (corpus / f"seed {number}").write_bytes(held)
    for module in (tag_csv, settings_module, actions, weights_file, picture, hand_edits):
        for function in [one for one in vars(module).values() if isfunction(one) and one.__module__ == module.__name__]:
            atheris.instrument_func(function)
    atheris.Setup([name, f"-max_total_time={seconds}", f"-artifact_prefix={folder}/{name} ", "-rss_limit_mb=4000",
                   "-timeout=20", str(corpus)], PARSERS[name])  # fmt: skip
    atheris.Fuzz()


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--minutes", type=float, default=3.0, help="for each parser")
    parser.add_argument("--one", choices=sorted(PARSERS), help="fuzz this parser in this very process")
    parser.add_argument("--work", type=Path, help="the folder for what was tried and what failed")
    options = parser.parse_args()
    folder = options.work or Path(tempfile.mkdtemp(prefix="bgm-finder-parsers-"))
    if options.one:
        fuzz_one(options.one, round(options.minutes * 60), folder)
        return 0
    failed = []
    for name in PARSERS:
        command = [sys.executable, "-m", "tests.reliability.fuzz_parsers", "--one", name]
        command += ["--minutes", str(options.minutes), "--work", str(folder)]
        run = subprocess.run(command, capture_output=True, text=True, errors="replace")
        runs = re.findall(r"^#(\d+)", run.stderr, re.MULTILINE)
        print(f"{name}: {runs[-1] if runs else 0} inputs, {'FAILED' if run.returncode else 'ok'}", flush=True)
        if run.returncode:
            failed.append(name)
            print(run.stderr[-3_000:], flush=True)
    print(f"kept in {folder}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
