"""Signing in: the same answer to all who fail, nobody locked out by others, codes good once."""

from __future__ import annotations

import asyncio
import math
import time

import pyotp
import pytest

from tests.domains.identity.people import PASSWORD, add_agent, browser, sign_in, signed_in
from tests.support.desk import ADMIN_EMAIL, ADMIN_PASSWORD, Desk, make_workspace
from yizhan.domains.identity import errors
from yizhan.domains.identity.service import throttle


async def test_a_session_begins_and_ends(desk: Desk) -> None:
    async with browser(desk) as client:
        answer = await sign_in(client)
        assert answer.status_code == 200
        assert answer.json()["agent"]["email"] == ADMIN_EMAIL
        cookie = next(
            c for c in answer.headers.get_list("set-cookie") if c.startswith("yz_session=")
        )
        assert "HttpOnly" in cookie
        assert "SameSite=lax" in cookie
        me = (await client.get("/api/v1/auth/me")).json()
        assert {"permission": "agent:manage", "scope": "all", "unit_id": None} in me["permissions"]
        kept = client.cookies["yz_session"]
        assert (await client.post("/api/v1/auth/logout")).status_code == 204
        client.cookies.set("yz_session", kept)
        assert (await client.get("/api/v1/auth/me")).status_code == 401


async def test_a_form_of_another_site_signs_nobody_in(desk: Desk) -> None:
    async with browser(desk) as client:
        body = f'{{"email": "{ADMIN_EMAIL}", "password": "{ADMIN_PASSWORD}"}}'
        answer = await client.post(
            "/api/v1/auth/login", content=body, headers={"Content-Type": "text/plain"}
        )
        assert answer.status_code in (400, 415, 422)
        assert "set-cookie" not in answer.headers


async def test_a_change_by_cookie_needs_the_header(desk: Desk) -> None:
    async with browser(desk) as client:
        await sign_in(client)
        del client.headers["X-Yizhan"]
        answer = await client.patch("/api/v1/auth/me", json={"name": "Eve"})
        assert answer.status_code == 403
        assert answer.json()["code"] == "csrf_missing"


async def test_unknown_left_and_wrong_look_the_same(desk: Desk) -> None:
    left = await add_agent(desk, "left@example.test")
    await desk.api.delete(f"/api/v1/agents/{left}")
    answers = []
    for number, email in enumerate((ADMIN_EMAIL, "nobody@example.test", "left@example.test")):
        async with browser(desk, ip=f"198.51.100.{number}") as client:
            answer = await sign_in(client, email=email, password="wrong password")
            answers.append((answer.status_code, answer.content, sorted(answer.headers)))
    assert answers[0][0] == 401
    assert answers[0] == answers[1] == answers[2]
    assert await desk.waiting_jobs("identity.note_failed_sign_in") == 3


async def test_unknown_accounts_take_as_long_as_wrong_passwords(desk: Desk) -> None:
    async def seconds(email: str, *, network: int) -> float:
        taken = []
        for number in range(5):
            async with browser(desk, ip=f"198.51.{network}.{number}") as client:
                began = time.perf_counter()
                await sign_in(client, email=email, password="wrong password")
                taken.append(time.perf_counter() - began)
        return sorted(taken)[2]

    await seconds("warm-up@example.test", network=1)
    known = await seconds(ADMIN_EMAIL, network=2)
    unknown = await seconds("nobody@example.test", network=3)
    assert 0.4 < known / unknown < 2.5  # without a hash for nobody it would be above ten


async def test_of_two_hundred_wrong_ones_at_once_five_are_tried(desk: Desk) -> None:
    began = time.monotonic()
    async with browser(desk) as client:
        answers = await asyncio.gather(
            *(sign_in(client, password=f"guess {number}") for number in range(200))
        )
    codes = [answer.status_code for answer in answers]
    # The waits double from one second on, so a slow machine lets a few more through, not many.
    later = math.ceil(math.log2(time.monotonic() - began + 1))
    assert throttle.FREE_PAIR <= codes.count(401) <= throttle.FREE_PAIR + later
    assert codes.count(401) + codes.count(429) == 200
    refused = next(answer for answer in answers if answer.status_code == 429)
    assert refused.json()["code"] == "too_many_attempts"
    assert int(refused.headers["retry-after"]) >= 1


async def test_exactly_the_free_tries_are_let_through_at_once(desk: Desk) -> None:
    for round_ in range(8):
        limits = throttle.code_limit(1, round_)
        tries = [throttle.reserve(desk.database, limits) for _ in range(throttle.FREE_CODE)]
        assert len(await asyncio.gather(*tries)) == throttle.FREE_CODE
        with pytest.raises(errors.TooManyAttempts):
            await throttle.reserve(desk.database, limits)


