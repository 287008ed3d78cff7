"""``python -m yizhan.domains.channels.sandbox``: parses one item in a process of its own.

For items that may break the parser: this process has little time and little memory, and nobody
misses it. It reads one order from standard input and writes the events to standard output.
"""

from __future__ import annotations

import sys
from typing import Any

import msgspec

from yizhan.domains.channels import registry
from yizhan.domains.channels.contract import InboundEvent, RawItem
from yizhan.kernel import confined


class Order(msgspec.Struct, frozen=True):
    """What to parse, with which channel and settings."""

    package: str
    settings: msgspec.Raw
    item: RawItem
    seconds: int


def main() -> None:
    """Parse what standard input says."""
    order = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Order)
    channel = registry.load(order.package)
    settings: Any = msgspec.msgpack.decode(order.settings, type=channel.settings)
    confined.limit(seconds=order.seconds)
    events: list[InboundEvent] = list(channel.connector.parse(settings, order.item))
    sys.stdout.buffer.write(msgspec.msgpack.encode(events))


if __name__ == "__main__":
    main()
