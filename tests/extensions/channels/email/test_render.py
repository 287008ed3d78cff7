"""What leaves: read back by the standard library, which is not ours."""

from __future__ import annotations

import email
import email.policy
from email.message import EmailMessage
from typing import Any

import pytest

from tests.extensions.channels.email import build
from yizhan.domains.channels.contract import Address, DeliveryState
from yizhan.extensions.channels.email import connector, quotes, render
from yizhan.extensions.channels.email.settings import Alias, Settings

HTML = '<p>已<b>处理</b></p><script>x</script><img src="cid:pic@x"><img src="cid:gone@x">'
PICTURE = build.file("图.png", b"\x89PNG", "image/png", inline=True, content_id="pic@x")
QUOTED = (
    "On 2026-11-22 02:00 UTC, 李雷 wrote:",
    '<p>Where is it?<img data-src="https://t.example/x"></p>',
)


def read(raw: bytes) -> EmailMessage:
    return email.message_from_bytes(raw, policy=email.policy.default)


def rendered(settings: Settings = build.OUR, **changes: Any) -> EmailMessage:
    return read(connector.render(settings, build.outgoing(**changes)))


def test_the_same_message_gives_the_same_bytes() -> None:
    message = build.outgoing(html=HTML, files=(PICTURE, build.file("a.pdf", b"x")), quoted=QUOTED)
    first = connector.render(build.OUR, message)
    assert first == connector.render(build.OUR, message)
    assert not first.replace(b"\r\n", b"").count(b"\n")
    assert max(len(line) for line in first.split(b"\r\n")) <= 998
    assert first.isascii()


def test_every_answer_carries_its_thread() -> None:
    mail = rendered(references=("root@x", "a@x"), in_reply_to="q1@customer.example")
    assert mail["Message-ID"] == f"<{connector.known_ids(build.OUR, build.outgoing())[0]}>"
    assert mail["In-Reply-To"] == "<q1@customer.example>"
    assert mail["References"].split() == ["<root@x>", "<a@x>", "<q1@customer.example>"]
    assert mail["Subject"] == "Re: A question"
    assert (
        mail["Reply-To"].addresses[0].addr_spec == "support+t.1a2b.abcdefgh23456777@brand.example"
    )
    assert mail["From"].addresses[0].display_name == "Brand Support"
    assert mail["Date"].datetime == build.outgoing().created_at
    assert "Auto-Submitted" not in mail


def test_the_first_mail_of_a_ticket_has_a_root_too() -> None:
    one = rendered(in_reply_to=None, references=(), id=1)
    two = rendered(in_reply_to=None, references=(), id=2)
    assert (
        one["References"] == two["References"] == f"<{render.root_id(build.OUR, build.outgoing())}>"
    )
    assert one["In-Reply-To"] == one["References"]
    assert one["Message-ID"] != two["Message-ID"]
    assert one["Subject"] == "A question"


def test_an_automatic_mail_says_so() -> None:
    mail = rendered(automatic=True)
    assert mail["Auto-Submitted"] == "auto-replied"
    assert mail["X-Auto-Response-Suppress"] == "All"
    assert build.message(bytes(mail), build.settings({"address": "x@y.example"})).automatic


def test_parts_are_where_clients_look_for_them() -> None:
    mail = rendered(
        html=HTML, files=(PICTURE, build.file("发票（二）.pdf", b"%PDF")), quoted=QUOTED
    )
    assert mail.get_content_type() == "multipart/mixed"
    page = mail.get_body(("html",))
    assert page is not None
    shown = page.get_content()
    assert "<b>处理</b>" in shown
    assert "script" not in shown
    assert 'src="cid:pic@x"' in shown
    assert "gone@x" not in shown
    assert "t.example" not in shown
    assert 'type="cite"' in shown
    plain = mail.get_body(("plain",))
    assert plain is not None
    assert plain.get_content().rstrip().endswith("> Where is it?")
    (file,) = list(mail.iter_attachments())
    assert (file.get_filename(), file.get_content()) == ("发票（二）.pdf", b"%PDF")
    picture = next(part for part in mail.walk() if part["Content-ID"] == "<pic@x>")
    assert picture.get_filename() == "图.png"


