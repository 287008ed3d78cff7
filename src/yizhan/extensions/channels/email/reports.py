"""Machine reports about a mail that we sent: bounces, delays, complaints, read receipts."""

from __future__ import annotations

import re

from yizhan.domains.channels.contract import DeliveryState, ReceiptNotice
from yizhan.extensions.channels.email import addresses, charset, headers, mime

MAX_RECIPIENTS = 20
_SUBJECT = re.compile(
    r"系统退信|退信通知|退信|无法投递|投递失败|发送失败|郵件無法傳遞"
    r"|undeliver|delivery (?:status notification|failure|has failed)"
    r"|failure notice|mail delivery failed|returned mail|delivery incomplete|mail system error",
    re.IGNORECASE,
)
_DAEMON = re.compile(
    r"(?:mailer-daemon|postmaster|mail-daemon|postmast|bounce|admin)", re.IGNORECASE
)
_STATUS = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
_CODE = re.compile(r"(?<![\d.])([45])([0-7]\d)(?![\d.%])")
_ID_LINE = re.compile(r"message-id\s*[:：]\s*<([^<>\s]{3,400})>", re.IGNORECASE)
_OWN_ID = re.compile(r"yz\.\d{1,20}\.[0-9a-f]{16}@[A-Za-z0-9.-]{1,253}")
_ADDRESS = re.compile(r"[A-Za-z0-9._%+=-]{1,64}@[A-Za-z0-9.-]{1,190}\.[A-Za-z]{2,24}")
_GOES_ON = re.compile(
    r"will be retried|will retry|keep trying|still trying|not yet been delivered|delayed"
    r"|继续尝试|将会重试|稍后重试|延迟",
    re.IGNORECASE,
)
# "failed" is the last word also with a 4.x code: the other server has given up.
_STATES = {
    "failed": DeliveryState.FAILED,
    "delivered": DeliveryState.DELIVERED,
    "relayed": DeliveryState.SENT,
    "expanded": DeliveryState.SENT,
    "delayed": DeliveryState.SENT,
}


def read(
    mail: mime.Part, *, sender: str, subject: str, tokens: tuple[str, ...]
) -> list[ReceiptNotice]:
    """The notices in a report; an empty list when the mail is none."""
    # Only the mail's own parts: a customer may well forward a bounce that they got.
    parts = {part.content_type: part for part in reversed(mail.children)}
    if "message/disposition-notification" in parts:
        return _disposition(parts["message/disposition-notification"])
    if "message/feedback-report" in parts:
        return _complaint(mail, parts["message/feedback-report"])
    status = parts.get("message/delivery-status") or parts.get("message/global-delivery-status")
    if status is not None and (mail.content_type == "multipart/report" or _is_daemon(mail, sender)):
        return _delivery(mail, status, tokens=tokens)
    if _is_daemon(mail, sender) and _SUBJECT.search(subject[:300]):
        return _informal(mail, own=sender, tokens=tokens)
    return []


def _is_daemon(mail: mime.Part, sender: str) -> bool:
    path = mail.raw("return-path")
    empty = path is not None and path.strip() == b"<>"
    return empty or bool(_DAEMON.match(sender)) or mail.raw("x-failed-recipients") is not None


def _groups(part: mime.Part) -> list[dict[str, str]]:
    """The blocks of fields in a report part."""
    text = part.content()[:200_000].replace(b"\r\n", b"\n")
    groups = []
    for block in text.split(b"\n\n")[: MAX_RECIPIENTS + 20]:
        fields, _ = mime.split_headers(block + b"\n\n", 0, len(block) + 2)
        if fields:
            groups.append({name: headers.decode(value) for name, value in fields})
    return groups


def _typed(value: str) -> str:
    """``rfc822; a@b`` → ``a@b``."""
    return value.partition(";")[2].strip() if ";" in value else value.strip()


def _delivery(
    mail: mime.Part, status: mime.Part, *, tokens: tuple[str, ...]
) -> list[ReceiptNotice]:
    ids = _original_ids(mail)
    notices = []
    for group in _groups(status):
        if "action" not in group and "status" not in group:
            continue
        action = (
            group.get("action", "failed").split()[0].lower() if group.get("action") else "failed"
        )
        code = group.get("status", "").strip()
        state = _STATES.get(action, DeliveryState.FAILED)
        detail = _typed(group.get("diagnostic-code", "")) or code
        recipient = _typed(group.get("final-recipient", "") or group.get("original-recipient", ""))
        notices.append(
            ReceiptNotice(
                external_ids=ids,
                state=state,
                detail=f"{action}: {detail}"[:1000],
                permanent=state is DeliveryState.FAILED,
                recipient=addresses.normalise(recipient.strip("<>")),
                kind="bounce" if state is DeliveryState.FAILED else "receipt",
                tokens=tokens,
            )
        )
    return notices[:MAX_RECIPIENTS] or _informal(mail, own="", tokens=tokens)


