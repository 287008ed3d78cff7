"""What one client does again and again."""

from __future__ import annotations

import random
from collections.abc import Callable

import msgspec

from yizhan.app.bench.data import World


class Request(msgspec.Struct, frozen=True):
    """One HTTP request."""

    method: str
    path: str
    body: bytes = b""


Make = Callable[[World, random.Random], Request]


def create(world: World, rng: random.Random) -> Request:
    """A ticket by the API, from one of the customers."""
    body = {
        "subject": f"Order {rng.randrange(10**9)} has not arrived",
        "body": f"My order {rng.randrange(10**9)} has not arrived, 我的订单还没有收到, please check the delivery.",
        "requester": {
            "email": f"customer{rng.randrange(max(10, world.tickets // 5))}@example.test",
            "name": "Customer",
        },
    }
    return Request("POST", "/api/v1/tickets", msgspec.json.encode(body))


def list_(_world: World, rng: random.Random) -> Request:
    """An agent's view of 50."""
    return Request(
        "GET",
        f"/api/v1/tickets?view=open&limit=50&priority={rng.choice(('low,normal', 'normal,high'))}",
    )


def open_(world: World, rng: random.Random) -> Request:
    """A ticket with its 20 messages, in one request."""
    ticket = rng.choice(world.long_tickets)
    return Request("GET", f"/api/v1/tickets/{ticket}?include=messages&limit=20")


def reply(world: World, rng: random.Random) -> Request:
    """An answer to a customer."""
    ticket = rng.choice(world.active_tickets)
    body = {
        "body": f"Thank you, we look into it. 已为您查询 {rng.randrange(10**9)}",
        "visibility": "public",
    }
    return Request("POST", f"/api/v1/tickets/{ticket}/messages", msgspec.json.encode(body))


def search(_world: World, rng: random.Random) -> Request:
    """Two Chinese or English words."""
    words = rng.choice(
        ("%E9%80%80%E6%AC%BE%20%E8%80%B3%E6%9C%BA", "refund%20warranty", "firmware%20pairing")
    )
    return Request("GET", f"/api/v1/search?q={words}&types=ticket")


def counts(_world: World, _rng: random.Random) -> Request:
    """The side bar: all views with their counts."""
    return Request("GET", "/api/v1/views")


WORKLOADS: dict[str, Make] = {
    "counts": counts,
    "create": create,
    "list": list_,
    "open": open_,
    "reply": reply,
    "search": search,
}
