"""An answer as the exact bytes that are sent. Pure: the same message gives the same bytes."""

from __future__ import annotations

import base64
import binascii
import email.utils
import hashlib
import html as markup
import re
from datetime import UTC, datetime

from yizhan.domains.channels.contract import Address, File, OutboundMessage
from yizhan.extensions.channels.email import addresses, classify, html, smtp, words
from yizhan.extensions.channels.email.parse import BOUNCE_MARK, REPLY_MARK
from yizhan.extensions.channels.email.settings import Settings

_LOCAL_LIMIT = 64  # of the part before the @, RFC 5321
_REPLY = re.compile(
    r"^\s*(?:re|回复|答复|回覆|aw|sv|antw|rif)\s*(?:\[\d+\])?\s*[:：]", re.IGNORECASE
)
_TYPE = re.compile(r"[\w.+-]{1,60}/[\w.+-]{1,100}\Z")
_REFERENCES = 30


def message_id(settings: Settings, message: OutboundMessage) -> str:
    """Our id of an outgoing message: stable over retries, not to be guessed from outside."""
    secret = f"{message.workspace_id}|{message.id}|{message.reply_token}".encode()
    return f"yz.{message.id}.{hashlib.sha256(secret).hexdigest()[:16]}@{_domain(settings)}"


def root_id(settings: Settings, message: OutboundMessage) -> str:
    """The id that the first mail of a ticket refers to, so that all of them make one thread."""
    secret = f"{message.workspace_id}|ticket|{message.ticket_id}".encode()
    return f"yzt.{message.ticket_id}.{hashlib.sha256(secret).hexdigest()[:16]}@{_domain(settings)}"


def _domain(settings: Settings) -> str:
    return addresses.normalise(settings.address).rpartition("@")[2] or "localhost"


def letter(settings: Settings, message: OutboundMessage) -> smtp.Letter:
    """Envelope and content. Raises :class:`words.BadAddress`."""
    people = (*message.to, *message.cc)
    found = dict.fromkeys(addresses.normalise(one.address) for one in people)
    if "" in found:
        raise words.BadAddress("a recipient is not an address")
    return smtp.Letter(
        sender=_envelope_sender(settings, message),
        recipients=tuple(found),
        content=render(settings, message),
        external_id=message_id(settings, message),
    )


def render(settings: Settings, message: OutboundMessage) -> bytes:
    """The mail. Takes nothing but an OutboundMessage: internal notes are no such thing."""
    if type(message) is not OutboundMessage:
        raise TypeError("only an outgoing message can be sent")
    kind, content = _content(message, quote=settings.quote_previous)
    head = "".join(words.field(name, value) for name, value in _head(settings, message))
    return head.encode("utf-8") + f"Content-Type: {kind}\r\n".encode() + content


# ---------------------------------------------------------------------------------- header


def _head(settings: Settings, message: OutboundMessage) -> list[tuple[str, str]]:
    when = message.created_at or datetime.now(UTC)
    answered = (message.in_reply_to or "").strip("<> ")
    chain = [item.strip("<> ") for item in message.references]
    if answered and answered not in chain:
        chain.append(answered)
    chain = chain or [root_id(settings, message)]
    head = [
        ("Message-ID", f"<{message_id(settings, message)}>"),
        ("Date", email.utils.format_datetime(when.astimezone(UTC))),
        ("From", words.address(_sender(settings, message))),
        ("To", words.address_list(message.to)),
        ("Cc", words.address_list(message.cc)),
        ("Reply-To", _reply_to(settings, message)),
        ("Subject", words.encode(_subject(message))),
        ("In-Reply-To", f"<{_safe_id(answered or chain[-1])}>"),
        ("References", " ".join(f"<{_safe_id(item)}>" for item in _shortened(chain))),
        (classify.LOOP_HEADER, classify.loop_mark(settings)),
    ]
    if message.automatic:
        head += [("Auto-Submitted", "auto-replied"), ("X-Auto-Response-Suppress", "All")]
    head.append(("MIME-Version", "1.0"))
    return [(name, value) for name, value in head if value]


