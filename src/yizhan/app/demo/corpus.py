"""Reads our stories. A story is a ticket: who says what, and where it stands in the end.

``*.txt`` but ``short.txt``: a head ``## channel team agent status priority | tags | company``, the
subject, then lines that begin with ``C:`` (customer), ``A:`` (agent), ``N:`` (internal note) or
``A key:`` / ``N key:`` for another colleague; ``A!:`` did not arrive. ``short.txt``: one line a
ticket, parts by ``|``, the last two (answer, agent) may be left out.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import Literal

import msgspec

Who = Literal["C", "A", "N"]
_SPEAKER = re.compile(r"(C|A|N)(!?)(?: (\w+))?: ?(.*)")
_LANGUAGES = {"zh_after.txt": "zh-CN", "zh_pre.txt": "zh-CN", "en.txt": "en"}


class Said(msgspec.Struct, frozen=True):
    """One message. ``by`` is a colleague's key; empty: the ticket's own agent."""

    who: Who
    text: str
    by: str = ""
    lost: bool = False  # it bounced


class Story(msgspec.Struct, frozen=True):
    """A ticket from its first word to where it stands."""

    locale: str
    channel: str
    team: str
    agent: str  # "-": nobody
    status: str
    priority: str
    tags: tuple[str, ...]
    company: str
    subject: str
    said: tuple[Said, ...]


def _read(name: str) -> str:
    return resources.files(__package__).joinpath("stories", name).read_text("utf-8")


def _said(lines: list[str]) -> tuple[Said, ...]:
    found: list[Said] = []
    for line in lines:
        match = _SPEAKER.fullmatch(line)
        if match is None:
            last = found.pop()
            found.append(msgspec.structs.replace(last, text=f"{last.text}\n{line}"))
        else:
            who: Who = "C" if match[1] == "C" else "A" if match[1] == "A" else "N"
            found.append(Said(who, match[4], match[3] or "", lost=bool(match[2])))
    return tuple(found)


def _story(block: str, locale: str) -> Story:
    head, subject, *lines = block.strip().splitlines()
    place, tags, company, *_ = [part.strip() for part in f"{head} | | ".split("|")]
    channel, team, agent, status, priority = place.split()
    return Story(
        locale,
        channel,
        team,
        agent,
        status,
        priority,
        tuple(filter(None, tags.split(","))),
        company,
        subject,
        _said(lines),
    )


def _short(line: str) -> Story:
    parts = f"{line}||".split("|")
    language, channel, team, status, priority, tags, subject, text, answer, agent = parts[:10]
    said = [Said("C", text), *([Said("A", answer)] if answer else [])]
    return Story(
        {"zh": "zh-CN", "en": "en"}[language],
        channel,
        team,
        agent or ("" if answer else "-"),
        status,
        priority,
        tuple(tags.split(",")),
        "",
        subject,
        tuple(said),
    )


@cache
def stories() -> tuple[Story, ...]:
    """All stories, in the order of the files."""
    found = [
        _story(block, locale)
        for name, locale in _LANGUAGES.items()
        for block in re.split(r"^## ", _read(name), flags=re.MULTILINE)
        if block.strip()
    ]
    return (*found, *(_short(line) for line in _read("short.txt").splitlines() if line))
