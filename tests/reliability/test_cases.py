"""The quick ones among the inputs of public bug reports; `make cases` runs all of them and prints a table."""

import pytest

from tests.reliability.cases._case import make, missing_programs, modules, run


@pytest.mark.parametrize("module", modules(), ids=lambda module: module.__name__.rpartition(".")[2])
def test_what_others_reported_is_right_here(module, tmp_path):
    if missing := missing_programs(module):
        pytest.skip(f"{', '.join(missing)} missing")
    outcomes = [run(case) for case in make(module, tmp_path) if case.is_quick]
    assert {outcome.case.name: outcome.found for outcome in outcomes} == {
        outcome.case.name: outcome.case.right for outcome in outcomes
    }
