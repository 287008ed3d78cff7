"""What can be measured, by name."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from yizhan.app.bench import load, workloads
from yizhan.app.bench.scenes import assign, chat, events, http, ingest, sla
from yizhan.app.bench.stage import Stage

Scene = Callable[[Stage], Awaitable[load.Result]]

SCENES: dict[str, Scene] = {
    **dict.fromkeys(workloads.WORKLOADS, http.run),
    "chat": chat.run,
    "ingest": ingest.run,
    "assign": assign.run,
    "events": events.run,
    "sla": sla.run,
}
