"""What a customer sent: read from the raw body, checked against the settings. Pure."""

from __future__ import annotations

import io
from collections.abc import Mapping

import msgspec
import multipart  # type: ignore[import-untyped] # it ships no types

from yizhan.domains.contacts import service as contacts
from yizhan.extensions.channels.form.settings import Field, Settings
from yizhan.extensions.channels.form.words import of as words_of

TRAP = "website"  # people do not see this field, machines fill it in
TOKEN = "form_token"  # noqa: S105 -- the name of a field
LANGUAGE = "form_language"
_LONGEST = {"name": 200, "email": 320, "subject": 300, "message": 50_000}
_LONGEST_ANSWER = 5_000
_MOST_PARTS = 600


class Attached(msgspec.Struct, frozen=True):
    """A file as it was sent."""

    name: str
    content_type: str
    content: bytes


class Answers(msgspec.Struct, frozen=True):
    """The fields of one submission by name, and its files."""

    values: Mapping[str, str]
    files: tuple[Attached, ...]
    lists: Mapping[str, tuple[str, ...]] = {}  # what was sent more than once, too

    def all(self, name: str) -> tuple[str, ...]:
        """Everything that was sent under a name."""
        return self.lists.get(name, ())

    def get(self, name: str) -> str:
        return self.values.get(name, "").strip()


def read(body: bytes, content_type: str) -> Answers:
    """From ``multipart/form-data`` or a plain form. Errors: ValueError for anything else."""
    environ = {
        "REQUEST_METHOD": "POST",
        "CONTENT_TYPE": content_type,
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body),
    }
    try:
        fields, parts = multipart.parse_form_data(
            environ, strict=True, part_limit=_MOST_PARTS, memory_limit=64 * 1024 * 1024,
            disk_limit=256 * 1024 * 1024, spool_limit=64 * 1024 * 1024,
        )  # fmt: skip
    except (multipart.MultipartError, UnicodeError, KeyError) as error:
        raise ValueError(str(error)) from error
    values = {name: fields[name].replace("\x00", "") for name in fields}
    lists = {name: tuple(one.replace("\x00", "") for one in fields.getall(name)) for name in fields}
    files = [
        Attached(part.filename, part.content_type or "application/octet-stream", part.raw)
        for name in parts
        for part in parts.getall(name)
        if part.filename and part.size
    ]
    return Answers(values, tuple(files), lists)


def asked(settings: Settings, answers: Answers) -> list[Field]:
    """The questions that apply, given the answers to others."""
    by_id = {field.id: field for field in settings.fields}

    def applies(field: Field, depth: int = 0) -> bool:
        other = by_id.get(field.show_when)
        if other is None or depth > len(by_id):
            return not field.show_when
        return applies(other, depth + 1) and answers.get(f"q_{other.id}") == field.show_value

    return [field for field in settings.fields if applies(field)]


def label(field: Field, language: str) -> str:
    first, second = (
        (field.label_zh, field.label_en) if language == "zh" else (field.label_en, field.label_zh)
    )
    return first or second or field.id


def problems(settings: Settings, answers: Answers, *, language: str) -> dict[str, str]:
    """What is wrong, by the name of the input."""
    words = words_of(language)
    found: dict[str, str] = {}
    for name, longest in _LONGEST.items():
        needed = name in ("email", "message") or (name == "subject" and settings.ask_subject)
        if needed and not answers.get(name):
            found[name] = words["required"].format(label=words[name])
        elif len(answers.get(name)) > longest:
            found[name] = words["too_long"].format(label=words[name])
    if "email" not in found and not contacts.is_address(answers.get("email")):
        found["email"] = words["bad_email"]
    for field in asked(settings, answers):
        problem = _problem(field, answers.get(f"q_{field.id}"))
        if problem:
            found[f"q_{field.id}"] = words[problem].format(label=label(field, language))
    if len(answers.files) > settings.max_files or (answers.files and not settings.files):
        found["files"] = words["too_many_files"]
    elif any(len(file.content) > settings.max_file_mb * 1024 * 1024 for file in answers.files):
        found["files"] = words["too_large"]
    return found


def _problem(field: Field, value: str) -> str:
    if field.required and not value:
        return "required"
    if len(value) > _LONGEST_ANSWER:
        return "too_long"
    return "bad_choice" if field.type == "select" and value and value not in field.options else ""
