"""The built front ends: a rebuild is seen at once, files travel packed."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from tests.support.desk import Desk
from yizhan.app import static

PAGE = '<!doctype html><script type="module" crossorigin src="/assets/index-{}.js"></script>'


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "app"
    (folder / "assets").mkdir(parents=True)
    monkeypatch.setattr(static, "ROOT", tmp_path)
    return folder


async def test_a_rebuilt_app_is_served_and_named_at_once(desk: Desk, app: Path) -> None:
    for name in ("AAA", "BBBB"):
        (app / "index.html").write_text(PAGE.format(name))
        answer = await desk.api.get("/inbox")
        assert f"index-{name}.js" in answer.text
        assert answer.headers["cache-control"] == "no-cache"
        assert static.build() == f"/assets/index-{name}.js"


async def test_without_a_build_there_is_a_page_that_says_so(desk: Desk, app: Path) -> None:
    assert static.build() is None
    assert (await desk.api.get("/inbox")).status_code == 503


async def test_files_travel_packed_to_those_who_take_it(desk: Desk, app: Path) -> None:
    words = "const words = '驿站'\n" * 500
    (app / "assets" / "words-AAA.js").write_text(words)
    packed = await desk.api.get("/assets/words-AAA.js", headers={"Accept-Encoding": "gzip"})
    assert packed.text == words
    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) <= len(gzip.compress(words.encode()))
    assert "immutable" in packed.headers["cache-control"]
    plain = await desk.api.get("/assets/words-AAA.js", headers={"Accept-Encoding": "identity"})
    assert (plain.text, plain.headers.get("content-encoding")) == (words, None)
    assert plain.headers["vary"] == packed.headers["vary"] == "Accept-Encoding"
    assert (await desk.api.get("/assets/words-OLD.js")).status_code == 404
