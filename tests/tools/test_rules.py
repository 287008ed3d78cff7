"""Each of our own rules finds its bad example and passes its good one."""

from __future__ import annotations

from types import ModuleType

import pytest

from tools import rules

ALL = rules.all_rules()


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.__name__.rpartition(".")[2])
def test_tells_good_from_bad(rule: ModuleType) -> None:
    assert rule.__doc__
    assert list(rule.check(rule.GOOD)) == []
    assert list(rule.check(rule.BAD))
