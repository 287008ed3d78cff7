"""For whoever writes a channel: its recorded fixtures, and samples of its settings.

``fixtures/settings.json`` (optional) holds settings that are valid. ``fixtures/events.json`` is a
list of ``{"name", "body" | "text" | "base64", "content_type"?, "meta"?, "settings"?, "events"}``:
what came in, and for each event that it must become the fields that matter, ``type`` first of all.
``fixtures/requests.json`` is a list of signed requests ``{"name", "settings", "headers", "query"?,
"text"}``; each must pass ``verify``, and none of them with a changed byte.
"""

from __future__ import annotations

import base64
from importlib import resources
from typing import Any

import msgspec

from yizhan.domains.channels import forms
from yizhan.domains.channels.contract import Inbound, InboundEvent, RawItem
from yizhan.domains.channels.registry import Channel
from yizhan.kernel import clock

SAMPLE = "sample@example.test"


class Recorded(msgspec.Struct, frozen=True):
    """One recorded item and what it must become."""

    name: str
    events: list[dict[str, Any]]
    body: Any = None
    text: str | None = None
    base64: str | None = None
    content_type: str = "application/json"
    meta: dict[str, Any] = {}
    settings: dict[str, Any] = {}

    def item(self) -> RawItem:
        """As the host would hand it to ``parse``."""
        if self.base64 is not None:
            raw = base64.b64decode(self.base64)
        elif self.text is not None:
            raw = self.text.encode()
        else:
            raw = msgspec.json.encode(self.body)
        return RawItem(f"fixture:{self.name}", raw, self.content_type, self.meta)


class Signed(msgspec.Struct, frozen=True):
    """One recorded request that is genuine."""

    name: str
    settings: dict[str, Any]
    headers: dict[str, str]
    text: str
    query: dict[str, str] = {}
    method: str = "POST"

    def request(
        self, *, body: bytes | None = None, headers: dict[str, str] | None = None
    ) -> Inbound:
        """The request, or a tampered copy of it."""
        return Inbound(
            method=self.method,
            query=self.query,
            headers=self.headers if headers is None else headers,
            body=self.text.encode() if body is None else body,
            received_at=clock.now(),
        )


def _fixture(channel: Channel, name: str) -> bytes | None:
    file = resources.files(channel.package).joinpath("fixtures", name)
    return file.read_bytes() if file.is_file() else None


def recorded(channel: Channel) -> list[Recorded]:
    """The items in ``fixtures/events.json``."""
    raw = _fixture(channel, "events.json")
    return [] if raw is None else msgspec.json.decode(raw, type=list[Recorded])


def signed(channel: Channel) -> list[Signed]:
    """The requests in ``fixtures/requests.json``."""
    raw = _fixture(channel, "requests.json")
    return [] if raw is None else msgspec.json.decode(raw, type=list[Signed])


def sample(channel: Channel, **values: Any) -> dict[str, Any]:
    """Settings that are valid: the channel's own sample, or a text for whatever is required."""
    raw = _fixture(channel, "settings.json")
    if raw is not None:
        found: dict[str, Any] = msgspec.json.decode(raw)
        return found | values
    schema = forms.schema(channel)
    return dict.fromkeys(schema.get("required", []), SAMPLE) | values


def settings(channel: Channel, **values: Any) -> Any:
    """The sample as the connector gets it."""
    return forms.convert(channel, sample(channel, **values))


def differences(event: InboundEvent, expected: dict[str, Any]) -> dict[str, Any]:
    """Where an event is not what a fixture says: field -> (found, expected)."""
    # By way of JSON, as the fixture came: a tuple is a list there.
    found = msgspec.json.decode(msgspec.json.encode(event))
    return {
        name: (found.get(name), value)
        for name, value in expected.items()
        if found.get(name) != value
    }
