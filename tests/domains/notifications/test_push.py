"""Waking browsers: for what its agent asked, saying no more than allowed, and nobody else's."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest
from cryptography.hazmat.primitives import serialization

from tests.domains.identity import people
from tests.support import desk as support
from tests.support import pushing
from yizhan.domains.identity.service import authentication
from yizhan.domains.lab.events import LabRunEnded
from yizhan.domains.notifications import devices
from yizhan.domains.notifications.types import Quiet
from yizhan.kernel import clock
from yizhan.kernel.db import Database

TICKET = {
    "subject": "充电盒不充电",
    "body": "充了一晚上还是没电",
    "requester": {"email": "wang@shop.example", "name": "王芳"},
}
PUBLIC = "https://push.example.com/wake/1"


@pytest.fixture
async def desk(database: Database, tmp_path: Path) -> AsyncIterator[support.Desk]:
    async with support.open_desk(database, tmp_path, egress_allow=pushing.ALLOW) as opened:
        yield opened


@pytest.fixture
async def service() -> AsyncIterator[pushing.Service]:
    async with pushing.listening() as mine:
        yield mine


@pytest.fixture
async def lin(desk: support.Desk) -> AsyncIterator[httpx2.AsyncClient]:
    """Lin's browser, signed in."""
    await people.add_agent(desk, "lin@desk.example")
    async with people.signed_in(desk, "lin@desk.example") as client:
        yield client


async def _added(client: httpx2.AsyncClient, browser: pushing.Browser) -> dict[str, Any]:
    answer = await client.post("/api/v1/push/devices", json=browser.subscription())
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def _give(desk: support.Desk, client: httpx2.AsyncClient) -> str:
    """A fresh ticket for whoever sits before this browser, and the pushes that follow."""
    me = (await client.get("/api/v1/auth/me")).json()["agent"]["id"]
    ticket = (await desk.api.post("/api/v1/tickets", json=TICKET)).json()
    done = await desk.api.post(f"/api/v1/tickets/{ticket['id']}/assign", json={"agent_id": me})
    assert done.status_code == 200, done.text
    await desk.run_jobs()
    return str(ticket["id"])


async def test_a_push_says_number_and_kind_and_nothing_of_the_customer(
    desk: support.Desk, service: pushing.Service, lin: httpx2.AsyncClient
) -> None:
    browser = service.browser("lin")
    await _added(lin, browser)
    ticket_id = await _give(desk, lin)
    (said,) = service.came(browser)
    number = (await desk.api.get(f"/api/v1/tickets/{ticket_id}")).json()["number"]
    assert said["title"].startswith(f"#{number} ")
    assert said["body"] == ""
    assert "王芳" not in str(said)
    assert "充电" not in str(said)
    assert said["path"].endswith(ticket_id)
    assert said["unread"] == 1
    _, headers, body = service.requests[0]
    mine = (await lin.get("/api/v1/push")).json()
    claims, key = pushing.vouched(headers["authorization"])
    assert claims["aud"] == service.url
    assert key == mine["public_key"]
    assert ticket_id not in headers["topic"]
    assert int(headers["ttl"]) > 0
    assert headers["content-encoding"] == "aes128gcm"
    assert len(body) == 86 + 16 + 1 + 512
    (device,) = mine["devices"]
    assert device["current"] is True
    assert device["pushed_at"] is not None
    assert device["failure"] is None


async def test_with_leave_it_says_what_was_written(
    desk: support.Desk, service: pushing.Service, lin: httpx2.AsyncClient
) -> None:
    browser = service.browser("lin")
    await _added(lin, browser)
    assert (await lin.patch("/api/v1/push", json={"preview": True})).json()["preview"] is True
    await _give(desk, lin)
    (said,) = service.came(browser)
    assert TICKET["subject"] in said["title"]


async def test_what_is_no_ticket_leads_elsewhere_and_only_those_with_the_right_are_told(
    desk: support.Desk, service: pushing.Service, lin: httpx2.AsyncClient
) -> None:
    without, browser = service.browser("lin"), service.browser("mia")
    await _added(lin, without)
    me = int((await lin.get("/api/v1/auth/me")).json()["agent"]["id"])
    other = int(await people.add_agent(desk, "mia@desk.example", role="admin"))
    async with people.signed_in(desk, "mia@desk.example") as mia:
        await _added(mia, browser)
        async with desk.as_system() as tx:
            tx.emit(
                LabRunEnded(
                    run_id=7, golden_set_id=1, number=3, state="done", cause="nightly",
                    verdict="worse", broke=2, mended=0, agent_ids=[me, other], text="退款 -4.0%",
                )
            )  # fmt: skip
        await desk.run_jobs()
        (said,) = service.came(browser)
        (shown,) = (await mia.get("/api/v1/notifications")).json()["items"]
    assert (said["path"], said["body"]) == ("/admin/lab/runs/7", "")
    assert (shown["ticket_id"], shown["ticket_number"]) == (None, None)
    assert (shown["link"], shown["text"]) == ("/admin/lab/runs/7", "退款 -4.0%")
    assert service.came(without) == []
    assert (await lin.get("/api/v1/notifications")).json()["items"] == []


