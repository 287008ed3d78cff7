"""Feed mutated input to everything that reads what strangers send.

``python -m tests.security.fuzz --cases 10000 --seed 1 [--only mail] [--case mail:117]``

Each case is made of the seed, the target's name and its number alone, so that one can be run again. The
reading is done in a child process: 2 s of its CPU and 200 MB more than it began with for each case, and
whoever hangs or dies is told by name while the next child goes on. The short form, without a child, runs
in the tests beside this file.
"""

from __future__ import annotations

import argparse
import io
import random
import resource
import select
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Final

import msgspec

from tests.domains.knowledge import documents as made
from tests.extensions.channels.email import build, test_fuzz
from yizhan.domains.channels import clean, registry
from yizhan.domains.channels.contract import IncomingMessage, Quarantined, RawItem
from yizhan.domains.knowledge.documents import __main__ as reading
from yizhan.domains.knowledge.documents.types import CannotRead
from yizhan.extensions.channels.email import connector as mail
from yizhan.kernel import handover, query

SECONDS: Final = 2.0
MEMORY: Final = 200 * 1024 * 1024
_SILENT: Final = 30.0  # seconds of the clock without a word: it hangs where no alarm reaches it
_BEGINS: Final = 240.0  # until the first word, on a machine that has other things to do

_JSON: Final = [b"{", b"}", b"[", b"]", b'"', b":", b",", b"null", b"1e999", b"-1", b'\\u0000', b"\\ud800",
                b'"text":', b'"files":', b'"id":', b"9" * 40, b'"at":', b"NaN", b"\xff"]  # fmt: skip
_FORM: Final = [b"--b\r\n", b"--b--\r\n", b"Content-Disposition: form-data; name=\"email\"\r\n\r\n", b"\r\n",
                b'Content-Disposition: form-data; name="f"; filename="../a\x00.php"\r\n', b"%00", b"%ff", b"&", b"=",
                b"Content-Type: image/svg+xml; x\r\n", b"Content-Transfer-Encoding: base64\r\n"]  # fmt: skip
_MARKS: Final = [b"<p>", b"<svg>", b"<!--", b"]]>", b"&#x", b"|", b"```", b"- ", b"> ", b"[a](", b"![", b"\x00",
                 b"---\n", b"<table><tr>", b"\\", b"*" * 30, b"_" * 30, b"\xe4", b"<title>"]  # fmt: skip
_QUERY: Final = [
    b'"',
    b"(",
    b")",
    b"-",
    b"OR ",
    b"is:",
    b"from:",
    b"..",
    b"*",
    b"field:a=",
    b"~2",
    b"\\",
    b":",
]


def mutate(raw: bytes, chance: random.Random, *, pieces: Sequence[bytes]) -> bytes:
    """A few changes: something put in, cut out, changed, repeated, or taken from elsewhere in it."""
    data = bytearray(raw)
    for _ in range(chance.randint(1, 14)):
        at = chance.randrange(len(data) + 1)
        end = min(len(data), at + chance.choice((1, 3, 40, 400)))
        match chance.randrange(6):
            case 0:
                data[at:at] = chance.choice(pieces) * chance.choice((1, 1, 1, 2, 50))
            case 1:
                del data[at:end]
            case 2:
                data[at : at + 1] = bytes([chance.randrange(256)])
            case 3:
                data[at:at] = bytes(data[at:end]) * chance.choice((1, 2, 5, 100))
            case 4:
                data[at:at] = chance.randbytes(chance.randint(1, 8))
            case _:
                other = chance.randrange(len(data) + 1)
                data[at:end] = data[other : other + end - at]
    return bytes(data[:400_000])


# ------------------------------------------------------------------------------------ channels


def parsed(channel: str, item: RawItem, **settings: Any) -> None:
    """What a connector makes of it can be stored, shown and made again."""
    loaded = registry.load(f"yizhan.extensions.channels.{channel}")
    typed = msgspec.convert(settings, loaded.settings)
    found = [clean.event(one) for one in loaded.connector.parse(typed, item)]
    again = [clean.event(one) for one in loaded.connector.parse(typed, item)]
    assert found == again, "the same bytes mean something else the second time"
    msgspec.msgpack.encode(found)
    for one in found:
        if isinstance(one, IncomingMessage) and channel == "email":
            assert one.external_id, "a mail without an id of its own"
            assert all(file.name and "/" not in file.name for file in one.files)
        if isinstance(one, Quarantined):
            assert one.reason


