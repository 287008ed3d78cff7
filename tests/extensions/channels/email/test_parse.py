"""From raw bytes to what an agent reads: charsets, structure, files, broken mail."""

from __future__ import annotations

import base64
import email.header

import pytest

from tests.extensions.channels.email import build
from yizhan.domains.channels.contract import Ignored, IncomingMessage, Quarantined
from yizhan.extensions.channels.email import charset, connector, envelope, html, tree

MIXED = 'multipart/mixed; boundary="b"'


def part(kind: str, body: bytes, *fields: str) -> bytes:
    head = "\r\n".join([f"Content-Type: {kind}", *fields])
    return b"--b\r\n" + head.encode() + b"\r\n\r\n" + body + b"\r\n"


def mixed(*parts: bytes, kind: str = MIXED) -> bytes:
    return build.mail(b"".join(parts) + b"--b--\r\n", kind=kind)


def file_part(name: str, content: bytes = b"data", kind: str = "application/pdf") -> bytes:
    return part(
        kind, base64.b64encode(content), f"Content-Disposition: attachment; {name}",
        "Content-Transfer-Encoding: base64",
    )  # fmt: skip


CHARSETS = [
    ("gb2312", "gb18030", "朱镕基总理，堃囍㐂"),
    ("GB_2312-80", "gbk", "订单什么时候发货？"),
    ("gbk", "gb18030", "表情😀和生僻字𠮷"),
    ("big5", "big5hkscs", "請問訂單何時出貨？"),
    ("iso-2022-jp", "iso2022_jp", "注文について質問があります"),
    ("shift_jis", "cp932", "注文①について"),
    ("euc-kr", "cp949", "주문 문의드립니다"),
    ("iso-8859-1", "cp1252", "Grüße – “quoted” €"),
    ("windows-1251", "cp1251", "Где мой заказ?"),
    ("koi8-r", "koi8-r", "Где мой заказ?"),
    ("utf-7", "utf-7", "你好 from an old program"),
    ("utf-16", "utf-16", "十六位编码"),
    ("hz-gb-2312", "hz", "汉字编码测试"),
    ("us-ascii", "utf-8", "说是 ASCII，其实不是"),
    ("iso-8859-1", "utf-8", "说是拉丁，其实是 UTF-8"),
    ("gb2312", "utf-8", "说是国标，其实是 UTF-8 编码"),
    ("utf-8", "gb18030", "说是 UTF-8，其实是国标编码的邮件正文"),
    ("x-unknown-charset", "gb18030", "不认识的编码名称，但是能猜到内容"),
    ("", "gb18030", "没有写编码，这是一封普通的中文邮件，请尽快处理"),
    ("", "utf-8", "没有写编码的 UTF-8"),
    ("", "big5", "沒有寫編碼，這是一封普通的繁體中文郵件，請儘快處理"),
    ("", "cp932", "文字コードの指定がないメールです。よろしくお願いします。"),
]


@pytest.mark.parametrize(("label", "codec", "text"), CHARSETS)
def test_every_charset_is_read(label: str, codec: str, text: str) -> None:
    kind = f"text/plain; charset={label}" if label else "text/plain"
    assert build.message(build.mail(text.encode(codec), kind=kind)).text == text


@pytest.mark.parametrize("encoding", ["base64", "quoted-printable", "8bit", "BASE64 ", "unknown"])
def test_transfer_encodings(encoding: str) -> None:
    text = "订单 = 一百个 =E4 行末\r\n.第二行".encode()
    bodies = {
        "base64": base64.encodebytes(text), "BASE64 ": base64.b64encode(text)[:-2],
        "quoted-printable": text.replace(b"=", b"=3D"),
    }  # fmt: skip
    raw = build.mail(bodies.get(encoding, text), Content_Transfer_Encoding=encoding)
    assert build.message(raw).text.startswith("订单 = 一百个 =E4 行末")


