"""For whoever writes a source: a host that answers from a fixture, and the fixtures of a folder.

A fixture is ``fixtures/NAME.json``: ``settings``, ``question`` (customer, ticket), the ``answer`` of the
other side (``status``, ``body``) where there is one, and what must come of it: ``content`` or ``error``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from importlib import resources
from typing import Any

import msgspec

from yizhan.domains.panel.contract import Content, LookupFailed, Question
from yizhan.domains.panel.registry import Loaded
from yizhan.kernel import egress, signing

KEY = b"k" * 32
NOW = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)


class Recorded(msgspec.Struct, frozen=True):
    """What the other side answers."""

    status: int = 200
    body: Any = None
    raw: str | None = None  # instead of ``body``, for what is no JSON


class Fixture(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A question with its answer and what it must become."""

    settings: dict[str, Any]
    question: Question
    answer: Recorded | None = None
    content: Content | None = None
    error: str | None = None
    name: str = ""


class FixtureHost:
    """The :class:`~yizhan.domains.panel.contract.Host` of a test: nothing leaves."""

    def __init__(self, answer: Recorded | None) -> None:
        self.source_id = 7
        self.public_url = "https://desk.example.com"
        self.now = NOW
        self.key = KEY
        self.sent: list[tuple[str, str, dict[str, str], bytes]] = []
        self._answer = answer

    def signed(self, body: str) -> dict[str, str]:
        return signing.headers([self.key], message_id="look_1", moment=self.now, body=body)

    async def request(
        self, method: str, url: str, *, headers: Mapping[str, str], content: bytes
    ) -> egress.Answer:
        self.sent.append((method, url, dict(headers), content))
        if self._answer is None:
            raise LookupFailed("unreachable", "nothing is recorded")
        raw = self._answer.raw
        body = msgspec.json.encode(self._answer.body) if raw is None else raw.encode()
        return egress.Answer(status=self._answer.status, headers={}, body=body)


def fixtures(kind: Loaded) -> Iterator[Fixture]:
    """The recorded examples of a folder."""
    home = resources.files(kind.package).joinpath("fixtures")
    if not home.is_dir():
        return
    for file in sorted(home.iterdir(), key=lambda one: one.name):
        if file.name.endswith(".json"):
            found = msgspec.json.decode(file.read_bytes(), type=Fixture)
            yield msgspec.structs.replace(found, name=file.name.removesuffix(".json"))


async def answer(kind: Loaded, fixture: Fixture, host: FixtureHost) -> Content | str:
    """What a source makes of a fixture: content, or the code of its failure."""
    try:
        return await kind.source.fetch(kind.convert(fixture.settings), fixture.question, host)
    except LookupFailed as failed:
        return failed.code
