"""A flood of mails: the same for the same seed, each with a word that occurs nowhere else."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.extensions.channels.email.servers import today
from yizhan.extensions.channels.email import classify
from yizhan.extensions.channels.email.settings import Settings

ADDRESS = "support@brand.example"

# Where each kind may end. What came twice, byte for byte, is one mail.
ENDS = {
    "question": ("message",),
    "answer": ("message",),
    "automatic": ("message", "quarantine"),
    "nobody": ("quarantine",),
    "own": ("ignored",),
    "empty": ("ignored",),
}
_KINDS = ("question",) * 14 + ("answer",) * 4 + ("automatic", "nobody", "own")


@dataclass(frozen=True)
class Mail:
    """One mail that was put into the mailbox, once or more."""

    kind: str
    message_id: str
    word: str
    raw: bytes
    copies: int = 1

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.raw).hexdigest()


def flood(count: int, *, seed: int) -> list[Mail]:
    """So many different mails."""
    rng = random.Random(seed)
    date = today()
    questions: list[tuple[str, str]] = []  # who asked, and the id of the question
    mails = [Mail("empty", "", "", b"\r\n")]
    for number in range(1, count):
        kind = rng.choice(_KINDS) if questions else "question"
        word = f"w{number}x{rng.getrandbits(40):010x}"
        message_id = f"{word}@customer.example"
        sender, fields = f"c{rng.randrange(max(count // 4, 2))}@customer.example", {}
        if kind == "question":
            questions.append((sender, message_id))
        elif kind == "answer":
            sender, before = rng.choice(questions)
            fields = {"In-Reply-To": f"<{before}>", "References": f"<{before}>"}
        elif kind == "automatic":
            fields = {"Auto-Submitted": "auto-replied"}
        elif kind == "own":
            sender = ADDRESS
            fields = {classify.LOOP_HEADER: classify.loop_mark(Settings(address=ADDRESS))}
        head = {
            "Message-ID": f"<{message_id}>",
            "From": "" if kind == "nobody" else f"Customer <{sender}>",
            "To": ADDRESS,
            "Date": date,
            "Subject": f"订单问题 {number}",
            "MIME-Version": "1.0",
            "Content-Type": "text/plain; charset=utf-8",
            **fields,
        }
        lines = [f"{name}: {value}" for name, value in head.items() if value]
        body = f"您好，请帮忙看一下 {word}。\r\n" + "更多说明。" * rng.randrange(200) + "\r\n"
        raw = "\r\n".join([*lines, "", body]).encode()
        mails.append(Mail(kind, message_id, word, raw, copies=2 if rng.random() < 0.03 else 1))
    return mails


class Maildir:
    """A mailbox of Dovecot's, filled without a server: thousands in a second."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.count = 0
        for folder in (root, *(root / name for name in ("cur", "new", "tmp"))):
            folder.mkdir(parents=True, exist_ok=True)
            shutil.chown(folder, "mail", "mail")
        shutil.chown(root.parent, "mail", "mail")

    def fill(self, mails: Sequence[Mail], *, pause: float = 0.0) -> None:
        for mail in mails:
            for _ in range(mail.copies):
                self.add(mail.raw)
            time.sleep(pause)

    def add(self, raw: bytes) -> None:
        """One mail; it is there, whole, when this returns."""
        self.count += 1
        name = f"{int(time.time())}.M{self.count:06d}P{os.getpid()}.test"
        written = self.root / "tmp" / name
        written.write_bytes(raw)
        shutil.chown(written, "mail", "mail")
        written.rename(self.root / "new" / name)