def _safe_id(text: str) -> str:
    return re.sub(r"[\s<>\x00-\x1f\x7f]", "", text)[:900]


def _shortened(chain: list[str]) -> list[str]:
    """The first and the newest ones: a reference list must not grow for ever."""
    chain = list(dict.fromkeys(chain))
    return chain if len(chain) <= _REFERENCES else [chain[0], *chain[1 - _REFERENCES :]]


def _subject(message: OutboundMessage) -> str:
    subject = words.plain(message.subject)[:900]
    if message.in_reply_to and not _REPLY.match(subject):
        return f"Re: {subject}".strip()
    return subject


def _sender(settings: Settings, message: OutboundMessage) -> Address:
    """The identity that answers: the one asked for, the brand's, or the mailbox's own."""
    wanted = addresses.key(str(message.meta.get("from", "")))
    names = (settings.name, str(message.meta.get("sender_name") or ""), message.brand_name)
    name = next((item for item in names if item), message.author_name)
    for alias in settings.aliases:
        if wanted and addresses.key(alias.address) == wanted:
            return Address(alias.address, alias.name or name)
    if wanted != addresses.key(settings.address):
        for alias in settings.aliases:
            if alias.brand and alias.brand == message.brand_name:
                return Address(alias.address, alias.name or name)
    return Address(settings.address, name)


def _marked(address: str, mark: str, *, token: str) -> str:
    """``support+t.TOKEN@example``; "" when it would be longer than a mailbox name may be."""
    local, _, domain = addresses.normalise(address).rpartition("@")
    marked = f"{local.partition('+')[0]}{mark}{token}"
    safe = re.fullmatch(r"[A-Za-z0-9._=-]+", token)
    return f"{marked}@{domain}" if safe and len(marked) <= _LOCAL_LIMIT else ""


def _reply_to(settings: Settings, message: OutboundMessage) -> str:
    if not (settings.plus_addressing and message.reply_token):
        return ""
    sender = _sender(settings, message)
    marked = _marked(sender.address, REPLY_MARK, token=message.reply_token)
    return words.address(Address(marked, sender.name)) if marked else ""


def _envelope_sender(settings: Settings, message: OutboundMessage) -> str:
    token = str(message.meta.get("sent_token") or message.reply_token)
    plain = addresses.normalise(settings.address)
    if not (settings.bounce_address and settings.plus_addressing and token):
        return plain
    return _marked(settings.address, BOUNCE_MARK, token=token) or plain


# ------------------------------------------------------------------------------------ body


def _content(message: OutboundMessage, *, quote: bool) -> tuple[str, bytes]:
    """(content type with its parameters, further part headers + blank line + body)."""
    inline = {file.content_id: file for file in message.files if file.inline and file.content_id}
    shown = _html(message, quote=quote, known=set(inline))
    used = {ident for ident in inline if shown and f'src="cid:{ident}"' in shown}
    plain = _part("text/plain; charset=utf-8", _text(message, quote=quote))
    body = plain
    if shown is not None:
        rich = _part("text/html; charset=utf-8", _document(shown, message.locale))
        if used:
            pictures = [_file(file, inline=True) for ident, file in inline.items() if ident in used]
            rich = _several("related", [rich, *pictures], message, level="r")
        body = _several("alternative", [plain, rich], message, level="a")
    others = [file for file in message.files if not (file.inline and file.content_id in used)]
    if others:
        files = [_file(file, inline=False) for file in others]
        body = _several("mixed", [body, *files], message, level="m")
    return body


_Part = tuple[str, bytes]


def _part(kind: str, text: str) -> _Part:
    raw = text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace")
    if len(raw) == 0 or sum(byte < 128 for byte in raw) > 0.8 * len(raw):
        body = binascii.b2a_qp(raw, istext=True).replace(b"\n", b"\r\n")
        body = re.sub(rb"(?m)^(From |\.)", lambda hit: b"=%02X" % hit[1][0] + hit[1][1:], body)
        return kind, b"Content-Transfer-Encoding: quoted-printable\r\n\r\n" + body
    return kind, b"Content-Transfer-Encoding: base64\r\n\r\n" + _base64(raw.replace(b"\n", b"\r\n"))


