"""The copilot's tasks with a model: what is asked of it, and what is made of its answer."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence

import msgspec

from yizhan.domains.copilot import cleaning, drafting, prompts
from yizhan.domains.copilot.service import gateway
from yizhan.domains.copilot.service.embedded import told
from yizhan.domains.copilot.service.facts import Facts
from yizhan.domains.copilot.service.gateway import Means, NotAsked, Question, Route
from yizhan.domains.copilot.types import Answer, CopilotPoint, CopilotSummary, Source, Task, Tone
from yizhan.kernel import llm
from yizhan.kernel.actor import Actor
from yizhan.learning import privacy

_SOURCES = 8
_BEST_FIRST = {"article": 0, "macro": 1, "answer": 2, "message": 3}


class Job(msgspec.Struct, frozen=True):
    """What is to be done, and where."""

    means: Means
    who: Actor
    route: Route
    known: Facts
    task: Task
    text: str
    tone: Tone
    locale: str


async def run(job: Job) -> AsyncIterator[str | Answer]:
    """Text as it comes, then the answer. Errors: NotAsked."""
    if job.task == "summary":
        yield await _summary(job)
        return
    seen = _sendable(job)
    sources = await asyncio.to_thread(_sources, seen) if job.task == "draft" else []
    said = _said(job, seen, sources)
    parts: list[str] = []
    async for piece in gateway.stream(
        job.means, job.who, route=job.route, question=_question(job, seen, said)
    ):
        parts.append(piece)
        yield piece
    yield _made(job, "".join(parts), sources)


def _sendable(job: Job) -> Facts:
    """What may go there. Errors: NotAsked where that is nothing to answer from."""
    seen = job.known.sendable(job.route.place)
    if job.task in ("draft", "summary") and not seen.turns:
        raise NotAsked("policy")
    return seen


def _question(job: Job, seen: Facts, said: list[llm.Said]) -> Question:
    return Question(
        task=job.task,
        said=said,
        rules=job.known.veil_rules(),
        earlier=tuple(one.text for one in seen.turns),
        ticket_id=job.known.ticket.id,
    )


def _said(job: Job, seen: Facts, sources: Sequence[Source]) -> list[llm.Said]:
    if job.task == "draft":
        return prompts.draft(
            subject=seen.ticket.subject,
            turns=seen.turns,
            sources=sources,
            locale=_language(job),
            started=job.text,
        )
    if job.task == "translate":
        return prompts.translate(job.text, locale=job.locale or job.who.locale)
    return prompts.rewrite(job.text, tone=job.tone)


def _language(job: Job) -> str:
    if job.locale:
        return job.locale
    return "zh" if drafting.speaks_chinese(job.known.asked) else job.known.locale


def _sources(seen: Facts) -> list[Source]:
    """What fits the question, cut to the sentences that may be said to anybody."""
    fits = drafting.passages(seen.asked, seen.sources)
    chosen = [seen.sources[one.source - 1] for one in fits[:_SOURCES]]
    chosen += [one for one in seen.sources if one.kind == "article" and one not in chosen]
    return [
        msgspec.structs.replace(one, text="\n".join(drafting.usable(one))[:3_000])
        for one in chosen[:_SOURCES]
    ]


def _made(job: Job, raw: str, sources: list[Source]) -> Answer:
    """Errors: NotAsked where nothing is left of it."""
    known = cleaning.addresses([one.text for one in sources] + [job.text])
    text = cleaning.plain(raw, known=known)
    if not text:
        raise NotAsked("empty")
    made = Answer(
        id=0,
        task=job.task,
        made_by="model",
        reason=None,
        detail=None,
        model=job.route.server.model,
        text=text,
    )
    if job.task != "draft":
        return made
    ticket = "\n".join(one.text for one in job.known.turns)
    found = cleaning.sentences(text, sources, ticket=ticket)
    return msgspec.structs.replace(
        made, text=drafting.joined(found), sentences=found, sources=sources
    )


async def _summary(job: Job) -> Answer:
    """Errors: NotAsked."""
    seen = _sendable(job)
    said = prompts.summary(
        subject=seen.ticket.subject, turns=seen.turns, locale=job.locale or job.who.locale
    )
    question = _question(job, seen, said)
    found, veil = await gateway.shaped(
        job.means, job.who, route=job.route, question=question, kind=prompts.SummaryOut
    )
    made = CopilotSummary(
        problem=_points(found.problem, seen, veil),
        tried=_points(found.tried, seen, veil),
        state=_points(found.state, seen, veil),
        question=_points(found.question, seen, veil),
    )
    if not told(made):
        raise NotAsked("empty")
    return Answer(
        id=0,
        task="summary",
        made_by="model",
        reason=None,
        detail=None,
        model=job.route.server.model,
        text=told(made),
        summary=made,
    )


def _points(raw: Sequence[prompts.PointOut], seen: Facts, veil: privacy.Veil) -> list[CopilotPoint]:
    """With the messages that really exist, and the values filled in again."""
    found: list[CopilotPoint] = []
    for one in raw[:8]:
        text = cleaning.plain(veil.fill(one.text))[:500]
        ids = [str(seen.turns[n - 1].id) for n in one.messages if 1 <= n <= len(seen.turns)]
        if text:
            found.append(CopilotPoint(text, list(dict.fromkeys(ids))))
    return found
