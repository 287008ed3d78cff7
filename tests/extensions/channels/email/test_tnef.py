"""winmail.dat: streams written here by the published structure, judged also by another reader."""

from __future__ import annotations

import struct
import zlib

import pytest
from tnefparse import TNEF

from tests.extensions.channels.email import build
from yizhan.extensions.channels.email import rtf, tnef

PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)
RTF = (
    b"{\\rtf1\\ansi\\ansicpg936\\deff0{\\fonttbl{\\f0\\fnil\\fcharset134 SimSun;}}\r\n"
    b"\\pard\\f0 \\'c4\\'fa\\'ba\\'c3\\par second \\b line\\b0\\par \\u22909?\\u-10179?\\u-8704?\\par}"
)
WRAPPED = (
    b"{\\rtf1\\ansi\\ansicpg936\\fromhtml1 \\deff0{\\fonttbl{\\f0\\fcharset134 SimSun;}}"
    b"{\\*\\htmltag64 <p>}\\htmlrtf \\par\\htmlrtf0 "
    b"{\\*\\htmltag84 <b>}\\htmlrtf {\\b \\htmlrtf0 \\'c4\\'fa\\'ba\\'c3"
    b"{\\*\\htmltag92 </b>}\\htmlrtf }\\htmlrtf0 {\\*\\htmltag72 </p>}}"
)


def attribute(level: int, name: int, value: bytes) -> bytes:
    return (
        struct.pack("<BII", level, name, len(value))
        + value
        + struct.pack("<H", sum(value) & 0xFFFF)
    )


def prop(kind: int, tag: int, value: bytes) -> bytes:
    padded = value + b"\0" * (-len(value) % 4)
    return struct.pack("<HHII", kind, tag, 1, len(value)) + padded


def props(*many: bytes) -> bytes:
    return struct.pack("<I", len(many)) + b"".join(many)


def stored(source: bytes) -> bytes:
    return struct.pack("<IIII", len(source) + 12, len(source), 0x414C454D, 0) + source


def compressed(source: bytes) -> bytes:
    """LZFu with literals only, and one reference into the initial dictionary at the start."""
    out = bytearray()
    rest = source
    flags_at, count = 0, 8
    first = b"{\\rtf1\\ansi"
    tokens: list[bytes] = []
    if rest.startswith(first):
        tokens.append(struct.pack(">H", 0 << 4 | len(first) - 2))
        rest = rest[len(first) :]
    tokens += [bytes([byte]) for byte in rest]
    end = (207 + len(source)) % 4096
    tokens.append(struct.pack(">H", end << 4))
    for token in tokens:
        if count == 8:
            flags_at, count = len(out), 0
            out.append(0)
        out[flags_at] |= (len(token) == 2) << count
        out += token
        count += 1
    return struct.pack("<IIII", len(out) + 12, len(source), 0x75465A4C, zlib.crc32(out)) + bytes(
        out
    )


def stream(*body: bytes) -> bytes:
    head = struct.pack("<IH", tnef.SIGNATURE, 1)
    version = attribute(1, 0x00089006, struct.pack("<I", 0x00010000))
    codepage = attribute(1, 0x00069007, struct.pack("<II", 936, 0))
    return head + version + codepage + b"".join(body)


def attachment(name: str, content: bytes, *more: bytes) -> bytes:
    return (
        attribute(2, 0x00069002, bytes(14))
        + attribute(2, 0x00018010, name.encode("gb18030")[:8] + b"\0")
        + attribute(2, 0x0006800F, content)
        + attribute(
            2, 0x00069005, props(prop(0x1F, 0x3707, (name + "\0").encode("utf-16-le")), *more)
        )
    )


FULL = stream(
    attribute(1, 0x00069003, props(prop(0x0102, 0x1009, compressed(RTF)))),
    attachment("报价单 2026.pdf", b"%PDF-1.7 x"),
    attachment("logo.png", PNG, prop(0x1F, 0x3712, "logo@x\0".encode("utf-16-le"))),
)


def test_another_reader_agrees() -> None:
    other = TNEF(FULL)
    ours = tnef.parse(FULL)
    assert [item.data for item in other.attachments] == [item.content for item in ours.attachments]
    assert ours.text == "您好\nsecond line\n好😀"
    assert [item.name for item in ours.attachments] == ["报价单 2026.pdf", "logo.png"]
    assert ours.attachments[1].content_id == "logo@x"


@pytest.mark.parametrize("pack", [stored, compressed])
@pytest.mark.parametrize("source", [RTF, WRAPPED, b"{\\rtf1 " + b"long " * 3_000 + b"}"])
def test_rtf_is_unpacked(pack: object, source: bytes) -> None:
    packed = stored(source) if pack is stored else compressed(source)
    assert rtf.decompress(packed) == source
    assert (
        rtf.decompress(packed[: len(packed) // 2])
        == source[: len(rtf.decompress(packed[: len(packed) // 2]))]
    )


def test_html_comes_out_of_its_wrapping() -> None:
    assert rtf.to_html(WRAPPED) == "<p><b>您好</b></p>"
    assert rtf.to_html(RTF) is None


def test_a_mail_with_winmail_reads_like_any_other() -> None:
    raw = build.mail(FULL, kind='application/ms-tnef; name="winmail.dat"')
    seen = build.message(raw)
    assert seen.text == "您好\nsecond line\n好😀"
    assert [file.name for file in seen.files] == ["报价单 2026.pdf", "logo.png"]
    assert [file.content_type for file in seen.files] == ["application/pdf", "image/png"]
    wrapped = stream(attribute(1, 0x00069003, props(prop(0x0102, 0x1009, compressed(WRAPPED)))))
    seen = build.message(build.mail(wrapped, kind='application/octet-stream; name="winmail.dat"'))
    assert (seen.text, seen.html) == ("您好", "<p><b>您好</b></p>")


def test_plain_and_html_bodies() -> None:
    body = stream(attribute(1, 0x0002800C, "正文\0".encode("gb18030")))
    assert tnef.parse(body).text == "正文"
    page = stream(attribute(1, 0x00069003, props(prop(0x0102, 0x1013, "<p>页面</p>".encode()))))
    assert tnef.parse(page).html == "<p>页面</p>"


def test_what_is_no_tnef_stays_a_file() -> None:
    seen = build.message(build.mail("not at all", kind='application/ms-tnef; name="winmail.dat"'))
    assert [(file.name, file.content) for file in seen.files] == [("winmail.dat", b"not at all")]


@pytest.mark.parametrize("cut", range(0, len(FULL), 37))
def test_a_cut_stream_gives_what_it_can(cut: int) -> None:
    if cut >= 6:
        tnef.parse(FULL[:cut])
