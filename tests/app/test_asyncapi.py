"""The description of the events is what the log holds."""

from __future__ import annotations

from typing import Any

from tests.support.desk import Desk
from yizhan.kernel import events


def _refs(part: Any) -> list[str]:
    if isinstance(part, dict):
        own = [part["$ref"]] if isinstance(part.get("$ref"), str) else []
        return own + [ref for value in part.values() for ref in _refs(value)]
    return [ref for one in part for ref in _refs(one)] if isinstance(part, list) else []


def _at(document: Any, ref: str) -> Any:
    for step in ref.removeprefix("#/").split("/"):
        document = document[step.replace("~1", "/").replace("~0", "~")]
    return document


async def test_each_logged_event_is_as_described(desk: Desk) -> None:
    requester = {"email": "ann@example.test", "name": "Ann"}
    made = await desk.api.post(
        "/api/v1/tickets", json={"subject": "Hi", "body": "Hello", "requester": requester}
    )
    await desk.api.patch(f"/api/v1/tickets/{made.json()['id']}", json={"priority": "high"})
    document = (await desk.api.get("/asyncapi.json")).json()
    assert document["asyncapi"] == "3.0.0"
    messages = document["components"]["messages"]
    assert sorted(messages) == sorted(events.registry())
    logged = await desk.events()
    assert {"ticket.created", "ticket.updated", "contact.created"} <= {one.type for one in logged}
    for event in logged:
        data = messages[event.type]["payload"]["properties"]["data"]
        assert set(event.data) <= set(data["properties"]), event.type
        assert set(data["required"]) <= set(event.data), event.type
    for ref in _refs(document):
        assert _at(document, ref) is not None
