"""Rules that we care about, as programs: one module a rule.

A rule's module has a docstring that states it, ``check(tree)`` which yields what breaks it, and the
examples ``GOOD`` and ``BAD``: small trees (path → text) that a test holds the rule against. Run all
with ``python -m tools.rules``.
"""

from __future__ import annotations

import importlib
import pkgutil
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

Tree = Mapping[str, str]  # path below the root → text


@dataclass(frozen=True)
class Violation:
    """Where a rule is broken, and how."""

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


def all_rules() -> list[ModuleType]:
    """The modules of this package that are rules."""
    names = sorted(found.name for found in pkgutil.iter_modules(__path__))
    return [importlib.import_module(f"{__name__}.{name}") for name in names if name[0] != "_"]


def of_repository(root: Path) -> Tree:
    """What git tracks, and what it would: new files that are not ignored."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return dict(_read(root, [name for name in listed.split("\0") if name]))


def _read(root: Path, names: list[str]) -> Iterator[tuple[str, str]]:
    for name in sorted(set(names)):
        path = root / name
        try:
            yield name, path.read_text("utf-8")
        except (UnicodeDecodeError, FileNotFoundError, IsADirectoryError):
            continue  # an image, a raw mail, or a file that was just deleted
