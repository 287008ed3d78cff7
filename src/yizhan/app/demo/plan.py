"""The timetable of the demo: pure, the same for a seed. Times are business minutes before now."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from typing import Literal

import msgspec

from yizhan.app.demo import corpus, people, ratings
from yizhan.app.demo.corpus import Story
from yizhan.app.demo.people import Customer

Act = Literal["ask", "answer", "note", "assign", "status", "snooze", "invite", "rate"]

SPAN = 22_000.0  # about six weeks of business minutes
# How long ago a story began, by where it stands now: (least, most).
_AGE = {
    "new": (4.0, 420.0),
    "open": (90.0, 1500.0),
    "pending": (700.0, 3600.0),
    "on_hold": (1200.0, 4200.0),
    "snoozed": (500.0, 1500.0),
    "resolved": (1300.0, 20_500.0),
    "closed": (6500.0, SPAN),
}
_SLOW = {"ask": (30, 700), "answer": (12, 160), "note": (4, 40)}
_QUICK = {"ask": (1, 4), "answer": (1, 5), "note": (1, 4)}
_LOST = {"zh-CN": "550 5.1.1 收件人不存在", "en": "550 5.1.1 user unknown"}


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that somebody did."""

    ago: float
    story: int
    act: Act
    by: str = ""  # a colleague's key; empty: the customer
    text: str = ""  # what was said; the new assignee's key; the new status; a rating
    error: str = ""  # why the answer did not arrive


class Plan(msgspec.Struct, frozen=True):
    """Everything that happens, in order, and who the customers are."""

    stories: tuple[Story, ...]
    customers: tuple[Customer, ...]  # one a story
    steps: tuple[Step, ...]

    def digest(self) -> str:
        """The content in one hash: equal for equal seeds, wherever and whenever it is made."""
        return hashlib.sha256(msgspec.json.encode(self)).hexdigest()


def _customers(stories: list[Story], chance: random.Random) -> list[Customer]:
    """Everybody writes once before anybody writes twice."""
    waiting: dict[str, list[Customer]] = {"zh-CN": [], "en": []}
    everybody = {"zh-CN": people.ZH, "en": people.EN}
    buyers = {one.company: one for one in people.BUYERS}
    found = []
    for story in stories:
        if story.company:
            found.append(buyers[story.company])
            continue
        queue = waiting[story.locale]
        if not queue:
            queue.extend(everybody[story.locale])
            chance.shuffle(queue)
        found.append(queue.pop())
    return found


def _fill(text: str, customer: Customer, *, order: str, city: str, inside: bool) -> str:
    me = customer.call if inside else customer.name
    return text.replace("{me}", me).replace("{order}", order).replace("{city}", city)


def _filled(story: Story, customer: Customer, chance: random.Random) -> Story:
    """The story with its agent, an order number, a city and the customer's name."""
    order = f"HS{chance.randint(24, 26)}{chance.randint(10**7, 10**8 - 1)}"
    city = chance.choice(people.CITIES)
    agent = story.agent
    if agent == "":
        mine = [p.key for p in people.AGENTS if story.team in p.teams and p.role != "admin"]
        agent = chance.choice(mine)
    return msgspec.structs.replace(
        story,
        agent=agent,
        subject=_fill(story.subject, customer, order=order, city=city, inside=False),
        said=tuple(
            msgspec.structs.replace(
                one,
                text=_fill(one.text, customer, order=order, city=city, inside=one.who != "C"),
            )
            for one in story.said
        ),
    )


def _giver(story: Story, agent: str) -> str:
    """Most take their tickets themselves; some are given by the team's lead."""
    return people.LEADS[story.team] if len(story.subject) % 3 == 0 else agent


def _talk(story: Story, agent: str) -> Iterator[tuple[Act, str, str, bool]]:
    """What is said, and that the agent takes the ticket before the first answer."""
    taken = False
    for one in story.said:
        if one.who == "C":
            yield "ask", "", one.text, False
            continue
        if not taken and agent:
            taken = True
            yield "assign", _giver(story, agent), agent, False
        act: Act = "answer" if one.who == "A" else "note"
        yield act, one.by or agent, one.text, one.lost
    if agent and not taken:
        yield "assign", _giver(story, agent), agent, False


def _acts(story: Story) -> Iterator[tuple[Act, str, str, bool]]:
    """What happens in a story: (act, by whom, text, whether it bounced)."""
    agent = "" if story.agent == "-" else story.agent
    yield from _talk(story, agent)
    hand = agent or people.LEADS[story.team]
    if story.status == "snoozed":
        yield "snooze", hand, "", False
    if story.status == "closed":
        yield "status", hand, "resolved", False
        yield from _rated(story)
    answered = any(one.who == "A" for one in story.said)
    if story.status not in ("new", "snoozed") and not (story.status == "open" and answered):
        yield "status", hand, story.status, False
    if story.status == "resolved":
        yield from _rated(story)


def _rated(story: Story) -> Iterator[tuple[Act, str, str, bool]]:
    """The customer is asked how it was, and most of them say."""
    if ratings.is_asked(story):
        yield "invite", "", "", False
        if said := ratings.said(story):
            yield "rate", "", said, False


def _delay(story: Story, chance: random.Random, *, act: Act, text: str) -> float:
    if act == "assign":
        return float(chance.randint(1, 15))
    if act in ("invite", "rate"):
        return 60.0 if act == "invite" else float(chance.randint(3, 240))
    if act in ("status", "snooze"):
        return float(chance.randint(700, 1900) if text == "closed" else chance.randint(1, 25))
    least, most = (_QUICK if story.channel == "chat" else _SLOW)[act]
    return float(chance.randint(least, most))


def _told(story: Story, chance: random.Random, *, place: int) -> list[Step]:
    """One story's steps. What stands as it is now has ended by now."""
    acts = list(_acts(story))
    delays = [0.0, *(_delay(story, chance, act=act, text=text) for act, _, text, _ in acts[1:])]
    least, most = _AGE[story.status]
    # More of the later ones: a desk remembers yesterday better than last month.
    begin = max(least + (most - least) * chance.random() ** 1.4, sum(delays) + least / 2)
    steps, ago = [], begin
    for (act, by, text, lost), delay in zip(acts, delays, strict=True):
        ago -= delay
        error = _LOST[story.locale] if lost else ""
        steps.append(Step(ago=ago, story=place, act=act, by=by, text=text, error=error))
    return steps


def make(seed: int) -> Plan:
    """The timetable for a seed."""
    chance = random.Random(f"yizhan demo {seed}")  # noqa: S311 -- the same for a seed, on purpose
    stories = list(corpus.stories())
    customers = _customers(stories, chance)
    filled = [
        _filled(story, customer, chance) for story, customer in zip(stories, customers, strict=True)
    ]
    steps = [
        step for place, story in enumerate(filled) for step in _told(story, chance, place=place)
    ]
    steps.sort(key=lambda step: (-step.ago, step.story))
    return Plan(tuple(filled), tuple(customers), tuple(steps))
