"""A probable rating for every ticket that is done, made anew when something is learned of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

import msgspec

from yizhan.domains.tickets import registry
from yizhan.domains.tickets import repository as tickets
from yizhan.domains.tickets.service import access
from yizhan.domains.understanding import composing
from yizhan.domains.understanding import repository as signals
from yizhan.domains.understanding.satisfaction import events, repository, rules, schemas
from yizhan.domains.understanding.training.service import versions
from yizhan.kernel.tx import Tx
from yizhan.learning import metrics

JOB: Final = "understanding.infer_satisfaction"
DONE: Final = ("resolved", "closed")
DAYS: Final = 90
LATEST: Final = 3  # messages that a trained head reads, as in its training
BINS: Final = 5


def ask(tx: Tx, ticket_id: int) -> None:
    """Infer in a moment: what else happens until then counts."""
    tx.defer(JOB, key=f"{JOB}:{ticket_id}", ticket_id=ticket_id)


class Ready(msgspec.Struct, frozen=True, kw_only=True):
    """What a rating is inferred from."""

    course: rules.Course
    text: str


async def prepare(tx: Tx, ticket_id: int) -> Ready | None:
    """None where there is nothing to infer: not done, part of another, an exercise, no customer's word."""
    ticket = await tickets.ticket(tx, ticket_id)
    if ticket is None or ticket.status_category not in DONE or ticket.merged_into is not None:
        return None
    if await registry.exercises(tx, [ticket_id]):
        return None
    talk = await repository.talk(tx, ticket_id)
    theirs = [one for one in talk if one["direction"] == "in"]
    if not theirs:
        return None
    return Ready(
        course=await _course(tx, ticket_id, talk),
        text="\n".join(one["body"] for one in theirs[-LATEST:]),
    )


async def _course(tx: Tx, ticket_id: int, talk: list[Any]) -> rules.Course:
    theirs = [one for one in talk if one["direction"] == "in"]
    spoken = sorted(await signals.spoken(tx, ticket_id), key=lambda one: one.message_id)
    felt = [one.readings["emotion"] for one in spoken if "emotion" in one.readings]
    known = (await signals.current(tx, [ticket_id])).get(ticket_id)
    return rules.Course(
        last_text=theirs[-1]["body"],
        moods=tuple(composing.negative(one) for one in felt),
        pleased=bool(felt) and felt[-1].sure == "positive",
        grave=known is not None and known.grave,
        turns=len(theirs),
        reopened=await repository.reopened(tx, ticket_id),
        longest_wait=_longest(talk),
        answered=any(one["direction"] == "out" for one in talk),
    )


def _longest(talk: list[Any]) -> timedelta:
    """How long the customer waited at most for an answer."""
    longest, since = timedelta(), None
    for one in talk:
        if one["direction"] == "in":
            since = since or one["created_at"]
        elif since is not None:
            longest, since = max(longest, one["created_at"] - since), None
    return longest


async def keep(tx: Tx, ticket_id: int, new: rules.Inferred) -> None:
    """Write it down and tell; the same again is nothing."""
    await signals.hold(tx, ticket_id)
    old = await repository.of_ticket(tx, ticket_id)
    if old is not None and (round(old.score, 2), old.model) == (new.score, new.model):
        return
    await repository.put(tx, ticket_id, new)
    tx.emit(
        events.SatisfactionInferred(
            ticket_id=ticket_id,
            rating=new.rating,
            percent=round(100 * new.score),
            before=None if old is None else old.rating,
            model=new.model,
        )
    )


async def of_ticket(tx: Tx, ticket_id: int) -> schemas.InferredSatisfaction:
    """Errors: those of access."""
    await access.ticket(tx, ticket_id)
    found = await repository.of_ticket(tx, ticket_id)
    if found is None:
        return schemas.InferredSatisfaction(score=None, rating=None, model=None)
    return schemas.InferredSatisfaction(
        score=round(found.score, 2),
        rating=found.rating,
        model=found.model,
        parts=[msgspec.convert(one, schemas.InferredPart) for one in found.parts],
        inferred_at=found.inferred_at,
    )


async def report(tx: Tx) -> schemas.InferredReport:
    """How many tickets it speaks for, and how often it is right where customers answered."""
    versions.may_read(tx)
    since = tx.now - timedelta(days=DAYS)
    rows = await repository.compared(tx, since)
    done = max(len(rows), await repository.done(tx, since))
    both = [
        (float(row["told"]), row["rated"] == "good")
        for row in rows
        if row["told"] is not None and row["rated"]
    ]
    right = [(score >= rules.GOOD) == good for score, good in both]
    return schemas.InferredReport(
        days=DAYS,
        done=done,
        inferred=len(rows),
        rated=sum(row["rated"] is not None for row in rows),
        compared=len(both),
        right=schemas.measured(sum(right), len(right)),
        calibration_error=_error(both),
        calibration=_curve(both),
    )


def _error(both: list[tuple[float, bool]]) -> float | None:
    if not both:
        return None
    return metrics.calibration_error([score for score, _ in both], [good for _, good in both])


def _curve(both: list[tuple[float, bool]]) -> list[schemas.InferredPoint]:
    """Of those with about this score, so many were pleased."""
    found = []
    for place in range(BINS):
        part = [one for one in both if min(int(one[0] * BINS), BINS - 1) == place]
        if part:
            mean = sum(score for score, _ in part) / len(part)
            good = schemas.measured(sum(good for _, good in part), len(part))
            found.append(schemas.InferredPoint(score=round(mean, 3), good=good, tickets=len(part)))
    return found