async def test_many_right_ones_at_once_all_get_in(desk: Desk) -> None:
    async with browser(desk) as client:
        answers = await asyncio.gather(*(sign_in(client) for _ in range(12)))
    assert {answer.status_code for answer in answers} == {200}


async def test_nobody_is_locked_out_by_somebody_else(desk: Desk) -> None:
    async with browser(desk, ip="192.0.2.10") as own:
        assert (await sign_in(own)).status_code == 200
        async with browser(desk, ip="192.0.2.10") as neighbour:
            for _ in range(throttle.FREE_PAIR):
                await sign_in(neighbour, password="guess")
            assert (await sign_in(neighbour)).status_code == 429, "even the right one waits"
        assert (await own.get("/api/v1/auth/me")).status_code == 200, "the session goes on"
        assert (await sign_in(own)).status_code == 200, "a browser that was here before"
    async with browser(desk, ip="203.0.113.99") as elsewhere:
        assert (await sign_in(elsewhere)).status_code == 200, "another network"


async def test_a_device_mark_is_good_for_its_own_account_only(desk: Desk) -> None:
    mark = throttle.new_device(desk.edge.vault, email=ADMIN_EMAIL)
    verified = throttle.verified_device
    assert verified(desk.edge.vault, mark, email=ADMIN_EMAIL.upper())
    assert not verified(desk.edge.vault, mark, email="other@example.test")
    assert not verified(desk.edge.vault, mark[:-1] + "_", email=ADMIN_EMAIL)
    assert not verified(desk.edge.vault, "x", email=ADMIN_EMAIL)


def test_waits_double_and_end() -> None:
    waits = [throttle.wait_after(n, free=5) for n in range(4, 20)]
    assert waits[:4] == [0.0, 1.0, 2.0, 4.0]
    assert waits[-1] == throttle.LONGEST_WAIT


async def test_failed_sign_ins_are_told_to_the_workspace(desk: Desk) -> None:
    async with browser(desk, ip="192.0.2.66") as client:
        await sign_in(client, password="guess")
        await sign_in(client, email="nobody@example.test", password="guess")
    await desk.run_jobs(only="identity.note_failed_sign_in")
    found = await desk.events("sign_in.failed")
    assert [(one.data["reason"], one.data["from_ip"]) for one in found] == [
        ("password", "192.0.2.66")
    ]
    assert "guess" not in str(found)


async def test_one_email_in_two_workspaces_chooses(desk: Desk) -> None:
    await make_workspace(desk.edge, name="Second Desk")
    async with browser(desk) as client:
        answer = await sign_in(client)
        assert answer.status_code == 409
        assert answer.json()["code"] == "choose_workspace"
        offered = answer.json()["workspaces"]
        assert {one["slug"] for one in offered} == {"test", "second-desk"}
        chosen = await sign_in(client, workspace="second-desk")
        assert chosen.json()["workspace"]["slug"] == "second-desk"
        wrong = await sign_in(client, password="guess")
        assert wrong.status_code == 401, "without the password nobody learns of workspaces"


async def test_signing_in_again_replaces_the_session(desk: Desk) -> None:
    async with browser(desk) as client:
        await sign_in(client)
        first = client.cookies["yz_session"]
        await sign_in(client)
        assert client.cookies["yz_session"] != first
        sessions = (await client.get("/api/v1/auth/sessions")).json()["items"]
        assert [one["current"] for one in sessions] == [True]


async def test_sessions_are_listed_and_revoked(desk: Desk) -> None:
    async with browser(desk, ip="192.0.2.1") as one, browser(desk, ip="192.0.2.2") as two:
        await sign_in(one)
        await sign_in(two)
        listed = (await one.get("/api/v1/auth/sessions")).json()["items"]
        assert {item["ip"] for item in listed} == {"192.0.2.1", "192.0.2.2"}
        other = next(item["id"] for item in listed if not item["current"])
        assert (await one.delete(f"/api/v1/auth/sessions/{other}")).status_code == 204
        assert (await two.get("/api/v1/auth/me")).status_code == 401
        assert (await one.delete(f"/api/v1/auth/sessions/{other}")).status_code == 404
        await sign_in(two)
        assert (await one.delete("/api/v1/auth/sessions")).status_code == 204
        assert (await two.get("/api/v1/auth/me")).status_code == 401
        assert (await one.get("/api/v1/auth/me")).status_code == 200


async def test_a_new_password_ends_the_other_sessions(desk: Desk) -> None:
    email = "lin@example.test"
    await add_agent(desk, email)
    async with signed_in(desk, email) as one, signed_in(desk, email) as two:

        async def change(current: str, new: str) -> tuple[int, str]:
            body = {"current": current, "new": new}
            answer = await one.post("/api/v1/auth/password", json=body)
            return answer.status_code, answer.json()["code"] if answer.content else ""

        assert await change("no", "new pass 123") == (403, "wrong_password")
        assert await change(PASSWORD, "short") == (422, "weak_password")
        assert await change(PASSWORD, "new pass 123") == (204, "")
        assert (await one.get("/api/v1/auth/me")).status_code == 200
        assert (await two.get("/api/v1/auth/me")).status_code == 401
        again = await sign_in(two, email=email, password="new pass 123")
        assert again.status_code == 200


