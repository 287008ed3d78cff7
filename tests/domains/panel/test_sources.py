"""Sources set up and tried; links followed."""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import Any
from urllib.parse import parse_qs, urlsplit

import msgspec
import pytest

from tests.domains.panel.conftest import add, beside, lookup, ticket
from tests.domains.panel.system import System
from tests.support.desk import Desk

URL = "https://erp.example.com:8443/c/{{customer.external_id}}?mail={{customer.email}}#{{ticket.number}}"


def links(*ways: dict[str, Any], **values: Any) -> dict[str, Any]:
    return {"kind": "context_link", "name": "ERP", "active": True} | values | {
        "settings": {"links": list(ways)} | values.pop("settings", {})
    }  # fmt: skip


async def test_a_source_is_tried_for_real_with_settings_that_are_not_saved(
    desk: Desk, other: System
) -> None:
    source = await add(desk, lookup(other.url, active=False))
    at = f"/api/v1/panel/sources/{source['id']}"
    path = await ticket(desk)
    mapped = {"fields": [{"key": "level", "pointer": "/level"}, {"key": "x", "pointer": "/a/b"}]}
    tried = await desk.api.post(
        f"{at}/test", json={"ticket_id": path.rpartition("/")[2], "settings": mapped}
    )
    found = tried.json()
    assert (found["ok"], found["status"], found["fields"][0]["cell"]["text"]) == (True, 200, "gold")
    assert found["problems"] == [{"part": "x", "code": "missing", "detail": "/a/b"}]
    assert msgspec.json.decode(found["answer"])["level"] == "gold"
    assert other.bodies[0]["data"]["customer"]["email"] == ["ann@example.test"]
    invented = (await desk.api.post(f"{at}/test", json={})).json()
    assert invented["ok"]
    assert other.bodies[1]["data"]["customer"]["email"] == ["sample@example.com"]
    assert len((await desk.api.get(at)).json()["settings"]["fields"]) == 2
    other.status, other.said = 502, b"bad gateway"
    failed = (await desk.api.post(f"{at}/test", json={})).json()
    assert (failed["ok"], failed["error"], failed["detail"]) == (False, "status", "502")
    assert failed["answer"] == "bad gateway"
    assert (await desk.api.get(f"{path}/panel")).json()["items"] == []


async def test_secrets_and_keys_are_never_shown_again(desk: Desk, other: System) -> None:
    source = await add(desk, lookup(other.url, settings={"authorization": "Bearer canary"}))
    assert source["key"].startswith("whsec_")
    at = f"/api/v1/panel/sources/{source['id']}"
    for answer in (await desk.api.get(at), await desk.api.get("/api/v1/panel/sources")):
        assert "canary" not in answer.text
        assert source["key"] not in answer.text
    assert (await desk.api.get(at)).json()["secrets_set"] == ["authorization"]
    changed = await desk.api.patch(at, json={"settings": {"send": ["email"]}})
    assert changed.json()["secrets_set"] == ["authorization"]
    await beside(desk, await ticket(desk))
    assert other.requests[0][0]["authorization"] == "Bearer canary"
    async with desk.as_system() as tx:
        stored = await tx.db.fetchval("SELECT settings::text FROM panel_source")
    assert "canary" not in stored
    await desk.run_jobs()
    assert "canary" not in (await desk.api.get("/api/v1/audit?limit=100")).text


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (lookup("ftp://x/y"), "url"),
        (lookup("https://x.example/y", settings={"colour": 1}), "colour"),
        (
            lookup("https://x.example", settings={"fields": [{"key": "a", "pointer": "a"}]}),
            "fields[0].pointer",
        ),
        (lookup("https://x.example", settings={"tables": [{"key": "level", "pointer": ""}]}), "fields"),
        (links({"key": "a", "url": "https://{{customer.name}}.example.com/"}), "links[0].url"),
        (links({"key": "a", "url": "javascript:alert(1)"}), "links[0].url"),
        (links({"key": "a", "url": "https://x.example/{{customer.shoe_size}}"}), "links"),
        (links({"key": "a", "url": "https://x.example/{{oops"}), "links"),
    ],
)  # fmt: skip
async def test_wrong_settings_are_refused_at_their_field(
    desk: Desk, body: dict[str, Any], field: str
) -> None:
    refused = await desk.api.post("/api/v1/panel/sources", json=body)
    assert (refused.status_code, refused.json()["code"]) == (422, "source_settings_invalid")
    assert refused.json()["field"] == field


