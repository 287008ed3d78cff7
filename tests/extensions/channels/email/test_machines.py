"""Mail that machines write: auto-replies, lists, bounces, receipts, our own coming back."""

from __future__ import annotations

import pytest

from tests.extensions.channels.email import build
from yizhan.domains.channels.contract import (
    DeliveryState,
    Ignored,
    IncomingMessage,
    ReceiptNotice,
)
from yizhan.extensions.channels.email import classify, connector, render

OUR_ID = render.message_id(build.OUR, build.outgoing())


@pytest.mark.parametrize(
    "fields",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Auto_Submitted": "auto-generated; type=x"},
        {"Precedence": "bulk"},
        {"Precedence": "auto_reply"},
        {"List_Id": "News <news.x.example>"},
        {"X_Auto_Response_Suppress": "All"},
        {"X_Autoreply": "yes"},
        {"Return_Path": "<>"},
        {"Subject": "自动回复: 咨询"},
        {"Subject": "Re: 自动回复：休假中"},
        {"Subject": "[自动回复] 我在外出"},
        {"Subject": "Automatic reply: A question"},
        {"Subject": "Out of office until Monday"},
        {"Subject": "自動回覆: 諮詢"},
        {"From": "no-reply@shop.example"},
    ],
)
def test_machines_are_recognised(fields: dict[str, str]) -> None:
    seen = build.message(build.mail(**fields))
    assert seen.automatic
    assert seen.text == "你好"  # stored like any other


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"Auto_Submitted": "no"},
        {"Subject": "Why does your automatic reply come twice?"},
        {"Subject": "关于自动回复的问题"},
        {"X_Auto_Response_Suppress": "DR, RN"},
        {"From": "bouncer@customer.example"},
    ],
)
def test_people_are_not_machines(fields: dict[str, str]) -> None:
    assert not build.message(build.mail(**fields)).automatic


def report(status: str, *, kind: str = "delivery-status", original: str = OUR_ID) -> bytes:
    body = (
        "--b\r\nContent-Type: text/plain\r\n\r\nIt failed.\r\n"
        f"--b\r\nContent-Type: message/{kind}\r\n\r\n{status}\r\n"
        f"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <{original}>\r\nSubject: x\r\n--b--\r\n"
    )
    return build.mail(
        body, kind=f'multipart/report; report-type={kind}; boundary="b"',
        From="MAILER-DAEMON@mx.other.example", Subject="Delivery Status Notification",
    )  # fmt: skip


def notice(raw: bytes) -> ReceiptNotice:
    (event,) = build.events(raw)
    assert isinstance(event, ReceiptNotice), event
    return event


def test_a_bounce() -> None:
    found = notice(
        report(
            "Reporting-MTA: dns; mx\r\n\r\nFinal-Recipient: rfc822; li@customer.example\r\n"
            "Action: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 no such\r\n user"
        )
    )
    assert found.kind == "bounce"
    assert found.state is DeliveryState.FAILED
    assert found.permanent
    assert found.external_ids == (OUR_ID,)
    assert found.recipient == "li@customer.example"
    assert found.detail == "failed: 550 5.1.1 no such user"


def test_a_delay_is_no_failure() -> None:
    found = notice(
        report("Reporting-MTA: dns; mx\r\n\r\nFinal-Recipient: rfc822; a@b.example\r\n"
               "Action: delayed\r\nStatus: 4.4.1")
    )  # fmt: skip
    assert (found.kind, found.state) == ("receipt", DeliveryState.SENT)


def test_giving_up_after_days_is_final_whatever_the_code() -> None:
    found = notice(
        report("Reporting-MTA: dns; mx\r\n\r\nFinal-Recipient: rfc822; a@b.example\r\n"
               "Action: failed\r\nStatus: 4.4.7")
    )  # fmt: skip
    assert (found.state, found.permanent) == (DeliveryState.FAILED, True)


def test_each_failed_recipient_is_told() -> None:
    groups = "Reporting-MTA: dns; mx"
    for name in ("a", "b"):
        groups += (
            f"\r\n\r\nFinal-Recipient: rfc822; {name}@x.example\r\nAction: failed\r\nStatus: 5.0.0"
        )
    events = build.events(report(groups))
    assert [event.recipient for event in events if isinstance(event, ReceiptNotice)] == [
        "a@x.example", "b@x.example",
    ]  # fmt: skip


