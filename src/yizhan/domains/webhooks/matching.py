"""Which events a webhook gets, and what is sent of them. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from yizhan.domains.webhooks import errors
from yizhan.domains.webhooks.types import TicketFacts
from yizhan.kernel import clock, events

# Never sent: their own events would go round in circles, the others are for one person's screen.
_PRIVATE = ("webhook.", "notification.", "session.", "presence.")
# What "*" means: customers and their tickets. People, roles and tokens are asked for by name.
_EVERYTHING = ("ticket.", "message.", "conversation.", "contact.", "company.")
TEST = "webhook.test"


def offered() -> list[str]:
    """All event types that a webhook may ask for."""
    return sorted(tag for tag in events.registry() if not tag.startswith(_PRIVATE))


def check(patterns: Sequence[str]) -> list[str]:
    """Patterns without doubles. Errors: :class:`errors.UnknownEventType`."""
    known = offered()
    for pattern in patterns:
        family = pattern.removesuffix("*") if pattern.endswith(".*") else None
        fits = (
            pattern == "*"
            or pattern in known
            or (family is not None and any(tag.startswith(family) for tag in known))
        )
        if not fits:
            raise errors.UnknownEventType(pattern=pattern)
    return list(dict.fromkeys(patterns))


def matches(patterns: Sequence[str], kind: str) -> bool:
    """Whether a webhook with these patterns gets events of this type."""
    if kind.startswith(_PRIVATE):
        return False
    for pattern in patterns:
        if pattern == "*" and kind.startswith(_EVERYTHING):
            return True
        if pattern.endswith(".*") and kind.startswith(pattern[:-1]):
            return True
        if pattern == kind:
            return True
    return False


def message_id(event_id: int) -> str:
    """The id by which a receiver knows a repetition, the same for retries and replays."""
    return f"msg_{event_id}"


def _body(kind: str, moment: datetime, data: Mapping[str, Any], **more: Any) -> str:
    stamp = clock.text(moment)
    return msgspec.json.encode({"type": kind, "timestamp": stamp, "data": data, **more}).decode()


def body_of(event: events.Logged, facts: TicketFacts | None) -> str:
    """The body for an event: its data, and the ticket as it is now."""
    data = dict(event.data)
    if facts is not None:
        data["ticket"] = {"id": str(facts.id), "number": facts.number, "status": facts.status}
    return _body(event.type, event.at, data, cursor=event.cursor, actor=event.actor)


def body_of_test(webhook_id: int, moment: datetime) -> str:
    """The body of a test."""
    return _body(TEST, moment, {"webhook_id": str(webhook_id)})
