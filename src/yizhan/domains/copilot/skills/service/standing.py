"""Where skills stand: each judged result may move one up or down a level."""

from __future__ import annotations

from yizhan.domains.copilot.contract import LEVELS, Level
from yizhan.domains.copilot.skills import events, ladder, registry, repository
from yizhan.domains.copilot.skills.registry import Folder, Loaded
from yizhan.domains.copilot.skills.service import evaluating
from yizhan.domains.copilot.skills.types import Setting, Standing
from yizhan.domains.understanding.reading import shipped
from yizhan.kernel.tx import Tx

_MOST_TOLD = 50
_passes: dict[tuple[str, str], evaluating.Evaluation] = {}


async def evaluation(loaded: Folder) -> evaluating.Evaluation:
    """The skill on its own cases; once in a process."""
    key = (loaded.id, loaded.manifest.version)
    if key not in _passes:
        _passes[key] = await evaluating.evaluate(loaded.id)
    return _passes[key]


def key(loaded: Loaded, intent: str) -> str:
    """The intent under which results count; empty where a skill has one level for all."""
    return intent if loaded.manifest.by_intent else ""


def limit(loaded: Loaded, setting: Setting, intent: str) -> Level:
    """The highest level that it may have."""
    return ladder.top(setting.limit(intent), loaded.manifest.highest)


async def level(tx: Tx, loaded: Loaded, *, setting: Setting, intent: str) -> Level:
    """The level that counts for a decision now."""
    row = await repository.standing(tx, loaded.id, intent=key(loaded, intent))
    highest = limit(loaded, setting, row.intent)
    return min((row.level, highest), key=LEVELS.index)


async def settle(tx: Tx, loaded: Loaded, *, intent: str, ticket_id: int | None = None) -> Standing:
    """Look at the results and move by at most one level. The same results twice change nothing."""
    await repository.hold(tx)
    intent = key(loaded, intent)
    row = await repository.standing(tx, loaded.id, intent=intent)
    found = await repository.results(tx, loaded.id, intent=intent)
    setting = await repository.setting(tx, loaded.id)
    judged = ladder.step(
        row.level,
        found[0].right if found else [],
        rules=await repository.rules(tx),
        limit=limit(loaded, setting, intent),
        evaluated=(await evaluation(loaded)).is_good,
    )
    if judged.why is None:
        return row
    new = Standing(skill=loaded.id, intent=intent, level=judged.level, since=tx.now, why=judged.why)
    await repository.put_standing(tx, new)
    tx.emit(
        events.SkillLevelChanged(
            skill=loaded.id,
            intent=intent,
            before=row.level,
            after=new.level,
            why=new.why,
            ticket_id=ticket_id,
            text=await _title(tx, loaded, intent=intent),
            agent_ids=await administrators(tx),
        )
    )
    return new


async def _title(tx: Tx, loaded: Loaded, *, intent: str) -> str:
    """The skill in the workspace's language, with the intent."""
    locale = await tx.db.fetchval(
        "SELECT locale FROM workspace WHERE workspace_id = $1", tx.workspace_id
    )
    is_chinese = str(locale).startswith("zh")
    name = loaded.manifest.name["zh" if is_chinese else "en"]
    title = shipped.titles().get(intent, {}).get("zh-CN" if is_chinese else "en", intent)
    return f"{name} · {title}" if title else name


async def administrators(tx: Tx) -> list[int]:
    """Those who run the workspace."""
    rows = await tx.db.fetch(
        "SELECT DISTINCT a.id FROM agent a"
        " JOIN agent_role g ON g.workspace_id = a.workspace_id AND g.agent_id = a.id"
        " JOIN role r ON r.workspace_id = a.workspace_id AND r.id = g.role_id"
        " WHERE a.workspace_id = $1 AND a.active AND r.system = 'admin' ORDER BY 1 LIMIT $2",
        tx.workspace_id,
        _MOST_TOLD,
    )
    return [row[0] for row in rows]


async def settle_all(tx: Tx, skill: str | None = None) -> None:
    """After a ceiling or the rules changed: whoever stands too high comes down."""
    for row in await repository.standings(tx, skill):
        loaded = next((one for one in registry.known() if one.id == row.skill), None)
        if loaded is not None and row.level != "shadow":
            await settle(tx, loaded, intent=row.intent)
