"""What happens in the lab. Never a customer's words."""

from __future__ import annotations

from typing import Any

from yizhan.kernel import events

Changes = dict[str, list[Any]]


class GoldenSetChanged(events.Event, frozen=True, tag="golden_set.changed"):
    """A golden set was made, changed or removed."""

    golden_set_id: int
    changes: Changes


class GoldenCasesAdded(events.Event, frozen=True, tag="golden_cases.added"):
    """Cases came into a set; ``source`` is ticket, hand or import."""

    golden_set_id: int
    count: int
    source: str


class GoldenCaseChanged(events.Event, frozen=True, tag="golden_case.changed"):
    """A case was corrected, retired or taken back; of its text only that it differs."""

    golden_set_id: int
    case_id: int
    changes: Changes


class LabRunEnded(events.Event, frozen=True, tag="lab_run.ended"):
    """A run is over. ``verdict`` is better, same, tolerated, worse or nothing, beside its base."""

    run_id: int
    golden_set_id: int
    number: int
    state: str
    cause: str
    verdict: str
    broke: int
    mended: int
    agent_ids: list[
        int
    ] = []  # who is told: those who look after learning, when a night made it worse
    text: str = ""  # the set's name and the difference


class ChangeHeld(events.Event, frozen=True, tag="lab.change_held"):
    """A change of a model, a threshold or an article waits until golden sets were measured with it."""

    change_id: int
    kind: str
    subject: str
    variant: str
    title: str


class ChangeSettled(events.Event, frozen=True, tag="lab.change_settled"):
    """What became of it: passed, blocked, overridden (``reason`` says why), withdrawn or failed."""

    change_id: int
    kind: str
    subject: str
    variant: str
    title: str
    state: str
    reason: str