SUBJECTS = [
    (email.header.Header("订单号 12345 的问题，这个主题很长很长，需要折行才能放得下", "utf-8").encode(),
     "订单号 12345 的问题，这个主题很长很长，需要折行才能放得下"),
    (email.header.Header("關於訂單", "big5").encode(), "關於訂單"),
    ("=?utf-8?B?6K6i5Y2V?= =?utf-8?B?5Y+3?= 123", "订单号 123"),
    # One character cut in two words, as several mailers do.
    ("=?utf-8?B?6K6i5Q==?= =?utf-8?B?jZU=?=", "订单"),
    ("=?GB2312?B?1uzpRrv5?=", "朱镕基"),
    ("=?utf-8?Q?=E8=AE=A2=E5=8D=95_no=2E_1?=", "订单 no. 1"),
    ("=?UTF-8*zh-CN?B?6K6i5Y2V?=", "订单"),
    ("=?utf-8?B?6K6i 5Y2V?=", "订单"),
    ("=?utf-8?B?6K6i5Y2V", "=?utf-8?B?6K6i5Y2V"),
    ("raw 订单", "raw 订单"),
    ("Re: =?nonsense?B?6K6i5Y2V?=", "Re: 订单"),
]  # fmt: skip


@pytest.mark.parametrize(("raw", "text"), SUBJECTS)
def test_subjects(raw: str, text: str) -> None:
    assert build.message(build.mail(Subject=raw)).subject == text


def test_raw_gb18030_in_a_header() -> None:
    raw = build.mail(Subject="X").replace(
        b"Subject: X", "Subject: 退货申请，请尽快".encode("gb18030")
    )
    assert build.message(raw).subject == "退货申请，请尽快"


NAMES = [
    ('filename="report.pdf"', "report.pdf"),
    ("filename*=utf-8''%E5%8F%91%E7%A5%A8.pdf", "发票.pdf"),
    ("filename*0*=utf-8''%E5%8F%91;\r\n filename*1*=%E7%A5%A8;\r\n filename*2=.pdf", "发票.pdf"),
    ("filename*=gb2312''%B7%A2%C6%B1.pdf", "发票.pdf"),
    ('filename="=?utf-8?B?5Y+R56Wo?=.pdf"', "发票.pdf"),
    ('filename="=?gbk?B?t6LGsS5wZGY=?="', "发票.pdf"),
    ('filename="发票.pdf"', "发票.pdf"),
    ('filename="../../etc/passwd"', "_.._etc_passwd"),
    ('filename="C:\\\\x\\\\a.pdf"', "C__x_a.pdf"),
    ('filename=".htaccess"', "htaccess"),
    ('filename="a\u202efdp.exe"', "a_fdp.exe"),
    ('filename="a;b.pdf"', "a;b.pdf"),
    ('filename=""', "attachment-1.pdf"),
]


@pytest.mark.parametrize(("raw", "name"), NAMES)
def test_file_names(raw: str, name: str) -> None:
    (file,) = build.message(mixed(file_part(raw))).files
    assert (file.name, file.content) == (name, b"data")


def test_alternative_with_inline_image() -> None:
    related = (
        b"--a\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nsee\r\n--a\r\n"
        b'Content-Type: multipart/related; boundary="r"\r\n\r\n'
        b"--r\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
        b'<p>see <img src="cid:pic@x"><img src="https://t.example/p.gif"></p>\r\n'
        b"--r\r\nContent-Type: image/png; name=p.png\r\nContent-ID: <pic@x>\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--r--\r\n--a--\r\n"
    )
    seen = build.message(build.mail(related, kind='multipart/alternative; boundary="a"'))
    assert seen.text == "see"
    assert seen.html is not None
    assert 'src="cid:pic@x"' in seen.html
    assert 'data-src="https://t.example/p.gif"' in seen.html
    assert ' src="https' not in seen.html
    (file,) = seen.files
    assert (file.name, file.inline, file.content_id) == ("p.png", True, "pic@x")


