"""What is around every page: head, the brand's bar, languages, foot. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from html import escape
from pathlib import Path
from urllib.parse import quote

import msgspec

from yizhan.domains.portal import words
from yizhan.domains.portal.types import Site
from yizhan.kernel import colors

_FOLDER = Path(__file__).resolve().parent.parent / "assets"
ASSETS = {path.name: path.read_bytes() for path in sorted(_FOLDER.iterdir()) if path.is_file()}
BUILD = sha256(b"".join(ASSETS.values())).hexdigest()[:12]
CSP = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """One page before it is framed. ``path`` is below the language: ``a/12``."""

    title: str
    body: str
    path: str = ""
    description: str = ""
    indexed: bool = False
    locales: Sequence[str] = ()  # in which this page exists; empty: in all
    q: str = ""
    status: int = 200


def theme(site: Site) -> str:
    """The brand's colours as a style sheet."""
    return colors.theme(site.color)


def title_of(site: Site, locale: str) -> str:
    """What the pages are called."""
    own = site.portal.titles.get(locale, "")
    return own or f"{site.brand} · {words.of(locale)['help']}"


def at(site: Site, locale: str, path: str = "") -> str:
    """A page's address, escaped."""
    return escape(f"{site.root}/{locale}" + (f"/{path}" if path else ""))


def _head(site: Site, locale: str, page: Page) -> str:
    url = f"{site.base}{site.root}"
    path = f"/{page.path}" if page.path else ""
    full = title_of(site, locale)
    title = full if page.title == full else f"{page.title} · {full}"
    parts = [
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">',
        f"<title>{escape(title)}</title>",
        f'<link rel="stylesheet" href="/help-assets/{BUILD}/portal.css">',
        f'<link rel="stylesheet" href="{site.root}/theme.css?c={site.color.lstrip("#")}">',
        f'<script src="/help-assets/{BUILD}/portal.js" defer></script>',
    ]
    if not page.indexed:
        return "".join([*parts, '<meta name="robots" content="noindex">'])
    if page.description:
        parts.append(f'<meta name="description" content="{escape(page.description[:300])}">')
    shown = list(page.locales) or site.portal.locales
    canonical = locale if locale in shown else shown[0]
    parts.append(f'<link rel="canonical" href="{escape(f"{url}/{canonical}{path}")}">')
    parts += [
        f'<link rel="alternate" hreflang="{escape(one)}" href="{escape(f"{url}/{one}{path}")}">'
        for one in shown
    ]
    parts.append(f'<link rel="sitemap" type="application/xml" href="{url}/sitemap.xml">')
    return "".join(parts)


def _bar(site: Site, locale: str, said: dict[str, str]) -> str:
    logo = (
        f'<img src="{site.root}/logo?f={site.logo_file_id}" alt="" height="32">'
        if site.logo_file_id
        else ""
    )
    links = []
    if site.customer is not None:
        links.append(f'<a href="{at(site, locale, "my")}">{said["mine"]}</a>')
    elif site.can_mail or site.sign_in_url:
        links.append(f'<a href="{at(site, locale, "sign-in")}">{said["sign_in"]}</a>')
    if site.portal.new_tickets:
        links.append(f'<a href="{at(site, locale, "new")}">{said["new"]}</a>')
    return (
        f'<header class="bar"><a class="brand" href="{at(site, locale)}">{logo}'
        f"<span>{escape(title_of(site, locale))}</span></a>"
        f'<nav aria-label="{said["help"]}">{"".join(links)}</nav></header>'
    )


def _foot(site: Site, locale: str, page: Page, said: dict[str, str]) -> str:
    path = f"/{page.path}" if page.path else ""
    items = "".join(
        f'<li><a href="{escape(f"{site.root}/{one}{path}")}" lang="{escape(one)}" hreflang="{escape(one)}"'
        f"{' aria-current=true' if one == locale else ''}>{escape(words.name_of(one))}</a></li>"
        for one in site.portal.locales
    )
    more = f'<nav aria-label="{said["languages"]}"><ul>{items}</ul></nav>'
    return f'<footer class="foot">{more if len(site.portal.locales) > 1 else ""}</footer>'


def search(site: Site, locale: str, *, q: str = "") -> str:
    """The search field."""
    said = words.of(locale)
    return (
        f'<form class="search" role="search" action="{at(site, locale, "search")}">'
        f'<label class="away" for="q">{said["search_hint"]}</label>'
        f'<input id="q" name="q" type="search" maxlength="200" value="{escape(q)}"'
        f' placeholder="{said["search_hint"]}"><button>{said["search"]}</button></form>'
    )


def document(site: Site, locale: str, page: Page) -> str:
    """The whole page."""
    said = words.of(locale)
    return (
        f'<!doctype html><html lang="{escape(locale)}"><head>{_head(site, locale, page)}</head><body>'
        f'<a class="skip" href="#main">{said["skip"]}</a>{_bar(site, locale, said)}'
        f'<main id="main" tabindex="-1">{page.body}</main>{_foot(site, locale, page, said)}</body></html>'
    )


def message(site: Site, locale: str, *, title: str, text: str, status: int = 200) -> Page:
    """A page that says one thing."""
    said = words.of(locale)
    body = (
        f"<h1>{escape(title)}</h1><p>{escape(text)}</p>"
        f'<p><a href="{at(site, locale)}">{said["home"]}</a></p>'
    )
    return Page(title=title, body=body, status=status)


def nowhere(slug: str, locale: str, *, home: bool) -> str:
    """The page of an address of which nothing is known but its name; ``home``: where one may go on."""
    said = words.of(locale)
    root = f"/help/{quote(slug, safe='')}"
    link = f'<p><a href="{escape(root)}">{said["home"]}</a></p>' if home else ""
    return (
        f'<!doctype html><html lang="{escape(locale)}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{said['missing']} · {said['help']}</title>"
        '<meta name="robots" content="noindex">'
        f'<link rel="stylesheet" href="/help-assets/{BUILD}/portal.css">'
        f'<link rel="stylesheet" href="{escape(root)}/theme.css"></head><body>'
        f'<header class="bar"><span class="brand">{said["help"]}</span></header>'
        f"<main><h1>{said['missing']}</h1><p>{said['missing_intro']}</p>{link}</main></body></html>"
    )
