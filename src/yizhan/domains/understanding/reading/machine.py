"""The part of a process that reads: one thread, the encoder with its cache, models kept in memory."""

from __future__ import annotations

import asyncio
import functools
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final

import msgspec
import structlog

from yizhan.domains.understanding.reading import shipped
from yizhan.domains.understanding.reading.heads import Asked, Heads, Model, read
from yizhan.domains.understanding.training import machines
from yizhan.domains.understanding.training.types import Using
from yizhan.domains.understanding.types import LexiconChanges, Reading, Settings
from yizhan.kernel.storage import Store
from yizhan.learning import bundle, embedding, lexicon
from yizhan.learning.dialogue.recent import Recent
from yizhan.learning.dialogue.types import Turn
from yizhan.learning.embedding import Embedder
from yizhan.learning.lexicon import Entry
from yizhan.learning.vectors import Remembering

logger = structlog.get_logger(__name__)

KEPT: Final = 16
"""Models of workspaces in memory; one that is asked for again is read from its file."""

# Two threads would make the slowest message in a hundred ten times slower, and SQLite wants one anyway.
_thread = ThreadPoolExecutor(1, thread_name_prefix="reading")


def cache(data: Path) -> Path:
    """The file that remembers vectors of texts."""
    return data / "vectors.sqlite"


async def models(store: Store, workspace_id: int, using: Sequence[Using]) -> dict[str, Model]:
    """What a workspace's messages are read with: what it trained, else what comes with the program."""
    loop = asyncio.get_running_loop()
    found = dict(await loop.run_in_executor(_thread, shipped.models))
    for one in using:
        content = None if _has(one) else await store.get(workspace_id, one.sha256)
        try:
            machine = await loop.run_in_executor(_thread, _load, one, content)
        except bundle.Unreadable:
            logger.exception("model_unreadable", workspace_id=workspace_id, version=one.id)
            continue
        found[one.head] = Model(name=f"v{one.number}", machine=machine, threshold=one.threshold)
    return found


async def run(
    data: Path, heads: Heads, asked: Sequence[Asked]
) -> list[tuple[list[Reading], float]]:
    """Readings of messages with the milliseconds that each took."""
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_thread, _read_all, data, heads, asked)


async def guess(data: Path, head: Any, text: str) -> Any:
    """What a head that takes texts says of one."""
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_thread, _guess, data, head, text)


def _guess(data: Path, head: Any, text: str) -> Any:
    encoder = _encoder(data)
    return head.guess([text], None if encoder is None else encoder.embed([text]))[0]


async def warm(data: Path) -> None:
    """Load the encoder and what comes with the program before anybody waits for it."""
    loop = asyncio.get_running_loop()
    await loop.run_in_executor(_thread, _warm, data)


def _warm(data: Path) -> None:
    heads = Heads(models=shipped.models(), settings=Settings(), words=lexicon.shipped())
    earlier = (Turn("user", "你好，我的订单还没到"), Turn("agent", "May I have your order number?"))
    asked = Asked(message_id=0, ticket_id=0, text="88231 谢谢", earlier=earlier)
    _read_all(data, heads, [asked])


def words(own: LexiconChanges) -> lexicon.Lexicon:
    """The terms that count in a workspace. Errors: lexicon.Unfit."""
    return _words(msgspec.json.encode(own))


@functools.lru_cache(maxsize=64)
def _words(changes: bytes) -> lexicon.Lexicon:
    own = msgspec.json.decode(changes, type=LexiconChanges)
    return lexicon.shipped().changed(
        add=[Entry(term=one.term, category=one.category, weight=one.weight) for one in own.added],
        remove=own.removed,
    )


_loaded: dict[tuple[str, str], Any] = {}


def _has(one: Using) -> bool:
    return (one.head, one.sha256) in _loaded


def _load(one: Using, content: bytes | None) -> Any:
    """By content: the same model of two workspaces is one."""
    key = (one.head, one.sha256)
    machine = _loaded.pop(key, None)
    if machine is None:
        if content is None:
            raise bundle.Unreadable("given up meanwhile")
        machine = machines.load(one.head, content)
    _loaded[key] = machine
    while len(_loaded) > KEPT:
        del _loaded[next(iter(_loaded))]
    return machine


@functools.lru_cache(maxsize=2)
def _encoder(data: Path) -> Embedder | None:
    inner = embedding.fast()
    return None if inner is None else Remembering(inner, cache(data))


def _read_all(
    data: Path, heads: Heads, asked: Sequence[Asked]
) -> list[tuple[list[Reading], float]]:
    began = time.perf_counter()
    encoder = _encoder(data)
    embed = None if encoder is None else Recent(encoder)
    vectors = None if embed is None else embed.embed([one.text for one in asked])
    encoding = (time.perf_counter() - began) * 1000 / max(1, len(asked))
    found = []
    for at, one in enumerate(asked):
        began = time.perf_counter()
        readings = read(one, None if vectors is None else vectors[at], heads, embed=embed)
        found.append((readings, encoding + (time.perf_counter() - began) * 1000))
    return found
