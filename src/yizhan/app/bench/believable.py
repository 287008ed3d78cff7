"""Rows of believable customers, tickets and messages, the same for the same seed."""

from __future__ import annotations

import functools
import hashlib
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from yizhan.domains.tickets.types import FIRST_NUMBER
from yizhan.kernel import ids, text

_ZH = (
    "订单",
    "退款",
    "物流",
    "耳机",
    "蓝牙",
    "发票",
    "保修",
    "充电",
    "屏幕",
    "售后",
    "地址",
    "优惠券",
    "会员",
    "换货",
    "安装",
    "客服",
    "快递",
    "电池",
    "说明书",
    "降噪",
    "系统",
    "更新",
    "声音",
    "左耳",
    "颜色",
    "缺货",
    "预售",
    "评价",
)
_EN = (
    "order",
    "refund",
    "delivery",
    "headphones",
    "pairing",
    "invoice",
    "warranty",
    "battery",
    "screen",
    "support",
    "address",
    "coupon",
    "account",
    "exchange",
    "manual",
    "firmware",
    "update",
    "noise",
    "left",
    "colour",
    "stock",
)
_TAGS = ("退款", "物流", "vip", "bug", "invoice", "urgent-fix")
_STATUSES = (("open", "open", 60), ("new", "new", 15), ("pending", "waiting", 25))
_CHANNELS = {"email": 45, "chat": 25, "api": 15, "form": 10, "web": 5}
_LONG_THREADS = 50  # so many tickets have exactly 20 messages
_LONGEST_THREAD, _ZIPF = 40, 1.9  # three messages a ticket in the mean
_MOST_OPEN, _LEAST_OPEN, _OPEN = 0.1, 0.01, 100_000  # one in a hundred at ten million
_HOT_CUSTOMERS, _HOT_SHARE = 0.01, 0.2  # who write a fifth of all tickets
_TICKETS_OF_AN_AGENT, _FEWEST_AGENTS, _MOST_AGENTS = 2000, 4, 200
_TEAM = 8  # agents
_TAKEN = 0.9  # of tickets that are past new have somebody who answers for them
_FILES = 0.1
FILES = 20  # different contents
CHUNK = 5000  # tickets that are made together, always the same for the same seed
_END = datetime(2026, 11, 1, tzinfo=UTC)
_SPAN = timedelta(days=730)
_MINUTES = 7  # between two messages of a ticket

Row = tuple[Any, ...]


