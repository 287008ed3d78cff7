"""Botpress CVE-2026-4984 (a webhook nobody verified), PraisonAI CVE-2026-56837 (no secret was no check)."""

from __future__ import annotations

import inspect

import msgspec

from tests.domains.channels import fakes
from tests.support.desk import Desk
from yizhan.app import discovery
from yizhan.domains.channels import registry
from yizhan.extensions.channels.fake import connector

BODY = msgspec.json.encode(
    {"events": [{"type": "message", "id": "m1", "from": "u", "text": "pay me"}]}
)


async def test_without_proof_nothing_comes_in_and_with_it_only_once(desk: Desk) -> None:
    mine, other = await fakes.add_inbox(desk), await fakes.add_inbox(desk)
    open_one = await fakes.add_inbox(desk, secret="")
    good = connector.sign(mine.secret, BODY)
    wrong = ["", good[:-1], good[:8], good + "00", "0" * 64, connector.sign(other.secret, BODY),
             connector.sign("", BODY), connector.sign(mine.secret, b""), "签名", good.swapcase()]  # fmt: skip
    for signature in wrong:
        sent = [(b"x-fake-signature", signature.encode())]
        answer = await desk.api.post(mine.path, content=BODY, headers=sent)
        assert (answer.status_code, answer.json()["code"]) == (401, "signature_invalid"), signature
    assert (await desk.api.post(mine.path, content=BODY)).status_code == 401
    signed = {"x-fake-signature": connector.sign("", BODY)}
    refused = await desk.api.post(open_one.path, content=BODY, headers=signed)
    assert refused.status_code == 401  # no secret is no reason to believe anybody
    assert await mine.envelopes() == {}
    for _ in range(3):  # a replay, now or in a year, is the same message
        answer = await desk.api.post(mine.path, content=BODY, headers={"x-fake-signature": good})
        assert answer.status_code == 200
        await desk.run_jobs()
    assert await mine.envelopes() == {"message:m1": "message"}
    (ticket,) = await fakes.tickets(desk)
    assert len(await fakes.messages(desk, ticket["id"])) == 1


async def test_two_messages_without_an_id_are_two(desk: Desk) -> None:
    fake = await fakes.add_inbox(desk)
    for text in ("first", "second"):
        await fake.post({"type": "message", "id": "", "from": "u", "text": text})
    await desk.run_jobs()
    (ticket,) = await fakes.tickets(desk)
    assert [m["body_text"] for m in await fakes.messages(desk, ticket["id"])] == ["first", "second"]


async def test_a_key_shows_nothing_of_itself(desk: Desk) -> None:
    """Addresses of inboxes are long, a wrong one says no more than that, and a body has an end."""
    fake = await fakes.add_inbox(desk)
    assert len(fake.inbox.public_key) >= 16
    missing = await desk.api.post(f"/in/{fake.inbox.public_key[:-1]}x", content=b"{}")
    assert (missing.status_code, missing.json()["code"]) == (404, "inbox_not_found")
    huge = await desk.api.post(fake.path, content=b"x", headers={"content-length": "999999999"})
    assert huge.status_code in (400, 413)


def test_signatures_are_compared_in_one_time() -> None:
    discovery.load()
    verifying = [c for c in registry.known() if c.offers("verify")]
    for channel in verifying:
        assert "compare_digest" in inspect.getsource(channel.connector.verify), channel.id
