"""Fetching and sending against Dovecot and Postfix themselves."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncGenerator
from typing import Any, cast

import msgspec
import pytest

from tests.extensions.channels.email import build, servers
from tests.extensions.channels.email.servers import PASSWORD, MailServers
from yizhan.domains.channels.contract import Address, DeliveryState, Pulled, ReceiptNotice
from yizhan.extensions.channels.email import connector, session
from yizhan.extensions.channels.email.settings import Settings

pytestmark = pytest.mark.servers
SUPPORT = "support@brand.example"
HOST = build.Host()


@pytest.fixture
def box(mail_servers: MailServers) -> MailServers:
    for user in (SUPPORT, "sales@brand.example", "li@customer.example", "wang@customer.example"):
        mail_servers.empty(user)
    return mail_servers


async def drain(
    values: dict[str, Any], cursor: dict[str, Any]
) -> tuple[list[bytes], dict[str, Any]]:
    """Pull until there is no more; the bodies and the last cursor."""
    found: list[bytes] = []
    while True:
        pulled = await connector.pull(build.settings(values), cursor, HOST)
        found += [item.body for item in pulled.items]
        cursor = pulled.cursor
        if not pulled.more:
            return found, cursor


def put(box: MailServers, count: int, *, to: str = SUPPORT) -> list[str]:
    marks = [secrets.token_hex(4) for _ in range(count)]
    for mark in marks:
        box.deposit(build.mail(f"mail {mark}", Message_ID=f"<{mark}@x.example>"), to=to)
    return marks


async def test_each_mail_is_fetched_once_and_in_order(box: MailServers) -> None:
    first = put(box, 3)
    found, cursor = await drain(box.settings(SUPPORT), {})
    assert [any(mark.encode() in raw for raw in found) for mark in first] == [True] * 3
    second = put(box, 2)
    found, cursor = await drain(box.settings(SUPPORT), cursor)
    assert [mark in raw.decode() for mark, raw in zip(second, found, strict=True)] == [True] * 2
    found, _ = await drain(box.settings(SUPPORT), cursor)
    assert found == []


async def test_a_batch_that_was_never_stored_is_fetched_again(box: MailServers) -> None:
    put(box, 2)
    settings = build.settings(box.settings(SUPPORT))
    lost = await connector.pull(settings, {}, HOST)
    again = await connector.pull(settings, {}, HOST)
    assert [i.dedupe_key for i in lost.items] == [i.dedupe_key for i in again.items]
    assert len(again.items) == 2


async def test_new_numbering_rescans_with_the_same_keys(box: MailServers) -> None:
    put(box, 3)
    settings = build.settings(box.settings(SUPPORT, after_fetch="keep"))
    before = await connector.pull(settings, {}, HOST)
    box.renumber(SUPPORT)
    after = await connector.pull(settings, before.cursor, HOST)
    assert after.cursor["uidvalidity"] != before.cursor["uidvalidity"]
    assert sorted(i.dedupe_key for i in after.items) == sorted(i.dedupe_key for i in before.items)


async def test_nothing_is_deleted_before_it_is_stored(box: MailServers) -> None:
    put(box, 2)
    values = box.settings(SUPPORT, after_fetch="delete")
    pulled = await connector.pull(build.settings(values), {}, HOST)
    assert len(box.mailbox(SUPPORT)) == 2
    # Asking with the new cursor says that the batch is stored.
    await connector.pull(build.settings(values), pulled.cursor, HOST)
    assert box.mailbox(SUPPORT) == []


async def test_stored_mail_can_be_moved(box: MailServers) -> None:
    (mark,) = put(box, 1)
    values = box.settings(SUPPORT, after_fetch="move", move_to="已处理")
    pulled = await connector.pull(build.settings(values), {}, HOST)
    await connector.pull(build.settings(values), pulled.cursor, HOST)
    assert box.mailbox(SUPPORT) == []
    assert mark in box.mailbox(SUPPORT, '"&XfJZBHQG-"')[-1].decode()


async def test_only_new_mail_on_request(box: MailServers) -> None:
    put(box, 2)
    values = box.settings(SUPPORT, first_fetch="new")
    found, cursor = await drain(values, {})
    assert found == []
    (mark,) = put(box, 1)
    found, _ = await drain(values, cursor)
    assert mark in found[0].decode()


async def test_a_full_mailbox_comes_in_batches(box: MailServers) -> None:
    user = "big@brand.example"
    with box.imap(user) as client:
        for number in range(130):
            client.append("INBOX", "", "", build.mail(f"n{number}", Message_ID=f"<{number}@x>"))
    settings = build.settings(box.settings(user))
    pulled = await connector.pull(settings, {}, HOST)
    assert len(pulled.items) == session.BATCH_MAILS
    assert pulled.more
    found, _ = await drain(box.settings(user), {})
    assert [raw.rsplit(b"\r\n\r\n", 1)[1].strip() for raw in found] == [
        f"n{number}".encode() for number in range(130)
    ]


async def test_a_mail_over_the_limit_is_kept_and_quarantined(box: MailServers) -> None:
    box.deposit(build.mail("x" * 1_200_000), to=SUPPORT)
    values = box.settings(SUPPORT, max_mail_mb=1, after_fetch="delete")
    pulled = await connector.pull(build.settings(values), {}, HOST)
    (event,) = connector.parse(build.settings(values), pulled.items[0])
    assert getattr(event, "reason", "") == "too_large"
    await connector.pull(build.settings(values), pulled.cursor, HOST)
    assert len(box.mailbox(SUPPORT)) == 1  # the only whole copy


async def test_a_stream_tells_of_new_mail_at_once(box: MailServers) -> None:
    settings = build.settings(box.settings(SUPPORT, poll_seconds=3600))
    stream = cast("AsyncGenerator[Pulled, None]", connector.stream(settings, {}, HOST))
    try:
        pulled = await asyncio.wait_for(anext(stream), 10)  # the empty folder: a first cursor
        assert pulled.items == ()
        waiting = asyncio.ensure_future(anext(stream))
        await asyncio.sleep(0.3)  # it should be in IDLE by now; if not, the mail is found anyway
        (mark,) = await asyncio.to_thread(put, box, 1)
        pulled = await asyncio.wait_for(waiting, 10)
        assert mark in pulled.items[0].body.decode()
    finally:
        await stream.aclose()


async def test_a_stream_ends_at_once_when_it_is_cancelled(box: MailServers) -> None:
    settings = build.settings(box.settings(SUPPORT, poll_seconds=3600))
    stream = cast("AsyncGenerator[Pulled, None]", connector.stream(settings, {}, HOST))
    await asyncio.wait_for(anext(stream), 10)
    waiting = asyncio.ensure_future(anext(stream))
    await asyncio.sleep(0.3)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asyncio.wait_for(waiting, 5)


@pytest.mark.parametrize(
    ("security", "port"), [("tls", "imaps_port"), ("starttls", "imap_port"), ("none", "imap_port")]
)
async def test_check_logs_in_on_both_sides(box: MailServers, security: str, port: str) -> None:
    values = box.settings(
        SUPPORT, imap_security=security, imap_port=getattr(box, port), allow_insecure_tls=True,
        smtp_security="starttls",
    )  # fmt: skip
    checks = await connector.check(build.settings(values), HOST)
    assert [(c.code, c.ok) for c in checks] == [
        ("imap_login", True), ("imap_folder", True), ("smtp_login", True),
    ], checks  # fmt: skip


async def test_check_names_what_is_wrong(box: MailServers) -> None:
    checks = await connector.check(
        build.settings(box.settings(SUPPORT, imap_password="wrong", smtp_password="wrong")), HOST
    )
    assert [(c.code, c.ok) for c in checks] == [("imap_login", False), ("smtp_login", False)]
    checks = await connector.check(
        build.settings(box.settings(SUPPORT, imap_folder="No such")), HOST
    )
    assert [(c.code, c.ok) for c in checks][1] == ("imap_folder", False)
    checks = await connector.check(
        build.settings(box.settings(SUPPORT, imap_port=servers.free_port())), HOST
    )
    assert not checks[0].ok
    # A certificate that nobody signed is refused unless the administrator says otherwise.
    checks = await connector.check(
        build.settings(box.settings(SUPPORT, imap_security="tls", imap_port=box.imaps_port)), HOST
    )
    assert not checks[0].ok
    assert "certificate" in checks[0].detail.lower()


async def test_xoauth2_opens_only_its_own_mailbox(box: MailServers) -> None:
    user = "oauth@brand.example"
    box.tokens["good-token"] = user
    values = box.settings(user, auth="xoauth2", imap_password="", smtp_security="starttls",
                          allow_insecure_tls=True)  # fmt: skip
    checks = await connector.check(build.settings(values), build.Host("good-token"))
    assert [c.ok for c in checks] == [True, True, True], checks
    for token, address in (("stolen", user), ("good-token", SUPPORT)):
        values = box.settings(address, auth="xoauth2", imap_password="")
        checks = await connector.check(build.settings(values), build.Host(token))
        assert not checks[0].ok
        assert token not in checks[0].detail


async def test_an_answer_arrives_with_its_headers(box: MailServers) -> None:
    receipt = await connector.send(build.settings(box.settings(SUPPORT)), build.outgoing(), HOST)
    assert receipt.state is DeliveryState.SENT, receipt
    assert receipt.external_id
    ours = receipt.external_id.encode()
    raw = box.wait_for("li@customer.example", lambda raw: ours in raw)
    seen = build.message(raw, build.settings(box.settings("li@customer.example")))
    assert seen.text.startswith("您好，已经为您处理。")
    assert seen.thread.message_ids == ("q1@customer.example",)
    assert seen.reply_to == Address("support+t.1a2b.abcdefgh23456777@brand.example", "韩梅梅")


async def test_a_reply_comes_back_with_the_token(box: MailServers) -> None:
    values = box.settings(SUPPORT)
    await connector.send(build.settings(values), build.outgoing(), HOST)
    raw = box.wait_for("li@customer.example", lambda raw: b"1a2b" in raw)
    reply_to = build.message(raw, build.settings(box.settings("li@customer.example"))).reply_to
    assert reply_to is not None
    box.deliver(build.mail("谢谢", To=reply_to.address), sender="li@customer.example",
                to=[reply_to.address])  # fmt: skip
    box.wait_for(SUPPORT, lambda raw: b"+t.1a2b" in raw)
    found, _ = await drain(values, {})
    assert build.message(found[-1]).thread.tokens == ("1a2b.abcdefgh23456777",)


async def test_a_real_bounce_names_the_message_that_failed(box: MailServers) -> None:
    values = box.settings(SUPPORT, bounce_address=True)
    sent = build.outgoing(to=(Address(servers.GHOST),))
    receipt = await connector.send(build.settings(values), sent, HOST)
    assert receipt.state is DeliveryState.SENT
    raw = box.wait_for(SUPPORT, lambda raw: b"multipart/report" in raw)
    (notice,) = build.events(raw)
    assert isinstance(notice, ReceiptNotice)
    assert notice.kind == "bounce"
    assert notice.state is DeliveryState.FAILED
    assert notice.permanent
    assert notice.recipient == servers.GHOST
    assert receipt.external_id in notice.external_ids
    assert notice.tokens == ("1a2b.abcdefgh23456777",)


async def test_an_unknown_recipient_fails_with_the_servers_words(box: MailServers) -> None:
    message = build.outgoing(to=(Address("nobody@customer.example"),))
    receipt = await connector.send(build.settings(box.settings(SUPPORT)), message, HOST)
    assert receipt.state is DeliveryState.FAILED
    assert receipt.retry_after is None
    assert "550" in receipt.detail


async def test_one_refused_recipient_does_not_hide_the_others(box: MailServers) -> None:
    message = build.outgoing(
        cc=(Address("nobody@customer.example"), Address("wang@customer.example"))
    )
    receipt = await connector.send(build.settings(box.settings(SUPPORT)), message, HOST)
    assert receipt.state is DeliveryState.SENT
    assert "refused nobody@customer.example" in receipt.detail
    box.wait_for("wang@customer.example", lambda raw: b"A question" in raw)


async def test_a_big_file_travels_unharmed(box: MailServers) -> None:
    content = bytes(range(256)) * 8_000
    message = build.outgoing(files=(build.file("数据 报告（终稿）.bin", content),))
    await connector.send(build.settings(box.settings(SUPPORT)), message, HOST)
    raw = box.wait_for("li@customer.example", lambda raw: len(raw) > 2_000_000)
    (file,) = build.message(raw, build.settings(box.settings("li@customer.example"))).files
    assert (file.name, file.content == content) == ("数据 报告（终稿）.bin", True)


def test_the_password_is_not_in_any_public_setting() -> None:
    _, parts = msgspec.json.schema_components([Settings])
    hidden = {
        name for name, spec in parts["Settings"]["properties"].items() if spec.get("writeOnly")
    }
    assert hidden == {
        "imap_password",
        "smtp_password",
        "oauth_client_secret",
        "oauth_refresh_token",
    }
    assert PASSWORD not in repr(parts)
