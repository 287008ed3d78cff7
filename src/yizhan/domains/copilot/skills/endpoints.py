"""HTTP of skills."""

from __future__ import annotations

from typing import Annotated

from litestar import get, post, put
from litestar.params import QueryParameter

from yizhan.domains.copilot.skills import errors, schemas
from yizhan.domains.copilot.skills.ladder import LadderRules
from yizhan.domains.copilot.skills.service import carrying, settings, showing
from yizhan.domains.copilot.skills.types import Verdict
from yizhan.kernel import pagination
from yizhan.kernel.tx import Tx

_TAGS = ["copilot"]
_DO = {"accept": carrying.accept, "edit": carrying.edit, "discard": carrying.discard}
Limit = Annotated[int, QueryParameter(ge=1, le=pagination.MOST)]


@get("/copilot/skills", summary="List skills of the copilot", tags=_TAGS)
async def list_copilot_skills(tx: Tx) -> schemas.CopilotSkillList:
    """How far each may go, how far it got and on what evidence, and what the next level still takes."""
    return await showing.everything(tx)


@put(
    "/copilot/skills/{skill:str}",
    summary="Say how far a skill may go",
    tags=_TAGS,
    opt={"errors": (errors.SkillSettingsInvalid,)},
)
async def put_copilot_skill(
    tx: Tx, skill: str, data: schemas.CopilotSkillIn
) -> schemas.CopilotSkillOut:
    """All of it at once. How it decides may wait for golden cases, see ``held``. A level above the new
    ceiling is lost; a higher ceiling gives none, it lets one be earned."""
    await settings.put(
        tx,
        skill,
        ceiling=data.ceiling,
        intents=data.intents,
        confidence=data.confidence,
        asks_model=data.asks_model,
        prompts={str(language): text for language, text in data.prompts.items()},
    )
    return await showing.one(tx, skill)


@put(
    "/copilot/tasks/{skill:str}",
    summary="Say what a model is told for what agents ask",
    tags=_TAGS,
    opt={"errors": (errors.SkillSettingsInvalid,)},
)
async def put_copilot_task(
    tx: Tx, skill: str, data: schemas.CopilotTaskIn
) -> schemas.CopilotTaskOut:
    """Other words may wait for golden cases, see ``held``. Left out, a language has the skill's own words;
    what the skill fills in stands in them as ``{language}`` or ``{how}``."""
    await settings.put_prompts(
        tx, skill, {str(language): text for language, text in data.prompts.items()}
    )
    return await showing.task(tx, skill)


@put(
    "/copilot/ladder",
    summary="Say what the levels of skills take",
    tags=_TAGS,
    opt={"errors": (errors.SkillSettingsInvalid,)},
)
async def put_copilot_ladder(tx: Tx, data: LadderRules) -> schemas.CopilotSkillList:
    """How many judged results, and what share of them right. Results count from the last change of level."""
    await settings.put_rules(tx, data)
    return await showing.everything(tx)


@get("/copilot/skills/{skill:str}/decisions", summary="List what a skill decided", tags=_TAGS)
async def list_copilot_skill_decisions(
    tx: Tx,
    skill: str,
    limit: Limit = pagination.DEFAULT,
    cursor: str | None = None,
    verdict: Verdict | None = None,
) -> pagination.Page[schemas.SkillDecisionOut]:
    """The newest first, also what nobody saw."""
    return await showing.decisions(tx, skill, limit=limit, cursor=cursor, verdict=verdict)


@get(
    "/tickets/{ticket_id:int}/copilot/skills",
    summary="See what skills suggest of a ticket",
    tags=_TAGS,
)
async def list_ticket_skill_decisions(tx: Tx, ticket_id: int) -> schemas.SkillDecisions:
    """What may be accepted now, and what was done by itself; nothing of the shadow."""
    return schemas.SkillDecisions(await showing.of_ticket(tx, ticket_id))


@post(
    "/tickets/{ticket_id:int}/copilot/skills/{decision_id:int}",
    summary="Accept, edit or discard what a skill suggests",
    tags=_TAGS,
    status_code=200,
    opt={"errors": (errors.SkillDecisionSettled,)},
)
async def answer_skill_decision(
    tx: Tx, ticket_id: int, decision_id: int, data: schemas.SkillAnswer
) -> schemas.SkillDecisionOut:
    """Accepting does the work with your rights, as one change set that can be taken back."""
    row = await _DO[data.do](tx, ticket_id, decision_id=decision_id)
    return (await showing.shown(tx, [row]))[0]


routes = [
    list_copilot_skills,
    put_copilot_skill,
    put_copilot_task,
    put_copilot_ladder,
    list_copilot_skill_decisions,
    list_ticket_skill_decisions,
    answer_skill_decision,
]