def _base64(raw: bytes) -> bytes:
    return base64.encodebytes(raw).replace(b"\n", b"\r\n") or b"\r\n"


def _several(kind: str, parts: list[_Part], message: OutboundMessage, *, level: str) -> _Part:
    seed = f"{message.workspace_id}|{message.id}|{level}|{message.reply_token}".encode()
    boundary = f"=_yz_{level}_{hashlib.sha256(seed).hexdigest()[:28]}"
    out = b"".join(
        f"--{boundary}\r\nContent-Type: {name}\r\n".encode() + content for name, content in parts
    )
    return (
        f'multipart/{kind};\r\n boundary="{boundary}"',
        b"\r\n" + out + f"--{boundary}--\r\n".encode(),
    )


def _file(file: File, *, inline: bool) -> _Part:
    kind = file.content_type if _TYPE.match(file.content_type) else "application/octet-stream"
    if kind.startswith(("multipart/", "message/")):
        kind = "application/octet-stream"  # those may not be sent as base64
    name = words.plain(file.name) or "attachment"
    encoded = words.encode(name) if not name.isascii() else name.replace('"', "'")
    head = f"Content-Transfer-Encoding: base64\r\nContent-Disposition: {'inline' if inline else 'attachment'}"
    head += words.parameter("filename", name) + "\r\n"
    if inline and file.content_id:
        head += f"Content-ID: <{_safe_id(file.content_id)}>\r\n"
    # Many clients in China read the name from here, as encoded words.
    kind += f';\r\n name="{encoded}"'
    return kind, head.encode() + b"\r\n" + _base64(file.content or b"")


# ------------------------------------------------------------------------------------ text


def _text(message: OutboundMessage, *, quote: bool) -> str:
    out = [message.text.rstrip()]
    if message.signature_html:
        out.append("-- \n" + html.to_text(html.parse(message.signature_html)))
    if quote and len(message.quoted) >= 2:
        older = html.to_text(html.parse(message.quoted[1])).split("\n")
        marked = "\n".join(f"> {line}".rstrip() for line in older[:2000])
        out.append(f"{message.quoted[0]}\n{marked}")
    return "\n\n".join(item for item in out if item) + "\n"


def _html(message: OutboundMessage, *, quote: bool, known: set[str]) -> str | None:
    """The HTML part; None when the answer has nothing that text cannot say."""
    if message.html is None and not message.signature_html:
        return None
    own = message.html if message.html is not None else _paragraphs(message.text)
    out = [f"<div>{_clean(own, known)}</div>"]
    if message.signature_html:
        out.append(f'<div class="yz_signature">{_clean(message.signature_html, known)}</div>')
    if quote and len(message.quoted) >= 2:
        who = markup.escape(words.plain(message.quoted[0]))
        older = _clean(message.quoted[1], known)
        out.append(
            f'<div class="gmail_quote"><div class="gmail_attr">{who}<br></div>'
            '<blockquote type="cite" style="margin:0 0 0 .8ex;border-left:1px solid #ccc;padding-left:1ex">'
            f"{older}</blockquote></div>"
        )
    return "\n".join(out)


def _paragraphs(text: str) -> str:
    return markup.escape(text).replace("\n", "<br>\n")


def _clean(source: str, known: set[str]) -> str:
    """What goes out is cleaned like what comes in; pictures that do not travel along are left out."""
    root = html.parse(source)
    for node in html.images(root):
        src = node.get("src")
        if (src.startswith("cid:") and src[4:] not in known) or src.startswith("data:") or not src:
            node.remove()
    return html.outgoing(root)


def _document(shown: str, locale: str) -> str:
    language = re.sub(r"[^A-Za-z-]", "", locale)[:20] or "en"
    return (f'<!DOCTYPE html>\n<html lang="{language}"><head><meta charset="utf-8"></head>\n'
            f"<body>\n{shown}\n</body></html>\n")  # fmt: skip
