"""A raw mail as the events it stands for. Pure, and never raises: whatever the bytes are."""

from __future__ import annotations

import email.utils
import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from yizhan.domains.channels.contract import (
    Address,
    File,
    Identity,
    Ignored,
    InboundEvent,
    IncomingMessage,
    Quarantined,
    RawItem,
    Thread,
)
from yizhan.extensions.channels.email import (
    addresses,
    auth,
    body,
    charset,
    classify,
    envelope,
    headers,
    html,
    mime,
    quotes,
    quotes_html,
    reports,
)
from yizhan.extensions.channels.email.settings import Settings

REPLY_MARK = "+t."  # in the local part of an address: a signed reply address follows
BOUNCE_MARK = "+b."
MAX_TEXT = 500_000  # characters of text that are kept; the raw mail keeps everything
_RECIPIENTS = ("to", "cc", "delivered-to", "x-original-to", "envelope-to", "x-envelope-to",
               "x-forwarded-to", "x-real-to", "resent-to")  # fmt: skip


def parse(settings: Settings, item: RawItem) -> Sequence[InboundEvent]:
    """The events of one mail. ``meta["released"]`` says that a person let it out of quarantine."""
    released = bool(item.meta.get("released"))
    try:
        return _parse(settings, item, released=released)
    except (mime.TooComplex, RecursionError):
        return [_held(settings, item, "too_complex", _headline(item))]
    except Exception as error:
        detail = f"{type(error).__name__}: {error}"[:300]
        return [_held(settings, item, "unreadable", detail)]


def glance(settings: Settings, item: RawItem) -> IncomingMessage | None:
    """The mail as it reads, whatever becomes of it: for people who look at a held or a machine's one."""
    try:
        mail = mime.parse(item.body)
        sender = _sender(mail)
        if sender is not None:
            return _message(settings, item, mail, sender=sender)
    except Exception:  # noqa: S110 -- what cannot be read is shown as far as it can
        pass
    event = _unfolded(settings, item)
    return event if isinstance(event, IncomingMessage) else None


def _headline(item: RawItem) -> str:
    """Who wrote about what, for the list of held mails."""
    fields, _ = mime.split_headers(item.body, 0, min(len(item.body), mime.MAX_HEADER_BYTES))
    top = mime.Part(b"", 0, 0, fields)
    sender = _sender(top)
    return f"{sender.address if sender else '?'}: {top.text('subject')}"[:300]


def _parse(settings: Settings, item: RawItem, *, released: bool) -> Sequence[InboundEvent]:
    if not item.body.strip():
        return [Ignored("empty")]
    if item.meta.get("truncated") or len(item.body) > settings.max_bytes:
        size = item.meta.get("size", len(item.body))
        return [
            _unfolded(settings, item) if released else Quarantined("too_large", f"{size} bytes")
        ]
    mail = mime.parse(item.body)
    if not mail.headers:
        return [_held(settings, item, "not_a_mail")]
    return _classified(settings, item, mail, released=released)


def _classified(
    settings: Settings, item: RawItem, mail: mime.Part, *, released: bool
) -> Sequence[InboundEvent]:
    sender = _sender(mail)
    subject = mail.text("subject")
    notices = reports.read(
        mail,
        sender=sender.address if sender else "",
        subject=subject,
        tokens=_tokens(mail, BOUNCE_MARK) or _tokens(mail, REPLY_MARK),
    )
    if notices:
        return notices
    if sender is None:
        return [_held(settings, item, "no_sender", _headline(item))]
    if classify.own(mail, settings, sender=sender.address):
        return [Ignored("own_mail", mail.text("message-id")[:200])]
    if not released and (reason := _suspicious(mail)):
        return [Quarantined(reason, _headline(item))]
    return [_message(settings, item, mail, sender=sender)]


def _held(settings: Settings, item: RawItem, reason: str, detail: str = "") -> InboundEvent:
    """Quarantine; or, once a person released it, what can be made of it."""
    if item.meta.get("released"):
        return _unfolded(settings, item)
    return Quarantined(reason, detail)


def _suspicious(mail: mime.Part) -> str:
    if classify.hops(mail) > classify.MAX_HOPS:
        return "mail_loop"
    flag = mail.text("x-spam-flag").lower()
    return "spam" if flag in ("yes", "true") else ""


def _sender(mail: mime.Part) -> Address | None:
    """The author. Reply-To is where to answer, never who wrote."""
    for name in ("from", "sender", "resent-from"):
        found = addresses.first(mail.raw(name))
        if found is not None:
            return found
    return None


def _tokens(mail: mime.Part, mark: str) -> tuple[str, ...]:
    raws = [raw for name in _RECIPIENTS for raw in mail.all_raw(name)]
    found = []
    for address in addresses.parse(raws[:50]):
        local = address.address.rpartition("@")[0]
        _, hit, token = local.partition(mark)
        if hit and token and len(token) <= 200:
            found.append(token)
    return tuple(dict.fromkeys(found))[:10]