def test_inline_image_by_location_name_or_in_the_page() -> None:
    seen = build.message(
        mixed(
            part("text/html", b'<img src="images/one.png"><img src="two.png">'
                 b'<img src="data:image/png;base64,iVBORw0KGgo=">'),
            part("image/png", b"1", "Content-Location: images/one.png"),
            part("image/png; name=two.png", b"2"),
            part("image/png; name=three.png", b"3"),
            kind='multipart/related; boundary="b"',
        )
    )  # fmt: skip
    assert seen.html is not None
    assert seen.html.count('src="cid:') == 3
    assert [file.inline for file in seen.files] == [True, True, False, True]
    assert seen.files[2].name == "three.png"


def test_text_and_html_parts_one_after_the_other() -> None:
    seen = build.message(
        mixed(
            part("text/plain", b"first"),
            file_part("filename=a.pdf"),
            part("text/html", b"<b>last</b>"),
        )
    )
    assert seen.text == "first\n\nlast"
    assert seen.html == "<div><div>first</div></div><div><b>last</b></div>"


def test_html_alone_becomes_readable_text() -> None:
    page = "<style>p{}</style><h1>Hi</h1><p>one<br>two</p><ul><li>a</li><li>b</li></ul>"
    page += "<table><tr><td>x</td><td>y</td></tr></table>"
    seen = build.message(build.mail(page, kind="text/html"))
    assert seen.text == "Hi\n\none\ntwo\n\n- a\n- b\nx  y"


def test_flowed_text_is_joined() -> None:
    raw = build.mail(
        "a long \r\nline\r\n> quoted \r\n> text\r\n-- \r\nLi", kind="text/plain; format=flowed"
    )
    assert build.message(raw).text == "a long line\n> quoted text\n--\nLi"


def test_a_forwarded_mail_is_a_file() -> None:
    inner = build.mail("inner text", Subject="Original order", Message_ID="<inner@x>")
    seen = build.message(mixed(part("text/plain", b"see below"), part("message/rfc822", inner)))
    assert seen.text == "see below"
    assert seen.external_id == "q1@customer.example"
    (file,) = seen.files
    assert (file.name, file.content_type, file.content) == (
        "Original order.eml",
        "message/rfc822",
        inner,
    )


