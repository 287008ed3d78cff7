"""Every setting, event, permission and error code is documented, with a meaning."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import reference

ROOT = Path(__file__).resolve().parent.parent.parent
PAGES = reference.pages()


@pytest.mark.parametrize("path", sorted(PAGES))
def test_is_current(path: str) -> None:
    written = ROOT / path
    assert written.exists()
    assert written.read_text() == PAGES[path], "run: python -m tools.reference"


@pytest.mark.parametrize("path", sorted(PAGES))
def test_says_what_each_means(path: str) -> None:
    rows = [line for line in PAGES[path].splitlines() if line.startswith("| `")]
    assert rows
    meaning = -1 if path.endswith(("settings.md", "errors.md")) else 1
    silent = [row for row in rows if not row.strip("| ").split(" | ")[meaning].strip(" |")]
    assert silent == []
