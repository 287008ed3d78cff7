"""What agents can do, when they work, when they are on leave."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec
from msgspec import UNSET

from yizhan.domains.identity import permissions
from yizhan.domains.identity.service import changing
from yizhan.domains.routing import errors, events, pool, shifts
from yizhan.domains.routing.pool import Seen
from yizhan.domains.routing.repository import config
from yizhan.domains.routing.schemas import setup
from yizhan.domains.routing.types import Leave, Profile
from yizhan.domains.sla.errors import CalendarInvalid
from yizhan.kernel.tx import Tx

PERMISSION = "routing:manage"
_FIELDS = ("skills", "languages", "time_zone", "shifts", "limits")
_MOST_LEAVE = 200
_LONGEST = timedelta(days=3 * 366)


async def get(tx: Tx, agent_id: int) -> setup.AgentProfileOut:
    """Every colleague may know. Errors: AgentUnknown."""
    permissions.require_staff(tx.actor)
    return await _shown(tx, await _profile(tx, agent_id))


async def update(
    tx: Tx, agent_id: int, *, change: setup.AgentProfileChange
) -> setup.AgentProfileOut:
    """Errors: AgentUnknown, ProfileInvalid, SkillNotFound."""
    permissions.require(tx.actor, PERMISSION)
    await config.hold(tx)
    old = await _profile(tx, agent_id)
    values = changing.given(change, "time_zone")
    if change.skills is not UNSET:
        values["skills"] = sorted(change.skills, key=lambda one: int(one.skill_id))
    if change.languages is not UNSET:
        values["languages"] = sorted(set(change.languages))
    if change.shifts is not UNSET:
        week = msgspec.structs.asdict(change.shifts)
        values["shifts"] = {day: spans for day, spans in week.items() if spans}
    if change.limits is not UNSET:
        values["limits"] = {one.channel: one.most for one in change.limits}
    new = msgspec.structs.replace(old, **values)
    changes = changing.differences(old, new, *_FIELDS)
    if changes:
        await _check(tx, new)
        await config.put_profile(tx, new)
        said = msgspec.to_builtins(changes)
        tx.emit(events.AgentProfileChanged(agent_id=agent_id, changes=said))
    return await _shown(tx, new)


async def leave(tx: Tx, agent_id: int) -> list[Leave]:
    """Leave that is not over; one's own, or with the right to manage it. Errors: AgentUnknown."""
    _require_own(tx, agent_id)
    await _profile(tx, agent_id)
    since = tx.now.replace(tzinfo=None) - timedelta(days=2)
    return await config.leave(tx, [agent_id], since=since)


async def add_leave(tx: Tx, agent_id: int, new: setup.LeaveIn) -> Leave:
    """Errors: AgentUnknown, LeaveInvalid."""
    permissions.require(tx.actor, PERMISSION)
    await config.hold(tx)
    known = await leave(tx, agent_id)
    begins, ends = _local(new.begins), _local(new.ends)
    if not timedelta() < ends - begins <= _LONGEST:
        raise errors.LeaveInvalid(field="ends")
    if len(known) >= _MOST_LEAVE:
        raise errors.LeaveInvalid(f"at most {_MOST_LEAVE} at once", field="begins")
    added = Leave(
        id=tx.new_id(), agent_id=agent_id, begins=begins, ends=ends, note=new.note.strip()
    )
    await config.add_leave(tx, added)
    tx.emit(
        events.AgentLeaveAdded(
            agent_id=agent_id, leave_id=added.id, begins=new.begins, ends=new.ends
        )
    )
    return added


async def remove_leave(tx: Tx, agent_id: int, leave_id: int) -> None:
    """Errors: LeaveNotFound."""
    permissions.require(tx.actor, PERMISSION)
    if await config.one_leave(tx, agent_id, leave_id) is None:
        raise errors.LeaveNotFound
    await config.remove_leave(tx, leave_id)
    tx.emit(events.AgentLeaveRemoved(agent_id=agent_id, leave_id=leave_id))


def _require_own(tx: Tx, agent_id: int) -> None:
    permissions.require_staff(tx.actor)
    if tx.actor.agent_id != agent_id:
        permissions.require(tx.actor, PERMISSION)


def _local(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise errors.LeaveInvalid(f"no such date: {text}", field="begins") from error


async def _profile(tx: Tx, agent_id: int) -> Profile:
    found = (await config.profiles(tx, [agent_id])).get(agent_id)
    if found is None:
        raise errors.AgentUnknown
    return found


async def _shown(tx: Tx, profile: Profile) -> setup.AgentProfileOut:
    seen: Seen = (await pool.look(tx, [profile.agent_id]))[0]
    return setup.AgentProfileOut(
        agent_id=str(profile.agent_id),
        skills=profile.skills,
        languages=profile.languages,
        time_zone=profile.time_zone,
        shifts=msgspec.convert(profile.shifts, setup.ShiftWeek),
        limits=setup.limits_out(profile),
        on_shift=seen.standing.on_shift,
        on_leave=seen.standing.on_leave,
        next_change_at=seen.standing.next_change_at,
    )


async def _check(tx: Tx, profile: Profile) -> None:
    ids = [int(one.skill_id) for one in profile.skills]
    if len(set(ids)) < len(ids):
        raise errors.ProfileInvalid("a skill is there twice", field="skills")
    if set(ids) - await config.known_skills(tx, ids):
        raise errors.SkillNotFound
    for day, spans in profile.shifts.items():
        if any(begin in (end, "24:00") for begin, end in spans):
            raise errors.ProfileInvalid("a shift has no length", field=f"shifts.{day}")
    try:
        shifts.plan(profile.time_zone or "UTC", profile.shifts)
    except CalendarInvalid as error:
        raise errors.ProfileInvalid(
            str(error.extra.get("reason", error.detail)), field=str(error.extra.get("field"))
        ) from error
