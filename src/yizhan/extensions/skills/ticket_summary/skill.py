"""A ticket for whoever takes it over: each point with the messages that it is taken from."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from yizhan.domains.copilot import cleaning, drafting, prompts
from yizhan.domains.copilot.contract import Summed, Told, Wanted
from yizhan.domains.copilot.types import CopilotPoint, CopilotSummary, Turn
from yizhan.learning import summary

_PARTS = ("problem", "tried", "state", "question")
_MOST, _LONGEST = 8, 500
Output = Summed


class Input(msgspec.Struct, frozen=True, kw_only=True):
    """What it sees."""

    subject: str = ""
    turns: tuple[Turn, ...] = ()
    locale: str = ""
    reader: str = ""


class Point(msgspec.Struct):
    """A point of a summary; messages count from 1."""

    text: str
    messages: list[int] = []


class Form(msgspec.Struct):
    """A summary as it is asked of a model."""

    problem: list[Point] = []
    tried: list[Point] = []
    state: list[Point] = []
    question: list[Point] = []


def can(seen: Input) -> bool:
    return True


def make(seen: Input) -> Summed | None:
    """Sentences of the messages."""
    lines = [summary.Line(one.id, one.who, one.text) for one in seen.turns]
    sections = summary.summarise(lines)
    parts = {
        name: [CopilotPoint(one.text, [str(one.id)]) for one in getattr(sections, name)]
        for name in _PARTS
    }
    return _summed(CopilotSummary(**parts))


def _summed(made: CopilotSummary) -> Summed:
    points = [*made.problem, *made.tried, *made.state, *made.question]
    return Summed(text="\n".join(one.text for one in points), summary=made)


def tell(seen: Input) -> Told:
    language = drafting.language(drafting.asked(seen.subject, seen.turns))
    return Told(
        language=language,
        parts=(
            f"SUBJECT\n{seen.subject}" if seen.subject else "",
            prompts.conversation(seen.turns),
        ),
        values={"language": prompts.language(seen.locale or seen.reader, told_in=language)},
    )


def read(seen: Input, sent: Input, given: Form) -> Summed | None:
    """With the messages that really exist."""
    parts = {name: _points(getattr(given, name), sent.turns) for name in _PARTS}
    made = _summed(CopilotSummary(**parts))
    return made if made.text else None


def _points(raw: Sequence[Point], turns: Sequence[Turn]) -> list[CopilotPoint]:
    found = []
    for one in raw[:_MOST]:
        text = cleaning.plain(one.text)[:_LONGEST]
        ids = [str(turns[n - 1].id) for n in one.messages if 1 <= n <= len(turns)]
        if text:
            found.append(CopilotPoint(text, list(dict.fromkeys(ids))))
    return found


def meets(wanted: Wanted, got: Summed) -> bool:
    """Its lines by their parts, and the messages that they name."""
    made = got.summary
    lines = [f"{name}: {one.text}" for name in _PARTS for one in getattr(made, name)]
    named = {id_ for name in _PARTS for one in getattr(made, name) for id_ in one.message_ids}
    return wanted.fits("\n".join(lines), sources=sorted(named))
