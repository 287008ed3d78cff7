"""The models that come with the program, for workspaces that have not learned anything yet."""

from __future__ import annotations

import functools
from importlib import resources

import msgspec

from yizhan.domains.understanding.reading.heads import Model
from yizhan.learning import bundle, shipped


class Intent(msgspec.Struct, frozen=True, kw_only=True):
    """An intent that the program knows from the start, with its place among categories."""

    intent: str
    industry: str
    category: str
    category_zh: str
    title: dict[str, str]


def _bytes(name: str) -> bytes | None:
    file = resources.files(shipped).joinpath(name)
    return file.read_bytes() if file.is_file() else None


@functools.cache
def models() -> dict[str, Model]:
    """By head; one that does not come with this build is not there, and its head says nothing."""
    machine, content = shipped.intent(), _bytes(shipped.INTENT)
    if machine is None or content is None:
        return {}
    return {"intent": Model(name=f"shipped:{bundle.digest(content)[:8]}", machine=machine)}


@functools.cache
def intents() -> dict[str, Intent]:
    """What the program knows from the start, by name."""
    content = _bytes(shipped.TAXONOMY)
    rows = (content or b"").splitlines()
    known = [msgspec.json.decode(row, type=Intent) for row in rows if row.strip()]
    return {one.intent: one for one in known}


@functools.cache
def categories() -> dict[str, str]:
    """The category path of every intent that the program knows."""
    return {name: one.category for name, one in intents().items()}


@functools.cache
def titles() -> dict[str, dict[str, str]]:
    """Intents and categories in words, by language."""
    found = {name: one.title for name, one in intents().items()}
    for one in intents().values():
        found[one.category] = {"en": one.category, "zh-CN": one.category_zh}
    return found
