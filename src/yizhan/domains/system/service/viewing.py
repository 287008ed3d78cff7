"""How the installation is, for whoever runs it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from importlib import metadata

from yizhan.domains.identity import permissions
from yizhan.domains.system import (
    advising,
    errors,
    events,
    objectives,
    recording,
    repository,
    schemas,
)
from yizhan.domains.system.types import (
    WINDOWS,
    Count,
    Evidence,
    Finding,
    Objective,
    State,
    Statement,
    Window,
)
from yizhan.kernel.config import Config
from yizhan.kernel.db import Database
from yizhan.kernel.http import Edge
from yizhan.kernel.tx import Tx

PERMISSION = "system:read"
_SHOWN = 12
_PARAMETER = re.compile(r"\$\d+")
_RANK: dict[State, int] = {"none": 0, "ok": 1, "warn": 2, "bad": 3}


async def require(tx: Tx, config: Config) -> None:
    """Only in the operator's workspace, with the right. Errors: ShownElsewhere, Forbidden."""
    permissions.require(tx.actor, PERMISSION)
    rows = await tx.db.fetch("SELECT workspace_id, slug FROM yizhan_workspaces()")
    wanted = config.operator_workspace
    mine = [row["workspace_id"] for row in rows if not wanted or row["slug"] == wanted]
    if tx.workspace_id not in mine[:1]:
        raise errors.ShownElsewhere


async def show(tx: Tx, edge: Edge, *, window: Window) -> schemas.HealthOut:
    """Promises, how they are kept, and what slows the database. Errors: ShownElsewhere, Forbidden."""
    await require(tx, edge.config)
    evidence = await gather(edge.database, edge.config, now=tx.now)
    measures = await _measures(edge.database, window, now=tx.now)
    return schemas.HealthOut(
        at=tx.now,
        window=window,
        state=max((one.state for one in measures), key=_RANK.__getitem__),
        version=version(),
        silent_minutes=await silent_minutes(edge.database, now=tx.now),
        measures=measures,
        findings=[_finding(one) for one in advising.findings(evidence)],
        statements=[statement(one) for one in evidence.statements[:_SHOWN]],
        source="server" if evidence.source == "server" else "desk",
        since=evidence.since,
    )


def version() -> str:
    """Which release this is."""
    return metadata.version("yizhan")


async def _measures(
    database: Database, window: Window, *, now: datetime
) -> list[schemas.MeasureOut]:
    counts = await repository.counts(database)
    many, seconds = repository.steps(window)
    first = datetime.fromtimestamp(now.timestamp() // seconds * seconds, now.tzinfo)
    starts = [first - timedelta(seconds=seconds * back) for back in range(many, -1, -1)]
    points = {
        (measure, at): count
        for at, measure, count in await repository.points(database, window, since=starts[0])
    }
    return [
        _measure(
            objective,
            {one: counts[one].get(name, Count()) for one in WINDOWS},
            [(at, points.get((name, at), Count())) for at in starts],
        )
        for name, objective in (await recording.current(database)).items()
    ]


def _measure(
    objective: Objective,
    counts: Mapping[Window, Count],
    points: list[tuple[datetime, Count]],
) -> schemas.MeasureOut:
    verdict = objectives.judge(objective, counts)
    return schemas.MeasureOut(
        measure=objective.measure,  # type: ignore[arg-type] # the keys of DEFAULTS are the measures
        target=objective.target,
        within=objective.within,
        state=verdict.state,
        budget=verdict.budget,
        worst=counts["1h"].worst,
        windows=[
            schemas.CountOut(
                one, counts[one].good, counts[one].total, counts[one].share, verdict.burn[one]
            )
            for one in WINDOWS
        ],
        points=[schemas.PointOut(at, count.good, count.total) for at, count in points],
        cure=objectives.CURES[objective.measure] if verdict.state in ("warn", "bad") else None,
    )


def statement(one: Statement) -> schemas.StatementOut:
    """As the API shows it."""
    return schemas.StatementOut(
        one.place,
        one.text,
        one.calls,
        round(one.mean * 1000, 2),
        round(one.worst * 1000, 2),
        round(one.per_minute, 2),
        round(one.share, 4),
    )


def _finding(one: Finding) -> schemas.FindingOut:
    return schemas.FindingOut(one.key, one.level, one.subject, one.facts, one.text, one.cure)


async def silent_minutes(database: Database, *, now: datetime) -> int:
    """Minutes of the last day, from the first one measured, in which no process measured anything."""
    seen, since = await repository.beats(database)
    if since is None:
        return 0
    begin = max(since, now - timedelta(hours=24))
    # The running minute and the one before are not written yet.
    return max(0, int((now - begin).total_seconds() // 60) - 2 - seen)


async def gather(database: Database, config: Config, *, now: datetime) -> Evidence:
    """What the database and our own counts say."""
    own, since = await repository.statements(database, now=now, most=50)
    found = await repository.server_statements(database, now=now, most=50)
    by_text = {_same(one.text): one.place for one in own}
    if found is not None:
        listed, since = found
        own = [Statement(by_text.get(_same(one.text), ""), *_rest(one)) for one in listed]
    counts = await repository.counts(database)
    return Evidence(
        own,
        await repository.tables(database),
        await repository.indexes(database),
        await repository.transactions(database),
        await repository.server(database),
        counts["24h"].get("pool", Count()),
        config.pool,
        "desk" if found is None else "server",
        since,
    )


def _same(text: str) -> str:
    """A statement so that the server's text and ours compare: without the numbers of parameters."""
    return _PARAMETER.sub("?", text)


def _rest(one: Statement) -> tuple[str, int, float, float, float, float]:
    return one.text, one.calls, one.seconds, one.worst, one.share, one.per_minute


async def promise(tx: Tx, edge: Edge, data: schemas.ObjectiveIn) -> schemas.ObjectiveOut:
    """Change what is promised. Errors: ShownElsewhere, Forbidden."""
    await require(tx, edge.config)
    permissions.require(tx.actor, "workspace:manage")
    old = (await recording.current(edge.database))[data.measure]
    within = (
        data.within if old.within else 0.0
    )  # where no time is measured there is none to promise
    changes = {
        name: [was, now]
        for name, was, now in (
            ("target", old.target, data.target),
            ("within", old.within, within),
        )
        if was != now
    }
    if changes:
        await tx.db.execute(
            "INSERT INTO health_objective (measure, target, within) VALUES ($1, $2, $3)"
            " ON CONFLICT (measure) DO UPDATE SET target = $2, within = $3",
            data.measure,
            data.target,
            within,
        )
        tx.emit(events.ObjectiveChanged(measure=data.measure, changes=changes))
    return schemas.ObjectiveOut(data.measure, data.target, within)
