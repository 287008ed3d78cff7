"""The generated client is what the API's description says today."""

from __future__ import annotations

import ast

from tools import client

WRITTEN = client.files()


def test_is_current() -> None:
    behind = [
        path
        for path, text in WRITTEN.items()
        if not (client.ROOT / path).exists() or (client.ROOT / path).read_text("utf-8") != text
    ]
    assert behind == [], "run: python -m tools.client"
    assert client.stale(client.ROOT) == []


def test_stands_alone() -> None:
    """It ships by itself, so it imports nothing of the server's."""
    taken = set()
    for path in (client.ROOT / client.PACKAGE).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom):
                taken.add((node.module or "").partition(".")[0])
            elif isinstance(node, ast.Import):
                taken |= {one.name.partition(".")[0] for one in node.names}
    assert taken & {"yizhan", "tools", "tests"} == set()
    assert {"httpx2", "msgspec", "yizhan_client"} <= taken