def _message(
    settings: Settings, item: RawItem, mail: mime.Part, *, sender: Address
) -> IncomingMessage:
    subject = mail.text("subject")[:998]
    content = body.collect(mail)
    text = charset.clean(content.text)[:MAX_TEXT]
    folded = quotes.split(text, subject=subject)
    shown, quoted = _html(content, subject=subject)
    verdict = _verdict(settings, mail, sender)
    machine = classify.automatic(mail, subject=subject, sender=sender.address)
    ids = headers.message_ids(mail.raw("message-id"))
    return IncomingMessage(
        external_id=ids[0][:900] if ids else envelope.made_up_id(item.body),
        sender=(_identity(sender, verdict),),
        sender_name=sender.name,
        text=folded.text,
        html=shown,
        quoted_text=folded.quoted or None,
        quoted_html=quoted,
        thread=Thread(tokens=_tokens(mail, REPLY_MARK), message_ids=_answered(mail)),
        subject=subject or None,
        files=tuple(content.files),
        occurred_at=_date(mail, item),
        automatic=bool(machine),
        sender_verdict=verdict,
        from_=sender,
        to=addresses.parse(mail.all_raw("to")),
        cc=addresses.parse(mail.all_raw("cc")),
        reply_to=addresses.first(mail.raw("reply-to")),
        locale=_locale(folded.text),
        meta={"automatic_reason": machine} if machine else {},
    )


def _verdict(settings: Settings, mail: mime.Part, sender: Address) -> str:
    """What is proven. A letter that only looks like another proves nothing: it is kept as the other one."""
    local, _, domain = sender.address.rpartition("@")
    found = auth.verdict(mail, trusted=settings.trusted_authserv_id, sender_domain=domain)
    plain = unicodedata.normalize("NFKC", local) == unicodedata.normalize("NFC", local)
    return found if plain or found != "pass" else "none"


def _identity(sender: Address, verdict: str) -> Identity:
    proven = verdict == "pass"
    return Identity("email", sender.address, strength=3 if proven else 1, verified=proven)


def _answered(mail: mime.Part) -> tuple[str, ...]:
    """In-Reply-To, then References from right to left."""
    direct = headers.message_ids(mail.raw("in-reply-to"))
    chain = headers.message_ids(mail.raw("references"))
    return tuple(dict.fromkeys([*direct, *reversed(chain)]))[:60]


def _html(content: body.Body, *, subject: str) -> tuple[str | None, str | None]:
    root = content.html_tree()
    if root is None:
        return None, None
    split = quotes_html.split(root, subject=subject)
    shown = html.show(split.visible)
    return shown, html.show(split.quoted) if split.quoted is not None else None


def _date(mail: mime.Part, item: RawItem) -> datetime | None:
    """The author's date, unless it is unreadable or lies after the mail's arrival."""
    try:
        found = email.utils.parsedate_to_datetime(mail.text("date")[:200])
        found = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return item.occurred_at
    if found.year < 1990 or found.year > 2200:
        return item.occurred_at
    arrived = item.occurred_at
    return arrived if arrived and found > arrived + timedelta(hours=1) else found


def _locale(text: str) -> str | None:
    sample = text[:2000]
    kana = sum("\u3040" <= char <= "\u30ff" for char in sample)
    hanzi = sum("\u4e00" <= char <= "\u9fff" for char in sample)
    if hanzi >= 4 and kana * 10 < hanzi:
        return "zh-CN"
    return None


def _unfolded(settings: Settings, item: RawItem) -> InboundEvent:
    """What can be made of a mail that a person released though it cannot be read: its header,
    and the whole of it as a file."""
    fields, _ = mime.split_headers(item.body, 0, min(len(item.body), mime.MAX_HEADER_BYTES))
    top = mime.Part(b"", 0, 0, fields)
    sender = _sender(top)
    if sender is None:
        return Quarantined("no_sender")
    verdict = _verdict(settings, top, sender)
    ids = headers.message_ids(top.raw("message-id"))
    return IncomingMessage(
        external_id=ids[0][:900] if ids else envelope.made_up_id(item.body),
        sender=(_identity(sender, verdict),),
        sender_name=sender.name,
        text="",
        subject=top.text("subject")[:998] or None,
        thread=Thread(tokens=_tokens(top, REPLY_MARK), message_ids=_answered(top)),
        files=(File("message.eml", "message/rfc822", content=item.body),),
        occurred_at=_date(top, item),
        automatic=bool(classify.automatic(top, subject=top.text("subject"), sender=sender.address)),
        sender_verdict=verdict,
        from_=sender,
        to=addresses.parse(top.all_raw("to")),
        cc=addresses.parse(top.all_raw("cc")),
    )