async def _with_totp(desk: Desk, email: str) -> tuple[pyotp.TOTP, list[str]]:
    await add_agent(desk, email)
    async with signed_in(desk, email) as client:
        started = (await client.post("/api/v1/auth/totp")).json()
        assert started["uri"].startswith("otpauth://totp/")
        totp = pyotp.TOTP(started["secret"])
        wrong = await client.post("/api/v1/auth/totp/confirm", json={"code": "000000x"})
        assert wrong.json()["code"] == "wrong_code"
        # The step before this one, so that the test has this one left.
        code = totp.at(int(time.time()) - 30)
        codes = await client.post("/api/v1/auth/totp/confirm", json={"code": code})
        assert codes.status_code == 200, codes.text
        return totp, codes.json()["recovery_codes"]


async def test_a_code_is_asked_for_and_good_once(desk: Desk) -> None:
    totp, _ = await _with_totp(desk, "totp@example.test")
    async with browser(desk, ip="192.0.2.31") as client:
        mine = {"email": "totp@example.test", "password": PASSWORD}
        asked = await sign_in(client, **mine)
        assert (asked.status_code, asked.json()["code"]) == (401, "code_required")
        code = totp.now()
        assert (await sign_in(client, **mine, code=f"{code[:3]} {code[3:]}")).status_code == 200
        replayed = await sign_in(client, **mine, code=code)
        assert (replayed.status_code, replayed.json()["code"]) == (401, "invalid_credentials")


async def test_of_parallel_uses_of_one_code_one_gets_in(desk: Desk) -> None:
    totp, _ = await _with_totp(desk, "twice@example.test")
    code = totp.now()

    async def use(number: int) -> int:
        async with browser(desk, ip=f"192.0.2.{number}") as client:
            answer = await sign_in(client, email="twice@example.test", password=PASSWORD, code=code)
            assert answer.status_code in (200, 401), answer.text
            return answer.status_code

    codes = await asyncio.gather(*(use(number) for number in range(1, 7)))
    assert sorted(codes) == [200, 401, 401, 401, 401, 401]


async def test_codes_cannot_be_guessed_from_many_networks(desk: Desk) -> None:
    await _with_totp(desk, "guess@example.test")
    codes = []
    for number in range(throttle.FREE_CODE + 2):
        async with browser(desk, ip=f"198.51.100.{number}") as client:
            mine = {"email": "guess@example.test", "password": PASSWORD}
            codes.append((await sign_in(client, **mine, code="123456")).status_code)
    assert codes[: throttle.FREE_CODE] == [401] * throttle.FREE_CODE
    assert codes[-1] == 429


async def test_a_recovery_code_works_once(desk: Desk) -> None:
    _, recovery = await _with_totp(desk, "lost@example.test")
    assert len(set(recovery)) == 10
    async with browser(desk, ip="192.0.2.41") as client:
        mine = {"email": "lost@example.test", "password": PASSWORD}
        assert (await sign_in(client, **mine, code=recovery[0].upper())).status_code == 200
        assert (await sign_in(client, **mine, code=recovery[0])).status_code == 401
        off = await client.post("/api/v1/auth/totp/disable", json={"password": "no"})
        assert off.status_code == 403
        off = await client.post("/api/v1/auth/totp/disable", json={"password": PASSWORD})
        assert off.status_code == 204
        assert (await sign_in(client, **mine)).status_code == 200


async def test_an_administrator_helps_who_lost_the_second_factor(desk: Desk) -> None:
    await _with_totp(desk, "lost@example.test")
    agents = (await desk.api.get("/api/v1/agents")).json()["items"]
    lost = next(agent["id"] for agent in agents if agent["email"] == "lost@example.test")
    on = await desk.api.patch(f"/api/v1/agents/{lost}", json={"totp_enabled": True})
    assert on.status_code == 422, "only the person can turn it on"
    off = await desk.api.patch(f"/api/v1/agents/{lost}", json={"totp_enabled": False})
    assert off.json()["totp_enabled"] is False
    async with signed_in(desk, "lost@example.test"):
        pass


async def test_a_stolen_session_cannot_guess_the_password(desk: Desk) -> None:
    await add_agent(desk, "stolen@example.test")
    async with signed_in(desk, "stolen@example.test") as client:
        codes = [
            (
                await client.post(
                    "/api/v1/auth/password", json={"current": f"no {n}", "new": "another 12345"}
                )
            ).status_code
            for n in range(throttle.FREE_DEVICE + 1)
        ]
    assert codes == [403] * throttle.FREE_DEVICE + [429]