async def test_only_what_was_asked_for_wakes(
    desk: support.Desk, service: pushing.Service, lin: httpx2.AsyncClient
) -> None:
    browser = service.browser("lin")
    await _added(lin, browser)
    await lin.patch("/api/v1/push", json={"kinds": ["mention", "reply"]})
    await _give(desk, lin)
    assert service.came(browser) == []
    await lin.patch("/api/v1/push", json={"kinds": ["assigned"]})
    await _give(desk, lin)
    assert len(service.came(browser)) == 1


async def test_what_was_read_meanwhile_wakes_nobody(
    desk: support.Desk, service: pushing.Service, lin: httpx2.AsyncClient
) -> None:
    browser = service.browser("lin")
    await _added(lin, browser)
    service.status = 503
    await _give(desk, lin)
    assert len(service.requests) == 1
    await lin.post("/api/v1/notifications/read", json={"all": True})
    service.status = 201
    await desk.database.lookup("UPDATE pgqueuer SET execute_after = now()")
    await desk.run_jobs()
    assert len(service.requests) == 1
    assert await desk.waiting_jobs(devices.PUSH_JOB) == 0


async def test_a_service_that_is_busy_is_asked_again(
    desk: support.Desk, service: pushing.Service, lin: httpx2.AsyncClient
) -> None:
    browser = service.browser("lin")
    await _added(lin, browser)
    service.status, service.headers = 429, {"Retry-After": "120"}
    await _give(desk, lin)
    (device,) = (await lin.get("/api/v1/push")).json()["devices"]
    assert device["failure"] == "429"
    rows = await desk.database.lookup(
        "SELECT execute_after > now() + interval '100 seconds' AS late FROM pgqueuer"
        " WHERE entrypoint = $1",
        devices.PUSH_JOB,
    )
    assert [row["late"] for row in rows] == [True]
    service.status = 201
    await desk.database.lookup("UPDATE pgqueuer SET execute_after = now()")
    await desk.run_jobs()
    (device,) = (await lin.get("/api/v1/push")).json()["devices"]
    assert device["failure"] is None


@pytest.mark.parametrize("status", [404, 410])
async def test_a_browser_that_is_gone_is_forgotten(
    desk: support.Desk, service: pushing.Service, lin: httpx2.AsyncClient, status: int
) -> None:
    await _added(lin, service.browser("lin"))
    service.status = status
    await _give(desk, lin)
    assert (await lin.get("/api/v1/push")).json()["devices"] == []
    (gone,) = await desk.events("push_device.removed")
    assert gone.data["reason"] == "gone"


async def test_who_signs_out_is_woken_no_more(
    desk: support.Desk, service: pushing.Service, lin: httpx2.AsyncClient
) -> None:
    browser = service.browser("lin")
    await _added(lin, browser)
    await lin.post("/api/v1/auth/logout")
    async with people.signed_in(desk, "lin@desk.example") as again:
        assert (await again.get("/api/v1/push")).json()["devices"] == []
        await _give(desk, again)
    assert service.came(browser) == []
    (gone,) = await desk.events("push_device.removed")
    assert gone.data["reason"] == "session_ended"


async def test_a_session_that_ran_out_is_silent(
    desk: support.Desk, service: pushing.Service, lin: httpx2.AsyncClient
) -> None:
    browser = service.browser("lin")
    await _added(lin, browser)
    async with people.signed_in(desk, "lin@desk.example") as other:
        await authentication.settle()  # a last use that is still being written would prolong it
        async with desk.as_system() as tx:
            await tx.db.execute(
                "UPDATE session SET expires_at = now() - interval '1 second' WHERE id IN"
                " (SELECT session_id FROM push_device)"
            )
        await _give(desk, other)
    assert service.came(browser) == []


async def test_a_browser_belongs_to_whoever_sits_before_it(
    desk: support.Desk, service: pushing.Service, lin: httpx2.AsyncClient
) -> None:
    browser = service.browser("shared")
    await _added(lin, browser)
    await people.add_agent(desk, "mia@desk.example")
    async with people.signed_in(desk, "mia@desk.example") as mia:
        await _added(mia, browser)
        assert (await lin.get("/api/v1/push")).json()["devices"] == []
        await _give(desk, lin)
        assert service.came(browser) == []
        (device,) = (await mia.get("/api/v1/push")).json()["devices"]
        assert (await lin.delete(f"/api/v1/push/devices/{device['id']}")).status_code == 404
        assert (await lin.post(f"/api/v1/push/devices/{device['id']}/test")).status_code == 404


async def test_the_same_browser_again_is_one_device(
    service: pushing.Service, lin: httpx2.AsyncClient
) -> None:
    browser = service.browser("lin")
    await _added(lin, browser)
    await _added(lin, browser)
    assert len((await lin.get("/api/v1/push")).json()["devices"]) == 1


