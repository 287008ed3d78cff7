"""Category, type, priority and a tag, from what was read in the messages."""

from __future__ import annotations

import re

import msgspec

from yizhan.domains.automation.types import Step
from yizhan.domains.copilot.contract import After, Decided, Known, State

_ANGRY = 0.8
_GRAVE = 0.9  # how sure words of the lexicon are
# Something that worked does not work any more, or came out wrong.
_FAULT = re.compile(
    r"(?:^|_)(?:cannot|wont|not|fault|failed|problem|error|down|crash|outage|stolen|fraud|lost|damaged"
    r"|wrong|missing|twice|unknown|delay|no_signal|slow|high|banned|late)(?:_|$)"
)
# Somebody wants something done.
_TASK = re.compile(
    r"(?:^|_)(?:request|cancel|change|return|exchange|book|close|reset|correct|add|export|import|upgrade"
    r"|renewal|claim|enrol|reschedule|activate|port|raise|repay)(?:_|$)"
)


class Input(msgspec.Struct, frozen=True, kw_only=True):
    """What it sees: no word of the customer."""

    signals: Known = Known()
    ticket: State = State()


class Output(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be filled in; None leaves it alone."""

    priority: str | None = None
    type: str | None = None
    tag: str | None = None
    field: str | None = None
    value: str | None = None
    intent: str | None = None


def applies(seen: Input) -> bool:
    return not seen.ticket.answered and seen.ticket.category in ("new", "open")


def decide(seen: Input) -> Decided | None:
    known, ticket = seen.signals, seen.ticket
    found = Output(
        priority=_priority(known) if ticket.priority == "normal" else None,
        type=_type(known) if ticket.type == "question" else None,
        tag=None if known.intent_title in ("", *ticket.tags) else known.intent_title,
        intent=known.intent,
    )
    if known.category_value and not ticket.field:
        found = msgspec.structs.replace(
            found, field=known.category_field, value=known.category_value
        )
    if not steps(seen, found):
        return None
    if known.intent is None:
        return Decided(output=found, confidence=_GRAVE, why="grave") if known.grave else None
    why = "grave" if known.grave else "urgent" if found.priority else "intent"
    return Decided(output=found, confidence=known.intent_confidence, why=why)


def _priority(known: Known) -> str | None:
    if known.grave:
        return "urgent"
    return "high" if known.urgency == "high" or known.negative >= _ANGRY else None


def _type(known: Known) -> str | None:
    if known.intent is None:
        return None
    if _FAULT.search(known.intent):
        return "incident"
    return "task" if _TASK.search(known.intent) else None


def holds(_seen: Input, output: Output) -> bool:
    return output.priority in (None, "low", "normal", "high", "urgent") and (
        output.type in (None, "question", "incident", "problem", "task")
    )


def steps(_seen: Input, output: Output) -> list[Step]:
    found = []
    if output.priority:
        found.append(Step("set_priority", {"priority": output.priority}))
    if output.type:
        found.append(Step("set_type", {"type": output.type}))
    if output.tag:
        found.append(Step("add_tags", {"tags": [output.tag]}))
    if output.field and output.value:
        found.append(Step("set_field", {"field": output.field, "value": output.value}))
    return found


def same(wanted: Output, got: Output) -> bool:
    return wanted == got


def judge(output: Output, after: After) -> bool | None:
    """Each part against what stood there in the end; what nobody touched says nothing."""
    said: list[bool] = []
    if output.priority:
        said.append(output.priority == after.priority)
    if output.type and after.type != "question":
        said.append(output.type == after.type)
    if output.value and after.field:
        said.append(output.value == after.field)
    if output.intent and after.intent:
        said.append(output.intent == after.intent)
    if output.tag and output.tag in after.tags:
        said.append(True)
    return all(said) if said else None
