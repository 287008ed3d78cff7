"""The outside as real servers that count: a mail server and a receiver of webhooks.

They live in the test's process, so nothing that is killed takes their books along.
"""

from __future__ import annotations

import asyncio
import contextlib
import email
import email.policy
import json
import re
import threading
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

WORD = re.compile(r"\bw\d+x[0-9a-f]{10}\b")


class Letters:
    """A mail server's books. ``mood`` says what it does with the next content:

    ``take`` it; ``hang`` after having taken it, without an answer; ``deaf``: hang and forget it.
    """

    def __init__(self) -> None:
        self.mood = "take"
        self.words: Counter[str] = Counter()
        self.strangers: list[str] = []  # Message-IDs of letters without a word of ours
        self.unanswered = 0
        self.released = threading.Event()

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        mood = self.mood
        if mood != "deaf":
            self._book(envelope.original_content or b"")
        if mood != "take":
            self.unanswered += 1
            await asyncio.to_thread(self.released.wait)
            raise ConnectionAbortedError
        return "250 taken"

    def _book(self, content: bytes) -> None:
        letter = email.message_from_bytes(content, policy=email.policy.default)
        body = letter.get_body(("plain", "html"))
        found = set(WORD.findall(body.get_content() if body else ""))
        if found:
            self.words.update(found)
        else:
            self.strangers.append(str(letter["Message-ID"]))


@contextlib.contextmanager
def mail_server(letters: Letters, port: int) -> Iterator[None]:
    server = Controller(
        letters,
        hostname="127.0.0.1",
        port=port,
        decode_data=False,
        auth_require_tls=False,
        authenticator=lambda *_: AuthResult(success=True),
    )
    server.start()
    try:
        yield
    finally:
        letters.released.set()
        server.stop()


class Told:
    """What the receiver of webhooks was told: event ids, each with how often."""

    def __init__(self) -> None:
        self.events: Counter[str] = Counter()
        self.answer = 200
        self.refused = 0


@contextlib.contextmanager
def webhook_server(told: Told) -> Iterator[str]:
    """Runs the receiver; gives its address."""

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if told.answer == 200:
                told.events[_event_of(self.headers["webhook-id"], json.loads(body))] += 1
            else:
                told.refused += 1
            self.send_response(told.answer)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/hook"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _event_of(header: str, _body: dict[str, Any]) -> str:
    return header.removeprefix("msg_")
