"""Who is at a ticket, as one process has heard."""

from __future__ import annotations

from typing import Any

from yizhan.domains.realtime.presence import Presence


def said(agent: int, state: str, **more: Any) -> dict[str, Any]:
    return {
        "workspace_id": "1", "ticket_id": "2", "agent_id": str(agent), "name": f"A{agent}",
        "state": state, **more,
    }  # fmt: skip


def test_a_note_and_an_answer_are_told_apart() -> None:
    presence = Presence(clock=lambda: 0.0)
    assert presence.hear(said(7, "typing", mode="public")) is not None
    assert presence.hear(said(7, "typing", mode="public")) is None
    changed = presence.hear(said(7, "typing", mode="internal"))
    assert changed is not None
    assert [(viewer.agent_id, viewer.mode) for viewer in changed] == [("7", "internal")]


def test_who_says_nothing_for_a_while_has_left() -> None:
    now = [0.0]
    presence = Presence(clock=lambda: now[0])
    presence.hear(said(7, "viewing"))
    now[0] = 10.0
    presence.hear(said(8, "viewing"))
    now[0] = 14.0
    assert [viewer.agent_id for viewer in presence.viewers(1, "2")] == ["8"]
