"""Cases of skills: what a skill sees, and what it should decide of it. They come with skills, or in files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import msgspec

from yizhan.domains.copilot.contract import Case as SkillCase
from yizhan.domains.copilot.skills import service as skills
from yizhan.domains.lab import errors
from yizhan.domains.lab.types import LONGEST, Case, Found, Set

NOTHING: Final = "null"
"""What stands where nothing should be decided."""


def of_set(row: Set) -> str:
    """Which skill a set measures. Errors: SetUnfit, UnknownSkill."""
    if row.filters.skill is None:
        raise errors.SetUnfit("Say which skill these cases are of.")
    return skills.folder(row.filters.skill).id


def own(row: Set) -> list[Found]:
    """The cases that come with a set's skill. Errors: UnknownSkill."""
    return [_found(row, one) for one in skills.folder(of_set(row)).cases() if not one.replay]


def read(row: Set, line: str, *, hide: Callable[[str], str]) -> Found:
    """A line of a file, nothing personal left. Errors: CaseUnfit."""
    try:
        found = msgspec.json.decode(line, type=SkillCase)
        hidden = msgspec.structs.replace(found, input=_hidden(found.input, hide))
        return _found(row, hidden)
    except msgspec.DecodeError as error:
        raise errors.CaseUnfit(str(error)) from error


def _found(row: Set, one: SkillCase) -> Found:
    """As it is kept: the whole input, its words for people. Errors: CaseUnfit."""
    skill = skills.folder(of_set(row))
    try:
        seen = msgspec.convert(one.input, skill.seen, strict=False)
        if one.output is not None:
            msgspec.convert(one.output, skill.wanted, strict=False)
    except msgspec.ValidationError as error:
        raise errors.CaseUnfit(str(error)) from error
    said = [one.text for name in ("messages", "turns") for one in getattr(seen, name, ())]
    last = said[-1] if said else ""
    text = getattr(seen, "text", "") or last or getattr(seen, "subject", "") or _line(one.input)
    return Found(text=text[:LONGEST], expected=[_line(one.output)], input=one.input)


def case(asked_id: int, *, seen: dict[str, Any], expected: str) -> SkillCase:
    """As the skill is asked. Errors: DecodeError."""
    output = msgspec.json.decode(expected, type=dict[str, Any] | None)
    return SkillCase(id=str(asked_id), input=seen, output=output)


def out(one: Case) -> dict[str, Any]:
    """A line of a file."""
    expected = msgspec.json.decode(one.expected[0], type=dict[str, Any] | None)
    return {"id": str(one.id), "input": one.input or {}, "output": expected}


def said(output: Any) -> str:
    """What was decided, in a line."""
    return _line(output)


def _line(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _hidden(value: Any, hide: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return hide(value)
    if isinstance(value, list):
        return [_hidden(one, hide) for one in value]
    if isinstance(value, dict):
        return {key: _hidden(one, hide) for key, one in value.items()}
    return value
