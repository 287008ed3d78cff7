"""The models that come with the program, for workspaces that have not learned anything yet."""

from __future__ import annotations

import functools
from importlib import resources
from typing import Any, Final

import msgspec

from yizhan.domains.understanding.reading.heads import Model
from yizhan.learning import bundle, classify

_FOLDER: Final = "shipped"
_KINDS: Final[dict[str, Any]] = {"intent": classify.Classifier}


class Intent(msgspec.Struct, frozen=True, kw_only=True):
    """An intent that the program knows from the start, with its place among categories."""

    intent: str
    industry: str
    category: str
    category_zh: str
    title: dict[str, str]


def _bytes(name: str) -> bytes | None:
    file = resources.files("yizhan.learning").joinpath(_FOLDER, name)
    return file.read_bytes() if file.is_file() else None


@functools.cache
def models() -> dict[str, Model]:
    """By head; one that does not come with this build is not there, and its head says nothing."""
    found = {}
    for head, kind in _KINDS.items():
        content = _bytes(f"{head}.npz")
        if content is not None:
            name = f"shipped:{bundle.digest(content)[:8]}"
            found[head] = Model(name=name, machine=kind.load(content))
    return found


@functools.cache
def intents() -> dict[str, Intent]:
    """What the program knows from the start, by name."""
    content = _bytes("taxonomy.jsonl")
    rows = (content or b"").splitlines()
    known = [msgspec.json.decode(row, type=Intent) for row in rows if row.strip()]
    return {one.intent: one for one in known}


@functools.cache
def categories() -> dict[str, str]:
    """The category path of every intent that the program knows."""
    return {name: one.category for name, one in intents().items()}
