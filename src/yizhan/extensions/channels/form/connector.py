"""What the host calls. A submission is kept as the browser sent it and can be read again."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from typing import Any

from yizhan.domains.channels.contract import (
    Address,
    Check,
    File,
    Host,
    Identity,
    InboundEvent,
    IncomingMessage,
    Quarantined,
    RawItem,
)
from yizhan.extensions.channels.form import answers as form
from yizhan.extensions.channels.form.settings import Settings

OWN_FIELDS = "fields"  # the workspace's own fields, judged when they were sent
LANE = "form"  # a typed address finds only those who typed the same one into a form


def parse(settings: Settings, item: RawItem) -> Sequence[InboundEvent]:
    try:
        given = form.read(item.body, item.content_type)
    except ValueError as error:
        return [Quarantined("unreadable", str(error)[:300])]
    if given.get(form.TRAP) and not item.meta.get("released"):
        return [Quarantined("honeypot", "a field that people do not see was filled in")]
    address = given.get("email")
    if "@" not in address:
        return [Quarantined("no_sender")]
    language = "zh" if given.get(form.LANGUAGE) == "zh" else "en"
    name = given.get("name")[:200]
    return [
        IncomingMessage(
            external_id=item.dedupe_key,
            sender=(Identity("email", address, scope=LANE, strength=1),),
            sender_name=name,
            text=_text(settings, given, language=language),
            subject=given.get("subject")[:300] or None,
            files=tuple(_file(file) for file in given.files[: settings.max_files]),
            occurred_at=item.occurred_at,
            from_=Address(address, name),
            locale="zh-CN" if language == "zh" else "en",
            priority=settings.priority,
            tags=settings.tags,
            fields={
                field.id: given.get(f"q_{field.id}")
                for field in form.asked(settings, given)
                if given.get(f"q_{field.id}")
            }
            | item.meta.get(OWN_FIELDS, {}),
        )
    ]


def _text(settings: Settings, given: form.Answers, *, language: str) -> str:
    """The message, with the answers to one's own questions below it."""
    lines = [
        f"{form.label(field, language)}: {given.get(f'q_{field.id}')}"
        for field in form.asked(settings, given)
        if given.get(f"q_{field.id}")
    ]
    return "\n\n".join(part for part in (given.get("message"), "\n".join(lines)) if part)


def _file(file: form.Attached) -> File:
    return File(name=file.name, content_type=file.content_type, content=file.content)


async def check(settings: Settings, _host: Host) -> Sequence[Check]:
    """Nothing is outside of this desk; only the questions can contradict each other."""
    known = {field.id for field in settings.fields}
    missing = [f.show_when for f in settings.fields if f.show_when and f.show_when not in known]
    return [Check("questions", ok=not missing, detail=", ".join(missing))]


def embed(_settings: Any, *, key: str, public_url: str) -> Mapping[str, str]:
    url = f"{public_url}/f/{key}"
    frame = (
        f'<iframe src="{html.escape(url)}" title="form" style="border:0;width:100%;height:760px">'
    )
    return {"url": url, "snippet": f"{frame}</iframe>"}
