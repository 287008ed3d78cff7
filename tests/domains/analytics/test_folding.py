"""Facts and the second opinion agree on any log, also on ones that never should be."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import Any

from yizhan.domains.analytics import folding, recount
from yizhan.domains.analytics.types import Told
from yizhan.kernel.events import Logged

_BEGIN = datetime(2026, 5, 1, tzinfo=UTC)
_CATEGORIES = ("new", "open", "waiting", "resolved", "closed")
_CAUSES: tuple[dict[str, str], ...] = (
    {},
    {"kind": "merge", "id": "1", "into": "7"},
    {"kind": "merge", "id": "2", "from": "7"},
    {"kind": "undo", "id": "1"},
    {"kind": "undo", "id": "2"},
    {"kind": "macro", "id": "5", "run_id": "2"},
    {"kind": "bulk", "id": "3", "run_id": "4"},
    {"kind": "bulk_undo", "id": "9"},
)


def event(number: int, kind: str, at: datetime, data: dict[str, Any], by: str = "agent") -> Logged:
    actor = {"kind": by, "id": str(number % 3 + 1)}
    return Logged(1, number, number, kind, at, actor, 1, data)


def created(at: datetime, **more: Any) -> Logged:
    named = {"channel": "api", "priority": "normal", "tags": [], "status_category": "new", **more}
    return event(1, "ticket.created", at, {"changes": {k: [None, v] for k, v in named.items()}})


def changed(number: int, at: datetime, category: str, cause: dict[str, str]) -> Logged:
    data = {"changes": {"status_category": [None, category]}, "cause": cause}
    return event(number, "ticket.status_changed", at, data)


def random_log(dice: random.Random) -> list[Logged]:
    at = _BEGIN
    log = [created(at, assignee_id=dice.choice([None, 11]), team_id=dice.choice([None, "21"]))]
    for number in range(2, dice.randrange(3, 25)):
        at += timedelta(minutes=dice.randrange(-5, 600))
        kind = dice.choice(
            ("in", "out", "out", "status", "status", "assign", "sla", "gone", "rate")
        )
        message = {"message_id": str(number), "automatic": dice.random() < 0.2}
        by = dice.choice(("agent", "token", "system"))
        if kind == "in":
            log.append(event(number, "message.received", at, message))
        elif kind == "out":
            log.append(event(number, "message.queued", at, message, by))
        elif kind == "gone":
            gone = {"message_id": str(dice.randrange(2, 25))}
            log.append(event(number, "message.cancelled", at, gone))
        elif kind == "status":
            log.append(changed(number, at, dice.choice(_CATEGORIES), dice.choice(_CAUSES)))
        elif kind == "assign":
            moved = {"changes": {"assignee_id": [None, dice.choice([None, 11, "12"])]}}
            log.append(event(number, "ticket.assigned", at, moved))
        elif kind == "rate":
            data: dict[str, Any] = {
                "kind": dice.choice(("csat", "nps")),
                "invitation_id": dice.choice("ab"),
            }
            data |= {"rating": dice.choice(("good", "bad")), "score": 3}
            log.append(event(number, "survey.answered", at, data))
        else:
            promise: dict[str, Any] = {"target": dice.choice("xy"), "cycle": dice.choice((1, 2))}
            kept = {"breached": dice.random() < 0.5}
            what = dice.choice(("sla.met", "sla.breached"))
            log.append(event(number, what, at, promise | (kept if what == "sla.met" else {})))
    return log


def by_kind(told: Told) -> dict[str, list[tuple[Any, ...]]]:
    found: dict[str, list[tuple[Any, ...]]] = {}
    for fact in told.facts:
        agent = None if fact.agent_id is None else str(fact.agent_id)
        found.setdefault(fact.kind, []).append((fact.at, agent, fact.value))
    return {kind: sorted(rows, key=str) for kind, rows in found.items()}


def is_open(told: Told, moment: datetime) -> bool:
    return any(
        span.began_at < moment and (span.ended_at is None or span.ended_at >= moment)
        for span in told.spans
    )


def test_both_ways_of_counting_agree_on_any_log() -> None:
    dice = random.Random(20261122)
    for _ in range(3000):
        log = random_log(dice)
        told = folding.fold(log)
        life = recount.live(log, gone=folding.cancelled(log))
        assert told is not None
        assert life is not None
        theirs = {
            kind: sorted(map(tuple, items), key=str) for kind, items in life.items.items() if items
        }
        assert by_kind(told) == theirs
        for _ in range(10):
            moment = _BEGIN + timedelta(minutes=dice.randrange(6000))
            stood = [solved for at, solved in life.stood if at < moment]
            assert is_open(told, moment) == (bool(stood) and not stood[-1])


def test_a_log_without_its_beginning_counts_nothing() -> None:
    assert folding.fold([]) is None
    assert folding.fold([changed(2, _BEGIN, "resolved", {})]) is None


def test_the_order_of_delivery_does_not_matter_the_order_of_ids_does() -> None:
    """A change that waited for a lock has a later id and an earlier time: it counts when it came."""
    hour = timedelta(hours=1)
    log = [
        created(_BEGIN),
        event(2, "message.received", _BEGIN, {"message_id": "2"}),
        event(3, "message.queued", _BEGIN + 2 * hour, {"message_id": "3"}),
        changed(4, _BEGIN + hour, "resolved", {}),
    ]
    told = folding.fold(log)
    assert told is not None
    assert [f.value for f in told.facts if f.kind == "first_response"] == [7200]
    assert [f.value for f in told.facts if f.kind == "resolution"] == [7200]


def test_an_answer_taken_back_after_its_ticket_was_merged_was_never_given() -> None:
    log = [
        created(_BEGIN),
        event(2, "message.received", _BEGIN, {"message_id": "2"}),
        event(3, "message.queued", _BEGIN, {"message_id": "3"}),
        event(4, "ticket.messages_moved", _BEGIN, {"other_id": "9", "message_ids": ["2", "3"]}),
    ]
    told = folding.fold(log, gone=frozenset({"3"}))
    assert told is not None
    assert {fact.kind for fact in told.facts} == {"created"}
