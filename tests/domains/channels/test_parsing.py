"""A parser that hangs or eats memory costs seconds and ends in quarantine; the worker lives on."""

from __future__ import annotations

import time

import pytest

from tests.domains.channels import fakes
from tests.support.desk import Desk
from yizhan.domains.channels.service import parsing


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parsing, "INLINE_SECONDS", 0.2)
    monkeypatch.setattr(parsing, "SECONDS", 6)


async def test_a_hanging_parser_ends_in_quarantine_and_others_go_on(desk: Desk) -> None:
    fake = await fakes.add_inbox(desk)
    await fake.post({"type": "hang", "id": "h1"})
    await fake.say("hello", number="m1")
    began = time.monotonic()
    await desk.run_jobs()
    assert time.monotonic() - began < 25
    assert await fake.envelopes() == {
        "hang:h1": "quarantine:parser_gave_up",
        "message:m1": "message",
    }
    (item,) = (await desk.api.get("/api/v1/quarantine")).json()["items"]
    seen = await desk.api.get(f"/api/v1/quarantine/{item['id']}")
    assert (seen.status_code, seen.json()["text"]) == (200, "")


async def test_what_a_process_died_over_is_parsed_where_it_can_do_no_harm(desk: Desk) -> None:
    fake = await fakes.add_inbox(desk)
    await fake.post({"type": "bomb", "id": "b1"})
    async with desk.as_system() as tx:
        envelope_id = await tx.db.fetchval(
            "SELECT id FROM envelope WHERE workspace_id = $1", tx.workspace_id
        )
    mark = desk.edge.config.data / "parsing" / str(envelope_id)
    mark.parent.mkdir(parents=True)
    mark.touch()  # as a process leaves it that was killed for its memory
    await desk.run_jobs()
    assert await fake.envelopes() == {"bomb:b1": "quarantine:parser_gave_up"}
    assert not mark.exists()


async def test_a_large_item_means_the_same_from_a_child(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parsing, "THREAD_BYTES", 500)
    monkeypatch.setattr(parsing, "SECONDS", 30)
    fake = await fakes.add_inbox(desk)
    await fake.say("长" * 400, number="m1")
    await desk.run_jobs()
    (ticket,) = await fakes.tickets(desk)
    (message,) = await fakes.messages(desk, ticket["id"])
    assert message["body_text"] == "长" * 400
