"""Search learns from accepted answers: those that were sent, more from those that resolved a ticket,
less from those that were changed before they were sent."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any, Final

from yizhan.domains.advice import errors, events, ranking, schemas
from yizhan.domains.identity import permissions
from yizhan.domains.knowledge import learnt, meaning
from yizhan.kernel import clock, jobs, timers
from yizhan.kernel.tx import Tx
from yizhan.learning import embedding
from yizhan.learning.retrieval import Index
from yizhan.learning.vectors import Remembering

JOB: Final = "advice.learn"
DAILY: Final = timedelta(days=1)
FRESH: Final = 5
"""New answers without which learning again would find the same."""

# The question as it stood when the article was sent. Uses article_use_at and message_ticket.
_SENT = """
SELECT u.article_id, u.locale, u.at,
  t.subject || E'\\n' || coalesce((SELECT string_agg(m.body_text, E'\\n' ORDER BY m.id DESC) FROM (
    SELECT id, left(body_text, 1000) AS body_text FROM message WHERE workspace_id = $1
      AND ticket_id = u.ticket_id AND id < coalesce(u.message_id, 9223372036854775807)
      AND direction = 'in' AND NOT automatic ORDER BY id DESC LIMIT 2) m), '') AS question,
  EXISTS (SELECT FROM article_use e WHERE e.workspace_id = $1 AND e.ticket_id = u.ticket_id
    AND e.article_id = u.article_id AND e.agent_id = u.agent_id AND e.step = 'edited') AS edited,
  EXISTS (SELECT FROM article_use r WHERE r.workspace_id = $1 AND r.ticket_id = u.ticket_id
    AND r.article_id = u.article_id AND r.agent_id = u.agent_id AND r.step = 'resolved') AS resolved
FROM article_use u JOIN ticket t ON t.workspace_id = u.workspace_id AND t.id = u.ticket_id
WHERE u.workspace_id = $1 AND u.step = 'sent'
UNION ALL
SELECT a.solved_id, a.locale, a.at, a.question, false, true FROM article_ask a
WHERE a.workspace_id = $1 AND a.outcome = 'solved' AND a.solved_id IS NOT NULL
ORDER BY 3 DESC LIMIT $2
"""


def weight(*, edited: bool, resolved: bool) -> int:
    """How many times an answer counts. Pure."""
    return (1 if edited else 2) + (1 if resolved else 0)


async def heard(tx: Tx) -> None:
    """An answer was accepted: learn within a day."""
    await timers.advance(tx, kind=JOB, key="", due=max(tx.now, clock.now()) + DAILY, job=JOB)


async def overview(tx: Tx) -> schemas.RankingOut:
    """What search learned, and how good that is."""
    permissions.require(tx.actor, "knowledge:read")
    accepted = await tx.db.fetchval(
        "SELECT count(*) FROM article_use WHERE workspace_id = $1 AND step = 'sent'",
        tx.workspace_id,
    )
    return schemas.RankingOut(
        accepted=accepted,
        least=ranking.LEAST,
        versions=[schemas.ranking_out(one) for one in await learnt.versions(tx)],
    )


async def ask(tx: Tx) -> None:
    """Learn now, in the background. Errors: TooFewAccepted."""
    permissions.require(tx.actor, "knowledge:publish")
    rows = await _gather(tx)
    if len(rows) < ranking.LEAST:
        raise errors.TooFewAccepted(have=len(rows), least=ranking.LEAST)
    tx.defer(JOB, key=f"{tx.workspace_id}", again=True, priority=-2)


async def forget(tx: Tx) -> None:
    """Search as before anything was learned."""
    permissions.require(tx.actor, "knowledge:publish")
    if await learnt.forget(tx):
        tx.emit(events.ArticleRankingChanged(number=None))


async def _gather(tx: Tx) -> list[Any]:
    return await tx.db.fetch(_SENT, tx.workspace_id, ranking.MOST)


async def run(ctx: jobs.Context, workspace_id: int, *, again: bool) -> None:
    """The worker learns. Killed anywhere, it begins anew: nothing is kept before the end."""
    encoder = embedding.fast()
    name = "" if encoder is None else encoder.name
    async with ctx.begin(workspace_id) as tx:
        rows = await _gather(tx)
        versions = await learnt.versions(tx, most=1)
        collection = await meaning.collect(tx, encoder)
        wanted = [(row["article_id"], row["locale"]) for row in rows]
        texts = await learnt.texts_of(tx, wanted)
        sha = await learnt.in_use(tx, encoder=name)
        rival = await learnt.model(tx, sha)
    known = [row for row in reversed(rows) if (row["article_id"], row["locale"]) in texts]
    until = versions[0].until_at if versions else None
    fresh = sum(until is None or row["at"] > until for row in known)
    if len(known) < ranking.LEAST or (fresh < FRESH and not again) or not collection.rows:
        return

    def work() -> ranking.Learnt:
        answered = [
            ranking.Answered(
                text=ranking.veiled(row["question"])[: meaning.ASKED],
                text_id=texts[row["article_id"], row["locale"]],
                article_id=row["article_id"],
                weight=weight(edited=row["edited"], resolved=row["resolved"]),
                at=row["at"],
            )
            for row in known
        ]
        remembering = None
        if encoder is not None:
            remembering = Remembering(encoder, ctx.config.data / "vectors.sqlite")
        index = Index.build([row.entry() for row in collection.rows], collection.embedder)
        loaded = learnt.load(rival) if rival is not None else None
        home = {str(row.text_id): row.article_id for row in collection.rows}
        found = ranking.learn(
            [one for one in answered if one.text],
            index=index,
            home=home,
            embedder=remembering,
            rival=(loaded, until) if loaded is not None and until is not None else None,
        )
        if remembering is not None:
            remembering.close()
        return found

    found = await asyncio.to_thread(work)
    async with ctx.begin(workspace_id) as tx:
        await _keep(tx, found, encoder=name)


async def _keep(tx: Tx, found: ranking.Learnt, *, encoder: str) -> None:
    last = await learnt.versions(tx, most=1)
    number = last[0].number + 1 if last else 1
    await learnt.keep(
        tx,
        learnt.Learning(
            id=tx.new_id(),
            number=number,
            state="in_use" if found.better else "refused",
            encoder=encoder,
            sha256=found.sha256,
            accepted=found.accepted,
            articles=found.articles,
            until_at=found.until,
            report=found.report,
            at=tx.now,
        ),
        content=found.content,
    )
    if found.better:
        tx.emit(events.ArticleRankingChanged(number=number))
