"""Logs tell where something failed, and never what a person wrote."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from typing import Any

import asyncpg
import pytest
import structlog

from tests.support.logged import logged

CANARY = "canary.person@example.test"


@pytest.fixture
def lines() -> Iterator[Any]:
    """What is written to standard error, line by line as objects."""
    with logged() as out:
        yield lambda: [json.loads(line) for line in out.getvalue().splitlines()]


def _fail(address: str) -> None:
    customer = {"email": address}
    try:
        int(customer["email"])
    except ValueError as error:
        raise RuntimeError(f"no such customer: {address}") from error


def test_an_exception_is_logged_by_types_and_places_only(lines: Any) -> None:
    try:
        _fail(CANARY)
    except RuntimeError:
        structlog.get_logger("test").exception("job_failed", job="x")
    (line,) = lines()
    assert CANARY not in json.dumps(line)
    assert [part["type"] for part in line["exception"]] == [
        "builtins.RuntimeError",
        "builtins.ValueError",
    ]
    assert line["exception"][0]["frames"][-1].endswith(" _fail")


def test_a_fault_of_the_database_names_the_constraint_and_not_the_value(lines: Any) -> None:
    error = asyncpg.UniqueViolationError("duplicate key")
    error.detail = f"Key (value)=({CANARY}) already exists."
    error.constraint_name = "identity_value"
    structlog.get_logger("test").error("request_failed", exc_info=error)
    (line,) = lines()
    assert CANARY not in json.dumps(line)
    assert line["exception"][0]["constraint_name"] == "identity_value"
    assert line["exception"][0]["sqlstate"] == "23505"


def test_other_libraries_lines_come_without_their_values(lines: Any) -> None:
    try:
        _fail(CANARY)
    except RuntimeError:
        logging.getLogger("library").exception("could not work on %s", CANARY)
    (line,) = lines()
    assert CANARY not in json.dumps(line)
    assert line["event"] == "could not work on %s"
    assert line["exception"]
