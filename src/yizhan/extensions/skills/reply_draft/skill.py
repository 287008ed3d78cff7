"""A reply to the customer's last message, from what stands in sources."""

from __future__ import annotations

import msgspec

from yizhan.domains.copilot import cleaning, drafting, prompts
from yizhan.domains.copilot.contract import Customer, Drafted, Told, Wanted
from yizhan.domains.copilot.types import Source, Turn

_SOURCES = 8
Output = Drafted
Form = None


class Input(msgspec.Struct, frozen=True, kw_only=True):
    """What it sees. ``text``: what the agent has written already."""

    subject: str = ""
    turns: tuple[Turn, ...] = ()
    sources: tuple[Source, ...] = ()
    customer: Customer = Customer()
    locale: str = ""
    text: str = ""


def _asked(seen: Input) -> str:
    return drafting.asked(seen.subject, seen.turns)


def can(seen: Input) -> bool:
    return True


def make(seen: Input) -> Drafted | None:
    """Sentences of the sources; where nothing fits, nothing is made up."""
    found = drafting.compose(_asked(seen), seen.sources, name=seen.customer.name)
    if not found:
        return None
    return Drafted(text=drafting.joined(found), sentences=found, sources=list(seen.sources))


def _chosen(seen: Input) -> list[Source]:
    """What fits the question, cut to the sentences that may be said to anybody."""
    fits = drafting.passages(_asked(seen), seen.sources)
    chosen = [seen.sources[one.source - 1] for one in fits[:_SOURCES]]
    chosen += [one for one in seen.sources if one.kind == "article" and one not in chosen]
    return [
        msgspec.structs.replace(one, text="\n".join(drafting.usable(one))[:3_000])
        for one in chosen[:_SOURCES]
    ]


def tell(seen: Input) -> Told:
    language = drafting.language(_asked(seen))
    locale = seen.locale or ("zh" if language == "zh" else seen.customer.locale)
    begun = f"THE AGENT BEGAN\n{seen.text}" if seen.text.strip() else ""
    return Told(
        language=language,
        parts=(
            f"SUBJECT\n{seen.subject}" if seen.subject else "",
            prompts.conversation(seen.turns),
            prompts.sources(_chosen(seen)),
            begun,
        ),
        values={"language": prompts.language(locale, told_in=language)},
    )


def read(seen: Input, sent: Input, given: str) -> Drafted | None:
    """A claim without a source, or with a number from nowhere, is marked as such."""
    sources = _chosen(sent)
    known = cleaning.addresses([*(one.text for one in sources), seen.text])
    text = cleaning.plain(given, known=known)
    if not text:
        return None
    found = cleaning.sentences(text, sources, ticket="\n".join(one.text for one in seen.turns))
    return Drafted(text=drafting.joined(found), sentences=found, sources=sources)


def meets(wanted: Wanted, got: Drafted) -> bool:
    """What it cites, in order of its sentences; nothing that rests on nothing."""
    cited = [got.sources[n - 1].id for one in got.sentences for n in one.sources]
    bare = [one.text for one in got.sentences if one.kind == "unsupported"]
    return wanted.fits(got.text, sources=list(dict.fromkeys(cited)), unsupported=bare)
