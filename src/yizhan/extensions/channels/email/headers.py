"""Header fields: encoded words (RFC 2047), parameters (RFC 2231), and how both are broken."""

from __future__ import annotations

import base64
import quopri
import re
from urllib.parse import unquote_to_bytes

from yizhan.extensions.channels.email import charset

MAX_FIELD = 100_000  # bytes of one field that are looked at
_WORD = re.compile(rb"=\?([A-Za-z0-9_.:+*'-]{1,60})\?([bBqQ])\?([^?\r\n]*)\?=")
_SPACE = re.compile(r"\s+")
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]+")


def decode(raw: bytes) -> str:
    """The text of a field: encoded words undone, raw 8-bit bytes guessed, white space collapsed."""
    raw = raw[:MAX_FIELD]
    pieces: list[str] = []
    pending = b""  # bytes of encoded words whose text may go on in the next word
    label = ""
    end = 0
    for word in _WORD.finditer(raw):
        between = raw[end : word.start()]
        name = word[1].decode("ascii").split("*")[0].lower()
        if pending and (between.strip() or name != label):
            pieces.append(charset.decode(pending, label))
            pending = b""
        if between.strip() or (not pieces and not pending):
            pieces.append(_plain(between))
        label = name
        pending += _word_bytes(word[2], word[3])
        end = word.end()
    if pending:
        pieces.append(charset.decode(pending, label))
    pieces.append(_plain(raw[end:]))
    return _SPACE.sub(" ", "".join(pieces)).strip()


def _plain(raw: bytes) -> str:
    return charset.decode(raw) if raw else ""


def _word_bytes(kind: bytes, payload: bytes) -> bytes:
    if kind in b"bB":
        letters = _NOT_BASE64.sub(b"", payload)
        if len(letters) % 4 == 1:
            letters = letters[:-1]
        return base64.b64decode(letters + b"=" * (-len(letters) % 4))
    return quopri.decodestring(payload.replace(b"_", b" "), header=False)


def parameters(raw: bytes) -> tuple[str, dict[str, str]]:
    """``text/plain; charset=x; name*0*=utf-8''%E4…`` as its value and its decoded parameters."""
    fields = _split(raw[:MAX_FIELD])
    value = charset.decode(fields[0]).strip() if fields else ""
    plain: dict[str, bytes] = {}
    pieces: dict[str, dict[int, tuple[bytes, bool]]] = {}
    for item in fields[1:201]:
        key, mark, content = item.partition(b"=")
        name = charset.decode(key).strip().lower()
        if not mark or not name:
            continue
        _file_parameter(name, _unquote(content.strip()), plain=plain, pieces=pieces)
    found = {name: decode(content) for name, content in plain.items()}
    for name, parts in pieces.items():
        found[name] = _join(parts)
    return value, found


def _file_parameter(
    name: str,
    content: bytes,
    *,
    plain: dict[str, bytes],
    pieces: dict[str, dict[int, tuple[bytes, bool]]],
) -> None:
    base, star, rest = name.partition("*")
    if not star:
        plain.setdefault(base, content)
        return
    encoded = rest.endswith("*") or rest == ""
    number = rest.rstrip("*")
    if number and not (number.isascii() and number.isdigit() and len(number) < 5):
        return
    pieces.setdefault(base, {})[int(number or 0)] = (content, encoded)


def _join(parts: dict[int, tuple[bytes, bool]]) -> str:
    label: str | None = None
    out = b""
    for number in sorted(parts):
        content, encoded = parts[number]
        if encoded and number == min(parts) and content.count(b"'") >= 2:
            name, _, content = content.split(b"'", 2)
            label = name.decode("ascii", "replace")
        out += unquote_to_bytes(content) if encoded else content
    if label is None and b"=?" in out:
        return decode(out)
    return _SPACE.sub(" ", charset.decode(out, label)).strip()


def _split(raw: bytes) -> list[bytes]:
    """Split at semicolons that are not inside quotes."""
    out: list[bytes] = []
    start = 0
    quoted = False
    skip = False
    for at, byte in enumerate(raw):
        if skip:
            skip = False
        elif byte == 0x5C and quoted:
            skip = True
        elif byte == 0x22:
            quoted = not quoted
        elif byte == 0x3B and not quoted:
            out.append(raw[start:at])
            start = at + 1
    out.append(raw[start:])
    return out


def _unquote(raw: bytes) -> bytes:
    if raw[:1] == b'"':
        raw = raw[1:-1] if raw[-1:] == b'"' and len(raw) > 1 else raw[1:]
        # Only what must be escaped is unescaped: Windows paths and shift_jis hold backslashes.
        return raw.replace(b'\\"', b'"').replace(b"\\\\", b"\\")
    return raw


_ID = re.compile(r"<\s*([^<>]{1,990}?)\s*>")
_BARE_ID = re.compile(r"[^\s<>,;\"]{1,500}@[^\s<>,;\"]{1,490}")


def message_ids(raw: bytes | None) -> list[str]:
    """The message ids of a field, without their brackets, in order."""
    if raw is None:
        return []
    text = charset.decode(raw[:MAX_FIELD])
    found = [_SPACE.sub("", match) for match in _ID.findall(text)]
    if not found:
        found = _BARE_ID.findall(text)
    return [item for item in found if item][:200]
