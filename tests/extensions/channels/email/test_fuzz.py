"""No bytes make the parser raise, hang, or lose a mail."""

from __future__ import annotations

import random
import time
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.extensions.channels.email import build, test_machines, test_parse
from yizhan.domains.channels.contract import IncomingMessage
from yizhan.extensions.channels.email import charset, connector, html, quotes, rtf, tnef

# The acceptance bar for one mail; what is measured here is far below, also on a busy machine.
MOST_SECONDS = 10.0  # far above what any takes, far below what a quadratic rule would

_QUOTES = tomllib.loads((Path(__file__).parent / "quotes.toml").read_text("utf-8"))["case"]
_PIECES = [
    b"From: a@b.example\r\n", b"Subject: =?utf-8?B?", b"?=", b"Content-Type: multipart/mixed; boundary=b\r\n",
    b"Content-Type: text/html; charset=gb2312\r\n", b"Content-Transfer-Encoding: base64\r\n", b"\r\n\r\n",
    b"--b\r\n", b"--b--\r\n", b"<div style='", b"<blockquote type=cite>", b"&#x", b"> ", b"On ", b" wrote:",
    "写道：".encode(), "发件人：".encode("gb18030"), b"\x00", b"\xff\xfe", b"\x1b$B", b"filename*0*=", b"''%E4",
    b"Content-Type: message/rfc822\r\n", b"Content-Type: text/calendar\r\n", b"\x78\x9f\x3e\x22",
    b"Content-Type: application/ms-tnef\r\n", b"BEGIN:VEVENT\r\n", b"Message-ID: <", b"(", b'"', b"<", b";",
]  # fmt: skip


def check(raw: bytes) -> None:
    started = time.process_time()
    for event in build.events(raw):
        if isinstance(event, IncomingMessage):
            for text in (event.text, event.html or "", event.subject or "", event.sender_name):
                assert "\x00" not in text
                text.encode()  # no lone surrogates
            assert event.external_id
            assert all("/" not in file.name and file.name for file in event.files)
    assert time.process_time() - started < MOST_SECONDS


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(_PIECES) | st.binary(max_size=40), max_size=60))
def test_any_bytes(pieces: list[bytes]) -> None:
    check(b"".join(pieces))


@settings(max_examples=200, deadline=None)
@given(
    st.binary(max_size=300),
    st.sampled_from([None, "gb2312", "utf-7", "hz", "iso-2022-jp", "idna", "rot13"]),
)
def test_any_text_decodes(raw: bytes, label: str | None) -> None:
    charset.decode(raw, label).encode()


def seeds() -> list[bytes]:
    found = [build.mail(case["text"]) for case in _QUOTES if "text" in case]
    found += [build.mail(case["html"], kind="text/html") for case in _QUOTES if "html" in case]
    found += [raw for raw, _ in test_parse.BROKEN.values()]
    found.append(test_machines.report("Final-Recipient: rfc822; a@b.example\r\nAction: failed"))
    found.append(
        connector.render(build.OUR, build.outgoing(html="<p>x</p>", files=(build.file("a", b"x"),)))
    )
    return found


def mutate(raw: bytes, chance: random.Random) -> bytes:
    data = bytearray(raw)
    for _ in range(chance.randint(1, 12)):
        at = chance.randrange(len(data) + 1)
        match chance.randrange(5):
            case 0:
                data[at:at] = chance.choice(_PIECES)
            case 1:
                del data[at : at + chance.randint(1, 40)]
            case 2:
                data[at : at + 1] = bytes([chance.randrange(256)])
            case 3:
                data[at:at] = data[max(0, at - 60) : at] * chance.randint(1, 6)
            case _:
                data = data[:at] + bytearray(chance.randbytes(chance.randint(1, 8))) + data[at:]
    return bytes(data)


def test_two_thousand_mutated_mails() -> None:
    chance = random.Random(20261122)  # the same mails in every run
    corpus = seeds()
    for _ in range(2_000):
        check(mutate(chance.choice(corpus), chance))


