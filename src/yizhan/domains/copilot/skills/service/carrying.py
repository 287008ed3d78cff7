"""What follows from a decision: nothing in the shadow, a suggestion, or work that can be taken back."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

import msgspec

from yizhan.domains.automation.contract import NothingToDo, Why
from yizhan.domains.automation.service import actions
from yizhan.domains.automation.types import Step
from yizhan.domains.copilot.contract import Level
from yizhan.domains.copilot.skills import errors, events, registry, repository
from yizhan.domains.copilot.skills.registry import Loaded
from yizhan.domains.copilot.skills.service import standing
from yizhan.domains.copilot.skills.service.deciding import Reached
from yizhan.domains.copilot.skills.service.seeing import Looked
from yizhan.domains.copilot.skills.types import CAUSE, Decision, Fate, Verdict
from yizhan.domains.identity import permissions
from yizhan.domains.tickets.service import access
from yizhan.domains.tickets.types import Ticket
from yizhan.kernel import errors as kernel_errors
from yizhan.kernel import timers
from yizhan.kernel.tx import Tx

PROVEN_AFTER: Final = timedelta(days=7)
"""A ticket that comes back within this time counts against what answered or closed it."""
PROVE: Final = "copilot.skill_prove"


async def keep(tx: Tx, loaded: Loaded, *, looked: Looked, reached: Reached, level: Level) -> None:
    """Write a decision and do what its level lets it do. The same message twice is once."""
    found = reached.found
    if found is None:
        return
    row = Decision(
        id=tx.new_id(),
        at=tx.now,
        skill=loaded.id,
        version=loaded.manifest.version,
        prompt_version=loaded.prompt_version if reached.made_by == "model" else "",
        model=reached.model,
        made_by=reached.made_by,
        reason=reached.reason,
        ticket_id=looked.facts.ticket.id,
        message_id=looked.message_id,
        intent=standing.key(loaded, looked.intent),
        inputs=looked.references(loaded),
        output=msgspec.to_builtins(found.output),
        steps=reached.steps,
        confidence=found.confidence,
        why=found.why,
        level=level,
        took_ms=reached.took_ms,
        fate="shadow" if level == "shadow" else "open",
    )
    if not await repository.add(tx, row) or level == "shadow":
        return
    fate: Fate = await _act(tx, loaded, row) if level == "act" else "open"
    if fate in ("open", "done"):
        tx.emit(
            events.SkillDecided(
                decision_id=row.id,
                ticket_id=row.ticket_id,
                message_id=row.message_id,
                skill=row.skill,
                level=level,
                fate=fate,
            )
        )


async def _act(tx: Tx, loaded: Loaded, row: Decision) -> Fate:
    ticket = await access.locked(tx, row.ticket_id, permission="ticket:read")
    if loaded.manifest.settles and not _is_fresh(ticket, row):
        await repository.settle(tx, row.id, fate="lapsed")
        return "lapsed"
    try:
        async with tx.attempt():
            run_id = await _run(tx, loaded, row, row.steps)
    except kernel_errors.YizhanError as error:
        await repository.settle(tx, row.id, fate="failed", failure=error.code)
        return "failed"
    await repository.settle(tx, row.id, fate="done", run_id=run_id)
    if loaded.manifest.settles:
        await timers.schedule(
            tx,
            kind=PROVE,
            key=str(row.id),
            due=tx.now + PROVEN_AFTER,
            job=PROVE,
            payload={"decision_id": row.id},
        )
    return "done"


def _is_fresh(ticket: Ticket, row: Decision) -> bool:
    """Nobody has said anything since."""
    return ticket.last_message_id == row.message_id


async def _run(tx: Tx, loaded: Loaded, row: Decision, raw: list[dict[str, object]]) -> int:
    """Errors: those of the actions, and of a step that the skill has not declared."""
    steps = msgspec.convert(raw, list[Step])
    for one in steps:
        if one.action not in loaded.manifest.actions:
            raise errors.SkillSettingsInvalid(
                f"{loaded.id} has not declared the action {one.action}.", field="actions"
            )
    why = Why(CAUSE, str(row.id), name=loaded.id)
    return (await actions.run(tx, row.ticket_id, steps=steps, why=why)).id


# ------------------------------------------------------------------------------------ what people say


async def accept(tx: Tx, ticket_id: int, *, decision_id: int) -> Decision:
    """Carry a suggestion out with the rights of whoever accepts it. Twice is once.

    Errors: SkillDecisionNotFound, SkillDecisionSettled, Forbidden, those of the actions and of access.
    """
    loaded, row = await _open(tx, ticket_id, decision_id=decision_id, fate="accepted")
    if row.fate == "accepted":
        return row
    ticket = await access.locked(tx, ticket_id, permission="ticket:read")
    if loaded.manifest.settles and not _is_fresh(ticket, row):
        raise errors.SkillDecisionSettled(
            "Somebody has written since; look at what is new.", fate="lapsed"
        )
    try:
        run_id: int | None = await _run(tx, loaded, row, row.steps)
    except NothingToDo:
        run_id = None
    return await _settled(tx, loaded, row, fate="accepted", run_id=run_id)


async def discard(tx: Tx, ticket_id: int, *, decision_id: int) -> Decision:
    """It was wrong, or nobody wants it. Errors: SkillDecisionNotFound, SkillDecisionSettled."""
    loaded, row = await _open(tx, ticket_id, decision_id=decision_id, fate="discarded")
    if row.fate == "discarded":
        return row
    return await _settled(tx, loaded, row, fate="discarded", run_id=None)


async def edit(tx: Tx, ticket_id: int, *, decision_id: int) -> Decision:
    """Somebody goes on with it by hand; what became of it is compared when the ticket is resolved.

    Errors: SkillDecisionNotFound, SkillDecisionSettled.
    """
    loaded, row = await _open(tx, ticket_id, decision_id=decision_id, fate="edited")
    if row.fate == "edited":
        return row
    return await _settled(tx, loaded, row, fate="edited", run_id=None)


async def _open(tx: Tx, ticket_id: int, *, decision_id: int, fate: Fate) -> tuple[Loaded, Decision]:
    place = access.resource(await access.ticket(tx, ticket_id))
    if not permissions.can(tx.actor, "ticket:edit", place):
        permissions.require(tx.actor, "ticket:reply", place)
    row = await repository.one(tx, decision_id, ticket_id=ticket_id)
    if row is None or row.fate == "shadow":
        raise errors.SkillDecisionNotFound
    if row.fate not in ("open", fate):
        raise errors.SkillDecisionSettled(fate=row.fate)
    return registry.get(row.skill), row


async def _settled(
    tx: Tx, loaded: Loaded, row: Decision, *, fate: Fate, run_id: int | None
) -> Decision:
    agent = tx.actor.agent_id or tx.actor.id
    await repository.settle(tx, row.id, fate=fate, run_id=run_id, agent_id=agent)
    tx.emit(
        events.SkillSettled(decision_id=row.id, ticket_id=row.ticket_id, skill=row.skill, fate=fate)
    )
    if fate in ("accepted", "discarded"):
        verdict: Verdict = "right" if fate == "accepted" else "wrong"
        await repository.judge(tx, row.id, verdict=verdict, by="person")
        await standing.settle(tx, loaded, intent=row.intent, ticket_id=row.ticket_id)
    return msgspec.structs.replace(row, fate=fate, run_id=run_id, agent_id=agent)


async def undone(tx: Tx, decision_id: int, *, ticket_id: int) -> None:
    """Its change set was taken back: that it was wrong is said as clearly as can be."""
    row = await repository.one(tx, decision_id)
    if row is None or row.fate == "undone":
        return
    await repository.settle(tx, row.id, fate="undone")
    await repository.judge(tx, row.id, verdict="wrong", by="undo")
    await timers.cancel(tx, kind=PROVE, key=str(row.id))
    tx.emit(
        events.SkillSettled(decision_id=row.id, ticket_id=ticket_id, skill=row.skill, fate="undone")
    )
    loaded = next((one for one in registry.known() if one.id == row.skill), None)
    if loaded is not None:
        await standing.settle(tx, loaded, intent=row.intent, ticket_id=ticket_id)
