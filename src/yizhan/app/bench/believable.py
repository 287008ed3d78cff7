"""Rows of believable customers, tickets and messages, the same for the same seed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

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
_LONG_THREADS = 50  # so many tickets have exactly 20 messages
_OPEN_SHARE = 0.1


class _Ids:
    """Ids as the application makes them, for moments in the past."""

    def __init__(self) -> None:
        self._taken: dict[int, int] = {}

    def at(self, moment: datetime) -> int:
        ms = int(moment.timestamp() * 1000) - ids.EPOCH_MS
        sequence = self._taken.get(ms, 0)
        self._taken[ms] = sequence + 1
        return (ms + (sequence >> 12)) << 22 | 1023 << 12 | (sequence & 4095)


def order_number(ticket: int) -> str:
    """The order that the customer of every tenth ticket names."""
    return f"YZ2026{ticket // 10:08d}"


def sentence(rng: random.Random) -> str:
    if rng.random() < 0.3:
        return "".join(rng.choices(_ZH, k=rng.randint(4, 14))) + "。"
    return " ".join(rng.choices(_EN, k=rng.randint(6, 24))).capitalize() + "."


class Maker:
    """Makes the rows of all tables, ticket by ticket."""

    def __init__(self, workspace_id: int, brand_id: int, *, tickets: int, seed: int) -> None:
        self.workspace_id = workspace_id
        self.brand_id = brand_id
        self.count = tickets
        self.rng = random.Random(seed)  # noqa: S311 -- data, not secrets
        self.ids = _Ids()
        self.contacts: list[tuple[int, str]] = []
        self.end = datetime(2026, 11, 1, tzinfo=UTC)

    def people(self) -> Iterator[tuple[Any, ...]]:
        """Rows of contact."""
        for n in range(max(10, self.count // 5)):
            contact_id = self.ids.at(self.end - timedelta(days=800, seconds=-n))
            name = f"{self.rng.choice(_ZH)}{n}" if n % 3 == 0 else f"Customer {n}"
            self.contacts.append((contact_id, name))
            yield (self.workspace_id, contact_id, name)

    def identities(self) -> Iterator[tuple[Any, ...]]:
        """Rows of identity: one proven address each."""
        for n, (contact_id, _) in enumerate(self.contacts):
            address = f"customer{n}@example.test"
            yield (
                self.workspace_id,
                contact_id + 1,
                contact_id,
                "email",
                "",
                address,
                address,
                2,
                False,
                "api",
            )

    def tickets(self) -> Iterator[dict[str, Any]]:
        """One ticket after the other, oldest first, each with its messages."""
        span = timedelta(days=730)
        for n in range(self.count):
            created = self.end - span + span * (n / self.count)
            yield self._ticket(n, created)

    def _ticket(self, n: int, created: datetime) -> dict[str, Any]:
        rng = self.rng
        ticket_id = self.ids.at(created)
        contact_id, name = self.contacts[int(len(self.contacts) * rng.random() ** 2)]
        is_long = n % max(1, self.count // _LONG_THREADS) == 0
        is_open = rng.random() < _OPEN_SHARE and not is_long  # so that nobody answers in them
        status, category = ("closed", "closed")
        if is_open:
            status, category, _ = rng.choices(_STATUSES, weights=[s[2] for s in _STATUSES])[0]
        size = 20 if is_long else min(1 + int(rng.paretovariate(1.2)), 12)
        conversation_id = self.ids.at(created)
        messages = [
            self._message(ticket_id, conversation_id, contact_id, name, created, k)
            for k in range(size)
        ]
        if n % 10 == 0:
            messages[0] = self._naming(messages[0], order_number(n))
        last = messages[-1]
        return {
            "messages": messages,
            "conversation": (
                self.workspace_id,
                conversation_id,
                ticket_id,
                "api",
                contact_id,
                created,
                created,
            ),
            "ticket": (
                self.workspace_id,
                ticket_id,
                FIRST_NUMBER + n,
                sentence(rng)[:120],
                status,
                category,
                rng.choice(("low", "normal", "normal", "normal", "high", "urgent")),
                "question",
                rng.sample(_TAGS, rng.randint(0, 2)),
                "api",
                self.brand_id,
                contact_id,
                text.preview(last[9]),
                size,
                last[10],
                last[1],
                messages[0][1],
                created if is_open else None,
                created,
                last[10],
            ),
        }

    @staticmethod
    def _naming(message: tuple[Any, ...], order: str) -> tuple[Any, ...]:
        return (*message[:9], f"{message[9]} {order}", *message[10:])

    def _message(
        self,
        ticket_id: int,
        conversation_id: int,
        contact_id: int,
        name: str,
        created: datetime,
        k: int,
    ) -> tuple[Any, ...]:
        moment = created + timedelta(minutes=7 * k)
        inbound = k % 2 == 0
        return (
            self.workspace_id,
            self.ids.at(moment),
            ticket_id,
            conversation_id,
            "in" if inbound else "out",
            "public",
            "contact" if inbound else "system",
            contact_id if inbound else None,
            name if inbound else "Support",
            sentence(self.rng),
            moment,
            "api",
            None if inbound else "sent",
        )