def _original_ids(mail: mime.Part) -> tuple[str, ...]:
    """The ids of the mail that the report is about: the enclosed one first, then references."""
    found: list[str] = []
    for part in mime.walk(mail):
        if part is not mail and part.content_type in ("message/rfc822", "message/global"):
            found += _enclosed(part)
        elif part.content_type in ("text/rfc822-headers", "message/global-headers"):
            content = part.content()
            fields, _ = mime.split_headers(content + b"\n\n", 0, len(content) + 2)
            found += [item for name, value in fields if name == "message-id"
                      for item in headers.message_ids(value)]  # fmt: skip
    found += headers.message_ids(mail.raw("in-reply-to"))
    found += list(reversed(headers.message_ids(mail.raw("references"))))
    return tuple(dict.fromkeys(found))[:20]


def _enclosed(part: mime.Part) -> list[str]:
    if part.children:
        return headers.message_ids(part.children[0].raw("message-id"))
    content = part.content()
    fields, _ = mime.split_headers(content + b"\n\n", 0, len(content) + 2)
    return [
        item
        for name, value in fields
        if name == "message-id"
        for item in headers.message_ids(value)
    ]


def _informal(mail: mime.Part, *, own: str, tokens: tuple[str, ...]) -> list[ReceiptNotice]:
    """A bounce in prose, as QQ Mail, NetEase and qmail write them."""
    text = _all_text(mail)
    ids = (*_original_ids(mail), *_ID_LINE.findall(text), *_OWN_ID.findall(text))
    failed = addresses.parse(mail.all_raw("x-failed-recipients"))
    recipient = failed[0].address if failed else next(
        (item for item in _ADDRESS.findall(text) if item.lower() != own.lower() and not
         _OWN_ID.match(item) and not _DAEMON.match(item)), "")  # fmt: skip
    final = not _GOES_ON.search(mail.text("subject") + text[:3000])
    return [
        ReceiptNotice(
            external_ids=tuple(dict.fromkeys(ids))[:20],
            state=DeliveryState.FAILED if final else DeliveryState.SENT,
            detail=_reason(text),
            permanent=final,
            recipient=addresses.normalise(recipient),
            kind="bounce" if final else "receipt",
            tokens=tokens,
        )
    ]


def _reason(text: str) -> str:
    """The line that holds the other server's code, else the beginning."""
    for pattern in (_STATUS, _CODE):
        match = pattern.search(text)
        if match:
            start = text.rfind("\n", 0, match.start()) + 1
            end = text.find("\n", match.end())
            line = text[start : end if end >= 0 else len(text)].strip()
            return line[:500]
    return " ".join(text.split())[:300]


def _all_text(mail: mime.Part) -> str:
    from_parts: list[str] = []
    for part in mime.walk(mail):
        if (
            part.content_type in ("text/plain", "text/html", "text/rfc822-headers")
            and len(from_parts) < 5
        ):
            text = charset.decode(part.content()[:100_000], part.params.get("charset"))
            if part.content_type == "text/html":
                text = re.sub(
                    r"<(?:br|/p|/div|/tr|/td)[^<>]{0,200}>", "\n", text, flags=re.IGNORECASE
                )
                text = re.sub(r"<[^<>@]{0,1000}>", " ", text)
            from_parts.append(text.replace("&lt;", "<").replace("&gt;", ">").replace("&nbsp;", " "))
    return "\n".join(from_parts)


def _disposition(part: mime.Part) -> list[ReceiptNotice]:
    fields = {name: value for group in _groups(part) for name, value in group.items()}
    ids = tuple(headers.message_ids(fields.get("original-message-id", "").encode()))
    shown = "displayed" in fields.get("disposition", "").lower()
    return [
        ReceiptNotice(
            external_ids=ids,
            state=DeliveryState.READ if shown else DeliveryState.DELIVERED,
            detail=fields.get("disposition", "")[:300],
            recipient=addresses.normalise(_typed(fields.get("final-recipient", ""))),
        )
    ]


def _complaint(mail: mime.Part, part: mime.Part) -> list[ReceiptNotice]:
    fields = {name: value for group in _groups(part) for name, value in group.items()}
    recipient = fields.get("original-rcpt-to") or fields.get("removal-recipient", "")
    return [
        ReceiptNotice(
            external_ids=_original_ids(mail),
            state=DeliveryState.DELIVERED,
            detail=f"complaint: {fields.get('feedback-type', 'abuse')}"[:300],
            recipient=addresses.normalise(recipient.strip("<>")),
            kind="complaint",
        )
    ]
