"""Secrets with a mark, put wherever there is a place for one: they go in, and never come out again."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import asyncpg
import httpx2
import pytest

from tests.domains.identity import people
from tests.security import tries
from tests.support.desk import Desk, client
from tests.support.logged import logged
from yizhan.domains.webhooks import service as webhooks

MARK = "S3CR3TMARDER"


def secret(place: str) -> str:
    """Long enough for every place that asks for a long one."""
    return f"{MARK}-{place}-0123456789abcdef0123456789abcdef"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What an installation writes to its log, every word of it."""
    with logged("debug") as written:
        yield written


async def _made(api: httpx2.AsyncClient, method: str, path: str, body: Any) -> dict[str, Any]:
    answer = await api.request(method, f"/api/v1{path}", json=body)
    assert answer.status_code in (200, 201), (path, answer.text)
    found: dict[str, Any] = answer.json()
    return found


def _mailbox(brand: str) -> dict[str, Any]:
    settings = {
        "address": "help@example.com",
        "imap_host": "imap.example.com",
        "imap_password": secret("imap"),
        "smtp_host": "smtp.example.com",
        "smtp_password": secret("smtp"),
    }
    return {"name": "Mail", "channel": "email", "brand_id": brand, "settings": settings}


def _source() -> dict[str, Any]:
    settings = {
        "url": "http://10.0.0.1/x",
        "authorization": f"Bearer {secret('source')}",
        "fields": [{"key": "a", "label_en": "A", "pointer": "/a"}],
    }
    return {"kind": "http_lookup", "name": "Shop", "active": True, "settings": settings}


async def _plant(desk: Desk) -> list[str]:
    """Ours where we choose; what the desk chooses itself is returned, shown just this once."""
    api, brand = desk.api, str(desk.created.brand_id)
    await people.add_agent(desk, "bo@example.test")
    await _made(api, "POST", "/inboxes", _mailbox(brand))
    source = await _made(api, "POST", "/panel/sources", _source())
    server = {"url": "https://models.example.com/v1", "model": "m", "key": secret("model")}
    await _made(api, "PUT", "/copilot/servers/cloud", server)
    hook = await _made(api, "POST", "/webhooks", {"url": "https://example.com/h", "events": ["*"]})
    token = await _made(api, "POST", "/tokens", {"name": "T", "scopes": ["ticket:read"]})
    await _made(api, "PUT", f"/portals/{brand}", {"active": True, "slug": "demo"})
    sso = await _made(api, "POST", f"/portals/{brand}/sso-secret", None)
    calls = await _made(api, "POST", "/actions/secret", None)
    signing = [source.get("key"), hook["secret"], token["token"], sso["secret"], calls["secret"]]
    ticket = {"subject": "x", "body": "x", "requester": {"email": "ann@example.test"}}
    ticket_id = (await _made(api, "POST", "/tickets", ticket))["id"]
    steps = [{"action": "call_webhook", "params": {"url": f"http://10.0.0.1/?key={secret('url')}"}}]
    await _made(api, "POST", f"/tickets/{ticket_id}/actions", {"actions": steps})
    return [one for one in signing if one]


async def _misuse(desk: Desk) -> None:
    """Every way in which a secret reaches the desk in a request that fails."""
    wrong = secret("wrong")
    async with client(desk.app, token=wrong) as api:
        assert (await api.get("/api/v1/tickets")).status_code == 401
    async with people.browser(desk) as page:
        assert (await people.sign_in(page, password=wrong)).status_code == 401
        page.cookies.set("yz_session", wrong, domain="desk.test")
        assert (await page.get("/api/v1/auth/me")).status_code == 401
    for body in (
        f'{{"password": "{wrong}"',
        f'{{"key": ["{wrong}"], "url": 7, "model": "{wrong}"}}',
    ):
        for path in ("/auth/login", "/copilot/servers/cloud"):
            method = "POST" if path == "/auth/login" else "PUT"
            answer = await desk.api.request(
                method,
                f"/api/v1{path}",
                content=body.encode(),
                headers={"Content-Type": "application/json"},
            )
            assert answer.status_code in (400, 401, 422)
            assert wrong not in answer.text
    await desk.api.post("/api/v1/copilot/servers/cloud/test")


async def _reads(desk: Desk) -> str:
    """All that can be read with every right, exports and the support bundle included."""
    read = []
    for method, path, operation in tries.operations(tries.document()):
        must = [one for one in operation.get("parameters", ()) if one.get("required")]
        if method == "get" and not must:
            read.append((await desk.api.get(path)).text)
    read += [(await desk.api.get(path)).text for path in ("/metrics", "/readyz")]
    bundle = (await desk.api.post("/api/v1/system/support")).content
    with zipfile.ZipFile(io.BytesIO(bundle)) as archive:
        read += [archive.read(name).decode("utf-8", "replace") for name in archive.namelist()]
    return "\n".join(read)


async def _stored(desk: Desk) -> str:
    """The whole database as text, as somebody with a stolen dump reads it."""
    connection = await asyncpg.connect(desk.database.dsn)
    try:
        tables = await connection.fetch(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        )
        rows = [
            await connection.fetchval(f"SELECT string_agg(t::text, ' ') FROM {name} t") or ""
            for (name,) in tables
        ]
    finally:
        await connection.close()
    return "\n".join(rows)


def _kept(text: str, ours: list[str]) -> set[str]:
    found = {one for one in ours if one in text}
    return found | {part.partition("-0123")[0] for part in text.split(MARK)[1:]}


async def test_what_is_secret_goes_in_and_never_comes_out(desk: Desk, log: io.StringIO) -> None:
    chosen = await _plant(desk)
    await _misuse(desk)
    await desk.run_jobs(only="automation.call")
    assert _kept(await _reads(desk), chosen) <= {"-url"}  # an address is shown to who set it up
    assert _kept(log.getvalue(), chosen) == set()
    assert _kept(await _stored(desk), chosen) <= {"-url"}
    assert "action_call_refused" in log.getvalue()


async def test_making_a_token_and_reading_much_leave_a_trace(desk: Desk) -> None:
    """Who takes a whole desk away by an integration's token is seen in the log."""
    made = await _made(desk.api, "POST", "/tokens", {"name": "Drift", "scopes": ["audit:read"]})
    more = {"name": "x", "scopes": ["ticket:read"]}
    async with client(desk.app, token=made["token"]) as api:
        assert (await api.get("/api/v1/audit/export")).status_code == 200
        assert (await api.get("/api/v1/tickets")).status_code in (200, 403)
        assert (await api.post("/api/v1/tokens", json=more)).status_code == 403
    await desk.run_jobs(only=webhooks.__name__)  # none: only the log's readers
    actions = [one["action"] for one in (await desk.api.get("/api/v1/audit")).json()["items"]]
    assert "token.created" in actions
    assert "sensitive.read" in actions
