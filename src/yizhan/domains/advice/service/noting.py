"""What became of articles: shown, opened, inserted, sent, edited, resolved."""

from __future__ import annotations

from datetime import timedelta

from yizhan.domains.advice import editing, events, repository, schemas
from yizhan.domains.advice.repository import Taken
from yizhan.domains.advice.service import learning
from yizhan.domains.advice.types import KEPT_DAYS
from yizhan.domains.knowledge import audience, links
from yizhan.domains.knowledge import service as knowledge
from yizhan.domains.tickets import service as tickets
from yizhan.kernel import text, timers
from yizhan.kernel.tx import Tx

STANDS_JOB = "advice.stands"
_MOST_OF = 0.5  # of an article's words in an answer: then it was sent
_KEPT = timedelta(days=KEPT_DAYS)


async def note(tx: Tx, ticket_id: int, *, used: schemas.UsedIn) -> None:
    """What an agent did with articles. Errors: TicketNotFound, ArticleNotFound."""
    await tickets.get(tx, ticket_id)
    viewer = audience.agent(tx.actor)
    agent_id = tx.actor.agent_id or tx.actor.id
    if agent_id is None:
        return
    for article_id in dict.fromkeys(int(one) for one in used.article_ids):
        shown, _ = await knowledge.read(tx, viewer, article_id=article_id, locale=used.locale)
        await _step(
            tx,
            Taken(
                ticket_id=ticket_id,
                article_id=article_id,
                agent_id=agent_id,
                step=used.step,
                form=used.form or "",
                locale=shown.locale,
            ),
        )


async def _step(tx: Tx, taken: Taken) -> None:
    if await repository.add_use(tx, taken):
        tx.emit(
            events.ArticleUsed(
                article_id=taken.article_id,
                ticket_id=taken.ticket_id,
                agent_id=taken.agent_id,
                step=taken.step,
                form=taken.form,
                message_id=taken.message_id,
            )
        )


def holds(body: str, html: str, *, article_id: int, form: str, plain: str) -> bool:
    """Whether an answer carries an article: its address, or most of its words. Pure."""
    if links.names(f"{body} {html}", article_id):
        return True
    if form != "text":
        return False
    words = set(text.tokens(plain))
    return bool(words) and len(words & set(text.tokens(body))) >= _MOST_OF * len(words)


async def sent(tx: Tx, ticket_id: int, *, message_id: int) -> None:
    """An answer leaves: which of the articles that its author put in does it still carry, and how
    much of their words was changed?"""
    row = await repository.message(tx, message_id)
    agent_id = tx.actor.agent_id or tx.actor.id
    if row is None or agent_id is None or tx.actor.kind not in ("agent", "token"):
        return
    for one in await repository.inserted(tx, ticket_id, agent_id=agent_id):
        if not holds(
            row["body_text"],
            row["html"],
            article_id=one.article_id,
            form=one.form,
            plain=one.plain,
        ):
            continue
        taken = Taken(
            ticket_id=ticket_id,
            article_id=one.article_id,
            agent_id=agent_id,
            step="sent",
            form=one.form,
            locale=one.locale,
            message_id=message_id,
        )
        await _step(tx, taken)
        await learning.heard(tx)
        changed = editing.distance(one.plain, row["body_text"]) if one.form == "text" else 0.0
        if changed > 0:
            await _step(tx, taken.next("edited", distance=changed))
    await settle(tx, ticket_id)


async def settle(tx: Tx, ticket_id: int) -> None:
    """Where a ticket with a sent article is done, look again in seven days whether it still is."""
    done_at = await repository.done_with_article(tx, ticket_id)
    if done_at is not None:
        due = max(done_at, await repository.last_sent(tx, ticket_id) or done_at) + _KEPT
        payload = {"ticket_id": ticket_id}
        await timers.schedule(
            tx, kind=STANDS_JOB, key=str(ticket_id), due=due, job=STANDS_JOB, payload=payload
        )


async def stands(tx: Tx, ticket_id: int) -> None:
    """Seven days are over. Was it not opened again, the articles that were sent resolved it."""
    done_at = await repository.done_with_article(tx, ticket_id)
    if done_at is None:
        return
    for taken in await repository.sent_in(tx, ticket_id):
        if max(done_at, taken.at or done_at) + _KEPT <= tx.now:
            await _step(tx, taken.next("resolved"))
    last = max(done_at, await repository.last_sent(tx, ticket_id) or done_at)
    if last + _KEPT > tx.now:
        await settle(tx, ticket_id)
