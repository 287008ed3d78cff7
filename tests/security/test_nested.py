"""One's own parent with somebody else's child: the child is held to its parent."""

from __future__ import annotations

import re
from typing import Any

from tests.security import tries, world
from tests.security.conftest import Shared
from tests.support.desk import client

# Named together, and none of them below the other: who may see both may use both.
BESIDE = {"macro_id", "source_id", "link", "role", "locale", "version", "skill"}


def _nested(document: dict[str, Any], ids: dict[str, str]) -> list[tuple[tries.Try, list[str]]]:
    found = [(one, re.findall(r"{(\w+)}", one.path)) for one in tries.tries(document, ids)]
    return [(one, names) for one, names in found if len(names) > 1]


def _with(attempt: tries.Try, names: list[str], ids: dict[str, str]) -> str:
    return attempt.path.format_map({name: ids[name] for name in names})


async def test_a_child_of_another_workspace_is_not_found_below_ones_own_parent(
    shared: Shared,
) -> None:
    desk, mine = shared.desk, shared.full
    other = await world.build(desk, name="beta")
    before = await tries.rows(desk, other.workspace_id)
    wrong, tried = [], 0
    async with client(desk.app, token=mine.token) as api:
        for attempt, names in _nested(shared.document, mine.ids):
            for foreign in [name for name in names[1:] if name.endswith("_id")]:
                ids = mine.ids | {foreign: other.ids[foreign]}
                answer = await tries.send(api, moved(attempt, _with(attempt, names, ids)))
                tried += 1
                if answer.status_code != 404 or f"{world.MARK}-beta" in answer.text:
                    wrong.append((attempt.method, attempt.path, foreign, answer.status_code))
    assert not wrong, "\n".join(map(str, wrong))
    assert tried > 8
    assert await tries.rows(desk, other.workspace_id) == before


async def test_a_child_is_not_found_below_another_parent_of_the_same_workspace(
    shared: Shared,
) -> None:
    full, wrong, tried = shared.full, [], 0
    async with client(shared.desk.app, token=full.token) as api:
        others = await _other_parents(api)
        for attempt, names in _nested(shared.document, full.ids):
            parent, *below = names
            if parent in others and not BESIDE & set(below):
                ids = full.ids | {parent: others[parent]}
                answer = await tries.send(api, moved(attempt, _with(attempt, names, ids)))
                tried += 1
                if answer.status_code != 404:
                    wrong.append(
                        (attempt.method, attempt.path, answer.status_code, answer.text[:90])
                    )
    assert not wrong, "\n".join(map(str, wrong))
    assert tried > 4


def moved(attempt: tries.Try, url: str) -> tries.Try:
    """The same request to another address."""
    return tries.Try(
        attempt.method, attempt.path, url, attempt.body, attempt.least, aimed=attempt.aimed
    )


async def _other_parents(api: Any) -> dict[str, str]:
    """A further one of what has something below it."""
    requester = {"email": "somebody-else@example.test", "name": "Else"}
    ticket = {"subject": "Else", "body": "Else", "requester": requester}
    made = (await api.post("/api/v1/tickets", json=ticket)).json()
    agent = {"name": "Else", "email": "else@example.test"}
    hook = {"url": "https://example.com/else", "events": ["*"]}
    return {
        "ticket_id": made["id"],
        "contact_id": made["requester"]["id"],
        "agent_id": (await api.post("/api/v1/agents", json=agent)).json()["id"],
        "webhook_id": (await api.post("/api/v1/webhooks", json=hook)).json()["id"],
    }
