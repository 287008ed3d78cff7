"""The page as HTML: no cookie, every text escaped, readable in light and dark. Pure.

It works without scripts. Where answers decide about questions a small one asks the server while somebody
fills it in; without it the server asks for the rest when the page is sent.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

import msgspec

from yizhan.domains.fields.service.hosted import Asked
from yizhan.extensions.channels.form import answers as form
from yizhan.extensions.channels.form import own
from yizhan.extensions.channels.form.inputs import Inputs
from yizhan.extensions.channels.form.settings import Settings
from yizhan.extensions.channels.form.words import of as words_of
from yizhan.kernel import colors

_STYLE = """
:root{color-scheme:light dark;--ink:#1c2024;--soft:#5a6169;--line:#8b9198;--ground:#f4f5f7;--card:#fff;
--act:#1558c0;--bad:#b3261e}
@media (prefers-color-scheme:dark){:root{--ink:#eceef0;--soft:#a9b0b7;--line:#7a828a;--ground:#121416;
--card:#1c1f23;--act:#8ab8ff;--bad:#ff9b93}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.6 system-ui,"PingFang SC",
"Microsoft YaHei",sans-serif}
main{max-width:40rem;margin:2rem auto;padding:1.5rem;background:var(--card);border-radius:12px;
border-top:6px solid var(--brand)}
@media (max-width:42rem){main{margin:0;border-radius:0;min-height:100vh}}
h1{margin:0 0 .5rem;font-size:1.5rem;overflow-wrap:anywhere}
p{margin:.25rem 0 1rem;white-space:pre-line;overflow-wrap:anywhere}
.field{margin:0 0 1.1rem}
label,legend{display:block;font-weight:600;margin-bottom:.25rem}
.help,.optional{color:var(--soft);font-weight:400;font-size:.9rem}
.help{margin:.2rem 0 0}
input,textarea,select{width:100%;font:inherit;color:inherit;background:transparent;padding:.6rem .7rem;
border:1px solid var(--line);border-radius:8px}
option{color:#1c2024;background:#fff}
input[type=checkbox]{width:auto;margin-right:.5rem}
textarea{min-height:9rem;resize:vertical}
:focus-visible{outline:3px solid var(--act);outline-offset:2px}
[aria-invalid=true]{border-color:var(--bad);border-width:2px}
.problem,.problems{color:var(--bad)}
.problem{margin:.2rem 0 0}
.problems{border:2px solid var(--bad);border-radius:8px;padding:.75rem 1rem;margin-bottom:1.25rem}
.problems ul{margin:.25rem 0 0;padding-left:1.25rem}
.problems a{color:inherit}
button{font:inherit;font-weight:600;color:var(--on-brand);background:var(--brand);border:0;border-radius:8px;
padding:.7rem 1.5rem;min-height:44px;cursor:pointer}
.leave{position:absolute;left:-9999px}
.number{font-size:1.25rem;font-weight:600}
.depends{display:none}
fieldset{border:0;margin:0 0 1.1rem;padding:0;min-width:0}
.part>legend{font-size:1.1rem;padding:.5rem 0}
.ticks label{font-weight:400}
.plain{color:inherit;background:transparent;border:1px solid var(--line);margin-right:.75rem}
"""


class Look(msgspec.Struct, frozen=True):
    """What a page looks like: whose it is, and in which language."""

    language: str
    brand: str
    color: str
    nonce: str


def _document(look: Look, *, title: str, body: str, style: str = "") -> str:
    lang = "zh-CN" if look.language == "zh" else "en"
    theme = escape(colors.theme(look.color))
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="robots" content="noindex">'
        f"<title>{escape(title)} · {escape(look.brand)}</title>"
        f'<style nonce="{look.nonce}">{theme}{_STYLE}{style}</style>'
        f"</head><body><main>{body}</main></body></html>"
    )


def title(settings: Settings, language: str) -> str:
    first, second = (
        (settings.title_zh, settings.title_en)
        if language == "zh"
        else (settings.title_en, settings.title_zh)
    )
    return first or second


def ask(
    settings: Settings,
    look: Look,
    *,
    token: str,
    given: form.Answers | None = None,
    problems: Mapping[str, str] | None = None,
    asked: Asked | None = None,
) -> str:
    """The form, empty or with what was typed and what is wrong with it."""
    words = words_of(look.language)
    given = given or form.Answers({}, ())
    found = problems or {}
    heading = title(settings, look.language)
    intro = settings.intro_zh if look.language == "zh" else settings.intro_en
    parts = [f"<h1>{escape(heading)}</h1>"]
    if intro:
        parts.append(f"<p>{escape(intro)}</p>")
    parts.append(_problems(found, words))
    parts.append('<form method="post" enctype="multipart/form-data" novalidate>')
    parts.append(f'<input type="hidden" name="{form.TOKEN}" value="{escape(token)}">')
    parts.append(f'<input type="hidden" name="{form.LANGUAGE}" value="{look.language}">')
    one = Inputs(words, given, found)
    parts.append(one.text("name", words["name"], kind="text", needed=False, complete="name"))
    parts.append(
        one.text("email", words["email"], kind="email", complete="email", help_=words["email_help"])
    )
    if settings.ask_subject:
        parts.append(one.text("subject", words["subject"], kind="text"))
    parts += [one.own(field, look.language) for field in settings.fields]
    if asked is not None and asked.parts:
        parts.append(f'<div id="own">{own.html(asked, one, language=look.language)}</div>')
    parts.append(one.area("message", words["message"], value=given.get("message")))
    if settings.files:
        hint = words["files_help"].format(count=settings.max_files, size=settings.max_file_mb)
        parts.append(one.text("files", words["files"], kind="file", needed=False, help_=hint))
    parts.append(
        f'<div class="leave" aria-hidden="true"><label for="{form.TRAP}">{words["leave"]}</label>'
        f'<input id="{form.TRAP}" name="{form.TRAP}" tabindex="-1" autocomplete="off"></div>'
    )
    if asked is not None and asked.is_live:
        again = f'<button class="plain" name="{own.LOOK}" value="page">{words["again"]}</button>'
        parts.append(f"<noscript>{again}</noscript>")
    parts.append(f"<button>{words['send']}</button></form>")
    if asked is not None and asked.is_live:
        parts.append(f'<script nonce="{look.nonce}">{own.SCRIPT}</script>')
    return _document(look, title=heading, body="".join(parts), style=_conditions(settings))


def _conditions(settings: Settings) -> str:
    """Questions that depend on another are shown by style alone; the server decides in the end."""
    rules = []
    by_id = {field.id: field for field in settings.fields}
    for field in settings.fields:
        other = by_id.get(field.show_when)
        if other is None:
            continue
        if other.type == "select" and field.show_value in other.options:
            place = other.options.index(field.show_value) + 2  # the first one is empty
            chosen = f"#q_{other.id} option:nth-child({place}):checked"
        elif other.type == "checkbox":
            chosen = f"#q_{other.id}:checked"
        else:
            rules.append(f"#d_{field.id}{{display:block}}")
            continue
        rules.append(f"form:has({chosen}) #d_{field.id}{{display:block}}")
    return "".join(rules)


def _problems(found: Mapping[str, str], words: Mapping[str, str]) -> str:
    if not found:
        return ""
    items = "".join(
        f'<li><a href="#{escape(name)}">{escape(text)}</a></li>' for name, text in found.items()
    )
    return f'<div class="problems" role="alert">{words["errors"]}<ul>{items}</ul></div>'


def thanks(settings: Settings, look: Look, *, number: int | None, email: str) -> str:
    """It arrived. The number is for telling it on the telephone."""
    words = words_of(look.language)
    own = settings.thanks_zh if look.language == "zh" else settings.thanks_en
    said = own or words["answer"].format(email=email)
    line = words["number"].format(number=number) if number is not None else ""
    body = (
        f'<h1 tabindex="-1">{escape(words["thanks"])}</h1>'
        + (f'<p class="number">{escape(line)}</p>' if line else "")
        + f"<p>{escape(said)}</p>"
    )
    return _document(look, title=words["thanks"], body=body)
