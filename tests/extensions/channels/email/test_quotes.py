"""Folding of quoted text, on replies as the common clients write them."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from yizhan.extensions.channels.email import html, quotes, quotes_html

CASES: list[dict[str, Any]] = tomllib.loads(
    (Path(__file__).parent / "quotes.toml").read_text("utf-8")
)["case"]
TEXTS = [case for case in CASES if "text" in case]
PAGES = [case for case in CASES if "html" in case]


def test_the_corpus_covers_the_clients() -> None:
    assert len(CASES) >= 40
    assert len(PAGES) >= 25
    assert len({case["name"] for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", TEXTS, ids=[case["name"] for case in TEXTS])
def test_text(case: dict[str, Any]) -> None:
    source = case["text"].strip("\n").replace("&nbsp;", "\u00a0")
    found = quotes.split(source, subject=case.get("subject", "Re: A question"))
    if not case.get("folds", True):
        assert found == (source, "")
        return
    visible = "\n".join(line.rstrip() for line in found.text.strip().split("\n"))
    assert visible == case["visible"]
    assert "QUOTED" not in found.text
    assert found.quoted.count("QUOTED") == source.count("QUOTED")


@pytest.mark.parametrize("case", PAGES, ids=[case["name"] for case in PAGES])
def test_html(case: dict[str, Any]) -> None:
    found = quotes_html.split(
        html.parse(case["html"]), subject=case.get("subject", "Re: A question")
    )
    shown = html.to_text(found.visible)
    if not case.get("folds", True):
        assert found.quoted is None
        assert "123" in shown
        return
    assert shown.strip() == case.get("visible_html", case["visible"])
    assert found.quoted is not None
    assert html.to_text(found.quoted).count("QUOTED") == case["html"].count("QUOTED")
