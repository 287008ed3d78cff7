"""The map for whoever changes this stays short and true."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
MAP = (ROOT / "AGENTS.md").read_text()
PAGES = [
    path
    for pattern in ("*.md", "docs/*.md", "docs/decisions/*.md")
    for path in sorted(ROOT.glob(pattern))
]
QUOTED = re.findall(r"`([^`\n]+)`", MAP)
PATH = re.compile(r"[\w.-]+(/[\w.-]+)+/?$|[\w-]+\.(md|py|toml)$")


def test_is_short() -> None:
    assert MAP.count("\n") < 150


@pytest.mark.parametrize("target", sorted({q[5:] for q in QUOTED if q.startswith("make ")}))
def test_make_targets_exist(target: str) -> None:
    assert re.search(rf"^{target}:.*##", (ROOT / "Makefile").read_text(), re.MULTILINE)


@pytest.mark.parametrize("path", sorted({q for q in QUOTED if "/" in q and PATH.match(q)}))
def test_paths_exist(path: str) -> None:
    assert (ROOT / path).exists()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+?)(?:#[^)]*)?\)", page.read_text()):
        if not target.startswith(("http:", "https:", "mailto:")):
            assert (page.parent / target).exists(), target


@pytest.mark.parametrize("command", sorted(set(re.findall(r"`yizhan ([a-z-]+)", MAP))))
def test_commands_exist(command: str) -> None:
    assert (ROOT / "src/yizhan/app/commands" / f"{command}.py").exists()
