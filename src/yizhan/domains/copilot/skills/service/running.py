"""A customer's message was read: every skill that may looks at it."""

from __future__ import annotations

import msgspec

from yizhan.domains.copilot.service.gateway import Means
from yizhan.domains.copilot.skills import registry, repository
from yizhan.domains.copilot.skills.registry import Loaded
from yizhan.domains.copilot.skills.service import carrying, deciding, judging, seeing, standing
from yizhan.domains.copilot.skills.service.seeing import Looked
from yizhan.domains.copilot.skills.types import Setting
from yizhan.domains.tickets import registry as tickets
from yizhan.domains.tickets.errors import TicketNotFound
from yizhan.kernel.actor import Actor, system
from yizhan.kernel.tx import Tx

ACTOR = "copilot"


class _Turn(msgspec.Struct, frozen=True):
    """One skill at one message."""

    loaded: Loaded
    setting: Setting
    looked: Looked


async def consider(means: Means, workspace_id: int, *, ticket_id: int, message_id: int) -> None:
    """No transaction is open while a skill thinks. The same message twice is once."""
    who = system(workspace_id, name=ACTOR)
    async with means.database.begin(who) as tx:
        turns = await _turns(tx, ticket_id, message_id=message_id)
    for turn in turns:
        await _one(means, who, turn)


async def _turns(tx: Tx, ticket_id: int, *, message_id: int) -> list[_Turn]:
    if await tickets.exercises(tx, [ticket_id]):
        return []
    settings = await repository.settings(tx)
    done = await repository.decided(tx, ticket_id, message_id=message_id)
    wanted = [
        (one, settings.get(one.id) or Setting(skill=one.id))
        for one in registry.known()
        if one.id not in done
    ]
    wanted = [(one.told(setting.prompts), setting) for one, setting in wanted]
    wanted = [(one, setting) for one, setting in wanted if setting.ceiling != "off"]
    try:
        looked = await seeing.look(tx, ticket_id, message_id=message_id) if wanted else None
    except TicketNotFound:
        return []
    if looked is None:
        return []
    wanted = [
        (one, setting)
        for one, setting in wanted
        if setting.limit(looked.intent) != "off" and one.skill.applies(seeing.seen(one, looked))
    ]
    if any("articles" in one.needs for one, _ in wanted):
        looked = await seeing.with_articles(tx, looked)
    return [_Turn(one, setting, looked) for one, setting in wanted]


async def _one(means: Means, who: Actor, turn: _Turn) -> None:
    loaded, setting, looked = turn.loaded, turn.setting, turn.looked
    least = loaded.manifest.confidence if setting.confidence is None else setting.confidence
    reached = await deciding.reach(
        means, who, loaded=loaded, looked=looked, least=least, asks_model=setting.asks_model
    )
    if reached.found is None:
        return
    async with means.database.begin(who) as tx:
        level = await standing.level(
            tx, loaded, setting=await repository.setting(tx, loaded.id), intent=looked.intent
        )
        await carrying.keep(tx, loaded, looked=looked, reached=reached, level=level)
        if looked.state.category in ("resolved", "closed"):
            # It was read after people were done with it: nobody will resolve it once more.
            tx.defer(judging.JOB, priority=-2, ticket_id=looked.facts.ticket.id)
