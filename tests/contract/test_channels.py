"""What every channel folder must hold to. A new folder is tested by being there."""

from __future__ import annotations

import subprocess
import sys
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.desk import Desk
from yizhan.app import discovery
from yizhan.domains.channels import contract, forms, registry, testing
from yizhan.domains.channels import service as channels

discovery.load()
CHANNELS = registry.known()
TIERS = ("bronze", "silver", "gold", "platinum")
LANGUAGES = set(registry.LANGUAGES)

each = pytest.mark.parametrize("channel", CHANNELS, ids=lambda c: c.id)
parsing = pytest.mark.parametrize(
    "channel", [c for c in CHANNELS if c.offers("parse")], ids=lambda c: c.id
)
verifying = pytest.mark.parametrize(
    "channel", [c for c in CHANNELS if c.offers("verify")], ids=lambda c: c.id
)


def test_every_folder_is_loaded() -> None:
    root = Path(str(resources.files("yizhan.extensions.channels")))
    folders = {path.parent.name for path in root.glob("*/manifest.toml")}
    assert folders == {channel.id for channel in CHANNELS}
    assert {"api", "chat", "email", "fake", "form"} <= folders


@each
def test_manifest_says_what_it_is_in_both_languages(channel: registry.Channel) -> None:
    manifest = channel.manifest
    assert set(manifest.name) == set(manifest.description) == LANGUAGES
    assert all(manifest.name.values())
    assert manifest.tier in TIERS
    assert set(manifest.capabilities.receipts) <= {"accepted", "sent", "delivered", "read"}
    for window in manifest.capabilities.windows:
        assert window.after in ("none", "template", "tag", "paid")


@each
def test_readme_tells_how_to_set_it_up(channel: registry.Channel) -> None:
    text = resources.files(channel.package).joinpath("README.md").read_text("utf-8")
    assert len(text) > 200


def _labelled(part: dict[str, Any]) -> list[str]:
    return [
        name
        for name, spec in part.get("properties", {}).items()
        if set(spec.get("x-title", {})) != LANGUAGES or not all(spec["x-title"].values())
    ]


@each
def test_every_setting_has_a_title_in_both_languages(channel: registry.Channel) -> None:
    schema = forms.schema(channel)
    assert _labelled(schema) == []
    for part in schema.get("$defs", {}).values():
        assert _labelled(part) == []


def _keys(words: Any) -> Any:
    return {k: _keys(v) for k, v in words.items()} if isinstance(words, dict) else None


@each
def test_both_languages_say_the_same_things(channel: registry.Channel) -> None:
    assert _keys(channel.strings["zh"]) == _keys(channel.strings["en"])


@each
def test_what_looks_secret_is_marked_secret(channel: registry.Channel) -> None:
    properties = forms.schema(channel).get("properties", {})
    suspicious = ("secret", "password", "refresh_token", "api_key", "private_key")
    named = {name for name in properties if name.endswith(suspicious)}
    assert named <= forms.secret_names(channel)


def test_importing_talks_to_nobody() -> None:
    packages = [channel.package for channel in CHANNELS]
    code = (
        "import socket, sys\n"
        "def refuse(*a, **k): raise SystemExit('network at import')\n"
        "socket.socket.connect = socket.getaddrinfo = refuse\n"
        "from yizhan.domains.channels import registry\n"
        "for name in sys.argv[1:]: registry.load(name)\n"
    )
    subprocess.run([sys.executable, "-c", code, *packages], check=True, timeout=120)


@parsing
def test_fixtures_become_what_they_say(channel: registry.Channel) -> None:
    found = testing.recorded(channel)
    assert found, "a channel needs recorded input"
    for one in found:
        events = channel.connector.parse(testing.settings(channel, **one.settings), one.item())
        assert len(events) == len(one.events), one.name
        for event, expected in zip(events, one.events, strict=True):
            assert testing.differences(event, expected) == {}, one.name


@parsing
@settings(max_examples=60, deadline=None)
@given(
    body=st.binary(max_size=600),
    kind=st.sampled_from(
        ["application/json", "message/rfc822", "application/x-www-form-urlencoded",
         "multipart/form-data; boundary=b", ""]
    ),
)  # fmt: skip
def test_parsing_any_bytes_ends_in_events(
    channel: registry.Channel, body: bytes, kind: str
) -> None:
    item = contract.RawItem("fuzz", body, kind)
    given_settings = testing.settings(channel)
    first = channel.connector.parse(given_settings, item)
    assert list(first) == list(channel.connector.parse(given_settings, item))
    for event in first:
        assert isinstance(event, contract.InboundEvent)


@parsing
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_parsing_a_damaged_fixture_ends_in_events(
    channel: registry.Channel, data: st.DataObject
) -> None:
    one = data.draw(st.sampled_from(testing.recorded(channel)))
    item = one.item()
    body = bytearray(item.body)
    for _ in range(data.draw(st.integers(1, 8))):
        if body:
            place = data.draw(st.integers(0, len(body) - 1))
            body[place] = data.draw(st.integers(0, 255))
    damaged = contract.RawItem(item.dedupe_key, bytes(body), item.content_type, item.meta)
    channel.connector.parse(testing.settings(channel, **one.settings), damaged)