def _mail(chance: random.Random) -> None:
    raw = mutate(chance.choice(_mails()), chance, pieces=test_fuzz._PIECES)
    item = mail.item(raw)
    assert item.dedupe_key == mail.item(raw).dedupe_key
    parsed("email", item, **msgspec.to_builtins(build.OUR))
    if chance.random() < 0.2:  # what a person let out of quarantine
        parsed("email", mail.item(raw, {"released": True}), **msgspec.to_builtins(build.OUR))


_seeds: list[bytes] = []


def _mails() -> list[bytes]:
    if not _seeds:
        _seeds.extend(test_fuzz.seeds())
    return _seeds


def _form(chance: random.Random) -> None:
    plain = chance.random() < 0.3
    body = b"email=a%40b.example&message=hi&subject=x&name=%E6%9D%8E" if plain else (
        b'--b\r\nContent-Disposition: form-data; name="email"\r\n\r\na@b.example\r\n'
        b'--b\r\nContent-Disposition: form-data; name="message"\r\n\r\nhello\r\n'
        b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.png"\r\n'
        b"Content-Type: image/png\r\n\r\nPNG\r\n--b--\r\n"
    )  # fmt: skip
    kind = "application/x-www-form-urlencoded" if plain else "multipart/form-data; boundary=b"
    if chance.random() < 0.2:
        kind = mutate(kind.encode(), chance, pieces=_FORM).decode("latin-1")
    parsed("form", RawItem("form:1", mutate(body, chance, pieces=_FORM), kind))


def _fake(chance: random.Random) -> None:
    body = b'{"type":"message","id":"1","from":"u","text":"hello","at":1790000000.5}'
    item = RawItem("1", mutate(body, chance, pieces=_JSON), "application/json")
    parsed("fake", item, secret="x" * 8, account="a")


def _chat(chance: random.Random) -> None:
    body = (
        b'{"visitor":{"key":"v1","email":"a@b.example","name":"Li","locale":"zh-CN"},"client_id":"abcdefgh",'
        b'"text":"hello","files":[{"id":1,"name":"a.png","content_type":"image/png"}]}'
    )
    parsed("chat", RawItem("v1:abc", mutate(body, chance, pieces=_JSON), "application/json"))


# ------------------------------------------------------------------------------------ documents


