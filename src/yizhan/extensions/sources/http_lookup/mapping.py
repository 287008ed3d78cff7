"""From the JSON of an answer to what agents see. Pure: no address is opened, nothing is computed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal, DecimalException
from typing import Any
from urllib.parse import urlsplit

from yizhan.domains.panel.contract import (
    Cell,
    Content,
    PanelColumn,
    PanelField,
    PanelProblem,
    PanelTable,
    Tone,
    words,
)
from yizhan.extensions.sources.http_lookup.settings import Rows, Settings, Value

_LONGEST = 500
_MILLISECONDS = 100_000_000_000  # seconds of a date beyond the year 5000
_MOST_DIGITS = 30
_ABSENT = object()


class Unreadable(ValueError):
    """A value is not of the kind that the mapping says."""


def find(document: Any, pointer: str) -> Any:
    """What a JSON pointer (RFC 6901) leads to; ``_ABSENT`` where there is nothing."""
    found = document
    for step in pointer.split("/")[1:]:
        name = step.replace("~1", "/").replace("~0", "~")
        if isinstance(found, dict) and name in found:
            found = found[name]
        elif (
            isinstance(found, list) and name.isascii() and name.isdigit() and int(name) < len(found)
        ):
            found = found[int(name)]
        else:
            return _ABSENT
    return found


def content(settings: Settings, document: Any) -> Content:
    """The whole answer. What is missing in it is left out and told as a problem."""
    problems: list[PanelProblem] = []
    fields = []
    for value in settings.fields:
        cell = _read(value, document, part=value.key, problems=problems)
        if cell is not None:
            label = words(value.label_zh, value.label_en, otherwise=value.key)
            fields.append(PanelField(value.key, label, cell))
    tables = [
        table for rows in settings.tables if (table := _table(rows, document, problems)) is not None
    ]
    return Content(fields=fields, tables=tables, problems=problems[:100])


def _table(rows: Rows, document: Any, problems: list[PanelProblem]) -> PanelTable | None:
    found = find(document, rows.pointer)
    if found is _ABSENT or found is None:
        problems.append(PanelProblem(rows.key, "missing", rows.pointer))
        return None
    if not isinstance(found, list):
        problems.append(PanelProblem(rows.key, "not_a_list", rows.pointer))
        return None
    made = []
    for number, entry in enumerate(found[: rows.most]):
        cells = {}
        for column in rows.columns:
            part = f"{rows.key}[{number}].{column.key}"
            cell = _read(column, entry, part=part, problems=problems)
            if cell is not None:
                cells[column.key] = cell
        made.append(cells)
    return PanelTable(
        key=rows.key,
        label=words(rows.label_zh, rows.label_en, otherwise=rows.key),
        columns=[
            PanelColumn(one.key, words(one.label_zh, one.label_en, otherwise=one.key))
            for one in rows.columns
        ],
        rows=made,
        more=max(0, len(found) - rows.most),
    )


def _read(value: Value, document: Any, *, part: str, problems: list[PanelProblem]) -> Cell | None:
    raw = find(document, value.pointer)
    if raw is _ABSENT:
        problems.append(PanelProblem(part, "missing", value.pointer))
        return None
    if raw is None or raw == "":
        return None
    try:
        return _READERS[value.kind](value, raw, document)
    except Unreadable as error:
        problems.append(PanelProblem(part, f"not_{value.kind}", str(error)[:200]))
        return None


def _plain(raw: Any) -> str:
    """A single value as text; lists of them joined."""
    if isinstance(raw, bool):
        return "true" if raw else "false"
    if isinstance(raw, (str, int, float, Decimal)):
        return " ".join(str(raw).replace("\x00", "").split(" "))[:_LONGEST]
    if isinstance(raw, list) and all(isinstance(one, (str, int, float, Decimal)) for one in raw):
        return ", ".join(_plain(one) for one in raw[:20])[:_LONGEST]
    raise Unreadable(f"a single value is expected, this is {type(raw).__name__}")


def _decimal(raw: Any) -> Decimal:
    if isinstance(raw, bool) or not isinstance(raw, (str, int, float, Decimal)):
        raise Unreadable(f"a number is expected, this is {type(raw).__name__}")
    try:
        found = Decimal(str(raw).strip().replace(",", ""))
    except DecimalException as error:
        raise Unreadable(f"no number: {str(raw)[:40]}") from error
    if not found.is_finite() or abs(found.adjusted()) > _MOST_DIGITS:
        raise Unreadable(f"no usable number: {str(raw)[:40]}")
    return found


def _text(_value: Value, raw: Any, _document: Any) -> Cell:
    return Cell("text", _plain(raw))


def _number(value: Value, raw: Any, _document: Any) -> Cell:
    return Cell("number", f"{_scaled(raw, value.decimals):f}")


def _scaled(raw: Any, decimals: int) -> Decimal:
    """Amounts in the smallest unit become whole ones: 1999 with two decimals is 19.99."""
    return _decimal(raw).scaleb(-decimals) if decimals else _decimal(raw)


def _money(value: Value, raw: Any, document: Any) -> Cell:
    code = value.currency
    if code.startswith("/"):
        found = find(document, code)
        code = found if isinstance(found, str) else ""
    code = code.strip().upper()
    if not (len(code) == 3 and code.isascii() and code.isalpha()):
        raise Unreadable(f"no currency: {code[:20]}")
    return Cell("money", f"{_scaled(raw, value.decimals):f}", currency=code)


def _date(_value: Value, raw: Any, _document: Any) -> Cell:
    if isinstance(raw, (int, float, Decimal)) and not isinstance(raw, bool):
        seconds = float(raw)
        if abs(seconds) >= _MILLISECONDS:
            seconds /= 1000
        try:
            return Cell("date", _moment(datetime.fromtimestamp(seconds, UTC)))
        except (ValueError, OverflowError, OSError) as error:
            raise Unreadable(f"no date: {raw}") from error
    text = _plain(raw).strip()
    try:
        if len(text) == 10:
            return Cell("date", date.fromisoformat(text.replace("/", "-")).isoformat())
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise Unreadable(f"no date: {text[:40]}") from error
    if moment.tzinfo is None:
        raise Unreadable(f"a time without its offset from UTC: {text[:40]}")
    return Cell("date", _moment(moment))


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _badge(value: Value, raw: Any, _document: Any) -> Cell:
    text = _plain(raw)
    tones: dict[str, Any] = dict(one.rsplit("=", 1) for one in value.tones)
    tone: Tone = tones.get(text, "neutral")
    return Cell("badge", text, tone=tone)


def _link(_value: Value, raw: Any, _document: Any) -> Cell:
    url = _plain(raw).strip()
    try:
        parts = urlsplit(url)
    except ValueError as error:
        raise Unreadable("no address") from error
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise Unreadable("only http and https lead somewhere")
    return Cell("link", parts.hostname, url=url)


def _flag(_value: Value, raw: Any, _document: Any) -> Cell:
    text = _plain(raw).strip().lower()
    if text in ("true", "1", "yes", "y", "是"):
        return Cell("flag", "true")
    if text in ("false", "0", "no", "n", "否"):
        return Cell("flag", "false")
    raise Unreadable(f"neither yes nor no: {text[:40]}")


_READERS = {
    "text": _text,
    "number": _number,
    "money": _money,
    "date": _date,
    "badge": _badge,
    "link": _link,
    "flag": _flag,
}


def keys_of(parts: Sequence[Value | Rows]) -> list[str]:
    return [part.key for part in parts]
