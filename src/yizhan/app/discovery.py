"""Finds what there is: domains' handlers, jobs and endpoints, by walking the packages."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from functools import cache
from importlib import metadata, resources
from types import ModuleType
from typing import Any

import structlog
from litestar.handlers import HTTPRouteHandler

from yizhan import domains, extensions
from yizhan.domains.automation import registry as actions
from yizhan.domains.channels import registry as channels
from yizhan.domains.copilot.skills import registry as skills
from yizhan.domains.panel import registry as sources
from yizhan.extensions import actions as action_folders
from yizhan.extensions import channels as channel_folders
from yizhan.extensions import skills as skill_folders
from yizhan.extensions import sources as source_folders
from yizhan.kernel import idempotency

# Kind of extension: where its folders are, the entry points of installed ones, who loads them.
_KINDS: tuple[tuple[ModuleType, str, Callable[[str], Any]], ...] = (
    (channel_folders, "yizhan.channels", channels.load),
    (action_folders, "yizhan.actions", actions.load),
    (source_folders, "yizhan.sources", sources.load),
    (skill_folders, "yizhan.skills", skills.load),
)
# Files that register something when they are imported.
_REGISTERING = ("events", "handlers", "jobs", "consumers", "endpoints")


def _modules(package: ModuleType) -> list[str]:
    return [found.name for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")]


def _load_folders(home: ModuleType, group: str, load_one: Callable[[str], Any]) -> None:
    """Every folder of a kind, and those of installed packages; one that fails stops nobody else."""
    packages = [
        f"{home.__name__}.{found.name}"
        for found in pkgutil.iter_modules(home.__path__)
        if found.ispkg
    ]
    packages += [point.value for point in metadata.entry_points(group=group)]
    for package in packages:
        if not resources.files(package).joinpath("manifest.toml").is_file():
            continue
        try:
            load_one(package)
        except Exception:
            structlog.get_logger(__name__).exception("extension_not_loaded", package=package)


@cache
def load() -> tuple[ModuleType, ...]:
    """Import everything that registers itself, in the order of names. Safe to call again."""
    wanted = [
        name
        for package in (domains, extensions)
        for name in _modules(package)
        if name.rpartition(".")[2] in _REGISTERING
    ]
    for kind in _KINDS:
        _load_folders(*kind)
    return tuple(importlib.import_module(name) for name in sorted(wanted))


def _wrapped(handler: HTTPRouteHandler) -> bool:
    return idempotency.heeded(handler) and idempotency.takes_tx(handler)


@cache
def routes(*, public: bool) -> tuple[Any, ...]:
    """Route handlers: those below /api/v1, or the public ones at the root."""
    name = "public_routes" if public else "routes"
    found: list[Any] = []
    for module in load():
        if module.__name__.rpartition(".")[2] == "endpoints":
            found += getattr(module, name, [])
    for handler in found:
        if isinstance(handler, HTTPRouteHandler) and _wrapped(handler):
            handler(idempotency.remembering(handler.fn, status=handler.status_code))
    return tuple(found)
