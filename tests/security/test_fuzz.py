"""Whatever comes in is read, refused or held, in a moment; the long form is ``python -m tests.security.fuzz``.

mail-parser CVE-2026-129295, sanitize-html GHSA-cgfm-xwp7-2cvr, Zammad issue 2706, OTRS CVE-2010-4767.
"""

from __future__ import annotations

import random
from typing import Any

import pytest

from tests.security import fuzz


@pytest.mark.parametrize("target", fuzz.TARGETS)
def test_mutated_input_of_every_reader(target: str) -> None:
    for number in range(60):
        fuzz.one(target, number, seed=20261123)


def test_a_case_is_the_same_whenever_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    plan = fuzz.plan(1_000)
    assert {target for target, _ in plan} == set(fuzz.TARGETS)
    assert len(plan) == len(set(plan)) > 900

    def breaks(chance: random.Random) -> Any:
        raise RuntimeError(chance.random())

    monkeypatch.setitem(fuzz.TARGETS, "words", breaks)
    told = []
    for _ in range(2):
        with pytest.raises(RuntimeError) as caught:
            fuzz.one("words", 7, seed=1)
        told.append(str(caught.value))
    assert told[0] == told[1]