async def test_roles_that_are_not_there_are_refused(desk: Desk) -> None:
    for more in ({"role_ids": ["1"]}, {"masks": [{"part": "level", "role_ids": ["1"]}]}):
        refused = await desk.api.post(
            "/api/v1/panel/sources", json=lookup("https://x.example", **more)
        )
        assert (refused.status_code, refused.json()["code"]) == (422, "unknown_role")


async def test_a_link_carries_a_token_that_the_target_can_check_and_is_in_the_audit_log(
    desk: Desk,
) -> None:
    plain = {"key": "mail", "url": "https://m.example/?q={{customer.email}}", "signed": False}
    body = links({"key": "erp", "label_en": "Open", "url": URL.replace("external_id", "id")}, plain)
    source = await add(desk, body)
    path = await ticket(desk, email="a+b&c@example.test")
    item = await beside(desk, path)
    assert [(one["key"], one["missing"]) for one in item["links"]] == [("erp", []), ("mail", [])]
    where = f"{path}/panel/{source['id']}/links"
    opened = await desk.api.post(f"{where}/erp", json={})
    url = urlsplit(opened.json()["url"])
    got = (await desk.api.get(path)).json()
    assert url.path == f"/c/{got['requester']['id']}"
    assert url.fragment == str(got["number"])
    query = parse_qs(url.query)
    assert query["mail"] == ["a+b&c@example.test"]
    claims = _checked(query["token"][0], key=source["key"])
    assert claims["aud"] == "https://erp.example.com:8443"
    assert claims["exp"] - claims["iat"] == 60
    assert claims["ticket"] == {"id": got["id"], "number": got["number"]}
    again = (await desk.api.post(f"{where}/erp", json={})).json()["url"]
    assert (
        _checked(parse_qs(urlsplit(again).query)["token"][0], key=source["key"])["jti"]
        != (claims["jti"])
    )
    unsigned = (await desk.api.post(f"{where}/mail", json={})).json()["url"]
    assert unsigned == "https://m.example/?q=a%2Bb%26c%40example.test"
    assert (await desk.api.post(f"{where}/nope", json={})).status_code == 404
    await desk.run_jobs()
    kept = (await desk.api.get("/api/v1/audit?action=panel_link.opened")).json()["items"]
    assert [one["detail"]["link"] for one in kept] == ["mail", "erp", "erp"]
    assert not any("token=" in str(one["detail"]) for one in kept)
    lines = (await desk.api.get(f"{path}/history")).json()["items"]
    assert lines[0]["type"] == "panel_link.opened"


def _checked(token: str, *, key: str) -> dict[str, Any]:
    """As another system would: HMAC-SHA256 over header and claims, by hand."""
    head, claims, mac = token.split(".")
    secret = base64.b64decode(key.removeprefix("whsec_"))
    right = hmac.new(secret, f"{head}.{claims}".encode(), hashlib.sha256).digest()
    assert base64.urlsafe_b64encode(right).rstrip(b"=").decode() == mac
    assert msgspec.json.decode(base64.urlsafe_b64decode(head + "=="))["alg"] == "HS256"
    found: dict[str, Any] = msgspec.json.decode(base64.urlsafe_b64decode(claims + "=="))
    return found


async def test_a_link_that_lacks_something_is_shown_as_such_and_leads_nowhere(desk: Desk) -> None:
    source = await add(desk, links({"key": "erp", "url": URL}))
    path = await ticket(desk)
    assert (await beside(desk, path))["links"][0]["missing"] == ["customer.external_id"]
    refused = await desk.api.post(f"{path}/panel/{source['id']}/links/erp", json={})
    assert refused.status_code == 404
