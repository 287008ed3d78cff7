"""Golden sets, resolved tickets and versions of models, made without waiting for a training."""

from __future__ import annotations

import itertools
from typing import Any

import msgspec

from tests.domains.understanding import learned
from tests.support.desk import Desk
from yizhan.domains.understanding.training import machines

LAB = "/api/v1/lab"
TURNED = {"refund": "invoice", "invoice": "password", "password": "refund"}
_phones = itertools.count(10_000_000)


async def golden_set(desk: Desk, kind: str = "intent", **more: Any) -> dict[str, Any]:
    body = {"name": f"Golden {kind}", "kind": kind, **more}
    answer = await desk.api.post(f"{LAB}/sets", json=body)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def fill(desk: Desk, golden: dict[str, Any], lines: list[dict[str, Any]]) -> dict[str, Any]:
    content = "\n".join(msgspec.json.encode(line).decode() for line in lines)
    answer = await desk.api.post(f"{LAB}/sets/{golden['id']}/import", json={"content": content})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def solved(
    desk: Desk, text: str, *, label: str, email: str = "kim@example.test", status: str = "resolved"
) -> tuple[str, int]:
    """A ticket that somebody solved and said what it was about: its id and number."""
    ticket = await desk.api.post(
        "/api/v1/tickets", json={"subject": "Hello", "body": text, "requester": {"email": email}}
    )
    assert ticket.status_code == 201, ticket.text
    ticket_id = ticket.json()["id"]
    async with desk.begin() as tx:
        await tx.db.execute(
            "INSERT INTO signal_correction (workspace_id, id, ticket_id, message_id, head, was, was_by, now,"
            " by_kind, at) SELECT $1, $2, $3, m.id, 'intent', NULL, '', $4, 'agent', $5 FROM message m"
            " WHERE m.workspace_id = $1 AND m.ticket_id = $3 AND m.direction = 'in'",
            tx.workspace_id, tx.new_id(), int(ticket_id), label, tx.now,
        )  # fmt: skip
    await move(desk, ticket_id, status)
    return ticket_id, ticket.json()["number"]


async def move(desk: Desk, ticket_id: str, status: str) -> None:
    answer = await desk.api.patch(f"/api/v1/tickets/{ticket_id}", json={"status": status})
    assert answer.status_code == 200, answer.text


async def version(
    desk: Desk, number: int, *, state: str = "candidate", shuffled: bool = False, seed: int = 1
) -> str:
    """A version of the head for intents, learned from our sentences or from wrong labels."""
    pairs = learned.sentences(36)
    labels = [TURNED[label] if shuffled else label for _, label in pairs]
    machine = machines.fit(
        "intent", [text for text, _ in pairs], labels=labels, vectors=None, seed=seed
    )
    sha256 = await desk.edge.store.put(desk.workspace_id, machine.dump())
    async with desk.begin() as tx:
        version_id = tx.new_id()
        await tx.db.execute(
            "INSERT INTO model_version (workspace_id, id, head, number, state, cause, started_by, sha256,"
            " created_at, promoted_at) VALUES ($1, $2, 'intent', $3, $4, 'button', '{}', $5, $6, $7)",
            tx.workspace_id, version_id, number, state, sha256, tx.now,
            tx.now if state == "in_use" else None,
        )  # fmt: skip
    return str(version_id)


async def run(desk: Desk, golden: dict[str, Any], **body: Any) -> dict[str, Any]:
    """Press the button, let the worker measure, read the figures."""
    answer = await desk.api.post(f"{LAB}/sets/{golden['id']}/runs", json=body)
    assert answer.status_code == 202, answer.text
    await desk.run_jobs(only="lab.run")
    found: dict[str, Any] = (await desk.api.get(f"{LAB}/runs/{answer.json()['id']}")).json()
    return found


async def outcomes(desk: Desk, run_id: str, which: str = "all") -> list[dict[str, Any]]:
    found = await desk.api.get(f"{LAB}/runs/{run_id}/outcomes", params={"which": which})
    assert found.status_code == 200, found.text
    items: list[dict[str, Any]] = found.json()["items"]
    return items


async def change(desk: Desk, change_id: str) -> dict[str, Any]:
    answer = await desk.api.get(f"{LAB}/changes/{change_id}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found
