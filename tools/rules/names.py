"""An extension's name appears in its folder and nowhere else.

Names that are ordinary words ("email", "form") may be written anywhere; what they may not be is
asked for: code asks for a capability of a channel, never for its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tools.rules import Tree, Violation

FOLDER = re.compile(r"src/yizhan/extensions/(?P<kind>[a-z_]+)/(?P<name>[a-z0-9_]+)/")
ORDINARY = {"api", "chat", "email", "fake", "form", "phone", "sms", "voice", "web"}
# An action is called by what it does, in words that everybody uses; interfaces ask for one by its id.
WORDS = {"actions"}
CODE = (".py", ".ts", ".tsx", ".sql")
OURS = ("src/", "web/src/", "widget/src/", "tools/", "bench/")
# The widget's source is the front end of one channel, demo content names what it shows, `yizhan mail`
# is a command about e-mail, and workloads speak to the channel that they measure.
FREE = (
    "widget/",
    "src/yizhan/app/bench/scenes/",
    "src/yizhan/app/demo/",
    "src/yizhan/app/mails.py",
    "tools/rules/",
)

GOOD = {
    "src/yizhan/extensions/channels/telegram/connector.py": "NAME = 'telegram'\n",
    "src/yizhan/extensions/channels/email/connector.py": "",
    "src/yizhan/domains/channels/service.py": "if channel.manifest.html: email = 1\n",
}
BAD = {
    "src/yizhan/extensions/channels/email/connector.py": "",
    "src/yizhan/domains/channels/service.py": 'if inbox.channel == "email": pass\n',
}


def check(tree: Tree) -> Iterator[Violation]:
    """Distinctive names anywhere; ordinary ones where a channel is compared with them."""
    names = {(m["kind"], m["name"]) for path in tree if (m := FOLDER.match(path))}
    for kind, name in sorted(names):
        ordinary = name in ORDINARY or kind in WORDS
        pattern = _asked_for(kind, name) if ordinary else rf"(?i)\b{name}\b"
        wanted = re.compile(pattern + rf"|extensions[./]{kind}[./]{name}\b")
        own = f"src/yizhan/extensions/{kind}/{name}/"
        for path, text in tree.items():
            if (
                not path.startswith(OURS)
                or not path.endswith(CODE)
                or path.startswith((own, *FREE))
            ):
                continue
            for number, line in enumerate(text.splitlines(), 1):
                if wanted.search(line):
                    yield Violation(
                        path, number, f"names the {kind[:-1]} {name!r}: {line.strip()[:60]}"
                    )


def _asked_for(kind: str, name: str) -> str:
    thing = kind[:-1]
    quoted = rf"[\"'`]{name}[\"'`]"
    left = rf"\b{thing}(_id|_kind|_name|\.id|\.kind|\.name)?\b\W{{0,3}}"
    return rf"{left}(===?|!==?|is|in)\s*\(?\s*{quoted}|{quoted}\s*(===?|!==?)\s*[\w.]*\b{thing}\b"
