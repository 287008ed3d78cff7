"""Asking a connector what an item means, when the item may be made to break it.

Small items are parsed in place under an alarm, larger ones in a thread. What is very large, what
took too long, and what a process died over before, is parsed in a child process with little time
and memory. So a hostile mail costs seconds and ends in quarantine, and the worker lives on.
"""

from __future__ import annotations

import asyncio
import contextlib
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import structlog

from yizhan.domains.channels import clean, sandbox
from yizhan.domains.channels.contract import InboundEvent, Quarantined, RawItem
from yizhan.domains.channels.service.means import Ready
from yizhan.kernel import confined

logger = structlog.get_logger(__name__)

INLINE_BYTES = 64 * 1024  # below it a thread costs more than the parsing
INLINE_SECONDS = 5.0
THREAD_BYTES = 4 * 1024 * 1024
SECONDS = 30
GAVE_UP = "parser_gave_up"


class _Rings(BaseException):
    """The alarm: past what a parser catches."""


async def parse(ready: Ready, item: RawItem, *, is_suspect: bool = False) -> list[InboundEvent]:
    """What an item means. A crash or a hang is a reason for quarantine, not an error of ours."""
    try:
        events = await _parsed(ready, item, is_suspect=is_suspect)
        return [clean.event(event) for event in events]
    except Exception as error:
        logger.warning("parser_failed", channel=ready.channel.id, error=type(error).__name__)
        return [Quarantined("unreadable", f"{type(error).__name__}: {error}"[:300])]


async def _parsed(ready: Ready, item: RawItem, *, is_suspect: bool) -> Sequence[InboundEvent]:
    def run() -> Sequence[InboundEvent]:
        return ready.channel.connector.parse(ready.settings, item)

    size = len(item.body)
    if not is_suspect and size <= THREAD_BYTES:
        with contextlib.suppress(_Rings, TimeoutError):
            if size <= INLINE_BYTES:
                return _with_alarm(run)
            return await asyncio.wait_for(asyncio.to_thread(run), timeout=SECONDS)
    return await _in_child(ready, item)


def _with_alarm(run: Callable[[], Sequence[InboundEvent]]) -> Sequence[InboundEvent]:
    """Only the main thread can be rung; a web process that is not there goes without."""
    if threading.current_thread() is not threading.main_thread():
        return run()

    def ring(_number: int, _frame: Any) -> None:
        raise _Rings

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, INLINE_SECONDS, 1)
    try:
        return run()
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


async def _in_child(ready: Ready, item: RawItem) -> Sequence[InboundEvent]:
    order = sandbox.Order(
        ready.channel.package,
        msgspec.Raw(msgspec.msgpack.encode(ready.settings)),
        item,
        SECONDS,
    )
    try:
        out = await confined.run(sandbox.__name__, msgspec.msgpack.encode(order), seconds=SECONDS)
    except confined.GaveUp as error:
        return [Quarantined(GAVE_UP, str(error))]
    return msgspec.msgpack.decode(out, type=list[InboundEvent])


@contextlib.contextmanager
def marked(data: Path, envelope_id: int) -> Iterator[bool]:
    """Leave a mark while an envelope is parsed. Gives whether there was one: then a process died
    over it, or another one is at it, and it is better to be careful.
    """
    folder = data / "parsing"
    mark = folder / str(envelope_id)
    folder.mkdir(parents=True, exist_ok=True)
    is_left = mark.exists()
    mark.touch()
    try:
        yield is_left
    finally:
        mark.unlink(missing_ok=True)
