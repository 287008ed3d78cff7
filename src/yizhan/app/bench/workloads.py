"""What one client does again and again."""

from __future__ import annotations

import random
from collections.abc import Callable
from urllib.parse import quote

import msgspec

from yizhan.app.bench import believable
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


def mine(world: World, rng: random.Random) -> Request:
    """What one agent has to do; of data from before it had agents, a view."""
    if not world.agents:
        return list_(world, rng)
    return Request("GET", f"/api/v1/tickets?view=open&limit=50&assignee={rng.choice(world.agents)}")


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


_WORDS = ("退款 耳机", "发票 保修", "物流 左耳")
_PHRASES = ('"refund warranty"', '"battery screen"', '"left noise"')


def search_words(_world: World, rng: random.Random) -> Request:
    """Two Chinese words."""
    return _found(rng.choice(_WORDS))


def search_number(world: World, rng: random.Random) -> Request:
    """The number of an order that one customer named."""
    return _found(believable.order_number(rng.randrange(world.tickets)))


def search_phrase(_world: World, rng: random.Random) -> Request:
    """English words that stand together."""
    return _found(rng.choice(_PHRASES))


def search(world: World, rng: random.Random) -> Request:
    """What agents search: words, numbers and phrases in turn."""
    return rng.choice((search_words, search_number, search_phrase))(world, rng)


def _found(words: str) -> Request:
    return Request("GET", f"/api/v1/search?q={quote(words)}&types=ticket")


def counts(_world: World, _rng: random.Random) -> Request:
    """The side bar: all views with their counts."""
    return Request("GET", "/api/v1/views")


# An agent's day, as shares: mostly looking, sometimes writing.
_DAY: tuple[tuple[Make, int], ...] = (
    (list_, 20),
    (mine, 15),
    (open_, 30),
    (counts, 10),
    (reply, 10),
    (search, 8),
    (create, 7),
)


def mixed(world: World, rng: random.Random) -> Request:
    """What agents and customers do in a day, in its proportions."""
    makes, shares = zip(*_DAY, strict=True)
    chosen: Make = rng.choices(makes, weights=shares)[0]
    return chosen(world, rng)


WORKLOADS: dict[str, Make] = {
    "counts": counts,
    "create": create,
    "list": list_,
    "mixed": mixed,
    "open": open_,
    "reply": reply,
    "search": search,
    "search-number": search_number,
    "search-phrase": search_phrase,
    "search-words": search_words,
}
