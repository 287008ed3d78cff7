"""The workspace's own fields on the page: from what was typed, to HTML. Pure but for the asking itself."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from yizhan.domains.channels import service as channels
from yizhan.domains.fields.service import forms, hosted
from yizhan.domains.fields.service.hosted import Asked, Question
from yizhan.domains.fields.types import FieldNames
from yizhan.extensions.channels.form import answers as form
from yizhan.extensions.channels.form.inputs import Inputs
from yizhan.extensions.channels.form.settings import Settings
from yizhan.kernel.http import Edge

PREFIX = "f_"
ASKED = "form_asked"  # the fields that the page had
LOOK = "form_look"  # only ask again: "part" for the fields alone, "page" for all
_SHORT = {"number": "text", "date": "date", "datetime": "datetime-local", "text": "text"}


async def ask(
    edge: Edge, ready: channels.Ready, given: form.Answers, *, settings: Settings
) -> Asked:
    """What is asked now, by the same evaluator that judges what agents and the API send."""
    keys = given.get(ASKED).split()
    typed = {name: given.all(PREFIX + name) for key in keys for name in (key, f"{key}.currency")}
    place = forms.Place(
        use="hosted",
        priority=settings.priority,
        channel=ready.inbox.channel,
        brand_id=ready.inbox.brand_id,
    )
    async with edge.database.begin(channels.actor_of(ready)) as tx:
        return await hosted.ask(tx, typed, place=place)


def unasked(asked: Asked, given: form.Answers) -> list[str]:
    """Fields that came up with the last answers: nobody has seen them yet."""
    seen = set(given.get(ASKED).split())
    return [key for key in asked.keys if key not in seen]


def problems(asked: Asked, *, words: dict[str, str], language: str) -> dict[str, str]:
    """What is wrong, by the name of the input."""
    labels = {
        one.field.key: said(one.field.name, language, one.field.key)
        for part in asked.parts
        for one in part.questions
    }
    return {
        PREFIX + one.field: words.get(f"field_{one.code}", words["field_other"]).format(
            label=labels.get(one.field, one.field),
            **{"least": "", "most": ""} | {k: str(v) for k, v in one.figures.items()},
        )
        for one in asked.problems
    }


def said(names: FieldNames, language: str, fallback: str = "") -> str:
    first, second = (names.zh, names.en) if language == "zh" else (names.en, names.zh)
    return first or second or fallback


def html(asked: Asked, inputs: Inputs, *, language: str) -> str:
    """The fields in their sections, and which of them were asked."""
    parts = [f'<input type="hidden" name="{ASKED}" value="{escape(" ".join(asked.keys))}">']
    for part in asked.parts:
        title = said(part.title, language)
        questions = "".join(_question(one, inputs, language) for one in part.questions)
        parts.append(
            f'<fieldset class="part"><legend>{escape(title)}</legend>{questions}</fieldset>'
            if title
            else questions
        )
    return "".join(parts)


def _question(one: Question, inputs: Inputs, language: str) -> str:
    name = PREFIX + one.field.key
    label = said(one.field.name, language, one.field.key)
    help_ = said(one.field.help, language)
    if not one.is_answered:
        return inputs.fixed(label, _read(one, language), help_=help_)
    needed = one.state.required
    typed = inputs.given.all(name) if one.field.key in inputs.given.get(ASKED).split() else None
    value = _first(one) if typed is None else next(iter(typed), "")
    options = [(key, said(names, language, key)) for key, names in one.options]
    match one.field.type:
        case "long_text":
            return inputs.area(name, label, value=value, needed=needed, help_=help_)
        case "choice" | "tree":
            return inputs.choice(name, label, options, value=value, needed=needed, help_=help_)
        case "multi_choice":
            chosen = _listed(one) if typed is None else typed
            return inputs.ticks(name, label, options, chosen=chosen, needed=needed, help_=help_)
        case "checkbox":
            is_ticked = bool(value)
            return inputs.tick(name, label, ticked=is_ticked, needed=needed, help_=help_)
        case "money":
            return _money(one, inputs, label, value=value, help_=help_)
        case kind:
            return inputs.line(
                name, label, kind=_SHORT.get(kind, "text"), value=value, needed=needed, help_=help_
            )


def _first(one: Question) -> str:
    """The value as an input holds it."""
    value = one.value
    if isinstance(value, dict):
        return str(value.get("amount", ""))
    if isinstance(value, bool):
        return "yes" if value else ""
    if one.field.type == "datetime" and value:
        return str(value)[:16]
    return "" if value is None else str(value)


def _listed(one: Question) -> Sequence[str]:
    return [str(value) for value in one.value] if isinstance(one.value, list) else []


def _money(one: Question, inputs: Inputs, label: str, *, value: str, help_: str) -> str:
    name, needed = PREFIX + one.field.key, one.state.required
    known = one.field.config.currencies
    if len(known) == 1:
        label = f"{label} ({known[0]})"
    amount = inputs.line(name, label, kind="text", value=value, needed=needed, help_=help_)
    if len(known) == 1:
        return amount
    chosen = inputs.given.get(f"{name}.currency")
    if not chosen and isinstance(one.value, dict):
        chosen = str(one.value.get("currency", ""))
    currency = inputs.words["currency"].format(label=label)
    if known:
        options = [(code, code) for code in known]
        return amount + inputs.choice(
            f"{name}.currency", currency, options, value=chosen or known[0], needed=needed
        )
    return amount + inputs.line(
        f"{name}.currency", currency, kind="text", value=chosen or "CNY", needed=needed
    )


def _read(one: Question, language: str) -> str:
    """A value that rules have set, in words."""
    names = dict(one.options)
    many = one.value if isinstance(one.value, list) else [one.value]
    yes, no = ("是", "否") if language == "zh" else ("Yes", "No")
    words = []
    for value in many:
        if isinstance(value, dict):
            words.append(f"{value.get('amount', '')} {value.get('currency', '')}")
        elif isinstance(value, bool):
            words.append(yes if value else no)
        else:
            known = names.get(str(value))
            words.append(said(known, language, str(value)) if known else str(value))
    return ", ".join(words)


# Asks again a moment after the last answer and shows what is asked then, unless somebody types meanwhile.
SCRIPT = """
(() => {
  const form = document.querySelector('form'), box = document.getElementById('own')
  if (!form || !box) return
  let turn = 0, timer = 0
  const look = async () => {
    const mine = ++turn, data = new FormData()
    for (const [name, value] of new FormData(form)) if (typeof value === 'string') data.append(name, value)
    data.set('form_look', 'part')
    try {
      const answer = await fetch(location.href, { method: 'POST', body: data })
      const text = await answer.text()
      if (!answer.ok || mine !== turn) return
      const here = document.activeElement, id = here && box.contains(here) ? here.id : ''
      const at = id && 'selectionStart' in here ? here.selectionStart : null
      box.innerHTML = text
      const again = id ? document.getElementById(id) : null
      if (!again) return
      again.focus()
      if (at !== null && again.type === 'text') again.setSelectionRange(at, at)
    } catch { return }
  }
  const later = () => { turn++; clearTimeout(timer); timer = setTimeout(look, 350) }
  box.addEventListener('input', event => { turn++; clearTimeout(timer); if (!event.isComposing) later() })
  box.addEventListener('compositionend', later)
})()
"""