def _rezipped(raw: bytes, chance: random.Random) -> bytes:
    """A document with one part changed, so that the archive itself is sound."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as source, zipfile.ZipFile(out, "w") as target:
        names = source.namelist()
        chosen = chance.choice(names)
        for name in names:
            body = source.read(name)
            target.writestr(name, mutate(body, chance, pieces=_MARKS) if name == chosen else body)
    return out.getvalue()


def document(chance: random.Random) -> tuple[str, bytes]:
    """A document that is none any more, and its name."""
    kind = chance.choice(("docx", "docx", "pdf", "md", "html"))
    if kind == "docx":
        whole = made.docx(
            made.paragraph("Title", "Heading1") + made.table(("a", "b")) + made.picture("rId1"),
            relations=made.relation("rId1", "media/a.png"), more={"word/media/a.png": made.PIXEL},
        )  # fmt: skip
        if chance.random() < 0.6:
            return "a.docx", _rezipped(whole, chance)
        return "a.docx", mutate(whole, chance, pieces=[b"PK\x01\x02", b"PK\x03\x04", b"\x00" * 8])
    if kind == "pdf":
        whole = made.pdf(["Title", "Some words that end here."], ["Second page."])
        pieces = [
            b"obj",
            b"endobj",
            b"stream\n",
            b"<<",
            b">>",
            b"/Kids[1 0 R]",
            b"2 0 R",
            b"/Length 99999999",
        ]
        return "a.pdf", mutate(whole, chance, pieces=pieces)
    text = (
        "# 标题\n\ntext *a* [b](https://c.example)\n\n| a | b |\n|---|---|\n| 1 | 2 |\n<p>x</p>\n"
    )
    return f"a.{kind}", mutate(text.encode(), chance, pieces=_MARKS)


def _document(chance: random.Random) -> None:
    name, raw = document(chance)
    try:
        found = reading.read(name, raw)
    except CannotRead:
        return
    low = found.html.lower()
    assert "<script" not in low
    assert "<svg" not in low


# ------------------------------------------------------------------------------------ words


def _words(chance: random.Random) -> None:
    base = 'refund "late parcel" is:open -tag:vip from:a@b.example created:2026-01..2026-02'
    query.parse(mutate(base.encode(), chance, pieces=_QUERY).decode("utf-8", "replace"))


def _handed(chance: random.Random) -> None:
    from datetime import UTC, datetime

    token = b"eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIiwiZXhwIjoxNzkwMDAwMDAwfQ.c2lnbmF0dXJl"
    text = mutate(token, chance, pieces=[b".", b"eyJhbGciOiJub25lIn0", b"=", b"\xff", b"W10"])
    try:
        handover.claims(
            text.decode("latin-1"), secret="s" * 32, now=datetime(2026, 9, 1, tzinfo=UTC)
        )
    except handover.Refused:
        return
    raise AssertionError("an unsigned hand-over was believed")


TARGETS: Final[dict[str, Callable[[random.Random], None]]] = {
    "mail": _mail, "form": _form, "fake": _fake, "chat": _chat,
    "documents": _document, "words": _words, "handover": _handed,
}  # fmt: skip
_SHARE: Final = {"mail": 5, "documents": 2}  # cases of a target for one of the others


def one(target: str, number: int, *, seed: int) -> None:
    """The same case whenever and wherever it is asked for."""
    TARGETS[target](random.Random(f"{seed}:{target}:{number}"))


def plan(cases: int, only: str = "") -> list[tuple[str, int]]:
    """How many of which."""
    chosen = [only] if only else list(TARGETS)
    whole = sum(_SHARE.get(name, 1) for name in chosen)
    return [(name, n) for name in chosen for n in range(cases * _SHARE.get(name, 1) // whole)]


# ------------------------------------------------------------------------------------ the child


class _TooLong(BaseException):
    """Past what a parser catches."""


def _say(line: str) -> None:
    sys.stdout.write(line.replace("\n", " ") + "\n")
    sys.stdout.flush()


def _child(seed: int, lines: Sequence[str]) -> None:
    def ring(_number: int, _frame: Any) -> None:
        raise _TooLong

    signal.signal(signal.SIGVTALRM, ring)
    for name in TARGETS:  # what is loaded lazily is no case's fault
        one(name, 0, seed=0)
    begun = int(Path("/proc/self/statm").read_text("ascii").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (begun + MEMORY, begun + MEMORY))
    for line in lines:
        target, number = line.split(":")
        _say(f"begin {line}")
        signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
        try:
            one(target, int(number), seed=seed)
        except _TooLong:
            _say(f"fault {line} took longer than {SECONDS:g} s")
        except BaseException as error:  # whatever it is, it is what was looked for
            _say(f"fault {line} {type(error).__name__}: {error!s:.200}")
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def _watch(child: subprocess.Popen[str]) -> tuple[str, list[str]]:
    """The last case that it began, and the faults that it told. Ends when it is silent for long."""
    assert child.stdout is not None
    last = ""
    faults: list[str] = []
    while select.select([child.stdout], [], [], _SILENT if last else _BEGINS)[0]:
        line = child.stdout.readline()  # a line is written at once, so this never waits
        if not line:
            return last, faults
        word, _, rest = line.rstrip("\n").partition(" ")
        if word == "begin":
            last = rest
        elif word == "fault":
            faults.append(rest)
    child.kill()
    return last, [*faults, f"{last} hangs"]


def run(cases: Sequence[tuple[str, int]], *, seed: int, batch: int = 3_000) -> list[str]:
    """All faults. Each batch has a child of its own; after a death the rest of it gets another."""
    lines = [f"{target}:{number}" for target, number in cases]
    faults: list[str] = []
    at = 0
    while at < len(lines):
        mine = lines[at : at + batch]
        with subprocess.Popen(
            [sys.executable, "-m", "tests.security.fuzz", "--child", "--seed", str(seed)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        ) as child:  # fmt: skip
            assert child.stdin is not None
            child.stdin.write("\n".join(mine))
            child.stdin.close()
            last, told = _watch(child)
            code = child.wait()
        faults += told
        done = mine.index(last) + 1 if last in mine else len(mine)
        if code and not any(line.startswith(f"{last} ") for line in told):
            faults.append(f"{last or 'the beginning'} ended its process with {code}")
        at += done
    return faults


def main() -> int:
    """0 when nothing was found."""
    order = argparse.ArgumentParser(prog="python -m tests.security.fuzz", description=__doc__)
    order.add_argument("--cases", type=int, default=10_000)
    order.add_argument("--seed", type=int, default=1)
    order.add_argument("--only", choices=sorted(TARGETS), default="")
    order.add_argument("--case", default="", help="TARGET:NUMBER, run here with its trace")
    order.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    given = order.parse_args()
    if given.child:
        _child(given.seed, sys.stdin.read().split())
        return 0
    if given.case:
        target, number = given.case.split(":")
        one(target, int(number), seed=given.seed)
        return 0
    began = time.monotonic()
    cases = plan(given.cases, given.only)
    faults = run(cases, seed=given.seed)
    took = time.monotonic() - began
    for fault in faults:
        _say(fault)
    _say(f"{len(cases)} cases with seed {given.seed}: {len(faults)} faults in {took:.0f} s")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
