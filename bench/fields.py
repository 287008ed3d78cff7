"""300 custom fields: ``python -m bench.fields [--tickets 5000] [--rounds 300]``.

Two workspaces in one database, one with no field of its own, one with 300 fields and twenty rules, forty
of them filled in each ticket. The same list of fifty and the same ticket are asked by turns; what is
printed is the time of one to that of the other, which should be near 1.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import statistics
import sys
import time
from typing import Any

import httpx2
from bench import place

FIELDS, RULES, FILLED = 300, 20, 40
_KINDS = ("text", "number", "date", "choice", "checkbox")
_VALUES: dict[str, Any] = {
    "text": "A-1001", "number": 12.5, "date": "2026-11-22", "choice": "b", "checkbox": True,
}  # fmt: skip


def _kind(place_: int) -> str:
    return _KINDS[place_ % len(_KINDS)]


async def define(api: httpx2.AsyncClient) -> dict[str, Any]:
    """The fields and their rules; gives the values of a ticket."""
    for number in range(FIELDS):
        kind = _kind(number)
        options = [{"id": one} for one in "abc"] if kind == "choice" else []
        name = {"zh": f"字段{number}", "en": f"Field {number}"}
        body = {
            "object": "ticket",
            "key": f"f{number}",
            "type": kind,
            "name": name,
            "options": options,
        }
        (await api.post("/api/v1/fields", json=body)).raise_for_status()
    for number in range(RULES):
        chosen = next(n for n in range(number * 5, FIELDS) if _kind(n) == "choice")
        when = {"field": f"f{chosen}", "op": "is", "value": "b"}
        effect = {"do": "show", "field": f"f{200 + number}"}
        body = {
            "object": "ticket",
            "name": f"Rule {number}",
            "condition": when,
            "effects": [effect],
        }
        (await api.post("/api/v1/field-rules", json=body)).raise_for_status()
    return {f"f{number}": _VALUES[_kind(number)] for number in range(FILLED)}


async def _timed(api: httpx2.AsyncClient, path: str) -> float:
    began = time.perf_counter()
    answer = await api.get(path)
    spent = time.perf_counter() - began
    answer.raise_for_status()
    return spent * 1000


async def measure(*, tickets: int, rounds: int) -> dict[str, Any]:
    """Milliseconds and ratios."""
    async with place.opened() as bare, place.beside(bare) as full:
        apis = {"bare": place.plain(bare), "full": place.plain(full)}
        values = await define(apis["full"])
        await place.fill(bare, tickets=tickets)
        await place.fill(full, tickets=tickets, fields=values, first=5_000_000)
        listed = "/api/v1/tickets?view=all&limit=50"
        opened = {
            name: (await api.get(listed)).json()["items"][7]["id"] for name, api in apis.items()
        }
        spent: dict[str, dict[str, list[float]]] = {}
        for turn in range(rounds):
            for name, api in apis.items() if turn % 2 else reversed(apis.items()):
                kept = spent.setdefault(name, {"list": [], "open": []})
                kept["list"].append(await _timed(api, listed))
                kept["open"].append(await _timed(api, f"/api/v1/tickets/{opened[name]}"))
        for api in apis.values():
            await api.aclose()
    found: dict[str, Any] = {"fields": FIELDS, "rules": RULES, "filled": FILLED, "tickets": tickets}
    for kind in ("list", "open"):
        bare_ms, full_ms = (statistics.median(spent[name][kind]) for name in ("bare", "full"))
        found[kind] = {
            "bare_ms": round(bare_ms, 2),
            "full_ms": round(full_ms, 2),
            "ratio": round(full_ms / bare_ms, 2),
        }
    return found


def main() -> int:
    """0 when neither takes more than a quarter longer."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tickets", type=int, default=5_000)
    parser.add_argument("--rounds", type=int, default=300)
    args = parser.parse_args()
    found = asyncio.run(measure(tickets=args.tickets, rounds=args.rounds))
    print(json.dumps(found))
    return 0 if max(found["list"]["ratio"], found["open"]["ratio"]) <= 1.25 else 1


if __name__ == "__main__":
    sys.exit(main())
