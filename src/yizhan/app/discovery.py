"""Finds what there is: domains' handlers, jobs and endpoints, by walking the packages."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from types import ModuleType
from typing import Any

from yizhan import domains, extensions

# Files that register something when they are imported.
_REGISTERING = ("events", "handlers", "jobs", "consumers", "endpoints")


def _modules(package: ModuleType) -> list[str]:
    return [found.name for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")]


@cache
def load() -> tuple[ModuleType, ...]:
    """Import everything that registers itself, in the order of names. Safe to call again."""
    wanted = [
        name
        for package in (domains, extensions)
        for name in _modules(package)
        if name.rpartition(".")[2] in _REGISTERING
    ]
    return tuple(importlib.import_module(name) for name in sorted(wanted))


def routes(*, public: bool) -> list[Any]:
    """Route handlers: those below /api/v1, or the public ones at the root."""
    name = "public_routes" if public else "routes"
    found: list[Any] = []
    for module in load():
        if module.__name__.rpartition(".")[2] == "endpoints":
            found += getattr(module, name, [])
    return found
