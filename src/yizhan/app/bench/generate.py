"""`yizhan bench generate`: an installation's worth of data, one large tenant and many small ones."""

from __future__ import annotations

import sys
import time
from typing import Any

import asyncpg
import msgspec

from yizhan.app.bench import believable, data
from yizhan.kernel.http import Edge

_OTHERS = 0.25  # of the large tenant's tickets are the others' together: it has four fifths of all
_WIDTH = 30


class Wanted(msgspec.Struct, frozen=True):
    """How much."""

    tickets: int  # of the large tenant
    tenants: int
    seed: int


def shares(wanted: Wanted) -> list[tuple[str, int]]:
    """Name and tickets of each tenant: the second has twice as many as the third, and so on like life."""
    slug = f"bench-{wanted.tickets}-{wanted.seed}"
    weights = [1 / place for place in range(1, wanted.tenants)]
    rest = wanted.tickets * _OTHERS / (sum(weights) or 1)
    others = [
        (f"{slug}-t{place}", max(1, round(rest * weight)))
        for place, weight in enumerate(weights, 2)
    ]
    return [(slug, wanted.tickets), *others]


class _Bar:
    """How far it is and how long it still takes, on one line; now and then where nobody watches."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._began = time.monotonic()
        self._told = 0.0
        self._before = 0
        self._done = 0

    def tell(self, done: int, _of: int) -> None:
        """``done`` parts of the tenant at hand."""
        self._done = self._before + done
        now = time.monotonic()
        every = 0.5 if sys.stderr.isatty() else 10.0
        if now - self._told < every and self._done < self._total:
            return
        self._told = now
        left = (now - self._began) / self._done * (self._total - self._done)
        full = self._done * _WIDTH // self._total
        bar = "#" * full + "." * (_WIDTH - full)
        line = f"[{bar}] {self._done} of {self._total} parts, {_minutes(left)} left"
        end = "\r" if sys.stderr.isatty() and self._done < self._total else "\n"
        sys.stderr.write(line + end)
        sys.stderr.flush()

    def next(self) -> None:
        """The next tenant."""
        self._before = self._done


def _minutes(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


async def run(edge: Edge, wanted: Wanted) -> dict[str, Any]:
    """Makes what is missing. Ctrl-C loses nothing: the same command goes on where it ended."""
    tenants = shares(wanted)
    bar = _Bar(sum(-(-tickets // believable.CHUNK) for _, tickets in tenants))
    began, before = time.monotonic(), await _size(edge)
    messages, checksums = 0, []
    for slug, tickets in tenants:
        workspace_id = await data.fill(edge, slug, tickets=tickets, seed=wanted.seed, tell=bar.tell)
        bar.next()
        count, checksum = await data.checksum(edge, workspace_id)
        messages += count
        checksums.append(checksum)
    seconds = time.monotonic() - began
    total = sum(int(one, 16) for one in checksums) & ((1 << 64) - 1)
    return {
        "tenants": len(tenants),
        "tickets": sum(tickets for _, tickets in tenants),
        "messages": messages,
        "seconds": round(seconds, 1),
        "messages_per_second": round(messages / seconds),
        "bytes": await _size(edge) - before,
        "database_bytes": await _size(edge),
        "seed": wanted.seed,
        "checksum": f"{total:016x}",
    }


async def _size(edge: Edge) -> int:
    connection = await asyncpg.connect(edge.database.dsn)
    try:
        found: int = await connection.fetchval("SELECT pg_database_size(current_database())")
    finally:
        await connection.close()
    return found


def show(result: dict[str, Any]) -> str:
    """For people."""
    return (
        f"{result['messages']:,} messages of {result['tickets']:,} tickets in {result['tenants']} workspaces,"
        f" {result['seconds']} s ({result['messages_per_second']:,}/s), {result['bytes'] / 1e9:.2f} GB more;"
        f" seed {result['seed']}, checksum {result['checksum']}."
    )