async def test_a_test_reaches_the_browser_and_the_device_can_be_removed(
    desk: support.Desk, service: pushing.Service, lin: httpx2.AsyncClient
) -> None:
    browser = service.browser("lin")
    device = await _added(lin, browser)
    assert (await lin.post(f"/api/v1/push/devices/{device['id']}/test")).status_code == 202
    await desk.run_jobs()
    (said,) = service.came(browser)
    assert said["tag"] == "test"
    service.status = 403
    await lin.post(f"/api/v1/push/devices/{device['id']}/test")
    await desk.run_jobs()
    (row,) = (await lin.get("/api/v1/push")).json()["devices"]
    assert row["failure"] == "403"
    assert (await lin.delete(f"/api/v1/push/devices/{device['id']}")).status_code == 204
    assert (await lin.get("/api/v1/push")).json()["devices"] == []


@pytest.mark.parametrize(
    ("endpoint", "code"),
    [
        ("http://push.example.com/x", "push_address_refused"),
        ("https://127.0.0.2/x", "egress_refused"),
        ("https://[::1]/x", "egress_refused"),
        ("https://169.254.169.254/latest", "egress_refused"),
        ("https://me:secret@push.example.com/x", "egress_refused"),
        ("file:///etc/passwd", "egress_refused"),
    ],
)
async def test_an_address_inside_is_refused(
    lin: httpx2.AsyncClient, endpoint: str, code: str
) -> None:
    given = pushing.Browser(endpoint).subscription()
    answer = await lin.post("/api/v1/push/devices", json=given)
    assert (answer.status_code, answer.json()["code"]) == (422, code)


async def test_a_public_address_is_taken_and_keys_that_are_none_are_refused(
    lin: httpx2.AsyncClient,
) -> None:
    given = pushing.Browser(PUBLIC).subscription()
    assert (await lin.post("/api/v1/push/devices", json=given)).status_code == 201
    given["keys"]["p256dh"] = "AAAA"
    answer = await lin.post("/api/v1/push/devices", json=given)
    assert (answer.status_code, answer.json()["code"]) == (422, "bad_subscription")


async def test_a_token_has_no_devices(desk: support.Desk) -> None:
    given = pushing.Browser(PUBLIC).subscription()
    assert (await desk.api.post("/api/v1/push/devices", json=given)).status_code == 403
    assert (await desk.api.get("/api/v1/push")).status_code == 403


async def test_what_is_stored_opens_nowhere_without_the_key(
    desk: support.Desk, service: pushing.Service, lin: httpx2.AsyncClient
) -> None:
    browser = service.browser("lin")
    await _added(lin, browser)
    await lin.get("/api/v1/push")
    async with desk.as_system() as tx:
        stored = await tx.db.fetchval("SELECT subscription FROM push_device")
        key = await tx.db.fetchval("SELECT sealed FROM installation_key")
    assert browser.endpoint.encode() not in stored
    with pytest.raises(ValueError, match=r"."):
        serialization.load_der_private_key(key, None)


async def test_quiet_hours_hold_it_back(
    desk: support.Desk, service: pushing.Service, lin: httpx2.AsyncClient
) -> None:
    browser = service.browser("lin")
    await _added(lin, browser)
    now = clock.now()
    quiet = {
        "start": f"{now - timedelta(hours=1):%H:%M}",
        "end": f"{now + timedelta(hours=1):%H:%M}",
        "time_zone": "UTC",
    }
    assert (await lin.patch("/api/v1/push", json={"quiet": quiet})).json()["quiet"] == quiet
    await _give(desk, lin)
    assert service.came(browser) == []
    await lin.patch("/api/v1/push", json={"quiet": None})
    await _give(desk, lin)
    assert len(service.came(browser)) == 1


@pytest.mark.parametrize(
    "quiet",
    [
        {"start": "25:00", "end": "07:00", "time_zone": "UTC"},
        {"start": "22:00", "end": "07:00", "time_zone": "Mars/Base"},
        {"start": "22:00", "end": "07:00", "time_zone": "../../etc/passwd"},
    ],
)
async def test_quiet_hours_that_are_none_are_refused(
    lin: httpx2.AsyncClient, quiet: dict[str, str]
) -> None:
    answer = await lin.patch("/api/v1/push", json={"quiet": quiet})
    assert (answer.status_code, answer.json()["code"]) == (422, "quiet_hours_invalid")


def test_quiet_hours_span_midnight_in_their_own_zone() -> None:
    night = Quiet(start="22:00", end="07:00", time_zone="Asia/Shanghai")
    noon = clock.now().replace(hour=4, minute=0)  # 12:00 in Shanghai
    assert not devices.is_quiet(night, noon)
    assert devices.is_quiet(night, noon + timedelta(hours=10))  # 22:00
    assert devices.is_quiet(night, noon + timedelta(hours=18))  # 06:00
    assert not devices.is_quiet(night, noon + timedelta(hours=19))  # 07:00