def test_a_bounce_to_a_marked_address_carries_its_token() -> None:
    raw = report("Reporting-MTA: dns; mx\r\n\r\nFinal-Recipient: rfc822; a@b.example\r\nAction: failed",
                 original="rewritten@relay.example")  # fmt: skip
    raw = raw.replace(b"To: support@brand.example", b"To: support+b.z9.abcdefgh@brand.example")
    assert notice(raw).tokens == ("z9.abcdefgh",)


INFORMAL = [
    ("postmaster@qq.com", "系统退信/Systems bounce",
     ("您发往 nobody@customer.example 的邮件被退回。\n错误：550 Mailbox unavailable or access denied\n"
     f"Message-ID: <{OUR_ID}>\n")),
    ("Postmaster@163.com", "系统退信",
     f"抱歉，您的邮件被退回来了……\n收件人：nobody@customer.example\nSMTP error, RCPT TO: 550 User not found\n{OUR_ID}"),
    ("MAILER-DAEMON@old.example", "failure notice",
     ("Hi. This is the qmail-send program.\n<nobody@customer.example>:\n"
     f"550 5.1.1 unknown user\n--- Below this line is a copy.\nMessage-ID: <{OUR_ID}>\n")),
    ("postmaster@exchange.example", "Undeliverable: A question",
     f"Delivery has failed to these recipients: nobody@customer.example 550 5.1.10\nMessage-Id: <{OUR_ID}>"),
]  # fmt: skip


@pytest.mark.parametrize(("sender", "subject", "text"), INFORMAL)
def test_bounces_in_prose(sender: str, subject: str, text: str) -> None:
    found = notice(build.mail(text, From=sender, Subject=subject, Return_Path="<>"))
    assert found.kind == "bounce"
    assert OUR_ID in found.external_ids
    assert found.recipient == "nobody@customer.example"
    assert "550" in found.detail


def test_a_customer_who_talks_about_a_bounce_is_a_customer() -> None:
    (event,) = build.events(build.mail("我收到了退信，550", Subject="系统退信怎么办"))
    assert isinstance(event, IncomingMessage)
    inner = report("Reporting-MTA: dns; mx\r\n\r\nFinal-Recipient: rfc822; a@b.c\r\nAction: failed")
    raw = build.mail(
        b"--z\r\nContent-Type: text/plain\r\n\r\nlook\r\n--z\r\nContent-Type: message/rfc822\r\n\r\n"
        + inner + b"\r\n--z--\r\n",
        kind="multipart/mixed; boundary=z",
    )  # fmt: skip
    assert isinstance(build.events(raw)[0], IncomingMessage)


def test_a_read_receipt() -> None:
    raw = report(
        "Final-Recipient: rfc822; li@customer.example\r\n"
        f"Original-Message-ID: <{OUR_ID}>\r\nDisposition: manual-action/MDN-sent-manually; displayed",
        kind="disposition-notification",
    )
    found = notice(raw)
    assert (found.kind, found.state, found.external_ids) == (
        "receipt",
        DeliveryState.READ,
        (OUR_ID,),
    )


def test_a_complaint() -> None:
    raw = report("Feedback-Type: abuse\r\nOriginal-Rcpt-To: <li@customer.example>",
                 kind="feedback-report")  # fmt: skip
    found = notice(raw)
    assert (found.kind, found.recipient) == ("complaint", "li@customer.example")
    assert found.external_ids == (OUR_ID,)


def test_our_own_mail_does_not_become_a_ticket() -> None:
    (event,) = build.events(connector.render(build.OUR, build.outgoing()))
    assert isinstance(event, Ignored)
    assert event.reason == "own_mail"


def test_a_colleagues_inbox_may_write_to_ours() -> None:
    sales = build.settings({"address": "sales@brand.example"})
    (event,) = build.events(connector.render(sales, build.outgoing()))
    assert isinstance(event, IncomingMessage)
    # And whoever only copies our mark is not taken for us.
    raw = build.mail(**{classify.LOOP_HEADER: classify.loop_mark(build.OUR)})
    assert isinstance(build.events(raw)[0], IncomingMessage)