def test_an_answer_to_our_answer_folds_back() -> None:
    ours = rendered(quoted=QUOTED).get_body(("plain",))
    assert ours is not None
    assert quotes.split(ours.get_content()).text == "您好，已经为您处理。"


@pytest.mark.parametrize(
    "changes",
    [
        {"subject": "x\r\nBcc: evil@x.example"},
        {"subject": "x\u2028Bcc: evil@x.example\x00"},
        {"to": (Address("li@customer.example", "x\r\nBcc: evil@x.example"),)},
        {"in_reply_to": "a@x>\r\nBcc: <evil@x.example"},
        {"references": ("a@x\nBcc: evil@x.example",)},
        {"author_name": "x\nBcc: evil@x.example"},
        {"files": (build.file("a\r\nBcc: evil@x.example\r\n.pdf", b"x"),)},
        {"files": (build.file("a.pdf", b"x", "text/x\r\nBcc: evil@x.example"),)},
    ],
)
def test_no_field_can_be_smuggled_in(changes: dict[str, Any]) -> None:
    raw = connector.render(Settings(address="support@brand.example"), build.outgoing(**changes))
    assert b"\nBcc" not in raw
    mail = read(raw)
    assert mail["Bcc"] is None
    assert all(part["Bcc"] is None for part in mail.walk())


@pytest.mark.parametrize(
    "address", ["a@b.example\r\nRCPT TO:<x@y>", "a b@c.example", "<a@b>", "a", "", "a@b@c d"]
)
async def test_a_bad_address_fails_before_any_connection(address: str) -> None:
    receipt = await connector.send(build.OUR, build.outgoing(to=(Address(address),)), build.Host())
    assert receipt.state is DeliveryState.FAILED
    assert receipt.retry_after is None


def test_international_addresses() -> None:
    mail = rendered(to=(Address("li@例子.example", "李雷"), Address("用户@customer.example")))
    assert mail["To"].addresses[0].addr_spec == "li@xn--fsqu00a.example"
    assert (
        "用户@customer.example"
        in connector.render(
            build.OUR, build.outgoing(to=(Address("用户@customer.example"),))
        ).decode()
    )


def test_the_identity_of_the_brand_answers() -> None:
    ours = Settings(
        address="support@brand.example", name="Brand",
        aliases=(Alias("care@other.example", "Other Care", "Other"),),
    )  # fmt: skip
    mail = rendered(ours, brand_name="Other")
    assert str(mail["From"]) == "Other Care <care@other.example>"
    assert mail["Reply-To"].addresses[0].addr_spec.endswith("@other.example")
    assert str(rendered(ours, brand_name="Brand")["From"]) == "Brand <support@brand.example>"
    assert str(rendered(ours, meta={"from": "care@other.example"})["From"]).endswith(
        "<care@other.example>"
    )
    assert str(rendered(ours, meta={"from": "ceo@bank.example"})["From"]).endswith(
        "<support@brand.example>"
    )


def test_long_things_are_folded() -> None:
    ids = tuple(f"{'x' * 90}{number}@mail.example" for number in range(60))
    people = tuple(
        Address(f"person{number}@customer.example", f"名字 {number}") for number in range(60)
    )
    raw = connector.render(
        build.OUR,
        build.outgoing(references=ids, to=people, subject="很长的主题" * 60, text="很长" * 5_000),
    )
    assert max(len(line) for line in raw.split(b"\r\n")) <= 998
    mail = read(raw)
    assert mail["Subject"].replace(" ", "") == "Re:" + "很长的主题" * 60
    assert len(mail["To"].addresses) == 60
    assert mail["References"].split()[0] == f"<{ids[0]}>"
    assert mail["References"].split()[-1] == "<q1@customer.example>"


def test_dots_and_from_lines_survive() -> None:
    body = rendered(text=".\n..x\nFrom me\n.").get_body(("plain",))
    assert body is not None
    assert body.get_content().splitlines() == [".", "..x", "From me", "."]


def test_a_note_cannot_be_rendered() -> None:
    # mypy refuses it too; this is what happens when somebody silences mypy.
    with pytest.raises(TypeError):
        connector.render(build.OUR, {"body": "internal"})  # type: ignore[arg-type]  # on purpose
