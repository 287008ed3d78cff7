"""Writes the generated part of ``clients/python`` from ``openapi.json``.

A test compares what is there with what this would write, so that the client cannot fall behind.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from tools import client_errors, client_models, client_operations, client_schema

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = "clients/python/src/yizhan_client"
NOTE = "# Written by `make openapi` from openapi.json; do not edit.\n"
# Written by hand, beside what is generated.
_BY_HAND = ("errors/base.py",)


def files() -> dict[str, str]:
    """Path below the root → text, formatted."""
    api = client_schema.Api(json.loads((ROOT / "openapi.json").read_text("utf-8")))
    reference = (ROOT / "docs/reference/errors.md").read_text("utf-8")
    raw = {
        **client_models.files(api),
        **client_operations.files(api),
        **client_errors.files(api, reference),
    }
    return {f"{PACKAGE}/{path}": text for path, text in _formatted(raw).items()}


def stale(root: Path) -> list[str]:
    """Files of the generated folders that nothing writes any more."""
    folders = (client_models.FOLDER, client_operations.FOLDER, client_errors.FOLDER)
    kept = {*files(), *(f"{PACKAGE}/{path}" for path in _BY_HAND)}
    found = [path for one in folders for path in (root / PACKAGE / one).rglob("*.py")]
    return sorted({str(path.relative_to(root)) for path in found} - kept)


def _formatted(raw: dict[str, str]) -> dict[str, str]:
    """As the project's formatter leaves them, imports sorted."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for path, text in raw.items():
            target = folder / "yizhan_client" / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(NOTE + text, "utf-8")
        ruff = [str(Path(sys.executable).parent / "ruff")]
        common = ["--quiet", "--no-cache", "--config", str(ROOT / "pyproject.toml"), place]
        subprocess.run([*ruff, "check", "--fix-only", "--select", "I", *common], check=True)
        subprocess.run([*ruff, "format", *common], check=True)
        return {path: (folder / "yizhan_client" / path).read_text("utf-8") for path in raw}


def main() -> int:
    """Writes all files and removes what is left over."""
    for path, text in files().items():
        (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / path).write_text(text, "utf-8")
    for path in stale(ROOT):
        (ROOT / path).unlink()
        print(f"removed {path}")
    print(PACKAGE)
    return 0


if __name__ == "__main__":
    sys.exit(main())
