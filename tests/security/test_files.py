"""What strangers attach: pictures that are programs, names that are paths, addresses that can be guessed.

libredesk CVE-2026-111168 and Chatwoot CVE-2021-3741 (SVG by an odd type), FreeScout CVE-2026-27636 and
CVE-2026-28289 (a zero-width space before ``.htaccess``), osTicket CVE-2004-0613, FreeScout CVE-2026-40496
and Zammad CVE-2024-33668 (tokens that could be counted through).
"""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import unquote

import httpx2
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.domains.channels import fakes, mails
from tests.domains.portal import test_portal as pages
from tests.support.desk import Desk, api_token, client, make_workspace
from yizhan.domains.tickets.service import files
from yizhan.kernel import errors, http

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
TYPES = [
    "image/svg+xml", "image/svg+xml; x", "image/svg+xml;charset=utf-8", "IMAGE/SVG+XML", "image/svg+xml ",
    " image/svg+xml", "image/svg", "image/svg-xml", "image/x-svg", "image/svg+xml, image/png",
    "image/png, image/svg+xml", "image/png;image/svg+xml", "text/html", "TEXT/HTML", "text/html;x", "text/ html",
    "text/html\t", "application/xhtml+xml", "text/xml", "application/xml", "text/xsl", "application/javascript",
    "text/javascript", "text/html,image/png", "image/png\x00text/html", "image/", "/png", "", "*/*", "multipart/mixed",
    "message/rfc822", "application/pdf", "application/x-shockwave-flash", "text/vtt", "unknown/unknown",
    "image/png\ntext/html", "image/jpeg' onx='", "image/avif", "image/x-icon", "application/rdf+xml",
]  # fmt: skip
NAMES = [
    "../../etc/passwd", "..\\..\\boot.ini", "/etc/passwd", "C:\\a.exe", "a\x00.png", "\u200b.htaccess", ".htaccess",
    "..", ".", "", " ", "a.php\u200b", "invoice\u202egnp.exe", "con", "a\r\nX-Evil: 1", 'a";filename="b.html',
    "a/../b.html", "名" * 300, "a.png.", "a.png ", "%2e%2e%2f", "a\ud800.txt", "a;b.html", "<img src=x>.png",
]  # fmt: skip


def harmless(answer: httpx2.Response) -> None:
    """No browser shows it as a page, whatever it was called."""
    assert answer.status_code == 200, answer.text
    kind = answer.headers["content-type"]
    assert kind in (*http.PICTURES, "application/octet-stream"), kind
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-security-policy"] == "sandbox; default-src 'none'"
    shown = answer.headers["content-disposition"]
    assert shown.startswith("inline" if kind in http.PICTURES else "attachment; ")
    name = unquote(shown.partition("filename*=UTF-8''")[2])
    assert not set(name) & set('\x00\r\n/\\:"<>'), name


def test_no_type_but_a_pictures_is_ever_shown() -> None:
    for kind in TYPES:
        answer = http.file_response("a", files.safe_type(kind), SVG)
        shown = dict(answer.headers)["Content-Disposition"].startswith("inline")
        assert not shown or files.safe_type(kind) in ("image/png", "image/jpeg"), kind


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=400) | st.sampled_from(NAMES))
@example("\u200b.htaccess")
@example("a.php\u200b.")
def test_any_name_is_only_a_label(name: str) -> None:
    plain = files.safe_name(name)
    assert plain.strip(". ") == plain != ""
    assert not set(plain) & set('\x00\r\n/\\:*?"<>|\u200b\u202e\ufeff')
    assert len(plain) <= 180
    plain.encode()
    assert files.safe_name(plain) == plain


async def test_files_by_mail_and_upload_are_kept_by_content_and_given_as_downloads(
    desk: Desk, tmp_path: Path
) -> None:
    await pages.open_pages(desk)
    box = await mails.add_mailbox(desk)
    await box.take(_mail(desk))
    (ticket,) = await fakes.tickets(desk)
    (message,) = await fakes.messages(desk, ticket["id"])
    attached = message["attachments"]
    assert len(attached) == len(TYPES)
    for file in attached:
        harmless(await desk.api.get(file["url"]))
    async with pages.browser(desk) as page:  # the customer's own pages
        await pages.sign_in(desk, page, "ann@example.com")
        harmless(await page.get(f"{pages.HELP}/my-files/{attached[0]['id']}"))
    for name in NAMES[:12]:
        data = {"data": (name or "x", SVG, "image/svg+xml; x")}
        made = await desk.api.post("/api/v1/files", files=data)
        assert made.status_code == 201, (name, made.text)
        harmless(await desk.api.get(made.json()["url"]))
    kept = [path for path in (tmp_path / "files").rglob("*") if path.is_file()]
    assert len(kept) >= len(TYPES)
    for path in kept:  # named by content alone, not to be run
        assert len(path.name) == 64, path
        assert not os.access(path, os.X_OK)


def _mail(desk: Desk) -> bytes:
    head = "From: ann@example.com\r\nTo: support@desk.test\r\nMessage-ID: <f@example.com>\r\nSubject: files\r\n"
    parts = [
        f"{head}MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n".encode()
    ]
    for at, kind in enumerate(TYPES):
        clean = kind.replace("\n", " ").replace("\x00", "")
        name = NAMES[at % len(NAMES)].replace("\n", "").replace("\r", "").encode("utf-8", "replace")
        parts.append(
            b"--b\r\nContent-Type: " + (clean or "application/octet-stream").encode()
            + b'\r\nContent-Disposition: attachment; filename="' + name.replace(b'"', b"'") + b'"\r\n\r\n'
            + SVG + b"<!-- %d -->\r\n" % at
        )  # fmt: skip
    return b"".join([*parts, b"--b--\r\n"])


async def test_files_of_others_are_not_there(desk: Desk) -> None:
    """By their id alone, by another workspace, by a store's path, by an address that was guessed."""
    made = await desk.api.post("/api/v1/files", files={"data": ("a.txt", b"secret")})
    path = made.json()["url"]
    other = await make_workspace(desk.edge, name="Other", email="b@b.test")
    foreign = await api_token(desk.database, int(other.workspace.id))
    async with client(desk.app, token=foreign) as api:
        assert (await api.get(path)).status_code == 404
    async with client(desk.app) as nobody:
        assert (await nobody.get(path)).status_code == 401
    for guess in ("../a", "%2e%2e/a", "ab" * 32, "ab" * 31, "/etc/passwd"):
        with pytest.raises(errors.NotFound):
            await desk.edge.store.get(desk.workspace_id, guess)
    await pages.open_pages(desk)
    file_id = int(made.json()["id"])
    async with pages.browser(desk) as page:
        await pages.sign_in(desk, page, "eve@evil.test")
        for number in range(file_id - 20, file_id + 20):
            got = await page.get(f"{pages.HELP}/my-files/{number}")
            assert got.status_code == 404
