"""Believable raw mails: new threads and answers in them, Chinese and English, plain and HTML, some with files."""

from __future__ import annotations

import base64
import random
from datetime import UTC, datetime
from email.utils import format_datetime

from yizhan.app.bench import believable

_ANSWERS, _FILES, _HTML = 0.2, 0.1, 0.6
_LONGEST_FILE = 40_000
_QUOTE = "\n\nOn Monday Support wrote:\n> Thank you for your message.\n> We look into it.\n"


class Letters:
    """Makes mails of a few hundred customers to one address."""

    def __init__(self, to: str, rng: random.Random) -> None:
        self._to = to
        self._rng = rng
        self._known: list[tuple[str, str, str]] = []  # id, sender, subject: what can be answered

    def arrived(self, letter: tuple[str, str, str]) -> None:
        """From now on its sender may go on in the same thread."""
        self._known.append(letter)
        del self._known[:-500]

    def next(self) -> tuple[bytes, tuple[str, str, str]]:
        """A mail, and what :meth:`arrived` wants of it."""
        rng = self._rng
        number = rng.getrandbits(64)
        message_id = f"<{number:016x}@customers.example.test>"
        sender, subject, before = f"mail{rng.randrange(400)}@customers.example.test", "", ""
        if self._known and rng.random() < _ANSWERS:
            before, sender, subject = rng.choice(self._known)
        subject = subject or believable.sentence(rng)[:90]
        text = "\n\n".join(believable.sentence(rng) for _ in range(rng.randint(2, 8)))
        head = [
            f"Message-ID: {message_id}",
            f"From: Customer <{sender}>",
            f"To: <{self._to}>",
            f"Date: {format_datetime(datetime.now(UTC))}",
            f"Subject: =?utf-8?b?{base64.b64encode(subject.encode()).decode()}?=",
            "MIME-Version: 1.0",
        ]
        if before:
            head += [f"In-Reply-To: {before}", f"References: {before}"]
            text += _QUOTE
        body = self._body(text)
        if rng.random() < _FILES:
            body = self._with_file(body)
        raw = "\r\n".join([*head, body]).encode()
        return raw, (message_id, sender, subject)

    def _body(self, text: str) -> str:
        plain = _part("text/plain", text)
        if self._rng.random() >= _HTML:
            return plain
        page = "".join(f"<p>{line}</p>" for line in text.split("\n\n"))
        page = f"<html><body><div style='font-size:14px'>{page}</div></body></html>"
        return _several("alternative", plain, _part("text/html", page))

    def _with_file(self, body: str) -> str:
        content = self._rng.randbytes(self._rng.randint(500, _LONGEST_FILE))
        coded = "\r\n".join(base64.encodebytes(content).decode().splitlines())
        return _several(
            "mixed",
            body,
            "Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n"
            f'Content-Disposition: attachment; filename="invoice.pdf"\r\n\r\n{coded}\r\n',
        )


def _part(kind: str, text: str) -> str:
    coded = "\r\n".join(base64.encodebytes(text.encode()).decode().splitlines())
    return f"Content-Type: {kind}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n{coded}\r\n"


def _several(kind: str, *parts: str) -> str:
    inner = "".join(f"--{kind}-part\r\n{part}" for part in parts)
    return (
        f'Content-Type: multipart/{kind}; boundary="{kind}-part"\r\n\r\n{inner}--{kind}-part--\r\n'
    )
