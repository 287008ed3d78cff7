"""Documents and archives that lead a reader elsewhere, or never end.

FreeScout had ten advisories of objects and commands out of data, Frappe one of paths in an archive; XML
entities and archives that unpack to gigabytes are older than all of them.
"""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest

from tests.domains.knowledge import documents as made
from yizhan.domains.knowledge.documents import __main__ as confined
from yizhan.domains.knowledge.documents.types import CannotRead

ELSEWHERE = b'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/hostname"><!ENTITY y "ha">]>'
MARKUP = """# Title

<script src=//evil.test/x.js></script>[go](javascript:x\\(\\)) ![p](file:///etc/passwd)
![p](http://evil.test/p.png) <iframe src=file:///etc/passwd></iframe> <svg onload=x()>
<p style="background:url(http://evil.test/b)" onclick=x()>fine</p> <link rel=import href=//evil.test>
<object data=php://filter/resource=/etc/passwd></object> <base href=//evil.test/>
"""


def _moved(raw: bytes, name: str) -> bytes:
    """The same document with its text in a part of another name, and a document type before it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as source, zipfile.ZipFile(out, "w") as target:
        for part in source.infolist():
            body = source.read(part).replace(b"word/document.xml", name.encode())
            if part.filename == "word/document.xml":
                at = body.index(b"?>") + 2
                target.writestr(name, b"\xef\xbb\xbf" + body[:at] + ELSEWHERE + body[at:])
            else:
                target.writestr(part.filename, body)
    return out.getvalue()


@pytest.mark.parametrize("name", ["word/document.xml", "word/document.dat", "word/media/a.png"])
def test_entities_are_refused_in_whatever_part_they_hide(name: str) -> None:
    raw = _moved(made.docx(made.paragraph("&x;&y;")), name)
    with pytest.raises(CannotRead):
        confined.read("a.docx", raw)


def test_paths_within_an_archive_write_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Zip slip: parts named like paths elsewhere, absolute ones, and ones with a drive."""
    monkeypatch.chdir(tmp_path)
    names = ("../../out.xml", "/tmp/out.xml", "C:\\out.xml", "word/../../out.xml", "out\x00.xml")
    found = confined.read(
        "a.docx", made.docx(made.paragraph("Text"), more=dict.fromkeys(names, b"<x/>"))
    )
    assert found.html == "<p>Text</p>"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["a.md", "a.html"])
def test_an_article_fetches_and_runs_nothing(name: str) -> None:
    """osTicket CVE-2026-22200, Frappe GHSA-pj59-9hv9-rmrv: markup that made a program read files."""
    found = confined.read(name, MARKUP.encode())
    tags = " ".join(re.findall(r"<[^>]*>", found.html.lower()))
    for word in (
        "script",
        "file:",
        "php:",
        "evil",
        "iframe",
        "svg",
        "style",
        " on",
        "base",
        "object",
    ):
        assert word not in tags, (word, found.html)
    assert found.pictures == []
