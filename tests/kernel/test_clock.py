"""One clock for all machines of a desk: the database's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from tests.support.desk import Desk
from yizhan.kernel import clock, ids

_ASKED = datetime(2026, 3, 1, 12, tzinfo=UTC)
_HOURS = timedelta(hours=2)


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    yield
    clock.correct(_ASKED, asked=_ASKED, answered=_ASKED)


@pytest.mark.parametrize("ahead", [_HOURS, -_HOURS, timedelta(seconds=2)])
def test_a_wrong_clock_is_corrected(ahead: timedelta) -> None:
    assert clock.correct(_ASKED - ahead, asked=_ASKED, answered=_ASKED) == ahead
    assert abs(clock.own() - clock.now() - ahead) < timedelta(seconds=1)
    made = ids.at_ms(ids.Generator(1)()) / 1000
    assert abs(clock.own().timestamp() - made - ahead.total_seconds()) < 1


def test_a_slow_answer_proves_nothing() -> None:
    late = _ASKED + timedelta(seconds=8)
    assert clock.correct(_ASKED, asked=_ASKED, answered=late) == timedelta()
    near = _ASKED + timedelta(milliseconds=900)
    assert clock.correct(near, asked=_ASKED, answered=_ASKED) == timedelta()


async def test_a_process_sets_its_clock_when_it_connects(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A ticket made on a machine two hours ahead is as old as every other."""
    right = clock.own
    monkeypatch.setattr(clock, "own", lambda: right() + _HOURS)
    await desk.database._set_clock()
    made = await desk.api.post(
        "/api/v1/tickets",
        json={"subject": "When", "body": "now", "requester": {"email": "a@customer.example"}},
    )
    created = datetime.fromisoformat(made.json()["created_at"])
    assert abs(created - right()) < timedelta(minutes=1)
