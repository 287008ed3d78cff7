"""Customers are asked: planned when a ticket is done, asked when the time has come, if it still fits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from yizhan.domains.channels import service as channels
from yizhan.domains.surveys import errors, events, links, repository, wording, words
from yizhan.domains.surveys.types import Face, Invitation, Survey, Way
from yizhan.domains.tickets import errors as ticket_errors
from yizhan.domains.tickets import filters, registry
from yizhan.domains.tickets import service as tickets
from yizhan.domains.tickets.service import talks
from yizhan.domains.tickets.types import Conversation, Outgoing, Ticket
from yizhan.kernel import colors, timers
from yizhan.kernel.crypto import Vault
from yizhan.kernel.tx import Tx

TIMER = "survey"
JOB = "surveys.ask"
_DONE = ("resolved", "closed")


async def follow(tx: Tx, ticket_id: int, *, category: str) -> None:
    """A ticket reached a category: a survey is planned, or what was planned no longer fits."""
    if category not in _DONE:
        await timers.cancel(tx, kind=TIMER, key=str(ticket_id))
        return
    asking = [one for one in await repository.surveys(tx, active=True) if one.trigger == category]
    if not asking or await _is_planned_or_asked(tx, ticket_id):
        return
    # Whoever did it need not be able to see what becomes of it: a customer, for one.
    ticket = await repository.ticket(tx, ticket_id)
    chosen = None if ticket is None else await _fitting(tx, ticket, asking)
    if chosen is not None:
        await timers.schedule(
            tx,
            kind=TIMER,
            key=str(ticket_id),
            due=tx.now + timedelta(minutes=chosen.delay_minutes),
            job=JOB,
            payload={"ticket_id": str(ticket_id), "survey_id": str(chosen.id)},
        )


async def _is_planned_or_asked(tx: Tx, ticket_id: int) -> bool:
    planned = await timers.due_at(tx, kind=TIMER, key=str(ticket_id))
    return planned is not None or await repository.of_ticket(tx, ticket_id) is not None


async def _fitting(tx: Tx, ticket: Ticket, asking: Sequence[Survey]) -> Survey | None:
    """The first survey that asks about such a ticket; none about one that is part of another now, or
    an exercise."""
    if ticket.merged_into is not None or await registry.exercises(tx, [ticket.id]):
        return None
    for one in asking:
        if one.brand_id not in (None, ticket.brand_id):
            continue
        try:
            if await filters.matches(tx, ticket.id, condition=one.condition):
                return one
        except ticket_errors.ConditionInvalid:
            continue  # it names a field that is gone: it asks about nothing
    return None


async def sender(tx: Tx, ticket_id: int) -> str:
    """In whose name a customer is asked."""
    ticket = await tickets.get(tx, ticket_id)
    return (await face_of(tx, ticket.brand_id)).name


async def face_of(tx: Tx, brand_id: int | None) -> Face:
    """A brand as customers see it."""
    row = await repository.face(tx, brand_id)
    return Face(name=row["name"], color=colors.safe(row["color"]), locale=row["locale"])


async def ask(
    tx: Tx, ticket_id: int, *, survey_id: int, vault: Vault, base: str
) -> Invitation | None:
    """The time has come. None where it does not fit any more; a second time is harmless."""
    survey = await repository.survey(tx, survey_id)
    ticket = await tickets.get(tx, ticket_id)
    is_done = ticket.status_category == "closed" or (
        survey is not None and ticket.status_category == survey.trigger
    )
    if survey is None or not survey.active or not is_done:
        return None
    if await _fitting(tx, ticket, [survey]) is None:
        return None
    talk = await talks.default(tx, ticket_id)
    way = await _way(tx, talk) if talk is not None else None
    if talk is None or way is None or way not in survey.channels:
        return None
    if not await _may_ask(tx, ticket, survey=survey, contact_id=talk.contact_id):
        return None
    return await _send(tx, ticket, survey, talk=talk, way=way, vault=vault, base=base)


async def _way(tx: Tx, talk: Conversation) -> Way | None:
    """How a customer can be asked; None for a machine, for a doubtful sender, and where nothing leads."""
    last = await repository.talk(tx, talk.id)
    if last is None or last["automatic"] or last["sender_verdict"] == "fail":
        return None
    carrier = await channels.carrier_of(tx, talk)
    if carrier is None:
        return None
    return "mail" if carrier.html else "chat"


async def _may_ask(tx: Tx, ticket: Ticket, *, survey: Survey, contact_id: int) -> bool:
    """Not twice about a ticket, not too often, and nobody who is blocked."""
    await repository.hold(tx, f"contact:{contact_id}")
    if await repository.of_ticket(tx, ticket.id) is not None:
        return False
    person = await repository.person(tx, contact_id)
    if person is None or person["blocked"]:
        return False
    since = tx.now - timedelta(days=survey.throttle_days)
    return not await repository.asked_since(tx, contact_id, moment=since)


async def _send(
    tx: Tx, ticket: Ticket, survey: Survey, *, talk: Conversation, way: Way, vault: Vault, base: str
) -> Invitation:
    face = await face_of(tx, ticket.brand_id)
    person = await repository.person(tx, talk.contact_id)
    locale = words.locale_of(person["locale"], face.locale)
    number = tx.new_id()
    url = links.url(vault, base, workspace_id=tx.workspace_id, invitation_id=number)
    asked = wording.texts(
        survey.kind, locale, own=survey.texts, brand=face.name, number=ticket.number
    )
    rich = wording.rich(survey.kind, asked, locale, url=url, face=face) if way == "mail" else None
    message_id = await tickets.reply(
        tx,
        ticket.id,
        outgoing=Outgoing(
            body=wording.plain(asked, locale, url=url),
            body_html=rich,
            conversation_id=talk.id,
            client_id=f"survey:{number}",
            automatic=True,
        ),
    )
    return await record(
        tx,
        ticket,
        survey=survey,
        number=number,
        way=way,
        locale=locale,
        talk=talk,
        message=message_id,
    )


async def record(
    tx: Tx,
    ticket: Ticket,
    *,
    survey: Survey,
    number: int,
    way: Way,
    locale: str,
    talk: Conversation,
    message: int | None = None,
) -> Invitation:
    """Write down that a customer is asked."""
    one = Invitation(
        id=number,
        survey_id=survey.id,
        kind=survey.kind,
        ticket_id=ticket.id,
        contact_id=talk.contact_id,
        conversation_id=talk.id,
        message_id=message,
        channel=way,
        locale=locale,
        brand_id=ticket.brand_id,
        agent_id=ticket.assignee_id,
        team_id=ticket.team_id,
        sent_at=tx.now,
        expires_at=tx.now + timedelta(days=survey.expires_days),
        score=None,
        comment="",
        answered_at=None,
        changed_at=None,
    )
    await repository.add(tx, one)
    tx.emit(
        events.SurveySent(
            ticket_id=ticket.id,
            survey_id=survey.id,
            invitation_id=number,
            contact_id=talk.contact_id,
            kind=survey.kind,
            way=way,
        )
    )
    return one


async def hand_out(tx: Tx, ticket_id: int) -> Invitation:
    """An invitation that an agent passes on as a link; the ticket's own if the customer was asked.

    Errors: those of access, NoSurvey, AskedRecently.
    """
    ticket = await tickets.get(tx, ticket_id, permission="ticket:reply")
    await repository.hold(tx, f"ticket:{ticket_id}")
    known = await repository.of_ticket(tx, ticket_id)
    if known is not None:
        return known
    survey = await offered(tx, ticket)
    talk = await talks.default(tx, ticket_id)
    if survey is None or talk is None:
        raise errors.NoSurvey
    if not await _may_ask(tx, ticket, survey=survey, contact_id=talk.contact_id):
        raise errors.AskedRecently
    await timers.cancel(tx, kind=TIMER, key=str(ticket_id))
    face = await face_of(tx, ticket.brand_id)
    person = await repository.person(tx, talk.contact_id)
    locale = words.locale_of(person["locale"], face.locale)
    return await record(
        tx, ticket, survey=survey, number=tx.new_id(), way="link", locale=locale, talk=talk
    )


async def offered(tx: Tx, ticket: Ticket) -> Survey | None:
    """The survey whose link may be handed out for a ticket."""
    active = await repository.surveys(tx, active=True)
    return await _fitting(tx, ticket, [one for one in active if "link" in one.channels])
