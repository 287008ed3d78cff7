"""The table of security cases is current, and every test that it names is there."""

from __future__ import annotations

import pytest

from tools import security

ALL = security.cases()


@pytest.mark.parametrize("path", security.PAGES)
def test_the_page_is_current(path: str) -> None:
    written = (security.ROOT / path).read_text()
    assert written == security.pages()[path], "run: python -m tools.security"
    assert security.BEGIN in written


def test_every_case_is_there_once() -> None:
    ids = [case.id for case in ALL]
    assert len(ids) == len(set(ids))
    assert {str(number) for number in range(1, 27)} <= set(ids)


def test_every_named_test_exists() -> None:
    missing = []
    for case in ALL:
        assert case.tests or case.untested, f"{case.id}: say why nothing tests it"
        for name in case.tests:
            file, _, function = name.partition("::")
            path = security.ROOT / "tests" / file
            if not path.exists() or function not in security.functions(path):
                missing.append((case.id, name))
    assert missing == []


def test_every_security_test_belongs_to_a_case() -> None:
    named = {name.partition("::")[0] for case in ALL for name in case.tests}
    folder = security.ROOT / "tests" / "security"
    files = {f"security/{path.name}" for path in folder.glob("test_*.py")}
    assert sorted(files - named) == []
