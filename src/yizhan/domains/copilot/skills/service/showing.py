"""Skills, their evidence and their decisions as the API gives them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

import msgspec

from yizhan.domains.copilot.contract import LEVELS, Level
from yizhan.domains.copilot.repository import answers
from yizhan.domains.copilot.skills import ladder, registry, repository, schemas
from yizhan.domains.copilot.skills.ladder import LadderRules
from yizhan.domains.copilot.skills.registry import Asked, Loaded
from yizhan.domains.copilot.skills.service import standing
from yizhan.domains.copilot.skills.service.settings import PERMISSION
from yizhan.domains.copilot.skills.types import Decision, Setting, Standing, Verdict, Week
from yizhan.domains.identity import permissions
from yizhan.domains.tickets.service import access
from yizhan.domains.understanding.reading import shipped
from yizhan.kernel import forms, guards, pagination
from yizhan.kernel.tx import Tx
from yizhan.learning import metrics

_WEEKS = timedelta(weeks=12)
_SHOWN = ("open", "done")
_DAYS = timedelta(days=30)
_A_MINUTE = timedelta(minutes=1)
_FATES = ("made", "accepted", "edited", "discarded", "open")


async def everything(tx: Tx) -> schemas.CopilotSkillList:
    """Errors: Forbidden."""
    permissions.require(tx.actor, PERMISSION)
    rules = await repository.rules(tx)
    settings = await repository.settings(tx)
    weeks = await repository.weeks(tx, since=tx.now - _WEEKS)
    rows = await repository.standings(tx)
    held = await guards.waiting(tx, "skill", [one.id for one in registry.folders()])
    results = {(one.skill, one.intent): one.right for one in await repository.results(tx)}
    found = [
        await _skill(
            one,
            settings.get(one.id) or Setting(skill=one.id),
            rules=rules,
            rows=[row for row in rows if row.skill == one.id],
            results={
                intent: right for (skill, intent), right in results.items() if skill == one.id
            },
            weeks=[week for week in weeks if week.skill == one.id],
            held=held.get(one.id),
        )
        for one in registry.known()
    ]
    tasks = await _tasks(tx, settings, held)
    return schemas.CopilotSkillList(found, rules, tasks)


async def _tasks(
    tx: Tx, settings: Mapping[str, Setting], held: Mapping[str, guards.HeldChange]
) -> list[schemas.CopilotTaskOut]:
    since = tx.now - _DAYS
    rows = await answers.figures(tx, since=since, until=tx.now + _A_MINUTE, by_agent=False)
    return [
        await _task(
            one,
            settings.get(one.id) or Setting(skill=one.id),
            rows=[row for row in rows if row["task"] == one.task],
            held=held.get(one.id),
        )
        for one in registry.asked()
    ]


async def _task(
    one: Asked,
    setting: Setting,
    *,
    rows: Sequence[Mapping[str, int]],
    held: guards.HeldChange | None,
) -> schemas.CopilotTaskOut:
    cases = await standing.evaluation(one)
    return schemas.CopilotTaskOut(
        id=one.id,
        task=one.task,
        name=one.manifest.name,
        description=one.manifest.description,
        icon=one.manifest.icon,
        version=one.manifest.version,
        needs=list(one.needs),
        may_ask_model=one.manifest.may_ask_model,
        prompts=setting.prompts,
        usual_prompts=one.prompts,
        held=held,
        cases=schemas.SkillCases(cases.cases, cases.passed, cases.precision, cases.recall),
        **{name: sum(row[name] for row in rows) for name in _FATES},
    )


async def task(tx: Tx, skill_id: str) -> schemas.CopilotTaskOut:
    """Errors: Forbidden, UnknownSkill."""
    registry.helper(skill_id)
    return next(one for one in (await everything(tx)).tasks if one.id == skill_id)


async def one(tx: Tx, skill_id: str) -> schemas.CopilotSkillOut:
    """Errors: Forbidden, UnknownSkill."""
    registry.get(skill_id)
    return next(one for one in (await everything(tx)).items if one.id == skill_id)


async def _skill(
    loaded: Loaded,
    setting: Setting,
    *,
    rules: LadderRules,
    rows: Sequence[Standing],
    results: Mapping[str, list[bool]],
    weeks: Sequence[Week],
    held: guards.HeldChange | None,
) -> schemas.CopilotSkillOut:
    cases = await standing.evaluation(loaded)
    known = {row.intent: row for row in rows}
    intents = sorted({*known, *results} or {""})
    return schemas.CopilotSkillOut(
        id=loaded.id,
        name=loaded.manifest.name,
        description=loaded.manifest.description,
        icon=loaded.manifest.icon,
        version=loaded.manifest.version,
        needs=list(loaded.needs),
        actions=loaded.manifest.actions,
        highest=loaded.manifest.highest,
        by_intent=loaded.manifest.by_intent,
        settles=loaded.manifest.settles,
        may_ask_model=loaded.manifest.may_ask_model,
        ceiling=setting.ceiling,
        intents=setting.intents,
        confidence=setting.confidence,
        usual_confidence=loaded.manifest.confidence,
        asks_model=setting.asks_model,
        prompts=setting.prompts,
        usual_prompts=loaded.prompts,
        held=held,
        standings=[
            _standing(
                loaded,
                known.get(intent) or Standing(skill=loaded.id, intent=intent),
                results.get(intent, []),
                rules=rules,
                limit=standing.limit(loaded, setting, intent),
                evaluated=cases.is_good,
            )
            for intent in intents
        ],
        weeks=[schemas.SkillWeek(one.week, one.judged, one.right) for one in weeks],
        cases=schemas.SkillCases(cases.cases, cases.passed, cases.precision, cases.recall),
    )


def _standing(
    loaded: Loaded,
    row: Standing,
    results: list[bool],
    *,
    rules: LadderRules,
    limit: Level,
    evaluated: bool,
) -> schemas.SkillStanding:
    share = metrics.share(sum(results), len(results))
    missing = ladder.missing(row.level, results, rules=rules, limit=limit, evaluated=evaluated)
    highest = LEVELS.index(loaded.manifest.highest)
    if missing is not None and LEVELS.index(missing.level) > highest:
        missing = None
    return schemas.SkillStanding(
        intent=row.intent,
        title=shipped.titles().get(row.intent, {}),
        level=row.level,
        since=row.since,
        why=row.why,
        judged=len(results),
        right=sum(results),
        low=share.low,
        high=share.high,
        missing=missing,
    )


async def decisions(
    tx: Tx, skill_id: str, *, limit: int | None, cursor: str | None, verdict: Verdict | None
) -> pagination.Page[schemas.SkillDecisionOut]:
    """What a skill decided, the newest first, in the shadow too. Errors: Forbidden, UnknownSkill."""
    permissions.require(tx.actor, PERMISSION)
    registry.get(skill_id)
    size = pagination.limit_of(limit)
    at = pagination.decode(cursor, int)
    rows = await repository.of_skill(
        tx, skill_id, before=at[0] if at else None, limit=size + 1, verdict=verdict
    )
    page = pagination.page(rows, size, lambda row: (row.id,))
    return pagination.Page(await shown(tx, page.items), page.next_cursor)


async def of_ticket(tx: Tx, ticket_id: int) -> list[schemas.SkillDecisionOut]:
    """What is suggested now and what was done; nothing of the shadow. Errors: TicketNotFound."""
    ticket = await access.ticket(tx, ticket_id)
    rows = [
        row
        for row in await repository.of_ticket(tx, ticket_id)
        if row.fate in _SHOWN
        and not (row.fate == "open" and _is_over(row, last_message_id=ticket.last_message_id))
    ]
    return await shown(tx, rows[::-1])


def _is_over(row: Decision, *, last_message_id: int | None) -> bool:
    """An answer or a status is offered only while nobody has written since."""
    loaded = next((one for one in registry.known() if one.id == row.skill), None)
    return loaded is None or (loaded.manifest.settles and last_message_id != row.message_id)


async def shown(tx: Tx, rows: Sequence[Decision]) -> list[schemas.SkillDecisionOut]:
    """With the tickets' names, as far as they may be seen."""
    seen, values = permissions.ticket_condition(tx.actor, "ticket:read", first=3)
    found = await tx.db.fetch(
        f"SELECT t.id, t.number, t.subject FROM ticket t WHERE t.workspace_id = $1"
        f" AND t.id = ANY($2) AND {seen}",
        tx.workspace_id,
        list({row.ticket_id for row in rows}),
        *values,
    )
    tickets = {one["id"]: one for one in found}
    return [_out(row, tickets.get(row.ticket_id)) for row in rows]


def _out(row: Decision, ticket: Mapping[str, object] | None) -> schemas.SkillDecisionOut:
    loaded = next((one for one in registry.known() if one.id == row.skill), None)
    values = msgspec.structs.asdict(row) | {
        "id": str(row.id),
        "name": loaded.manifest.name if loaded else {"en": row.skill, "zh": row.skill},
        "ticket_id": str(row.ticket_id),
        "ticket_number": ticket["number"] if ticket else None,
        "ticket_subject": ticket["subject"] if ticket else "",
        "message_id": str(row.message_id),
        "steps": [schemas.SkillStep(one["action"], one.get("params", {})) for one in row.steps],
        "why_title": _why(loaded, row.why),
        "run_id": None if row.run_id is None else str(row.run_id),
    }
    values.pop("agent_id")
    if ticket is None:  # whoever may not see the ticket sees none of its words either
        values |= {"output": {}, "steps": [], "inputs": {}}
    return schemas.SkillDecisionOut(**values)


def _why(loaded: Loaded | None, why: str) -> dict[str, str]:
    if loaded is None:
        return {}
    return {
        language: words
        for language in forms.LANGUAGES
        if (words := loaded.strings.get(language, {}).get("why", {}).get(why))
    }
