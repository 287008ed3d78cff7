"""Zammad CVE-2018-1000154, OTRS CVE-2014-1695 (scripts in mails), FreeScout CVE-2026-32754 (in what was sent
out), Chatwoot CVE-2021-3741. What a browser makes of it is looked at in ``tests/e2e/test_hostile_mail.py``."""

from __future__ import annotations

import html.parser
import re
from collections.abc import Callable

import pytest

from tests.domains.channels import fakes, mails
from tests.domains.portal import test_portal as pages
from tests.extensions.channels.email import build
from tests.security.payloads import PAYLOADS, TEXTS
from tests.support.desk import Desk
from yizhan.domains.automation.service import rich
from yizhan.domains.channels.contract import Address
from yizhan.domains.knowledge import content
from yizhan.extensions.channels.email import connector
from yizhan.extensions.channels.email import html as mailed

TAGS = {
    "a", "abbr", "address", "article", "aside", "b", "big", "blockquote", "br", "caption", "center", "code", "col",
    "colgroup", "dd", "del", "details", "div", "dl", "dt", "em", "figcaption", "figure", "font", "footer", "h1", "h2",
    "h3", "h4", "h5", "h6", "header", "hr", "i", "img", "ins", "kbd", "li", "main", "mark", "nav", "ol", "p", "pre",
    "q", "rp", "rt", "ruby", "s", "samp", "section", "small", "span", "strike", "strong", "sub", "summary", "sup",
    "table", "tbody", "td", "tfoot", "th", "thead", "tr", "tt", "u", "ul", "wbr",
}  # fmt: skip
ATTRIBUTES = {
    "align", "alt", "bgcolor", "border", "cellpadding", "cellspacing", "color", "colspan", "data-src", "dir", "height",
    "href", "lang", "rel", "rowspan", "scope", "src", "start", "style", "target", "title", "type", "valign", "value",
    "width",
}  # fmt: skip
LINK = re.compile(r"(?:https?://|mailto:|tel:|#|/help/)", re.IGNORECASE)


class Reader(html.parser.HTMLParser):
    """Says what is wrong with markup that should be clean; another parser than the one that cleaned it."""

    def __init__(self, *, pictures: tuple[str, ...]) -> None:
        super().__init__(convert_charrefs=True)
        self.pictures = pictures
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.wrong.append(tag)
        for name, given in attrs:
            value = (given or "").strip()
            if name not in ATTRIBUTES:
                self.wrong.append(f"{tag} {name}")
            if name == "href" and not LINK.match(value):
                self.wrong.append(f"{tag} href={value}")
            if name == "src" and not value.startswith(self.pictures):
                self.wrong.append(f"{tag} src={value}")
            if name == "style" and re.search(
                r"url|expression|import|image|position|\\|/\*", value, re.IGNORECASE
            ):
                self.wrong.append(f"{tag} style={value}")

    def handle_comment(self, data: str) -> None:
        self.wrong.append(f"comment {data}")

    def handle_decl(self, decl: str) -> None:
        self.wrong.append(f"declaration {decl}")

    def handle_pi(self, data: str) -> None:
        self.wrong.append(f"instruction {data}")


def faults(markup: str, *, pictures: tuple[str, ...] = ("cid:",)) -> list[str]:
    reader = Reader(pictures=pictures)
    reader.feed(markup)
    reader.close()
    return reader.wrong


def shown(payload: str) -> str:
    """What is kept of a mail: the shown part and the quote."""
    found = build.message(build.mail(payload + "<p>end</p>", kind="text/html; charset=utf-8"))
    return f"{found.html or ''}{found.quoted_html or ''}"


def sent(payload: str) -> str:
    """What a customer's mail program gets of an answer with such markup."""
    answer = build.outgoing(html=f"<p>Hello</p>{payload}", quoted=("On Monday", payload))
    raw = connector.render(build.OUR, answer)
    return build.message(raw.replace(b"X-Yizhan-Loop", b"X-Other"), build.settings(
        {"address": "other@else.example"})).html or ""  # fmt: skip