_HEAD = b"From: a@b.example\r\n"
HUGE: dict[str, Callable[[], bytes]] = {
    "nested parts": lambda: _HEAD + b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n' * 10_000,
    "nested mails": lambda: _HEAD + b"Content-Type: message/rfc822\r\n\r\n" * 10_000,
    "many parts": lambda: _HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\nx\r\n" * 50_000,
    "many headers": lambda: _HEAD + b"X: y\r\n" * 200_000,
    "long header": lambda: _HEAD + b"Subject: " + b"=?utf-8?q?" * 100_000,
    "long address list": lambda: _HEAD + b"To: " + b'"a" <a@b.example>, (' * 50_000,
    "long references": lambda: _HEAD + b"References: " + b"<a@b> < " * 50_000,
    "folds": lambda: _HEAD + b"Subject: x\r\n" + b" y\r\n" * 100_000,
    "parameters": lambda: _HEAD + b"Content-Type: text/plain; " + b"a*0*=x;" * 50_000,
    "quote marks": lambda: build.mail(">" * 500_000),
    "quoted lines": lambda: build.mail("> a\r\n\r\nb\r\n" * 20_000),
    "introductions": lambda: build.mail("On x\r\n" * 50_000 + "wrote:"),
    "labels": lambda: build.mail("From: x\r\n" * 50_000),
    "rulers": lambda: build.mail("-" * 400_000),
    "one long line": lambda: build.mail("On " + "x " * 300_000 + "wrote:"),
    "open tags": lambda: build.mail("<font color=a>" * 100_000, kind="text/html"),
    "open blocks": lambda: build.mail("<div>" * 200_000, kind="text/html"),
    "tables": lambda: build.mail("<table><tr><td>" * 30_000, kind="text/html"),
    "ampersands": lambda: build.mail("&" * 900_000, kind="text/html"),
    "angles": lambda: build.mail("<" * 900_000, kind="text/html"),
    "quote elements": lambda: build.mail("<blockquote type=cite>x</blockquote>y" * 10_000, kind="text/html"),
    "siblings": lambda: build.mail("<p>x:</p>" * 20_000, kind="text/html"),
    "wrote siblings": lambda: build.mail("<div>On a@b.example wrote:</div><p></p>" * 5_000, kind="text/html"),
    "base64 padding": lambda: build.mail("=" * 500_000, Content_Transfer_Encoding="base64"),
    "calendar": lambda: build.mail("BEGIN:VEVENT\r\n" + "A;B:" * 200_000, kind="text/calendar"),
    "tnef": lambda: build.mail(b"\x78\x9f\x3e\x22" + b"\x01" * 900_000, kind="application/ms-tnef"),
    "empty": lambda: b"",
}  # fmt: skip


@pytest.mark.parametrize("name", HUGE)
def test_no_mail_takes_long(name: str) -> None:
    check(HUGE[name]())


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_any_tnef_and_rtf(raw: bytes) -> None:
    tnef.parse(b"\x78\x9f\x3e\x22\x00\x00" + raw)
    rtf.decompress(raw)
    rtf.to_text(b"{\\rtf1" + raw)
    rtf.to_html(b"{\\rtf1\\fromhtml1" + raw)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(["On x wrote:", "> a", "", "text", "-----Original Message-----", "From: a",
                                 "To: b", "Subject: c", "在2026年1月1日写道："]), max_size=14))  # fmt: skip
def test_folding_loses_no_line(lines: list[str]) -> None:
    source = "\n".join(lines)
    found = quotes.split(source)
    kept = sorted(line for line in (found.text + "\n" + found.quoted).split("\n") if line.strip())
    assert kept == sorted(line for line in lines if line.strip())


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=300))
def test_any_markup_comes_out_safe(markup: str) -> None:
    shown = html.show(html.parse(markup)) or ""
    assert "<script" not in shown.lower()
    assert (
        "javascript:" not in shown.lower()
        or "javascript:" in html.to_text(html.parse(shown)).lower()
    )
