"""Documents that are imported: what becomes of good ones, and that bad ones harm nobody."""

from __future__ import annotations

import io
import time
import zipfile
from typing import Any

import pytest

from tests.domains.knowledge import documents as made
from tests.support.desk import Desk, api_token, client
from yizhan.domains.knowledge.documents import __main__ as confined
from yizhan.domains.knowledge.documents.types import CannotRead, Parsed

EN = "en"


def read(name: str, raw: bytes) -> Parsed:
    """Within this process: for documents that are no danger to it."""
    return confined.read(name, raw)


def refusal(name: str, raw: bytes) -> str:
    with pytest.raises(CannotRead) as caught:
        read(name, raw)
    return caught.value.why


async def preview(desk: Desk, name: str, raw: bytes) -> Any:
    """As the API gives it."""
    return await desk.api.post("/api/v1/knowledge/documents", files={"data": (name, raw)})


# ------------------------------------------------------------------------------------ good ones


async def test_a_word_document_becomes_an_article_with_its_pictures(desk: Desk) -> None:
    body = (
        made.paragraph("Reset the speaker", "Heading1")
        + made.paragraph("Hold the key for five seconds.")
        + made.picture("rId1")
        + made.table(("Light", "Meaning"), ("Red", "Charging"))
    )
    raw = made.docx(
        body,
        relations=made.relation("rId1", "media/image1.png"),
        more={"word/media/image1.png": made.PIXEL},
    )
    found = (await preview(desk, "手册.docx", raw)).json()
    assert (found["kind"], found["title"]) == ("word", "Reset the speaker")
    assert (found["pictures"], found["notes"]) == (1, [])
    assert "<td>" in found["html"] or "<td><p>Red" in found["html"]
    src = found["html"].split('src="')[1].split('"')[0]
    picture = await desk.api.get(src)
    assert (picture.status_code, picture.content) == (200, made.PIXEL)
    article = {"locale": EN, "title": found["title"], "html": found["html"]}
    kept = await desk.api.post("/api/v1/knowledge/articles", json=article)
    assert kept.status_code == 201, kept.text
    assert src in kept.json()["contents"][0]["html"]


def test_pages_of_a_pdf_become_paragraphs_and_lists() -> None:
    head = "Hesonic manual"
    pages = [
        [head, "Setting up", "Put the speaker on a firm ground and connect the", "cable to it.",
         "- Red: charging", "- Green: full", "1"],
        [head, "Keep it dry.", "2"],
        [head, "Wipe it with a soft cloth.", "3"],
    ]  # fmt: skip
    found = read("manual.pdf", made.pdf(*pages))
    assert found.title == "Setting up"
    assert "ground and connect the cable to it." in found.html
    assert "<li>Red: charging</li>" in found.html
    assert head not in found.html
    assert found.notes == ["text_only"]


def test_chinese_lines_are_joined_without_spaces() -> None:
    lines = ["保修说明", "自购买之日起两年内非人为损坏均可免费维修请保", "留发票。"]
    found = read("保修.pdf", made.pdf(lines, chinese=True))
    assert found.title == "保修说明"
    assert "均可免费维修请保留发票。" in found.html


@pytest.mark.parametrize("encoding", ["gb18030", "gbk", "utf-8", "utf-8-sig", "utf-16"])
def test_text_is_read_in_whatever_encoding_it_comes(encoding: str) -> None:
    page = "<html><head><title>退换货</title></head><body><p>七天无理由退货。</p></body></html>"
    found = read("a.html", page.encode(encoding))
    assert (found.title, found.html) == ("退换货", "<p>七天无理由退货。</p>")
    document = read("a.md", "# 退换货\n\n七天**无理由**退货。".encode(encoding))
    assert document.title == "退换货"
    assert "<strong>无理由</strong>" in document.html


def test_a_page_that_calls_itself_gb2312_may_use_more() -> None:
    page = '<meta http-equiv="Content-Type" content="text/html; charset=gb2312"><p>镕基 €</p>'
    assert "镕基 €" in read("a.htm", page.encode("gb18030")).html
    latin = b'<meta charset="iso-8859-1"><p>caf\xe9 \x80 5</p>'
    assert "café € 5" in read("a.html", latin).html


# ------------------------------------------------------------------------------------- bad ones


def test_a_document_leads_to_no_other_file() -> None:
    entity = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    assert refusal("a.docx", made.docx(made.paragraph("&x;"), head=entity)) == "unreadable"
    hidden = made.docx("", more={
        "word/document.xml": f'<?xml version="1.0" encoding="UTF-16"?>{entity}<w/>'.encode("utf-16")
    })  # fmt: skip
    assert refusal("a.docx", hidden) == "unreadable"
    for target in ("file:///etc/passwd", "/etc/passwd", "http://127.0.0.1:9/x.png"):
        raw = made.docx(
            made.paragraph("Text") + made.picture("rId1", "link"),
            relations=made.relation("rId1", target, external=True),
        )
        found = read("a.docx", raw)
        assert (found.pictures, found.notes) == ([], ["pictures_left_out"])
        assert "root:" not in found.html
    out = made.relation("rId1", "../../../../etc/passwd")
    found = read("a.docx", made.docx(made.paragraph("T") + made.picture("rId1"), relations=out))
    assert found.pictures == []