WAYS: dict[str, tuple[Callable[[str], str], tuple[str, ...]]] = {
    "mail": (shown, ("cid:",)),
    "answer": (lambda one: mailed.outgoing(mailed.parse(one)), ("cid:", "http://", "https://")),
    "article": (content.clean, (content.FILES,)),
    "macro": (rich.clean, ()),
}


def test_there_are_enough_and_the_reader_sees_them() -> None:
    assert len(set(PAYLOADS)) >= 200
    assert sum(1 for one in PAYLOADS if faults(one)) >= 180


@pytest.mark.parametrize("way", WAYS)
def test_nothing_is_left_of_any_payload(way: str) -> None:
    clean, pictures = WAYS[way]
    found = {one: wrong for one in PAYLOADS if (wrong := faults(clean(one), pictures=pictures))}
    assert found == {}


@pytest.mark.parametrize("way", WAYS)
def test_cleaning_again_changes_nothing(way: str) -> None:
    """What a second reading would make of it is what the first one made."""
    clean, pictures = WAYS[way]
    for one in PAYLOADS:
        once = clean(f"<div>{one}</div>")
        assert faults(clean(once), pictures=pictures) == []


def test_no_header_of_ours_is_written_by_a_customer() -> None:
    for text in (
        *TEXTS,
        "a\r\nBcc: eve@evil.test",
        "a\nSubject: b",
        "a\r\n\r\n<script>",
        "=?utf-8?q?a=0ABcc:_e@e?=",
    ):
        raw = connector.render(
            build.OUR,
            build.outgoing(
                subject=text, author_name=text, brand_name=text, to=(Address("a@b.example", text),)
            ),
        )
        head = raw.partition(b"\r\n\r\n")[0].decode("utf-8", "replace")
        names = [
            line.partition(":")[0].lower()
            for line in head.splitlines()
            if line[:1] not in (" ", "\t")
        ]
        assert "bcc" not in names
        assert names.count("subject") == names.count("from") == names.count("to") == 1


async def test_subjects_names_and_files_are_words_on_the_customers_pages(desk: Desk) -> None:
    await pages.open_pages(desk)
    box = await mails.add_mailbox(desk)
    for text in TEXTS:
        clean = text.replace("\u2028", "")
        named = clean.replace(chr(34), chr(39))
        raw = build.mail(
            f"--b\r\nContent-Type: text/html\r\n\r\n<p>{clean}</p>\r\n--b\r\nContent-Type: image/svg+xml\r\n"
            f"Content-Disposition: attachment; filename=\"{named}.svg\"\r\n\r\n<svg/>\r\n--b--\r\n",
            kind="multipart/mixed; boundary=b", Subject=f"S {clean}", To="support@desk.test",
            From=f"{clean!r} <eve@evil.test>".replace("<svg", "svg").replace("<script", "script"),
            Message_ID=f"<{TEXTS.index(text)}@evil.test>",
        )  # fmt: skip
        await box.take(raw)
    rows = await fakes.tickets(desk)
    assert len(rows) == len(TEXTS)
    async with pages.browser(desk) as page:
        await pages.sign_in(desk, page, "eve@evil.test")
        looked = [(await page.get(f"{pages.HELP}/en/my")).text]
        looked += [(await page.get(f"{pages.HELP}/en/my/{row['number']}")).text for row in rows]
        refused = await page.get(f"{pages.HELP}/en/search", params={"q": TEXTS[0]})
        looked.append(refused.text)
    for text in looked:
        page_reader = Page()
        page_reader.feed(text)
        assert page_reader.wrong == []
    assert "hit()" in "".join(looked)  # it is there, as words


class Page(html.parser.HTMLParser):
    """Of a page of ours: elements and attributes that only a payload would bring."""

    def __init__(self) -> None:
        super().__init__()
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if (
                name.startswith("on")
                or "hit()" in name
                or (name in ("href", "src") and "hit()" in str(value))
            ):
                self.wrong.append(f"{tag} {name}={value}")

    def handle_data(self, data: str) -> None:
        if self.cdata_elem == "script" and "hit()" in data:
            self.wrong.append(data)
