"""What the copilot can do with no model: taken from what stands there, and honest about the rest."""

from __future__ import annotations

import asyncio

import msgspec

from yizhan.domains.copilot import drafting, errors, nextstep, tidying
from yizhan.domains.copilot.service.facts import Facts
from yizhan.domains.copilot.service.gateway import NotAsked
from yizhan.domains.copilot.types import Answer, CopilotPoint, CopilotSummary, Task, Tone
from yizhan.learning import summary

_NEED_WORDS: frozenset[Tone] = frozenset({"friendly", "formal"})


async def make(known: Facts, task: Task, text: str, *, tone: Tone, why: NotAsked) -> Answer:
    """The answer without a model. Errors: NeedsModel for what only a model can do."""
    if task == "draft":
        return await asyncio.to_thread(_draft, known, why)
    if task == "summary":
        return await asyncio.to_thread(_summary, known, why)
    if task == "next":
        return await asyncio.to_thread(_next, known, why)
    if task == "rewrite" and tone not in _NEED_WORDS:
        done = tidying.short(text) if tone == "short" else tidying.polite(text, name=known.customer)
        return _answer(task, done, why)
    raise errors.NeedsModel(reason=why.reason, why=why.detail)


def _answer(task: Task, text: str, why: NotAsked) -> Answer:
    return Answer(
        id=0,
        task=task,
        made_by="embedded",
        reason=why.reason,
        detail=why.detail or None,
        model="",
        text=text,
    )


def _draft(known: Facts, why: NotAsked) -> Answer:
    found = drafting.compose(known.asked, known.sources, name=known.customer)
    made = _answer("draft", drafting.joined(found), why)
    sources = known.sources if found else []
    return msgspec.structs.replace(made, sentences=found, sources=sources)


def points(sections: summary.Sections) -> CopilotSummary:
    """The sections with ids as the API gives them."""
    as_points = {
        name: [CopilotPoint(one.text, [str(one.id)]) for one in getattr(sections, name)]
        for name in ("problem", "tried", "state", "question")
    }
    return CopilotSummary(**as_points)


def told(made: CopilotSummary) -> str:
    """A summary as one text."""
    parts = [*made.problem, *made.tried, *made.state, *made.question]
    return "\n".join(one.text for one in parts)


def _summary(known: Facts, why: NotAsked) -> Answer:
    lines = [summary.Line(one.id, one.who, one.text) for one in known.turns]
    made = points(summary.summarise(lines))
    return msgspec.structs.replace(_answer("summary", told(made), why), summary=made)


def _next(known: Facts, why: NotAsked) -> Answer:
    read = known.known
    signals = nextstep.Signals(
        turns=known.turns,
        now=known.now,
        status=known.ticket.status_category,
        due_at=known.due_at,
        sources=known.sources,
        fitting=drafting.passages(known.asked, known.sources),
        slots=frozenset(one.name for one in read.slots) if read else frozenset(),
        cross=read is not None and (read.grave or read.turned_at is not None),
        label=read.label("intent") if read else None,
    )
    return msgspec.structs.replace(_answer("next", "", why), steps=nextstep.steps(signals))
