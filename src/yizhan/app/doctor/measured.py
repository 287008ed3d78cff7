"""What the desk has counted of itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from yizhan.domains.system import advising, objectives, recording, repository
from yizhan.domains.system.service import viewing
from yizhan.domains.system.types import WINDOWS, Check, Count, Finding, Objective, Window
from yizhan.kernel import clock, db
from yizhan.kernel.config import Config


async def measured(config: Config, dsn: str) -> list[Check]:
    """What the desk has counted: promises that are not kept, and what slows the database."""
    database = await db.connect(dsn, pool=1)
    try:
        evidence = await viewing.gather(database, config, now=clock.now())
        counts = await repository.counts(database)
        promised = await recording.current(database)
    finally:
        await database.close()
    return [_promises(promised, counts), _advice(advising.findings(evidence))]


def _promises(
    promised: Mapping[str, Objective], counts: Mapping[Window, Mapping[str, Count]]
) -> Check:
    states = {
        name: objectives.judge(one, {w: counts[w].get(name, Count()) for w in WINDOWS}).state
        for name, one in promised.items()
    }
    broken = [name for name, state in states.items() if state == "bad"]
    said = ", ".join(f"{name} {state}" for name, state in states.items() if state != "none")
    cure = objectives.CURES[broken[0]] if broken else None
    return Check("promises", ok=not broken, detail=said or "not measured yet", cure=cure)


def _advice(findings: Sequence[Finding]) -> Check:
    serious = [one for one in findings if one.level != "info"]
    said = "; ".join(one.text.en for one in serious) or "nothing slows the database"
    cure = serious[0].cure if serious else None
    return Check("advice", ok="bad" not in {one.level for one in serious}, detail=said, cure=cure)
