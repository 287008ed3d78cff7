"""Sources beside a ticket against another system that is slow, wrong, hostile or gone."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import httpx2
import msgspec
import pytest
from standardwebhooks import Webhook as Receiver
from standardwebhooks.webhooks import WebhookVerificationError

from tests.domains.panel.conftest import add, at_once, beside, lookup, ticket
from tests.domains.panel.system import KNOWN, System
from tests.support.desk import Desk, api_token, client
from yizhan.domains.panel import contract, repository
from yizhan.domains.panel.service import asking, facts
from yizhan.domains.tickets import service as tickets
from yizhan.kernel import signing


def _said(item: dict[str, Any]) -> dict[str, str]:
    return {one["key"]: one["cell"]["text"] for one in item["fields"]}


async def test_a_look_up_is_signed_and_becomes_fields_and_tables(desk: Desk, other: System) -> None:
    source = await add(desk, lookup(other.url))
    item = await beside(desk, await ticket(desk))
    assert (item["state"], item["asking"], item["error"]) == ("fresh", False, None)
    assert _said(item) == {"level": "gold", "phone": KNOWN["phone"]}
    assert [row["total"]["text"] for row in item["tables"][0]["rows"]] == ["19.90", "5"]
    ((headers, body),) = other.requests
    told = Receiver(source["key"]).verify(body, headers)
    assert told["type"] == "panel.lookup"
    assert told["data"]["customer"]["email"] == ["ann@example.test"]
    assert told["data"]["ticket"] is None  # kept for the customer, so it knows of no ticket
    with pytest.raises(WebhookVerificationError):
        Receiver(signing.shown(signing.new_secret())).verify(body, headers)
    with pytest.raises(WebhookVerificationError):
        Receiver(source["key"]).verify(body.replace("ann@", "bob@"), headers)


async def test_while_a_key_is_replaced_both_sign(desk: Desk, other: System) -> None:
    source = await add(desk, lookup(other.url))
    fresh = (await desk.api.post(f"/api/v1/panel/sources/{source['id']}/key", json={})).json()
    assert "key" not in (await desk.api.get(f"/api/v1/panel/sources/{source['id']}")).json()
    await beside(desk, await ticket(desk))
    ((headers, body),) = other.requests
    for key in (source["key"], fresh["key"]):
        assert Receiver(key).verify(body, headers)


async def test_who_is_slow_is_shown_as_late_and_delivered_after(desk: Desk, other: System) -> None:
    source = await add(desk, lookup(other.url))
    path = await ticket(desk)
    other.may_answer.clear()
    began = time.monotonic()
    item = await at_once(desk, path)
    assert time.monotonic() - began < 5  # it waits for a moment, whoever does not answer
    assert (item["state"], item["asking"], item["fields"]) == ("late", True, [])
    assert (await desk.api.get(path)).status_code == 200  # the ticket never waits
    later = asyncio.create_task(desk.api.get(f"{path}/panel/{source['id']}"))
    await asyncio.sleep(0.05)
    other.may_answer.set()
    arrived = (await later).json()
    assert (arrived["state"], _said(arrived)["level"]) == ("fresh", "gold")
    assert len(other.requests) == 1
    assert (await beside(desk, path))["state"] == "fresh"


async def test_sources_are_asked_at_once_and_one_asks_for_all(desk: Desk, other: System) -> None:
    other.delay = 0.1
    for name in ("A", "B", "C"):
        await add(desk, lookup(other.url, name=name, timeout_ms=5000))
    path = await ticket(desk)
    sent = await asyncio.gather(*(desk.api.get(f"{path}/panel") for _ in range(8)))
    await asking.settle()
    assert all(answer.status_code == 200 for answer in sent)
    assert len(other.requests) == 3  # one for each source, whoever looked
    names = [item["name"] for item in (await desk.api.get(f"{path}/panel")).json()["items"]]
    assert names == ["A", "B", "C"]


async def test_an_answer_is_kept_asked_anew_on_demand_and_shown_as_old_when_there_is_no_newer(
    desk: Desk, other: System
) -> None:
    source = await add(desk, lookup(other.url))
    path, at = await ticket(desk), f"/api/v1/panel/sources/{source['id']}"
    await beside(desk, path)
    await beside(desk, await ticket(desk))  # another ticket of the same customer
    assert len(other.requests) == 1
    await _age(desk, seconds=3)
    other.said = msgspec.json.encode({"level": "silver"})
    refreshed = (await desk.api.post(f"{path}/panel/{source['id']}/refresh", json={})).json()
    assert _said(refreshed) == {"level": "silver"}
    await _age(desk, seconds=400)
    other.status = 500
    item = await beside(desk, path)
    assert (item["state"], item["error"], _said(item)) == ("stale", "status", {"level": "silver"})
    health = (await desk.api.get(at)).json()["health"]
    assert (health["state"], health["failures"], health["last_detail"]) == ("failing", 1, "500")
    await _age(desk, seconds=100_000)
    gone = await beside(desk, path)
    assert (gone["state"], gone["fields"], gone["fetched_at"]) == ("failed", [], None)


async def _age(desk: Desk, *, seconds: int) -> None:
    """As if all that is kept had been asked so much earlier."""
    async with desk.as_system() as tx:
        await tx.db.execute(
            "UPDATE panel_answer SET fetched_at = fetched_at - make_interval(secs => $2),"
            " tried_at = tried_at - make_interval(secs => $2) WHERE workspace_id = $1",
            desk.workspace_id,
            float(seconds),
        )


async def test_another_question_is_not_answered_by_what_is_kept(desk: Desk, other: System) -> None:
    await add(desk, lookup(other.url))
    path = await ticket(desk)
    await beside(desk, path)
    other.said = msgspec.json.encode({"level": "none"})
    contact = (await desk.api.get(path)).json()["requester"]["id"]
    added = await desk.api.post(
        f"/api/v1/contacts/{contact}/identities",
        json={"kind": "phone", "value": "+8613900000000"},
    )
    assert added.status_code in (200, 201), added.text
    assert _said(await beside(desk, path)) == {"level": "none"}


@pytest.mark.parametrize(
    ("say", "code"),
    [
        ({"said": b"{nope"}, "unreadable"),
        ({"said": b"[" * 5000 + b"]" * 5000}, "unreadable"),
        ({"said": b'"' + b"x" * (contract.MOST_BYTES + 10) + b'"'}, "too_large"),
        ({"status": 503}, "status"),
        (
            {"status": 307, "head": "Location: http://169.254.169.254/latest/meta-data\r\n"},
            "redirected",
        ),
    ],
)
async def test_a_wrong_answer_is_told_apart_and_shows_nothing(
    desk: Desk, other: System, say: dict[str, Any], code: str
) -> None:
    await add(desk, lookup(other.url))
    for name, value in say.items():
        setattr(other, name, value)
    path = await ticket(desk)
    await desk.api.get(f"{path}/panel")
    await asking.settle()
    item = await beside(desk, path)
    assert (item["state"], item["error"], item["fields"]) == ("failed", code, [])
    assert len(other.requests) == 1  # not again at once


@pytest.mark.parametrize(
    "url", ["http://169.254.169.254/latest/meta-data", "http://10.1.2.3/x", "http://[::1]:1/x"]
)
async def test_private_addresses_are_refused(desk: Desk, url: str) -> None:
    await add(desk, lookup(url))
    item = await beside(desk, await ticket(desk))
    assert (item["state"], item["error"]) == ("failed", "refused")


async def test_who_never_answers_is_given_up_after_the_sources_time_out(
    desk: Desk, other: System
) -> None:
    source = await add(desk, lookup(other.url, timeout_ms=300))
    other.may_answer.clear()
    path = await ticket(desk)
    item = (await desk.api.get(f"{path}/panel/{source['id']}")).json()
    assert (item["state"], item["asking"], item["error"]) == ("failed", False, "timeout")


async def test_a_source_that_keeps_failing_rests_and_one_tries_it_again(
    desk: Desk, other: System
) -> None:
    source = await add(desk, lookup(other.url))
    other.status = 500
    for number in range(asking.PATIENCE):
        path = await ticket(desk, email=f"{number}@example.test")
        await desk.api.get(f"{path}/panel/{source['id']}")
    path = await ticket(desk, email="z@example.test")
    other.status = 200
    item = (await desk.api.get(f"{path}/panel/{source['id']}")).json()
    assert item["state"] == "resting"
    assert len(other.requests) == asking.PATIENCE
    health = (await desk.api.get(f"/api/v1/panel/sources/{source['id']}")).json()["health"]
    assert health["state"] == "resting"
    async with desk.as_system() as tx:
        await tx.db.execute("UPDATE panel_health SET resting_until = now() - interval '1 second'")
    other.may_answer.clear()
    paths = [await ticket(desk, email=f"n{number}@example.test") for number in range(4)]
    waiting = [asyncio.create_task(desk.api.get(f"{one}/panel")) for one in paths]
    await asyncio.gather(*waiting)
    other.may_answer.set()
    await asking.settle()
    assert len(other.requests) == asking.PATIENCE + 1  # one tried it for all
    health = (await desk.api.get(f"/api/v1/panel/sources/{source['id']}")).json()["health"]
    assert (health["state"], health["failures"]) == ("ok", 0)


async def _as(desk: Desk, role: str) -> httpx2.AsyncClient:
    made = await desk.api.post(
        "/api/v1/agents",
        json={
            "name": role,
            "email": f"{role}@example.test",
            "role_ids": [str(desk.created.roles[role])],
        },
    )
    token = await api_token(desk.database, desk.workspace_id, agent_id=int(made.json()["id"]))
    return client(desk.app, token=token)


async def test_roles_see_what_is_for_them_and_the_rest_masked(desk: Desk, other: System) -> None:
    lead, agent = str(desk.created.roles["lead"]), str(desk.created.roles["agent"])
    masks = [
        {"part": "phone", "how": "ends", "role_ids": [lead]},
        {"part": "orders.note", "how": "hidden", "role_ids": [lead]},
    ]
    source = await add(desk, lookup(other.url, role_ids=[lead, agent], masks=masks))
    path = await ticket(desk)
    async with await _as(desk, "lead") as api:
        (whole,) = (await api.get(f"{path}/panel")).json()["items"]
    assert _said(whole)["phone"] == KNOWN["phone"]
    assert whole["tables"][0]["rows"][0]["note"]["text"] == "secret"
    async with await _as(desk, "agent") as api:
        (item,) = (await api.get(f"{path}/panel")).json()["items"]
        (one,) = [(await api.get(f"{path}/panel/{source['id']}")).json()]
    for found in (item, one):
        cells = {field["key"]: field["cell"] for field in found["fields"]}
        assert cells["phone"] == {
            "kind": "masked", "text": "5678", "currency": "", "url": "", "tone": "neutral",
        }  # fmt: skip
        assert found["tables"][0]["rows"][0]["note"]["text"] == ""
        assert cells["level"]["text"] == "gold"
    async with await _as(desk, "viewer") as api:
        assert (await api.get(f"{path}/panel")).json()["items"] == []
        assert (await api.get(f"{path}/panel/{source['id']}")).status_code == 404
        refused = await api.get("/api/v1/panel/sources")
        assert refused.status_code == 403
    assert len(other.requests) == 1  # kept whole once, masked for each reader


async def test_weak_identities_are_not_given_away(desk: Desk, other: System) -> None:
    await add(desk, lookup(other.url, least_strength=3))
    item = await beside(desk, await ticket(desk))
    assert (item["state"], item["error"], item["strength"]) == ("failed", "nothing_to_ask", None)
    assert other.requests == []


async def test_who_comes_by_another_process_waits_for_the_one_who_asks(
    desk: Desk, other: System
) -> None:
    source = await add(desk, lookup(other.url))
    path = await ticket(desk)
    async with desk.begin() as tx:
        known = await facts.of(tx, await tickets.get(tx, int(path.rpartition("/")[2])))
        row = await repository.source(tx, int(source["id"]))
        assert row is not None
        question = known.question(row, workspace_id=desk.workspace_id)
        wanted = asking.Wanted(desk.workspace_id, row, question)
        await tx.db.execute(
            "INSERT INTO panel_answer (workspace_id, source_id, subject, asked, tried_at, asking_until)"
            " VALUES ($1, $2, $3, $4, now(), now() + interval '20 seconds')",
            desk.workspace_id,
            row.id,
            wanted.subject,
            wanted.asked,
        )
    assert (await at_once(desk, path))["state"] == "late"
    waiting = asyncio.create_task(desk.api.get(f"{path}/panel/{source['id']}"))
    await asking.ask_as_stored(desk.edge, wanted)
    content = contract.Content(
        fields=[contract.PanelField("level", {"en": "Level"}, contract.Cell("text", "theirs"))]
    )
    await asking._settle(desk.edge, wanted, content=content, failed=None)
    assert _said((await waiting).json()) == {"level": "theirs"}


async def test_a_source_that_is_off_or_of_another_workspace_is_not_there(
    desk: Desk, other: System
) -> None:
    source = await add(desk, lookup(other.url))
    path = await ticket(desk)
    await beside(desk, path)
    off = await desk.api.patch(f"/api/v1/panel/sources/{source['id']}", json={"active": False})
    assert off.status_code == 200
    assert (await desk.api.get(f"{path}/panel")).json()["items"] == []
    assert (await desk.api.get(f"{path}/panel/{source['id']}")).status_code == 404
