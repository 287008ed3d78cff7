"""Faults of the machine are answered as such: come back later, nothing was done."""

from __future__ import annotations

import sys
from pathlib import Path

import asyncpg
import pytest
import structlog

from tests.support.desk import Desk
from yizhan.kernel import logs

_TICKET = {"subject": "No room", "body": "at all", "requester": {"email": "a@customer.example"}}
_REFUSE = """
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN {does}; RETURN new; END $$;
CREATE CONSTRAINT TRIGGER refuse AFTER INSERT ON ticket DEFERRABLE INITIALLY {when}
FOR EACH ROW EXECUTE FUNCTION refuse()
"""
_FAULTS = {
    "the database's disk is full": ("RAISE EXCEPTION USING ERRCODE = 'disk_full'", "storage_full"),
    "its memory is": ("RAISE EXCEPTION USING ERRCODE = 'out_of_memory'", "database_down"),
    "it was told to end": ("PERFORM pg_terminate_backend(pg_backend_pid())", "database_down"),
    "its disk cannot be read": ("RAISE EXCEPTION USING ERRCODE = 'io_error'", "database_down"),
}


@pytest.mark.parametrize(
    ("fault", "when"),
    list(zip(_FAULTS, ("DEFERRED", "IMMEDIATE", "DEFERRED", "IMMEDIATE"), strict=True)),
)
async def test_the_caller_is_told_to_come_back(desk: Desk, dsn: str, fault: str, when: str) -> None:
    """Within the request, and at its commit."""
    does, code = _FAULTS[fault]
    owner = await asyncpg.connect(dsn)
    await owner.execute(_REFUSE.format(does=does, when=when))
    key = {"Idempotency-Key": "again"}
    answer = await desk.api.post("/api/v1/tickets", json=_TICKET, headers=key)
    assert (answer.status_code, answer.json()["code"]) == (503, code)
    assert int(answer.headers["retry-after"]) >= 1
    await owner.execute("DROP TRIGGER refuse ON ticket")
    await owner.close()
    answer = await desk.api.post("/api/v1/tickets", json=_TICKET, headers=key)
    assert answer.status_code == 201, "the same request, once there is room"
    assert len((await desk.api.get("/api/v1/tickets?view=all")).json()["items"]) == 1


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> None:
    with Path("/dev/full").open("w", buffering=1) as nowhere:
        monkeypatch.setattr(sys, "stderr", nowhere)
        logs.set_up("info")


def test_work_goes_on_when_its_log_cannot_be_written(full: None) -> None:
    structlog.get_logger("test").warning("nobody_reads_this")