def test_endless_text_ends() -> None:
    bomb = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    laughs = f'<!DOCTYPE w [<!ENTITY a0 "ha">{bomb}]>'
    assert refusal("a.docx", made.docx(made.paragraph("&a11;"), head=laughs)) == "unreadable"


def test_an_archive_that_unpacks_to_much_is_refused() -> None:
    zeros = b" " * (30 * 1024 * 1024)
    assert refusal("a.docx", made.docx("", more={"word/styles.xml": zeros})) == "too_large"
    many = {f"word/x{n}.bin": b"" for n in range(5_000)}
    assert refusal("a.docx", made.docx("", more=many)) == "too_large"


def test_an_archive_that_lies_about_its_size_is_refused() -> None:
    raw = bytearray(made.docx(made.paragraph("x" * 500_000)))
    place = raw.rindex(b"word/document.xml") - 46 + 24  # the size in its directory
    raw[place : place + 4] = (1_000).to_bytes(4, "little")
    assert refusal("a.docx", bytes(raw)) == "unreadable"


def test_what_is_no_document_is_refused() -> None:
    plain = io.BytesIO()
    with zipfile.ZipFile(plain, "w") as archive:
        archive.writestr("hello.txt", "hello")
    assert refusal("a.docx", plain.getvalue()) == "unreadable"
    assert refusal("a.docx", b"PK\x03\x04" + b"\0" * 50) == "unreadable"
    assert refusal("a.docx", b"hello") == "unreadable"
    assert refusal("a.exe", b"MZ") == "unknown"
    assert refusal("a.doc", b"\xd0\xcf\x11\xe0" + b"\0" * 600) == "unknown"
    locked = b"\xd0\xcf\x11\xe0" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    assert refusal("a.docx", locked) == "protected"
    assert refusal("a.pdf", b"%PDF-1.7\nnothing") == "unreadable"
    assert refusal("a.md", b"   ") == "empty"
    assert refusal("a.pdf", made.pdf([])) == "empty"


def test_a_locked_pdf_is_refused_and_one_without_a_password_is_read() -> None:
    raw = made.pdf(["Title", "Some words that end here."])
    assert refusal("a.pdf", made.encrypted(raw, "secret")) == "protected"
    assert "Some words" in read("a.pdf", made.encrypted(raw, "")).html


def test_hostile_text_is_clean_when_it_comes_back() -> None:
    page = "<title>T</title><p onclick=x()>a<script>bad()</script><img src=x onerror=bad()></p>"
    found = read("a.html", page.encode())
    assert found.html == "<p>a</p>"
    assert found.notes == ["pictures_left_out"]
    hidden = b'<meta charset="utf-7"><p>+ADw-script+AD4-bad()\xd6\xd8</p>'
    assert "<script" not in read("a.html", hidden).html


async def test_what_hangs_or_eats_memory_costs_its_own_process_only(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    deep = made.docx("<w:p>" * 60_000 + "</w:p>" * 60_000)
    answer = await preview(desk, "deep.docx", deep)
    assert (answer.status_code, answer.json()["code"]) == (422, "import_unreadable")
    wide = made.docx(made.paragraph("x") * 160_000)
    began = time.monotonic()
    answer = await preview(desk, "wide.docx", wide)
    assert answer.status_code in (200, 413, 422), answer.text
    assert time.monotonic() - began < 40
    assert (await desk.api.get("/api/v1/knowledge/categories")).status_code == 200


@pytest.mark.parametrize(
    ("name", "raw", "status", "code"),
    [
        ("a.exe", b"MZ", 422, "document_unknown"),
        ("a.pdf", made.encrypted(made.pdf(["x"]), "p"), 422, "document_protected"),
        ("a.pdf", made.pdf([]), 422, "document_empty"),
        ("a.docx", b"PK\x03\x04zzz", 422, "import_unreadable"),
    ],
)
async def test_the_reason_is_told(
    desk: Desk, name: str, raw: bytes, status: int, code: str
) -> None:
    answer = await preview(desk, name, raw)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_only_who_may_write_articles_imports(desk: Desk) -> None:
    token = await api_token(desk.database, desk.workspace_id, scopes=("knowledge:read",))
    async with client(desk.app, token=token) as api:
        answer = await api.post(
            "/api/v1/knowledge/documents", files={"data": ("a.md", b"# A\n\nB")}
        )
    assert answer.status_code == 403
