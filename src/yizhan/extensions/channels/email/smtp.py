"""Mail out: one SMTP conversation, and an honest word on how it ended.

Before the content is sent, every trouble is safe to repeat. After it, silence may mean that the
server took the mail: that is ``unknown``, and only a person sends it a second time.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field

import aiosmtplib

from yizhan.domains.channels.contract import DeliveryState, Host, SendReceipt
from yizhan.extensions.channels.email import session
from yizhan.extensions.channels.email.settings import Settings

RETRY_SECONDS = 60.0
OUTCOME_SECONDS = 80.0  # for the answer to the content; the host itself gives up after 120


@dataclass
class Letter:
    """An envelope and its content."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes
    external_id: str


@dataclass
class _Progress:
    """How far the conversation came, for judging its failure."""

    accepted: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    refused_for_good: bool = True
    content_sent: bool = False


async def connect(settings: Settings, host: Host) -> aiosmtplib.SMTP:
    """A connection that is logged in. Errors: those of aiosmtplib and OSError."""
    smtp = aiosmtplib.SMTP(
        hostname=settings.smtp_host,
        port=settings.smtp_port,
        timeout=settings.timeout_seconds,
        use_tls=settings.smtp_security == "tls",
        start_tls=settings.smtp_security == "starttls",
        tls_context=session.tls(settings) if settings.smtp_security != "none" else None,
        local_hostname=settings.address.rpartition("@")[2] or "localhost",
    )
    await smtp.connect()
    try:
        await _login(smtp, settings, host)
    except BaseException:
        smtp.close()
        raise
    return smtp


async def _login(smtp: aiosmtplib.SMTP, settings: Settings, host: Host) -> None:
    user = settings.smtp_username or settings.imap_username
    if settings.auth == "xoauth2":
        await smtp.auth_xoauth2(user or settings.address, await host.token("oauth"))
    elif user and (settings.smtp_password or settings.imap_password):
        await smtp.login(user, settings.smtp_password or settings.imap_password)


async def send(settings: Settings, letter: Letter, host: Host) -> SendReceipt:
    """Hand the letter to the server."""
    progress = _Progress()
    smtp: aiosmtplib.SMTP | None = None
    try:
        smtp = await connect(settings, host)
        answer = await _converse(smtp, letter, progress)
    except aiosmtplib.SMTPResponseException as error:
        return _refused(error, progress)
    except (aiosmtplib.SMTPException, OSError, TimeoutError) as error:
        return _lost(error, progress)
    finally:
        if smtp is not None:
            with contextlib.suppress(aiosmtplib.SMTPException, OSError):
                await smtp.quit(timeout=5)
            smtp.close()
    if not progress.accepted:
        delay = None if progress.refused_for_good else RETRY_SECONDS
        detail = "; ".join(progress.refused)[:1000] or "no_recipient"
        return SendReceipt(DeliveryState.FAILED, detail=detail, retry_after=delay)
    detail = "; ".join([*(f"refused {item}" for item in progress.refused), answer])
    return SendReceipt(DeliveryState.SENT, external_id=letter.external_id, detail=detail[:1000])


async def _converse(smtp: aiosmtplib.SMTP, letter: Letter, progress: _Progress) -> str:
    wide = not all(item.isascii() for item in (letter.sender, *letter.recipients))
    if wide and not smtp.supports_extension("smtputf8"):
        raise aiosmtplib.SMTPSenderRefused(553, "the server does not take SMTPUTF8", letter.sender)
    options = [f"SIZE={len(letter.content)}"] if smtp.supports_extension("size") else []
    if smtp.supports_extension("8bitmime"):
        options.append("BODY=8BITMIME")
    options += ["SMTPUTF8"] if wide else []
    encoding = "utf-8" if wide else "ascii"
    await smtp.mail(letter.sender, options=options, encoding=encoding)
    for recipient in letter.recipients:
        try:
            await smtp.rcpt(recipient, encoding=encoding)
        except aiosmtplib.SMTPRecipientRefused as error:
            progress.refused.append(f"{recipient}: {error.code} {_line(error.message)}")
            progress.refused_for_good &= error.code >= 500
        else:
            progress.accepted.append(recipient)
    if not progress.accepted:
        return ""
    # From here on silence is ambiguous; losing the line before the content left is so rare that
    # calling it unknown too costs nobody anything.
    progress.content_sent = True
    done = await smtp.data(letter.content, timeout=OUTCOME_SECONDS)
    return _line(done.message)


def _refused(error: aiosmtplib.SMTPResponseException, progress: _Progress) -> SendReceipt:
    """The server said no: for now (4xx), or for good (5xx)."""
    said = f"{error.code} {_line(str(error.message))}"
    if isinstance(error, aiosmtplib.SMTPAuthenticationError):
        # The mailbox must be repaired, not the message: keep trying.
        return SendReceipt(DeliveryState.FAILED, detail=said, retry_after=RETRY_SECONDS * 5)
    if error.code == 421 and progress.content_sent:
        return SendReceipt(DeliveryState.UNKNOWN, detail=said)
    delay = RETRY_SECONDS if 400 <= error.code < 500 else None
    return SendReceipt(DeliveryState.FAILED, detail=said, retry_after=delay)


def _lost(error: BaseException, progress: _Progress) -> SendReceipt:
    said = f"{type(error).__name__}: {error}"[:500]
    if progress.content_sent:
        return SendReceipt(DeliveryState.UNKNOWN, detail=said)
    return SendReceipt(DeliveryState.FAILED, detail=said, retry_after=RETRY_SECONDS)


def _line(text: str) -> str:
    return " ".join(str(text).split())[:300]
