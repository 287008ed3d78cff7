"""Which events the audit log keeps, and how they read there. Pure, so that it can be recounted."""

from __future__ import annotations

from typing import Any

from yizhan.kernel.events import Logged

# Administration and access: kept whoever caused it.
_ALWAYS = frozenset(
    (
        "workspace",
        "brand",
        "unit",
        "team",
        "agent",
        "role",
        "session",
        "sign_in",
        "password",
        "second_factor",
        "token",
        "sensitive",
        "inbox",
        "webhook",
        "portal",
        "sla_policy",
        "sla_calendar",
        "skill",
        "assignment_rule",
        "assignment_weights",
        "macro",
        "bulk",
        "panel_source",
        "panel_link",
        "report",
        "system",
        "layout",
        "model",
        "learning",
        "ai_skill",
        "golden_set",
        "golden_cases",
        "golden_case",
        "lab",
        "intruder",
    )
)
# Work: kept when people, their tokens or the desk's own rules did it, not what customers wrote.
_WORK = frozenset(
    (
        "ticket",
        "message",
        "contact",
        "company",
        "file",
        "export",
        "import",
        "envelope",
        "article",
        "knowledge_category",
        "knowledge_check",
        "knowledge_finding",
        "article_ranking",
        "approval",
    )
)
_WORKERS = frozenset(("agent", "token", "system"))
# Steps on a message's way and what nobody decided.
_NOISE = frozenset(
    (
        "message.delivery_changed",
        "message.received",
        "message.mentioned",
        "ticket.watchers_changed",
        "envelope.quarantined",
        "article.used",
        "article.self_served",
        "portal.signed_in",
    )
)
_ABOUT_AGENT = frozenset(("sign_in", "password", "second_factor"))


def is_kept(event: Logged) -> bool:
    """Whether an event belongs into the audit log."""
    area = event.type.partition(".")[0]
    if area in _ALWAYS:
        return True
    return area in _WORK and event.type not in _NOISE and event.actor.get("kind") in _WORKERS


def object_of(event: Logged) -> dict[str, Any]:
    """What an event is about: kind and id."""
    area = event.type.partition(".")[0]
    if event.type == "sensitive.read":
        return {"kind": event.data.get("object_kind"), "id": _text(event.data.get("object_id"))}
    kind = "agent" if area in _ABOUT_AGENT else area
    found = event.data.get(f"{kind}_id")
    if found is None and event.ticket_id is not None:
        return {"kind": "ticket", "id": str(event.ticket_id)}
    return {"kind": kind, "id": _text(found)}


def _text(value: Any) -> str | None:
    return None if value is None else str(value)
