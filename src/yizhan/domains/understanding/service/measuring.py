"""What would be read in texts: as things are, or with another version or threshold. Nothing is kept."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from importlib import metadata
from pathlib import Path

import msgspec

from yizhan.domains.understanding import repository
from yizhan.domains.understanding.reading import machine, shipped
from yizhan.domains.understanding.reading.heads import Asked, Heads
from yizhan.domains.understanding.training import repository as versions
from yizhan.domains.understanding.training.types import Using, Version
from yizhan.domains.understanding.types import HeadSettings, Judged, Reading, Settings
from yizhan.kernel.storage import Store
from yizhan.kernel.tx import Tx
from yizhan.learning import embedding


class Trial(msgspec.Struct, frozen=True, kw_only=True):
    """What is tried: versions by id instead of those in use, heads set otherwise."""

    version_id: int | None = None
    heads: Mapping[Judged, HeadSettings] = {}


class Reader(msgspec.Struct, frozen=True, kw_only=True):
    """All that texts are read with, known before any model is loaded."""

    workspace_id: int
    settings: Settings
    using: list[Using]
    trained: dict[str, datetime]  # head to when the labels of its version were gathered

    def name(self, head: str) -> str:
        """Which version reads a head; empty: what comes with the program."""
        return next((f"v{one.number}" for one in self.using if one.head == head), "")

    def fingerprint(self, *heads: Judged) -> str:
        """The same one reads these heads the same."""
        encoder = embedding.default()
        parts = [
            *sorted((one.head, one.sha256) for one in self.using if one.head in heads),
            *((head, self.settings.head(head)) for head in heads),
            self.settings.lexicon,
            *sorted(model.name for model in shipped.models().values()),
            "" if encoder is None else encoder.name,
            _program(),
        ]
        return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()


@cache
def _program() -> str:
    return metadata.version("yizhan")


async def reader(tx: Tx, trial: Trial) -> Reader:
    """As things are now, but for what is tried."""
    settings, _ = await repository.settings(tx)
    settings = msgspec.structs.replace(settings, heads={**settings.heads, **trial.heads})
    using = {one.head: one for one in await versions.using(tx)}
    if trial.version_id is not None:
        row = await versions.version(tx, trial.version_id)
        if row is not None and row.sha256 is not None:
            using[row.head] = Using(row.id, row.head, row.number, row.sha256, row.threshold)
    rows = [await versions.version(tx, one.id) for one in using.values()]
    return Reader(
        workspace_id=tx.workspace_id,
        settings=settings,
        using=sorted(using.values(), key=lambda one: one.head),
        trained={row.head: row.created_at for row in rows if row is not None},
    )


async def read(
    store: Store, data: Path, texts: Sequence[str], *, by: Reader
) -> list[dict[str, Reading]]:
    """By head, what is read in each text as the first message of a ticket."""
    heads = Heads(
        models=await machine.models(store, by.workspace_id, by.using),
        settings=by.settings,
        words=machine.words(by.settings.lexicon),
        categories=shipped.categories(),
    )
    asked = [Asked(message_id=0, ticket_id=0, text=text) for text in texts]
    found = await machine.run(data, heads, asked)
    return [{one.head: one for one in readings} for readings, _ in found]


async def usable(tx: Tx, version_id: int) -> Version | None:
    """A version that could be in use."""
    row = await versions.version(tx, version_id)
    return None if row is None or row.sha256 is None else row


def names(label: str) -> set[str]:
    """A label and its names: a category that comes with the program has one in each language."""
    return {label, *shipped.titles().get(label, {}).values()}
