"""Exercises: a ticket whose customer is a script. Nothing of it counts, and nothing of it is sent."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from datetime import timedelta

from yizhan.domains.channels import registry as channels
from yizhan.domains.contacts import service as contacts
from yizhan.domains.contacts.types import KNOWN, Identity
from yizhan.domains.identity import permissions
from yizhan.domains.onboarding import events, repository, scripts
from yizhan.domains.onboarding.types import Practice, Scene
from yizhan.domains.tickets import service as tickets
from yizhan.domains.tickets.types import Outgoing, Received
from yizhan.kernel import errors
from yizhan.kernel.events import Logged
from yizhan.kernel.tx import Tx

JOB = "onboarding.answer"
PAUSE = timedelta(seconds=4)  # as if somebody read and wrote
_QUEUED = "message.queued"


def _channel() -> str:
    """The channel that leads nowhere."""
    return next(c.id for c in channels.known() if c.manifest.capabilities.practice)


@functools.cache
def is_one_sql() -> str:
    """Whether the ticket ``t`` is an exercise: only they come by this channel."""
    return f"(t.channel = '{_channel()}')"


def _me(tx: Tx) -> int:
    permissions.require(tx.actor, "ticket:reply")
    if tx.actor.agent_id is None:
        raise errors.Forbidden("Exercises are for people, not for programs.")
    return tx.actor.agent_id


async def mine(tx: Tx) -> dict[str, Practice]:
    """One's own exercises by scene."""
    return {one.scene: one for one in await repository.of_agent(tx, _me(tx))}


async def start(tx: Tx, scene_id: str, *, locale: scripts.Locale) -> int:
    """Make an exercise and return its ticket; the one that is there when it was made before.

    Errors: SceneUnknown, Forbidden.
    """
    scene = scripts.scene(locale, scene_id)
    me = _me(tx)
    known = (await mine(tx)).get(scene_id)
    if known is not None:
        return known.ticket_id
    script = scripts.script(locale)
    who = Identity(
        kind="practice",
        scope=str(tx.new_id()),  # a customer of its own each time
        value=scene.title,
        strength=KNOWN,
        source="practice",
    )
    name = f"{script.tag.capitalize()} · {scene.customer}"
    contact = await contacts.resolve(tx, [who], name=name, locale=locale, source="practice")
    receipt = await tickets.receive(
        tx,
        Received(
            channel=_channel(),
            contact_id=contact.id,
            author_name=scene.customer,
            subject=scene.subject,
            text=scene.text.strip(),
            tags=(script.tag,),
        ),
    )
    await repository.add(
        tx,
        Practice(
            ticket_id=receipt.ticket_id,
            conversation_id=receipt.conversation_id,
            contact_id=contact.id,
            agent_id=me,
            scene=scene_id,
            locale=locale,
            step=0,
            done=False,
        ),
    )
    await tickets.assign(tx, receipt.ticket_id, to=me)
    return receipt.ticket_id


async def hear(tx: Tx, batch: Sequence[Logged]) -> None:
    """Agents have answered: the customer will, too."""
    said = [
        one
        for one in batch
        if one.type == _QUEUED and one.ticket_id and not one.data.get("automatic")
    ]
    if not said:
        return
    exercises = await repository.among(tx, sorted({one.ticket_id or 0 for one in said}))
    for one in said:
        if one.ticket_id in exercises:
            message_id = str(one.data["message_id"])
            tx.defer(
                JOB,
                key=f"{JOB}:{message_id}",
                at=tx.now + PAUSE,
                ticket_id=str(one.ticket_id),
                message_id=message_id,
            )


async def answer(tx: Tx, ticket_id: int, *, message_id: int) -> None:
    """The customer answers; after the last word the coach has one. Again is harmless."""
    one = await repository.hold(tx, ticket_id)
    if one is None or one.done:
        return
    words = await repository.answer(tx, ticket_id, message_id)
    if words is None:
        return
    scene = scripts.scene(one.locale, one.scene)
    receipt = await tickets.receive(
        tx,
        Received(
            channel=_channel(),
            contact_id=one.contact_id,
            author_name=scene.customer,
            text=scene.turns[one.step].said(words),
            conversation_id=one.conversation_id,
            client_id=f"practice:{message_id}",
        ),
    )
    if receipt.duplicate or receipt.ticket_id != ticket_id:
        return
    step = one.step + 1
    done = step >= len(scene.turns)
    await repository.advance(tx, ticket_id, step=step, done=done)
    if done:
        await _coach(tx, ticket_id, scene, locale=one.locale)


async def _coach(tx: Tx, ticket_id: int, scene: Scene, *, locale: str) -> None:
    body = "\n".join([scripts.script(locale).done, "", *(f"• {tip}" for tip in scene.tips)])
    await tickets.reply(
        tx, ticket_id, outgoing=Outgoing(body=body, visibility="internal", automatic=True)
    )


async def remove(tx: Tx) -> int:
    """Remove all of one's own exercises, and everything that was written there. Returns how many."""
    me = _me(tx)
    found = await repository.of_agent(tx, me)
    for one in found:
        await repository.clear(tx, one)
        tx.emit(events.PracticeRemoved(ticket_id=one.ticket_id, agent_id=me))
    return len(found)
