"""The judge alone: each rule is kept by good books and broken by exactly one planted fault."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.chaos import checker, journal
from tests.chaos.checker import Seen, Sent
from tests.chaos.journal import Journal, Work


def _books() -> tuple[list[Work], Seen]:
    """Clients and a desk that agree, with everything that may be otherwise after a crash."""
    works = [
        Work("w1", "ticket", {}, {"id": "7"}),
        Work("w2", "reply", {"ticket": "7"}, {"id": "8"}),
        Work("w3", "reply", {"ticket": "7"}),  # never answered, but done
        Work("w4", "webhook"),  # never answered, never done
        Work("s1", "status", {"ticket": "7", "to": "pending"}, {}),
        Work("s2", "status", {"ticket": "7", "to": "resolved"}),
        Work("s3", "status", {"ticket": "7", "to": "open"}, {}),
    ]
    seen = Seen(
        present=Counter(["w1", "w2", "w3"]),
        statuses={"7": ["pending", "open"]},
        sent=[Sent("w2", "sent", 1), Sent("w3", "unknown", 1)],
        events={"e1"},
        told={"e1"},
        read={"/tickets": "w1 w2"},
        canaries=("b1",),
        streamed={"7": {"status": "open"}},
        refetched={"7": {"status": "open"}},
        recovered=1.0,
        within=10.0,
    )
    return works, seen


def _with(**changes: Any) -> Callable[[Seen], Seen]:
    return lambda seen: replace(seen, **changes)


PLANTED: dict[str, tuple[Callable[[Seen], Seen], list[tuple[str, str]]]] = {
    "a lost ticket": (_with(present=Counter(["w2", "w3"])), [("A", "w1")]),
    "a doubled reply": (_with(present=Counter(["w1", "w2", "w2"])), [("A", "w2")]),
    "done twice without an answer": (
        _with(present=Counter(["w1", "w2", "w3", "w3"])),
        [("B", "w3")],
    ),
    "a lost change": (_with(statuses={"7": ["pending", "resolved"]}), [("A", "s3")]),
    "a change twice": (_with(statuses={"7": ["pending", "open", "open"]}), [("B", "7")]),
    "a mail twice": (
        _with(sent=[Sent("w2", "sent", 2), Sent("w3", "unknown", 1)]),
        [("C", "w2")],
    ),
    "a mail called sent that never left": (_with(sent=[Sent("w2", "sent", 0)]), [("C", "w2")]),
    "a doubtful one sent again": (_with(sent=[Sent("w3", "unknown", 2)]), [("C", "w3")]),
    "a failed one that left": (_with(sent=[Sent("w3", "failed", 1)]), [("C", "w3")]),
    "a letter from nowhere": (_with(unexpected=["<x@y>"]), [("C", "<x@y>")]),
    "a webhook that never came": (_with(told=set()), [("C", "e1")]),
    "a webhook of nothing": (_with(told={"e1", "e2"}), [("C", "e2")]),
    "another's word": (_with(read={"/search": "… b1 …"}), [("D", "/search")]),
    "a stale stream": (_with(streamed={"7": {"status": "pending"}}), [("E", "7")]),
    "a ticket the stream never told of": (_with(streamed={}), [("E", "7")]),
    "too slow": (_with(recovered=11.0), [("F", "recovery")]),
    "a crash shown to a client": (
        _with(complaints=["500 for POST /tickets"]),
        [("F", "answers")],
    ),
    "books that do not add up": (
        _with(verified={"ok": False, "checks": [{"name": "files", "ok": False, "detail": "1"}]}),
        [("F", "verify")],
    ),
}


def test_books_that_agree_pass() -> None:
    works, seen = _books()
    assert checker.check(works, seen) == []


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_fault_is_the_only_one_found(name: str) -> None:
    works, seen = _books()
    break_, expected = PLANTED[name]
    found = checker.check(works, break_(seen))
    assert [(fault.rule, fault.about) for fault in found] == expected


def test_the_journal_holds_what_was_meant_when_its_writer_dies(tmp_path: Path) -> None:
    with Journal(tmp_path / "journal") as written:
        written.intend("w1", "ticket", subject="x")
        written.intend("w2", "reply", ticket="7")
        written.acknowledge("w1", id="7")
        written.intend("w2", "reply", ticket="7")  # sent again
    with (tmp_path / "journal").open("a") as half:
        half.write(json.dumps({"key": "w2", "answer": {}})[:-4])
    works = journal.read(tmp_path / "journal")
    assert [(work.key, work.acknowledged) for work in works] == [("w1", True), ("w2", False)]