def test_an_invitation_is_readable_and_attached() -> None:
    invite = (
        "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nSUMMARY:产品演示\\, 二期\r\n"
        "DTSTART;TZID=Asia/Shanghai:20261203T100000\r\nDTEND;TZID=Asia/Shanghai:20261203T110000\r\n"
        "LOCATION:会议室 3\r\nORGANIZER;CN=李雷:mailto:li@customer.example\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    seen = build.message(build.mail(invite, kind="text/calendar; method=REQUEST; charset=utf-8"))
    assert seen.text == (
        "📅 产品演示, 二期\n🕒 2026-12-03 10:00 – 11:00 (Asia/Shanghai)\n📍 会议室 3\n👤 李雷 <li@customer.example>"
    )
    assert [file.name for file in seen.files] == ["invite.ics"]


def test_signed_and_encrypted_parts_stay() -> None:
    signed = mixed(
        part("text/plain", b"signed text"),
        part("application/pkcs7-signature; name=smime.p7s", b"sig"),
        kind='multipart/signed; protocol="application/pkcs7-signature"; boundary="b"',
    )
    seen = build.message(signed)
    assert (seen.text, [file.name for file in seen.files]) == ("signed text", ["smime.p7s"])
    sealed = mixed(
        part("application/pgp-encrypted", b"Version: 1"),
        part("application/octet-stream; name=encrypted.asc", b"-----BEGIN PGP MESSAGE-----"),
        kind='multipart/encrypted; boundary="b"',
    )
    assert len(build.message(sealed).files) == 2


def test_thread_and_identity_come_from_the_right_fields() -> None:
    raw = build.mail(
        From='"李雷, 采购" <Li@Customer.Example>', To="Brand <support+t.1a.bcdefgh@brand.example>, x@y.z",
        Cc="undisclosed-recipients:;", Reply_To="vip@bank.example", Subject="[#1001] hello",
        In_Reply_To="<b@x>", References="<root@x> <a@x>\r\n <b@x>",
    )  # fmt: skip
    seen = build.message(raw)
    (identity,) = seen.sender
    assert (identity.value, identity.strength, identity.verified) == (
        "Li@customer.example",
        1,
        False,
    )
    assert seen.sender_name == "李雷, 采购"
    assert seen.reply_to is not None
    assert seen.thread.tokens == ("1a.bcdefgh",)
    assert seen.thread.message_ids == ("b@x", "a@x", "root@x")
    assert [one.address for one in seen.to] == ["support+t.1a.bcdefgh@brand.example", "x@y.z"]
    assert seen.cc == ()


def test_a_mail_without_id_gets_a_stable_one() -> None:
    raw = build.mail(Message_ID="")
    first, again = build.message(raw), build.message(b"Received: by x\r\n" + raw)
    assert first.external_id == again.external_id
    assert build.message(build.mail("other", Message_ID="")).external_id != first.external_id


def test_one_mail_has_one_key_however_it_came() -> None:
    raw = build.mail("same")
    key = envelope.dedupe_key(raw)
    for variant in (
        b"Received: from a\r\nDelivered-To: help@brand.example\r\n" + raw,
        raw.replace(b"\r\n", b"\n"),
        b"From li@customer.example Sun Nov 22 10:00:00 2026\n" + raw,
        raw + b"\r\n",
        raw.replace(b"To: support@brand.example", b"To: support@brand.example\r\nX-Spam: no"),
    ):
        assert envelope.dedupe_key(variant) == key
    assert envelope.dedupe_key(build.mail("other")) != key


BROKEN: dict[str, tuple[bytes, type[object]]] = {
    "empty": (b"", Ignored),
    "spaces": (b" \r\n\r\n ", Ignored),
    "no header": (b"\x89PNG\r\n\x1a\n\x00\x00", Quarantined),
    "no sender": (build.mail(From=""), Quarantined),
    "sender without address": (build.mail(From="just a name"), Quarantined),
    "header only": (b"From: a@b.example\r\nSubject: x", IncomingMessage),
    "no boundary": (build.mail("text", kind="multipart/mixed"), IncomingMessage),
    "wrong boundary": (build.mail("text", kind="multipart/mixed; boundary=zz"), IncomingMessage),
    "never closed": (mixed(part("text/plain", b"text"))[:-8], IncomingMessage),
    "nul": (build.mail(b"a\x00b"), IncomingMessage),
    "two senders": (build.mail(From="a@b.example, c@d.example"), IncomingMessage),
    "nonsense type": (build.mail(kind="///;;;=\x01"), IncomingMessage),
    "cut base64": (build.mail("6K6i5Y2", Content_Transfer_Encoding="base64"), IncomingMessage),
    "spam": (build.mail(X_Spam_Flag="YES"), Quarantined),
    "loop": (b"Received: x\r\n" * 80 + build.mail(), Quarantined),
    "date of another world": (build.mail(Date="Foo, 99 Bar 99999 99:99"), IncomingMessage),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_mail_ends_somewhere(name: str) -> None:
    raw, kind = BROKEN[name]
    (event,) = build.events(raw)
    assert isinstance(event, kind), event
    if isinstance(event, IncomingMessage):
        assert "\x00" not in event.text


def test_a_released_mail_is_let_through() -> None:
    deep = b"".join(
        b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n' for _ in range(10_000)
    )
    raw = b"From: li@customer.example\r\nMIME-Version: 1.0\r\n" + deep
    (event,) = build.events(raw)
    assert event == Quarantined("too_complex", "li@customer.example: ")
    seen = build.message(raw, released=True)
    assert seen.files[0].content == raw
    assert build.message(build.mail(X_Spam_Flag="YES"), released=True).text == "你好"


def test_the_sender_is_proven_only_by_our_own_server() -> None:
    ours = build.settings(
        {"address": "support@brand.example", "trusted_authserv_id": "mx.brand.example"}
    )
    passed = "Authentication-Results: mx.brand.example; dmarc=pass header.from=customer.example\r\n"
    failed = "Authentication-Results: mx.brand.example; dmarc=fail header.from=customer.example\r\n"
    other = "Authentication-Results: evil.example; dmarc=pass header.from=customer.example\r\n"
    foreign = "Authentication-Results: mx.brand.example; dmarc=pass header.from=evil.example\r\n"
    hop = "Received: from sender by mx.brand.example\r\n"

    def verdict(head: str) -> tuple[str, int]:
        seen = build.message(head.encode() + build.mail(), ours)
        return seen.sender_verdict, seen.sender[0].strength

    assert verdict(passed + hop) == ("pass", 3)
    assert verdict(failed + hop) == ("fail", 1)
    assert verdict(other + hop) == ("none", 1)
    assert verdict(foreign + hop) == ("none", 1)
    # A result that the sender wrote stands below the first hop.
    assert verdict(failed + hop + passed) == ("fail", 1)
    assert build.message(passed.encode() + build.mail()).sender_verdict == "none"
    double = passed.encode() + b"From: ceo@customer.example\r\n" + build.mail()
    assert build.message(double, ours).sender_verdict == "none"


XSS = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>",
    '<a href="javascript:alert(1)">x</a>', '<a href="&#106;avascript:alert(1)">x</a>',
    '<iframe src="https://x"></iframe>', "<math><mtext><img src=1 onerror=alert(1)>",
    '<div style="background:url(https://x/y)">x</div>', '<form action="https://x"><input></form>',
    '<base href="https://x">', '<meta http-equiv=refresh content="0;url=https://x">',
    '<link rel=stylesheet href="https://x">', "<style>@import 'https://x'</style>",
    '<video src="https://x"></video>', '<img srcset="https://x 2x">', '<object data="https://x"></object>',
    '<img src="data:text/html,<script>alert(1)</script>">',
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    '<a href="vbscript:x">x</a>', '<div style="position:fixed;top:0">x</div>', "<plaintext><b>",
    '<img data-src="javascript:1" src="https://x/p">', "<template><script>1</script></template>",
    '<svg><style><img src=x onerror=alert(1)></style></svg>', '<p id="x" class="y" name="z">k</p>',
]  # fmt: skip


@pytest.mark.parametrize("source", XSS)
def test_nothing_in_a_mail_runs_or_calls_home(source: str) -> None:
    shown = build.message(build.mail(source + "<p>end</p>", kind="text/html")).html or ""
    again = html.parse(shown)
    for node in again.walk():
        assert node.tag in {"", "div", "a", "img", "p", "b", "span"}, node.tag
        for name, value in node.attrs.items():
            assert not name.startswith("on")
            assert name in {"href", "src", "data-src", "style", "title", "rel", "target"}, name
            assert "url(" not in value
            assert "position" not in value
            assert not value.lower().startswith(("javascript", "vbscript", "data:"))
            assert not (name == "src" and value.startswith("http"))
    assert "<script" not in shown


def test_hidden_text_is_not_shown() -> None:
    page = '<div style="display:none">secret</div><p>open</p>'
    seen = build.message(build.mail(page, kind="text/html"))
    assert (seen.text, "secret" in (seen.html or "")) == ("open", False)


def test_text_keeps_no_control_characters_from_names() -> None:
    seen = build.message(build.mail(From='"a\u202egpj.\u200bexe" <x@y.example>'))
    assert seen.sender_name == "a gpj. exe"


def test_guess_reads_small_samples() -> None:
    assert charset.decode("联通".encode("gb18030"), "gb2312") == "联通"
    assert charset.decode("退款".encode("gb18030"), None) == "退款"
    assert charset.decode("naïve café".encode("cp1252"), None) == "naïve café"


def test_tree_survives_depth() -> None:
    root = tree.parse("<div>" * 5_000 + "x" + "</div>" * 5_000)
    assert tree.text(root) == "x"
    assert "x" in tree.serialise(root)


def test_connector_item_carries_the_key() -> None:
    raw = build.mail()
    item = connector.item(raw)
    assert item.dedupe_key == envelope.dedupe_key(raw)
    assert item.body == raw
    assert len(item.dedupe_key) < 100
