"""The committed description of the API is the one of the code."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def _generated() -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "yizhan.app.cli", "openapi", "--json"],
        check=True,
        capture_output=True,
    )
    document: dict[str, Any] = json.loads(done.stdout)
    return document


def test_the_committed_document_is_current_and_complete() -> None:
    document = _generated()
    committed = json.loads((ROOT / "openapi.json").read_text("utf-8"))
    # The version comes from git's tags and differs from clone to clone.
    document["info"].pop("version")
    committed["info"].pop("version")
    assert committed == document, "run: make openapi"
    assert document["openapi"].startswith("3.1")
    silent = [
        (method, path)
        for path, operations in document["paths"].items()
        for method, operation in operations.items()
        if method in ("get", "post", "put", "patch", "delete")
        and not any(code.startswith("2") for code in operation.get("responses", {}))
    ]
    assert silent == []
