"""What the demo's agents can do and when, and which tickets ask for it."""

from __future__ import annotations

from datetime import datetime, timedelta

from yizhan.domains.routing.schemas import setup
from yizhan.domains.routing.service import profiles, rules, settings, skills
from yizhan.domains.routing.types import SkillLevel, SkillNeed
from yizhan.kernel.tx import Tx

_SKILLS = {
    "warranty": ("保修鉴定", "判断是否在保、要不要寄回检测"),
    "firmware": ("固件与连接", "蓝牙、固件升级、App 配对"),
    "business": ("企业报价", "合同、批量价格、发票"),
}
# Levels, languages, and shifts of those who have some.
_PEOPLE: dict[str, tuple[dict[str, int], tuple[str, ...]]] = {
    "zhou": ({"warranty": 5, "firmware": 4}, ("zh", "en")),
    "lin": ({"warranty": 3, "firmware": 2}, ("zh",)),
    "chen": ({"warranty": 2, "firmware": 5}, ("zh", "ja")),
    "gu": ({"business": 5}, ("zh", "en")),
    "he": ({"business": 3}, ("zh",)),
    "emma": ({"warranty": 4, "firmware": 3}, ("en", "fr")),
    "daniel": ({"firmware": 4}, ("en",)),
}
_WEEK = ("mon", "tue", "wed", "thu", "fri")
_SHIFTS = {
    "lin": setup.ShiftWeek(**{day: [("08:00", "12:00"), ("13:00", "17:00")] for day in _WEEK}),
    "chen": setup.ShiftWeek(**{day: [("17:00", "01:00")] for day in _WEEK}),
}
_RULES = (
    ("固件与连接问题", ["固件", "蓝牙", "bluetooth", "firmware"], "firmware", 3, False),
    ("保修与退换", ["保修", "退换", "warranty"], "warranty", 2, True),
)


async def lay(tx: Tx, *, agents: dict[str, int], teams: dict[str, int], base: datetime) -> None:
    """Skills, people, rules and how the teams give out."""
    made = {}
    for key, (name, description) in _SKILLS.items():
        skill = await skills.create(tx, setup.SkillIn(name=name, description=description))
        made[key] = str(skill.id)
    for key, (levels, languages) in _PEOPLE.items():
        change = setup.AgentProfileChange(
            skills=[SkillLevel(skill_id=made[one], level=n) for one, n in levels.items()],
            languages=list(languages),
            shifts=_SHIFTS.get(key, setup.ShiftWeek()),
            time_zone="Europe/London" if key in ("emma", "daniel") else None,
        )
        await profiles.update(tx, agents[key], change=change)
    for name, words, skill_key, level, required in _RULES:
        tests = [{"field": "subject", "op": "contains", "value": word} for word in words]
        need = SkillNeed(skill_id=made[skill_key], level=level, required=required)
        rule = setup.AssignmentRuleIn(name=name, condition={"any": tests}, needs=[need])
        await rules.create(tx, rule)
    spoken = setup.TeamAssignmentChange(language="preferred", lower_minutes=60)
    for key in ("after", "over"):
        await settings.update(tx, teams[key], change=spoken)
    monday = base.date() + timedelta(days=7 - base.weekday())
    away = setup.LeaveIn(
        begins=f"{monday}T00:00", ends=f"{monday + timedelta(days=3)}T00:00", note="年假"
    )
    await profiles.add_leave(tx, agents["daniel"], away)