class Plan(msgspec.Struct, frozen=True):
    """What is to be made."""

    workspace_id: int
    brand_id: int
    tickets: int
    seed: int

    @property
    def contacts(self) -> int:
        return max(10, self.tickets // 5)

    @property
    def agents(self) -> int:
        return min(_MOST_AGENTS, max(_FEWEST_AGENTS, self.tickets // _TICKETS_OF_AN_AGENT))

    @property
    def teams(self) -> int:
        return -(-self.agents // _TEAM)

    @property
    def chunks(self) -> int:
        return -(-self.tickets // CHUNK)


class _Ids:
    """Ids as the application makes them, for moments in the past: chunks near in time differ in their node."""

    def __init__(self, node: int) -> None:
        self._node = node % 1024
        self._taken: dict[int, int] = {}

    def at(self, moment: datetime) -> int:
        ms = int(moment.timestamp() * 1000) - ids.EPOCH_MS
        sequence = self._taken.get(ms, 0)
        self._taken[ms] = sequence + 1
        return (ms + (sequence >> 12)) << 22 | self._node << 12 | (sequence & 4095)


def order_number(ticket: int) -> str:
    """The order that the customer of every tenth ticket names."""
    return f"YZ2026{ticket // 10:08d}"


def sentence(rng: random.Random) -> str:
    """What customers write about, Chinese or English."""
    if rng.random() < 0.3:
        return "".join(rng.choices(_ZH, k=rng.randint(4, 14))) + "。"
    return " ".join(rng.choices(_EN, k=rng.randint(6, 24))).capitalize() + "."


def file_content(number: int) -> bytes:
    """One of the files that customers send."""
    return random.Random(f"file:{number}").randbytes(2000 + number * 700)  # noqa: S311 -- data


def contact(number: int) -> tuple[int, str]:
    """Id and name of a customer."""
    moment = _END - timedelta(days=800, seconds=-number)
    ms = int(moment.timestamp() * 1000) - ids.EPOCH_MS
    name = f"{_ZH[number % len(_ZH)]}{number}" if number % 3 == 0 else f"Customer {number}"
    return ms << 22 | 1023 << 12, name


def agent(number: int) -> tuple[int, str]:
    """Id and name of one who answers; the id behind it is the agent's team's, for the first of a team."""
    ms = int((_END - timedelta(days=900, seconds=-number)).timestamp() * 1000) - ids.EPOCH_MS
    return ms << 22 | 1023 << 12, f"Agent {number + 1}"


def team(number: int) -> tuple[int, str]:
    """Id and name of a team."""
    return agent(number * _TEAM)[0] + 1, f"Team {number + 1}"


def team_of(number: int) -> int:
    """The number of an agent's team."""
    return number // _TEAM


def people(plan: Plan) -> Iterator[tuple[Row, Row]]:
    """Rows of contact and identity: one proven address each."""
    for n in range(plan.contacts):
        contact_id, name = contact(n)
        address = f"customer{n}@example.test"
        yield (
            (plan.workspace_id, contact_id, name),
            (
                *(plan.workspace_id, contact_id + 1, contact_id, "email", ""),
                *(address, address, 2, False, "api"),
            ),
        )


class Chunk:
    """The rows of some tickets, oldest first."""

    def __init__(self, plan: Plan, number: int) -> None:
        self._plan = plan
        self._range = range(number * CHUNK, min((number + 1) * CHUNK, plan.tickets))
        self._rng = random.Random(f"{plan.seed}:{number}")  # noqa: S311 -- data, not secrets
        # Of their own, so that who has a ticket changes nothing of what it says.
        self._given = random.Random(f"{plan.seed}:{number}:given")  # noqa: S311 -- data
        self._weights = [1 / (place + 4) for place in range(plan.agents)]  # some do twice as much
        self._ids = _Ids(number)
        self._open_share = max(_LEAST_OPEN, min(_MOST_OPEN, _OPEN / max(1, plan.tickets)))
        self.rows: dict[str, list[Row]] = {
            name: []
            for name in ("ticket", "conversation", "message", "search_doc", "file", "attachment")
        }

    def make(self) -> dict[str, list[Row]]:
        """All tables."""
        for n in self._range:
            self._ticket(n, _END - _SPAN + _SPAN * (n / self._plan.tickets))
        return self.rows

    def _customer(self) -> tuple[int, str]:
        count, rng = self._plan.contacts, self._rng
        if rng.random() < _HOT_SHARE:
            return contact(int(max(1, count * _HOT_CUSTOMERS) * rng.random()))
        return contact(int(count * rng.random() ** 2))

    def _status(self, *, is_long: bool) -> tuple[str, str]:
        if is_long or self._rng.random() >= self._open_share:  # nobody answers in long ones
            return "closed", "closed"
        return self._rng.choices(_STATUSES, weights=[s[2] for s in _STATUSES])[0][:2]

    def _assignee(self, status: str) -> int | None:
        """The number of the agent who has a ticket: nobody has a new one."""
        if status == "new" or self._given.random() >= _TAKEN:
            return None
        return self._given.choices(range(self._plan.agents), weights=self._weights)[0]

    def _ticket(self, n: int, created: datetime) -> None:
        plan, rng = self._plan, self._rng
        ticket_id, conversation_id = self._ids.at(created), self._ids.at(created)
        who = self._customer()
        is_long = n % max(1, plan.tickets // _LONG_THREADS) == 0
        status, category = self._status(is_long=is_long)
        channel = rng.choices(*_SHARES)[0]
        size = 20 if is_long else rng.choices(*_LENGTHS)[0]
        place = (ticket_id, conversation_id, channel)
        said = f" {order_number(n)}" if n % 10 == 0 else ""
        given = self._assignee(status)
        authors = (who, None if given is None else agent(given))
        messages = [
            self._message(place, authors, created, k, "" if k else said) for k in range(size)
        ]
        first, last = messages[0], messages[-1]
        self.rows["message"] += messages
        self.rows["conversation"].append(
            (plan.workspace_id, conversation_id, ticket_id, channel, who[0], created, created)
        )
        self.rows["ticket"].append(
            (
                *(plan.workspace_id, ticket_id, FIRST_NUMBER + n, sentence(rng)[:120]),
                *(status, category, rng.choice(_PRIORITIES), "question"),
                rng.sample(_TAGS, rng.randint(0, 2)),
                *(channel, plan.brand_id, who[0], text.preview(last[9]), size),
                None if given is None else team(team_of(given))[0],
                None if given is None else agent(given)[0],
                *(last[10], last[1], first[1], None if category == "closed" else created),
                *(created, last[10]),
            )
        )

    def _message(
        self,
        place: tuple[int, int, str],
        authors: tuple[tuple[int, str], tuple[int, str] | None],
        created: datetime,
        k: int,
        said: str,
    ) -> Row:
        plan = self._plan
        ticket_id, conversation_id, channel = place
        moment = created + timedelta(minutes=_MINUTES * k)
        inbound = k % 2 == 0
        message_id, body = self._ids.at(moment), sentence(self._rng) + said
        self.rows["search_doc"].append(
            (plan.workspace_id, "message", message_id, ticket_id, moment, Words(text.tokens(body)))
        )
        if self._rng.random() < _FILES:
            self._file(message_id, moment)
        return (
            *(plan.workspace_id, message_id, ticket_id, conversation_id),
            *("in" if inbound else "out", "public", *_author(authors, inbound=inbound)),
            *(body, moment, channel, None if inbound else "sent"),
        )

    def _file(self, message_id: int, moment: datetime) -> None:
        number = self._rng.randrange(FILES)
        file_id, (size, digest) = self._ids.at(moment), _contents()[number]
        workspace_id = self._plan.workspace_id
        self.rows["file"].append(
            (
                workspace_id,
                file_id,
                f"invoice-{number}.pdf",
                "application/pdf",
                size,
                digest,
                "contact",
                moment,
            )
        )
        self.rows["attachment"].append((workspace_id, message_id, file_id))


def _author(
    authors: tuple[tuple[int, str], tuple[int, str] | None], *, inbound: bool
) -> tuple[str, int | None, str]:
    """Kind, id and name: the customer, the one who has the ticket, or nobody in person."""
    customer, colleague = authors
    if inbound:
        return "contact", *customer
    return ("system", None, "Support") if colleague is None else ("agent", *colleague)


class Words(list[str]):
    """The words of a search document."""


@functools.cache
def _contents() -> tuple[tuple[int, str], ...]:
    made = (file_content(number) for number in range(FILES))
    return tuple((len(one), hashlib.sha256(one).hexdigest()) for one in made)


_PRIORITIES = ("low", "normal", "normal", "normal", "high", "urgent")
_SHARES = (tuple(_CHANNELS), tuple(_CHANNELS.values()))
_LENGTHS = (
    range(1, _LONGEST_THREAD + 1),
    [size**-_ZIPF for size in range(1, _LONGEST_THREAD + 1)],
)
