"""An index on a table that may be large is built while others write.

A plain CREATE INDEX keeps every writer out until it is done: minutes at ten million rows. A migration that
indexes such a table consists of CREATE INDEX CONCURRENTLY and the line ``-- concurrently``; what needs a
transaction goes into a file of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tools.rules import Tree, Violation

FOLDER = "src/yizhan/migrations/"
FIRST = 253  # what was written before stays as it was applied
BEFORE = frozenset({261, 262})
LARGE = frozenset(
    {
        "action_run",
        "article_feedback",
        "article_use",
        "attachment",
        "audit",
        "auto_reply",
        "contact",
    }
    | {"conversation", "copilot_answer", "copilot_sent", "copilot_skill_decision", "delivery"}
    | {
        "envelope",
        "event",
        "field_value",
        "file",
        "identity",
        "inferred_satisfaction",
        "label_answer",
    }
    | {
        "message",
        "message_ref",
        "notification",
        "participant",
        "pgqueuer",
        "receipt",
        "report_fact",
    }
    | {"report_span", "search_doc", "search_word", "signal", "sla_clock", "sla_ticket", "task_move"}
    | {"survey_invitation", "ticket", "ticket_link", "ticket_operation", "ticket_read", "timer"}
    | {
        "ticket_score",
        "ticket_signal",
        "ticket_subject",
        "ticket_tag",
        "watcher",
        "webhook_delivery",
    }
)
_MARK = re.compile(r"^-- concurrently$", re.MULTILINE)
_INDEX = re.compile(
    r"CREATE\s+(?:UNIQUE\s+)?INDEX\s+(CONCURRENTLY\s+)?(?:IF\s+NOT\s+EXISTS\s+)?\w*\s*ON\s+(?:ONLY\s+)?(\w+)",
    re.IGNORECASE,
)
_MADE = re.compile(
    r"CREATE\s+(?:UNLOGGED\s+)?TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?(\w+)", re.IGNORECASE
)
_ONLY = re.compile(r"\s*CREATE\s+(?:UNIQUE\s+)?INDEX\s+CONCURRENTLY\s+[a-z_][a-z0-9_]*\s+ON\s")

GOOD = {
    f"{FOLDER}0900_found.sql": "-- concurrently\nCREATE INDEX CONCURRENTLY found ON message (workspace_id, id);\n",
    f"{FOLDER}0901_new.sql": "CREATE TABLE event (id int);\nCREATE INDEX event_id ON event (id);\n",
    f"{FOLDER}0100_old.sql": "CREATE INDEX found ON message (id);\n",
}
BAD = {f"{FOLDER}0900_found.sql": "CREATE INDEX found ON message (workspace_id, id);\n"}


def check(tree: Tree) -> Iterator[Violation]:
    """Migrations of today and later."""
    for path, text in tree.items():
        name = path.removeprefix(FOLDER)
        if name == path or not name.endswith(".sql"):
            continue
        number = int(name[:4])
        if number >= FIRST and number not in BEFORE:
            yield from _indexes(path, text)


def _indexes(path: str, text: str) -> Iterator[Violation]:
    marked = _MARK.search(text) is not None
    plain = re.sub(r"--[^\n]*", lambda comment: " " * len(comment[0]), text)
    made = set(_MADE.findall(plain))
    for found in _INDEX.finditer(plain):
        line = plain.count("\n", 0, found.start()) + 1
        if found[2] in LARGE - made and not (marked and found[1]):
            message = f"writers of {found[2]} wait: CREATE INDEX CONCURRENTLY and -- concurrently"
            yield Violation(path, line, message)
        elif found[1] and not marked:
            yield Violation(path, line, "needs the line -- concurrently")
    if marked and not all(_ONLY.match(one) for one in plain.split(";") if one.strip()):
        yield Violation(
            path, 1, "-- concurrently is for CREATE INDEX CONCURRENTLY and nothing else"
        )
