"""The inputs of the page with what was typed into them. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from yizhan.extensions.channels.form import answers as form
from yizhan.extensions.channels.form.settings import Field


class Inputs:
    """The inputs of one page, with what was typed into them."""

    def __init__(
        self, words: Mapping[str, str], given: form.Answers, found: Mapping[str, str]
    ) -> None:
        self.words = words
        self.given = given
        self.found = found

    def _wrap(self, name: str, label: str, control: str, *, needed: bool, help_: str) -> str:
        return (
            f'<div class="field"><label for="{name}">{escape(label)}{self._hint(needed=needed)}</label>'
            f"{control}{self._notes(name, help_)}</div>"
        )

    def _hint(self, *, needed: bool) -> str:
        return "" if needed else f' <span class="optional">({self.words["optional"]})</span>'

    def _notes(self, name: str, help_: str) -> str:
        said = f'<p class="help" id="{name}-help">{escape(help_)}</p>' if help_ else ""
        bad = self.found.get(name)
        return said + (f'<p class="problem" id="{name}-problem">{escape(bad)}</p>' if bad else "")

    def _attributes(self, name: str, *, needed: bool, help_: str = "") -> str:
        ids = [f"{name}-help"] if help_ else []
        out = f' id="{name}" name="{name}"'
        if needed:
            out += " required"
        if name in self.found:
            ids.append(f"{name}-problem")
            out += ' aria-invalid="true"'
        return out + (f' aria-describedby="{" ".join(ids)}"' if ids else "")

    def text(
        self,
        name: str,
        label: str,
        *,
        kind: str,
        needed: bool = True,
        complete: str = "",
        help_: str = "",
    ) -> str:
        """A line that holds what was typed into it."""
        value = None if kind == "file" else self.given.get(name)
        return self.line(
            name, label, kind=kind, value=value, needed=needed, complete=complete, help_=help_
        )

    def line(
        self,
        name: str,
        label: str,
        *,
        kind: str,
        value: str | None,
        needed: bool,
        complete: str = "",
        help_: str = "",
    ) -> str:
        """One line; files have no value."""
        more = " multiple" if value is None else f' value="{escape(value)}"'
        if complete:
            more += f' autocomplete="{complete}"'
        attributes = self._attributes(name, needed=needed, help_=help_)
        control = f'<input type="{kind}"{attributes}{more}>'
        return self._wrap(name, label, control, needed=needed, help_=help_)

    def area(
        self, name: str, label: str, *, value: str = "", needed: bool = True, help_: str = ""
    ) -> str:
        """Several lines."""
        attributes = self._attributes(name, needed=needed, help_=help_)
        control = f"<textarea{attributes}>{escape(value)}</textarea>"
        return self._wrap(name, label, control, needed=needed, help_=help_)

    def choice(
        self,
        name: str,
        label: str,
        options: Sequence[tuple[str, str]],
        *,
        value: str,
        needed: bool,
        help_: str = "",
    ) -> str:
        """One of some values, which have names."""
        shown = "".join(
            f'<option value="{escape(key)}"{" selected" if key == value else ""}>{escape(word)}</option>'
            for key, word in options
        )
        control = (
            f"<select{self._attributes(name, needed=needed, help_=help_)}>"
            f'<option value="">{self.words["choose"]}</option>{shown}</select>'
        )
        return self._wrap(name, label, control, needed=needed, help_=help_)

    def ticks(
        self,
        name: str,
        label: str,
        options: Sequence[tuple[str, str]],
        *,
        chosen: Sequence[str],
        needed: bool,
        help_: str = "",
    ) -> str:
        """Several of some values."""
        boxes = "".join(
            f'<label><input type="checkbox" id="{name}{"" if at == 0 else f"-{at}"}" name="{name}"'
            f' value="{escape(key)}"{" checked" if key in chosen else ""}>{escape(word)}</label>'
            for at, (key, word) in enumerate(options)
        )
        hint = self._hint(needed=needed)
        notes = self._notes(name, help_)
        return (
            f'<fieldset class="field ticks"><legend>{escape(label)}{hint}</legend>'
            f"{boxes}{notes}</fieldset>"
        )

    def tick(
        self,
        name: str,
        label: str,
        *,
        ticked: bool,
        needed: bool,
        value: str = "yes",
        help_: str = "",
    ) -> str:
        """Yes or no."""
        attributes = self._attributes(name, needed=needed, help_=help_)
        more = " checked" if ticked else ""
        box = f'<input type="checkbox" value="{escape(value)}"{attributes}{more}>'
        return f'<div class="field"><label>{box}{escape(label)}</label>{self._notes(name, help_)}</div>'

    def fixed(self, label: str, value: str, *, help_: str = "") -> str:
        """What is decided already."""
        said = f'<p class="help">{escape(help_)}</p>' if help_ else ""
        return (
            f'<div class="field"><strong>{escape(label)}</strong><p>{escape(value)}</p>{said}</div>'
        )

    def own(self, field: Field, language: str) -> str:
        """A question of this form alone."""
        name, label = f"q_{field.id}", form.label(field, language)
        typed, needed = self.given.get(name), field.required
        if field.type == "textarea":
            made = self.area(name, label, value=typed, needed=needed)
        elif field.type == "select":
            options = [(option, option) for option in field.options]
            made = self.choice(name, label, options, value=typed, needed=needed)
        elif field.type == "checkbox":
            value = field.options[0] if field.options else "yes"
            made = self.tick(name, label, ticked=bool(typed), needed=needed, value=value)
        else:
            made = self.text(name, label, kind=field.type, needed=needed)
        return f'<div class="depends" id="d_{field.id}">{made}</div>' if field.show_when else made
