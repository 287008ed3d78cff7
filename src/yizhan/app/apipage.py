"""The page of the API: every operation and every shape, from the document alone. Pure.

No script and nothing from elsewhere, so that it can be read where there is no internet.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections import defaultdict
from html import escape
from typing import Any

Part = dict[str, Any]

_STYLE = """
:root{color-scheme:light dark;--ink:#17211e;--soft:#4a5652;--line:#c4cdc9;--ground:#eef1ef;--card:#fff;
--act:#0a6154;--code:#f1f4f3}
@media (prefers-color-scheme:dark){:root{--ink:#e7edea;--soft:#b4c0bb;--line:#3b4844;--ground:#0d1211;
--card:#141a18;--act:#6fd0be;--code:#1d2623}}
*{box-sizing:border-box}
html{scroll-padding-top:1rem}
body{margin:0;background:var(--ground);color:var(--ink);font:15px/1.55 system-ui,"PingFang SC",
"Microsoft YaHei",sans-serif}
main{max-width:60rem;margin:0 auto;padding:1.5rem 1rem 4rem}
h1{font-size:1.5rem;margin:.5rem 0}
h2{font-size:1.15rem;margin:2.25rem 0 .6rem}
h3{font-size:1rem;margin:0;overflow-wrap:anywhere}
h4{font-size:.85rem;margin:1rem 0 .25rem;color:var(--soft)}
p{margin:.25rem 0 .6rem;overflow-wrap:anywhere}
a{color:var(--act)}
nav{display:flex;flex-wrap:wrap;gap:.25rem .9rem;margin:1rem 0}
nav a{padding:.25rem 0;min-height:32px}
code{font:.92em ui-monospace,Consolas,monospace;overflow-wrap:anywhere}
details,.shape{background:var(--card);border:1px solid var(--line);border-radius:8px;margin:0 0 .5rem}
.shape{padding:.7rem .9rem}
summary{display:flex;flex-wrap:wrap;gap:.1rem .7rem;align-items:baseline;padding:.55rem .9rem;cursor:pointer}
summary b{font:600 .85em ui-monospace,Consolas,monospace;min-width:3.8em;color:var(--act)}
summary span{color:var(--soft)}
.inside{padding:.1rem .9rem .8rem;border-top:1px solid var(--line)}
dl{margin:0;display:grid;grid-template-columns:minmax(9rem,max-content) 1fr;gap:.3rem 1rem}
dt,dd{margin:0;min-width:0}
dd{color:var(--soft)}
dd code{color:var(--ink)}
.must{color:var(--act)}
:focus-visible{outline:3px solid var(--act);outline-offset:2px}
@media (max-width:34rem){dl{grid-template-columns:1fr;gap:0}dd{margin:0 0 .5rem .9rem}}
"""
_STYLE_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
POLICY = (
    f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; base-uri 'none'; form-action 'none';"
    " frame-ancestors 'none'"
)

_WORDS = {
    "en": {
        "title": "API of this desk",
        "lead": "A program sends a token in the header “Authorization: Bearer …”; tokens are made"
        " below Settings → API tokens. The same description for programs:",
        "parameters": "Parameters",
        "body": "Body",
        "answers": "Answers",
        "shapes": "Shapes",
        "required": "required",
        "default": "default",
        "public": "no sign-in needed",
    },
    "zh": {
        "title": "本服务台的 API",
        "lead": "程序在请求头中携带令牌“Authorization: Bearer …”；令牌在“设置 → API 令牌”中创建。"
        "供程序读取的同一份说明：",
        "parameters": "参数",
        "body": "请求体",
        "answers": "响应",
        "shapes": "数据结构",
        "required": "必填",
        "default": "默认",
        "public": "无需登录",
    },
}
_LIMITS = (
    ("minLength", "≥ {} chars"),
    ("maxLength", "≤ {} chars"),
    ("minItems", "≥ {} items"),
    ("maxItems", "≤ {} items"),
    ("minimum", "≥ {:g}"),
    ("maximum", "≤ {:g}"),
)


def page(document: Part, *, language: str) -> str:
    """The whole page, its own words in ``language`` (zh or en)."""
    words = _WORDS[language]
    groups: dict[str, list[str]] = defaultdict(list)
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            tag = (operation.get("tags") or ["other"])[0]
            groups[tag].append(_operation(method, path, operation, words=words))
    links = "".join(f'<a href="#tag-{escape(tag)}">{escape(tag)}</a>' for tag in sorted(groups))
    listed = "".join(
        f'<h2 id="tag-{escape(tag)}">{escape(tag)}</h2>{"".join(groups[tag])}'
        for tag in sorted(groups)
    )
    shapes = "".join(
        f'<section class="shape" id="shape-{escape(name)}"><h3>{escape(name)}</h3>'
        f"{_shape(schema, words)}</section>"
        for name, schema in sorted(document["components"]["schemas"].items())
    )
    return (
        f'<!doctype html><html lang="{"zh-CN" if language == "zh" else "en"}"><head>'
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{words['title']}</title><style>{_STYLE}</style></head><body><main>"
        f"<h1>{words['title']}</h1><p>{escape(document['info']['description'])}</p>"
        f'<p>{words["lead"]} <a href="/openapi.json">openapi.json</a></p>'
        f'<nav aria-label="API">{links}<a href="#shapes">{words["shapes"]}</a></nav>'
        f'{listed}<h2 id="shapes">{words["shapes"]}</h2>{shapes}</main></body></html>'
    )


def _operation(method: str, path: str, operation: Part, *, words: dict[str, str]) -> str:
    # The id stands within the details, so that a link to it opens them.
    public = f"<span>{words['public']}</span>" if operation.get("security") == [{}] else ""
    return (
        f"<details><summary><b>{method.upper()}</b><code>{escape(path)}</code>"
        f"<span>{escape(operation.get('summary', ''))}</span></summary>"
        f'<div class="inside" id="{escape(operation["operationId"])}">'
        f"<p>{_marked(operation.get('description', ''))}</p>{public}"
        f"{_parameters(operation.get('parameters', []), words)}"
        f"{_content(words['body'], operation.get('requestBody', {}).get('content', {}))}"
        f"<h4>{words['answers']}</h4><dl>{_answers(operation['responses'])}</dl></div></details>"
    )


def _parameters(parameters: list[Part], words: dict[str, str]) -> str:
    if not parameters:
        return ""
    rows = "".join(
        f"<dt><code>{escape(one['name'])}</code> {escape(one['in'])}</dt>"
        f"<dd>{_value(one['schema'], words, needed=one.get('required', False))}"
        f" {_marked(one.get('description', ''))}</dd>"
        for one in parameters
    )
    return f"<h4>{words['parameters']}</h4><dl>{rows}</dl>"


def _content(title: str, content: Part) -> str:
    if not content:
        return ""
    kinds = "; ".join(
        f"{escape(kind)}: <code>{_type(told['schema'])}</code>" for kind, told in content.items()
    )
    return f"<h4>{title}</h4><p>{kinds}</p>"


def _answers(responses: Part) -> str:
    rows = []
    for status, answer in responses.items():
        good = status.startswith("2")
        shapes = " ".join(
            f"<code>{_type(told['schema'])}</code>" for told in answer.get("content", {}).values()
        )
        said = "" if good and shapes else _marked(answer["description"])
        rows.append(f"<dt>{escape(status)}</dt><dd>{shapes if good else ''} {said}</dd>")
    return "".join(rows)


def _shape(schema: Part, words: dict[str, str]) -> str:
    told = f"<p>{_marked(schema['description'])}</p>" if "description" in schema else ""
    properties = schema.get("properties")
    if not properties:
        return f"{told}<p>{_value(schema, words)}</p>"
    needed = schema.get("required", [])
    rows = "".join(
        f"<dt><code>{escape(name)}</code></dt>"
        f"<dd>{_value(one, words, needed=name in needed)} {_marked(one.get('description', ''))}</dd>"
        for name, one in properties.items()
    )
    return f"{told}<dl>{rows}</dl>"


def _value(schema: Part, words: dict[str, str], *, needed: bool = False) -> str:
    parts = [f"<code>{_type(schema)}</code>"]
    if needed:
        parts.append(f'<span class="must">{words["required"]}</span>')
    parts += [form.format(schema[key]) for key, form in _LIMITS if key in schema]
    if "pattern" in schema:
        parts.append(f"<code>{escape(schema['pattern'])}</code>")
    if schema.get("default") not in (None, "", [], {}):
        parts.append(f"{words['default']} <code>{escape(str(schema['default']))}</code>")
    return " · ".join(parts)


def _type(schema: Part) -> str:
    """A schema in one line of HTML; other shapes are links."""
    if "$ref" in schema:
        name = escape(schema["$ref"].rsplit("/", 1)[1])
        return f'<a href="#shape-{name}">{name}</a>'
    for choice in ("oneOf", "anyOf"):
        if choice in schema:
            return " | ".join(_type(one) for one in schema[choice])
    if "const" in schema:
        return escape(repr(schema["const"]))
    if "enum" in schema:
        return " | ".join(escape(str(one)) for one in schema["enum"])
    if "prefixItems" in schema:
        return "[" + ", ".join(_type(one) for one in schema["prefixItems"]) + "]"
    return _plain(schema)


def _plain(schema: Part) -> str:
    kind = schema.get("type", "any")
    if isinstance(kind, list):
        return " | ".join(escape(str(one)) for one in kind)
    if kind == "array":
        inner = _type(schema.get("items") or {})
        return f"({inner})[]" if " | " in inner else f"{inner}[]"
    if kind == "object" and isinstance(schema.get("additionalProperties"), dict):
        return f"{{name: {_type(schema['additionalProperties'])}}}"
    if kind == "object" and schema.get("properties"):
        inner = ", ".join(f"{escape(n)}: {_type(one)}" for n, one in schema["properties"].items())
        return f"{{{inner}}}"
    return escape(schema.get("format") or kind)


def _marked(text: str) -> str:
    """Text with ``code`` in back quotes, as the descriptions are written."""
    return re.sub(r"`+([^`]+)`+", r"<code>\1</code>", escape(text))
