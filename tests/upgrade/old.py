"""The code of an earlier release, out of git's history, run with the packages of this one."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tarfile
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Release:
    """One earlier state."""

    name: str
    commit: str

    @property
    def fixture(self) -> Path:
        return HERE / f"{self.name}.tar.xz"


def releases() -> list[Release]:
    """All that are named in ``releases.toml``, oldest first."""
    found: dict[str, Any] = tomllib.loads((HERE / "releases.toml").read_text())
    return [Release(one["name"], one["commit"]) for one in found["release"]]


def code(commit: str, folder: Path) -> Path | None:
    """The old sources below a folder; None where there is no history (a source archive, a shallow clone)."""
    done = subprocess.run(
        ["git", "-C", str(ROOT), "archive", "--format=tar", commit, "src"],
        capture_output=True,
        check=False,
    )
    if done.returncode != 0:
        return None
    with tarfile.open(fileobj=io.BytesIO(done.stdout)) as packed:
        packed.extractall(folder, filter="data")
    return folder / "src"


def environment(sources: Path, **more: str) -> dict[str, str]:
    """Python finds these sources first."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("YIZHAN_")}
    return {**kept, "PYTHONPATH": str(sources), "YIZHAN_UNDERSTANDING": "false", **more}


def yizhan(*arguments: object) -> list[str]:
    """The command line, of whichever sources the environment names."""
    return [sys.executable, "-m", "yizhan.app.cli", *map(str, arguments)]


@contextmanager
def running(
    command: list[str], *, env: dict[str, str], log: Path
) -> Iterator[subprocess.Popen[str]]:
    """A process until the end of the block."""
    with log.open("ab") as err:
        process = subprocess.Popen(
            command,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=err,
            text=True,
        )
    try:
        yield process
    finally:
        process.terminate()
        process.communicate()
