"""A calendar part as a few readable lines."""

from __future__ import annotations

import re

_FIELD = re.compile(
    r"^([A-Za-z-]{1,40})((?:;[^:\"]{0,500}(?:\"[^\"]{0,500}\")?[^:]{0,500})?):(.*)$"
)
_TIME = re.compile(r"^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})\d{2}(Z)?)?$")
_ANSWERS = {"ACCEPTED": "✓", "DECLINED": "✗", "TENTATIVE": "?"}


def describe(source: str) -> str:
    """Title, time, place and people of the first event; no words that would need a language."""
    fields = _first_event(source[:200_000])
    lines = []
    mark = "✗ " if fields.get("METHOD", ("", ""))[1].upper() == "CANCEL" else ""
    if title := _plain(fields, "SUMMARY"):
        lines.append(f"📅 {mark}{title}")
    if when := _when(fields):
        lines.append(f"🕒 {when}")
    if place := _plain(fields, "LOCATION"):
        lines.append(f"📍 {place}")
    if who := _person(fields.get("ORGANIZER")):
        lines.append(f"👤 {who}")
    answer = fields.get("ATTENDEE")
    if answer and fields.get("METHOD", ("", ""))[1].upper() == "REPLY":
        state = re.search(r"PARTSTAT=([A-Z-]{1,30})", answer[0].upper())
        mark = _ANSWERS.get(state[1], "") if state else ""
        lines.append(f"{mark} {_person(answer)}".strip())
    return "\n".join(lines)


def _first_event(source: str) -> dict[str, tuple[str, str]]:
    unfolded = re.sub(r"\r?\n[ \t]", "", source)
    fields: dict[str, tuple[str, str]] = {}
    inside = False
    for line in unfolded.splitlines()[:2000]:
        match = _FIELD.match(line.strip()[:5000])
        if not match:
            continue
        name = match[1].upper()
        if name == "BEGIN":
            inside = inside or match[3].strip().upper() in ("VEVENT", "VTODO")
        elif name == "END" and match[3].strip().upper() in ("VEVENT", "VTODO"):
            break
        elif inside or name == "METHOD":
            fields.setdefault(name, (match[2], match[3].strip()))
    return fields


def _plain(fields: dict[str, tuple[str, str]], name: str) -> str:
    value = fields.get(name, ("", ""))[1]
    return re.sub(r"\\([,;\\])", r"\1", re.sub(r"\\[nN]", " ", value)).strip()[:300]


def _when(fields: dict[str, tuple[str, str]]) -> str:
    start, end = _time(fields.get("DTSTART")), _time(fields.get("DTEND"))
    if start and end and start[:10] == end[:10]:
        end = end[11:]
    zone = re.search(r"TZID=\"?([^;\":]{1,80})", fields.get("DTSTART", ("", ""))[0])
    text = " – ".join(item for item in (start, end) if item)
    return f"{text} ({zone[1]})" if zone and text else text


def _time(field: tuple[str, str] | None) -> str:
    match = _TIME.match(field[1]) if field else None
    if not match:
        return ""
    day = f"{match[1]}-{match[2]}-{match[3]}"
    return f"{day} {match[4]}:{match[5]}{' UTC' if match[6] else ''}" if match[4] else day


def _person(field: tuple[str, str] | None) -> str:
    if not field:
        return ""
    name = re.search(r"CN=(?:\"([^\"]{1,200})\"|([^;:\"]{1,200}))", field[0], re.IGNORECASE)
    address = re.sub(r"^mailto:", "", field[1], flags=re.IGNORECASE)[:200]
    shown = (name[1] or name[2]) if name else ""
    return f"{shown} <{address}>" if shown and shown != address else address
