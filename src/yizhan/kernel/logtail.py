"""The last lines of this process's log, for the support bundle: only what cannot hold anybody's words.

An event's name and the values of known keys stay, if they look like names of ours; of other libraries'
lines the logger and the place stay, not the text: it may have been put together with an address in it.
"""

from __future__ import annotations

import logging
import re
import time
from collections import Counter, deque
from collections.abc import Mapping
from typing import Any

_MOST_LINES = 300
_HOUR = 3600
_NAME = re.compile(r"[a-z][a-z0-9_.:-]{0,59}", re.ASCII)
_TYPE = re.compile(r"[A-Za-z_][A-Za-z0-9_.]{0,99}", re.ASCII)
_ROUTE = re.compile(r"[a-z0-9_/{}:.-]{1,200}", re.ASCII)
_FRAME = re.compile(r"(?:.*[\\/](?:site-packages|src|lib/python3\.\d+)[\\/])?(.+)", re.DOTALL)
_PLACE = re.compile(r"[\w./\\<>-]{1,300}\.py:\d{1,7} [\w<>.]{1,200}", re.ASCII)
_NUMBERS = frozenset({"attempt", "code", "status", "again_in", "version", "count"})
_NAMES = frozenset({"job", "consumer", "channel", "kind", "part", "level", "logger", "package"})
_IDS = frozenset(
    {"workspace_id", "ticket_id", "bulk_id", "inbox", "inbox_id", "envelope", "source"}
)

_lines: deque[dict[str, Any]] = deque(maxlen=_MOST_LINES)
_counts: Counter[tuple[int, str, str]] = Counter()


def _exception(parts: Any) -> list[dict[str, Any]]:
    """Types and places; a path is cut to what is inside of a package."""
    found = []
    for part in parts if isinstance(parts, list) else []:
        frames = [_frame(text) for text in part.get("frames", ())]
        one: dict[str, Any] = {
            "type": part["type"] if _TYPE.fullmatch(str(part.get("type"))) else "?",
            "frames": [frame for frame in frames if frame],
        }
        for key in ("sqlstate", "table_name", "column_name", "constraint_name"):
            if _TYPE.fullmatch(str(part.get(key, ""))) or str(part.get(key, "")).isalnum():
                one[key] = str(part[key])
        found.append(one)
    return found


def _frame(text: str) -> str | None:
    match = _FRAME.fullmatch(text)
    cut = match[1] if match else ""
    return cut if _PLACE.fullmatch(cut) and not cut.startswith(("/", "\\")) else None


def _kept(key: str, value: Any) -> Any:
    if key in _NUMBERS and isinstance(value, int | float):
        return value
    if key in _IDS and str(value).isdecimal() and str(value).isascii():
        return str(value)
    if key in _NAMES and _NAME.fullmatch(str(value)):
        return value
    if key == "error" and _TYPE.fullmatch(str(value)) and str(value)[:1].isupper():
        return value
    if key == "route" and str(value).startswith("/") and _ROUTE.fullmatch(str(value)):
        return value
    return None


def safe(event: Mapping[str, Any]) -> dict[str, Any]:
    """A line without anything that is not ours. What was left out is counted."""
    name = str(event.get("event", ""))
    line: dict[str, Any] = {
        "at": str(event.get("timestamp", ""))[:32],
        "event": name if _NAME.fullmatch(name) else "?",
    }
    hidden = 0
    for key, value in event.items():
        if key in ("event", "timestamp", "exception", "at", "hidden"):
            continue
        kept = _kept(key, value)
        if kept is None:
            hidden += 1
        else:
            line[key] = kept
    if "exception" in event:
        line["exception"] = _exception(event["exception"])
    return line | ({"hidden": hidden} if hidden else {})


def safe_again(line: Mapping[str, Any]) -> dict[str, Any]:
    """A line that was kept, checked once more on its way out."""
    return {"at": str(line.get("at", ""))[:32]} | {
        key: value
        for key, value in safe({**line, "timestamp": line.get("at", "")}).items()
        if key not in ("at", "hidden")
    }


def remember(event: Mapping[str, Any]) -> None:
    """Keep one of our lines."""
    line = safe(event)
    _lines.append(line)
    if event.get("level") in ("warning", "error", "critical"):
        chain = line.get("exception") or [{}]
        error = chain[0].get("type") or line.get("error") or ""
        _counts[int(time.time()) // _HOUR, line["event"], error] += 1


def remember_foreign(record: logging.LogRecord, exception: list[dict[str, Any]] | None) -> None:
    """Keep another library's line: who, where, how bad, and what was raised."""
    remember(
        {
            "event": "foreign",
            "level": record.levelname.lower(),
            "logger": record.name.lower(),
            "code": record.lineno,
            **({"exception": exception} if exception else {}),
        }
    )


def take() -> tuple[list[dict[str, Any]], dict[tuple[int, str, str], int]]:
    """Lines and counts (by hour, event, error) since the last call."""
    lines, counts = list(_lines), dict(_counts)
    _lines.clear()
    _counts.clear()
    return lines, counts


def give_back(lines: list[dict[str, Any]], counts: dict[tuple[int, str, str], int]) -> None:
    """They could not be written."""
    _lines.extendleft(reversed(lines))
    _counts.update(counts)
