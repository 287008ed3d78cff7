"""Work on many tickets: ``python -m bench.bulk [--tickets 10000]``.

Two actions on each ticket, then the undo of all. Prints tickets a second of both, in one process with
its own database, and where the time went with ``--profile``.
"""

from __future__ import annotations

import argparse
import asyncio
import cProfile
import json
import pstats
import sys
import time
from typing import Any

from bench import place

from yizhan.domains.automation import jobs

ACTIONS = [
    {"action": "set_priority", "params": {"priority": "urgent"}},
    {"action": "add_tags", "params": {"tags": ["recall"]}},
]


async def _work(desk: place.Desk, bulk_id: str) -> float:
    """Seconds until the run has ended."""
    began = time.monotonic()
    await jobs.work(desk.context, workspace_id=desk.workspace_id, bulk_id=int(bulk_id))
    return time.monotonic() - began


async def measure(tickets: int) -> dict[str, Any]:
    """Do it and take it back."""
    async with place.opened() as desk:
        await place.fill(desk, tickets=tickets)
        api = place.plain(desk)
        selection = {"everything": True, "view": "all"}
        body = {"selection": selection, "actions": ACTIONS}
        run = (await api.post("/api/v1/bulk", json=body)).json()
        done = await _work(desk, run["id"])
        ended = (await api.get(f"/api/v1/bulk/{run['id']}")).json()
        back = (await api.post(f"/api/v1/bulk/{run['id']}/undo")).json()
        undone = await _work(desk, back["id"])
        after = (await api.get(f"/api/v1/bulk/{back['id']}")).json()
        left = await api.get("/api/v1/tickets", params={"view": "all", "tag": "recall"})
        await api.aclose()
        return {
            "tickets": tickets,
            "done": ended["done"],
            "per_second": round(ended["done"] / done, 1),
            "undone": after["done"],
            "undone_per_second": round(after["done"] / undone, 1),
            "still_tagged": len(left.json()["items"]),
        }


def main() -> int:
    """0 when all was done and all was undone."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tickets", type=int, default=10_000)
    parser.add_argument("--profile", action="store_true")
    args = parser.parse_args()
    profile = cProfile.Profile() if args.profile else None
    if profile:
        profile.enable()
    found = asyncio.run(measure(args.tickets))
    if profile:
        profile.disable()
        pstats.Stats(profile, stream=sys.stderr).sort_stats("tottime").print_stats(45)
    print(json.dumps(found))
    whole = (args.tickets, args.tickets, 0)
    return 0 if (found["done"], found["undone"], found["still_tagged"]) == whole else 1


if __name__ == "__main__":
    sys.exit(main())