@verifying
def test_only_genuine_requests_pass(channel: registry.Channel) -> None:
    requests = testing.signed(channel)
    assert requests, "a channel that verifies needs a recorded, signed request"
    for one in requests:
        given_settings = testing.settings(channel, **one.settings)
        channel.connector.verify(given_settings, one.request())
        _refused(channel, given_settings, one.request(headers={}))
        _refused(channel, given_settings, one.request(body=one.text.encode() + b" "))
        body = one.text.encode()
        for place in range(0, len(body), max(1, len(body) // 16)):
            changed = bytes([*body[:place], body[place] ^ 1, *body[place + 1 :]])
            _refused(channel, given_settings, one.request(body=changed))
        empty = dict.fromkeys(forms.secret_names(channel), "")
        _refused(channel, testing.settings(channel, **(one.settings | empty)), one.request())


def _refused(channel: registry.Channel, given_settings: Any, request: contract.Inbound) -> None:
    with pytest.raises(contract.Rejected):
        channel.connector.verify(given_settings, request)


async def _brand(desk: Desk) -> str:
    async with desk.as_system() as tx:
        found = await tx.db.fetchval(
            "SELECT id FROM brand WHERE workspace_id = $1 LIMIT 1", tx.workspace_id
        )
    return str(found)


async def _add(desk: Desk, channel: registry.Channel, **values: Any) -> dict[str, Any]:
    registry.show_hidden(show=True)
    made = await desk.api.post(
        "/api/v1/inboxes",
        json={
            "name": "Kit",
            "channel": channel.id,
            "brand_id": await _brand(desk),
            "settings": testing.sample(channel, **values),
        },
    )
    assert made.status_code == 201, made.text
    found: dict[str, Any] = made.json()
    return found


async def test_secrets_go_in_and_never_come_out(desk: Desk) -> None:
    for channel in CHANNELS:
        if not channel.manifest.has_inbox:
            continue
        hidden = sorted(forms.secret_names(channel))
        canaries = {name: f"canary-{name}-0123456789" for name in hidden}
        made = await _add(desk, channel, **canaries)
        url = f"/api/v1/inboxes/{made['id']}"
        changed = await desk.api.patch(url, json={"name": "New", "settings": {}})
        seen = [
            str(made),
            changed.text,
            (await desk.api.get(url)).text,
            (await desk.api.get("/api/v1/inboxes")).text,
            str(await desk.events("inbox.created", "inbox.updated")),
        ]
        async with desk.as_system() as tx:
            seen.append(str(await tx.db.fetch("SELECT * FROM inbox")))
        assert not any("canary-" in text for text in seen), channel.id
        assert changed.json()["secrets_set"] == hidden
        ready = await channels.load(desk.edge, desk.workspace_id, inbox_id=int(made["id"]))
        assert {name: getattr(ready.settings, name) for name in hidden} == canaries


async def test_same_item_twice_is_one_envelope_and_every_item_ends(desk: Desk) -> None:
    for channel in CHANNELS:
        if not (channel.manifest.has_inbox and channel.offers("parse")):
            continue
        made = await _add(desk, channel)
        for one in testing.recorded(channel):
            for _ in range(2):
                stored = await channels.keep(desk.edge.store, desk.workspace_id, items=[one.item()])
                async with desk.as_system() as tx:
                    await channels.accept(tx, int(made["id"]), stored=stored)
        # A receipt for a message that is not known yet is looked at again for a while.
        async with desk.as_system() as tx:
            await tx.db.execute("UPDATE envelope SET received_at = now() - interval '1 hour'")
        await desk.run_jobs()
        async with desk.as_system() as tx:
            states = await tx.db.fetch(
                "SELECT state, reason FROM envelope WHERE inbox_id = $1", int(made["id"])
            )
        assert len(states) == len(testing.recorded(channel)), channel.id
        for row in states:
            assert row["state"] in ("message", "receipt") or (
                row["state"] in ("quarantine", "ignored") and row["reason"]
            ), (channel.id, tuple(row))


async def test_unknown_settings_and_channels_are_refused_by_name(desk: Desk) -> None:
    brand = await _brand(desk)
    wrong = {"name": "x", "channel": "email", "brand_id": brand, "settings": {"colour": "red"}}
    refused = await desk.api.post("/api/v1/inboxes", json=wrong)
    assert (refused.status_code, refused.json()["field"]) == (422, "colour")
    nothing = await desk.api.post("/api/v1/inboxes", json={**wrong, "channel": "pigeon"})
    assert nothing.status_code == 404
    bare = await desk.api.post("/api/v1/inboxes", json={**wrong, "channel": "api"})
    assert bare.status_code == 404


async def test_hidden_channels_are_not_offered(desk: Desk) -> None:
    registry.show_hidden(show=False)
    listed = (await desk.api.get("/api/v1/channels")).json()
    assert "fake" not in {channel["id"] for channel in listed}
    assert "email" in {channel["id"] for channel in listed}
