"""Business time: the desk is busy from 9 to 19 on weekdays and from 10 to 16 on weekends."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Shanghai")


def _window(day: datetime) -> tuple[datetime, datetime]:
    weekend = day.weekday() >= 5
    start, end = (time(10), time(16)) if weekend else (time(9), time(19))
    return (
        datetime.combine(day.date(), start, tzinfo=ZONE),
        datetime.combine(day.date(), end, tzinfo=ZONE),
    )


def back(base: datetime, minutes: float) -> datetime:
    """The moment that lies so many business minutes before ``base``. Later stays later."""
    moment = base.astimezone(ZONE)
    while True:
        start, end = _window(moment)
        moment = min(moment, end)
        room = (moment - start).total_seconds() / 60
        if room > 0 and minutes <= room:
            return moment - timedelta(minutes=minutes)
        minutes -= max(room, 0)
        yesterday = moment.date() - timedelta(days=1)
        moment = datetime.combine(yesterday, time(23, 59), tzinfo=ZONE)


def morning(base: datetime, *, days: int) -> datetime:
    """Half past nine, some days later."""
    day = base.astimezone(ZONE).date() + timedelta(days=days)
    return datetime.combine(day, time(9, 30), tzinfo=ZONE)
