"""Home, topics, results and articles. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from yizhan.domains.knowledge import content
from yizhan.domains.knowledge import tree as trees
from yizhan.domains.knowledge.types import Category, File, Shown, Teaser
from yizhan.domains.portal import words
from yizhan.domains.portal.pages import frame
from yizhan.domains.portal.types import Site

MOST_COMMENT = 2000


def _teasers(site: Site, locale: str, rows: Sequence[Teaser], *, ask_id: int | None = None) -> str:
    tail = "" if ask_id is None else f"?from={ask_id}"
    items = "".join(
        f'<li><a href="{frame.at(site, locale, f"a/{one.article_id}{tail}")}"'
        f"{_lang(one.locale, locale)}>{escape(one.title)}</a>"
        f"<p{_lang(one.locale, locale)}>{escape(one.summary)}</p></li>"
        for one in rows
    )
    return f'<ul class="teasers">{items}</ul>'


def _lang(own: str, page: str) -> str:
    return "" if own == page else f' lang="{escape(own)}"'


def _cards(
    site: Site,
    locale: str,
    shown: Sequence[Category],
    tree: Sequence[Category],
    rows: Sequence[Teaser],
) -> str:
    said = words.of(locale)
    cards = []
    for one in shown:
        count = sum(row.category_id in trees.below(tree, {one.id}) for row in rows)
        if count:
            name = escape(words.pick(one.names, locale))
            cards.append(
                f'<li><a href="{frame.at(site, locale, f"c/{one.id}")}"><strong>{name}</strong>'
                f"<span>{said['articles'].format(count=count)}</span></a></li>"
            )
    return f'<ul class="cards">{"".join(cards)}</ul>' if cards else ""


def home(
    site: Site,
    locale: str,
    *,
    tree: Sequence[Category],
    rows: Sequence[Teaser],
    newest: Sequence[Teaser],
) -> frame.Page:
    """Search, topics, what is new."""
    said = words.of(locale)
    intro = site.portal.intros.get(locale, "")
    cards = _cards(site, locale, [one for one in tree if one.parent_id is None], tree, rows)
    known = {one.id for one in tree}
    loose = [row for row in rows if row.category_id not in known]
    parts = [f'<div class="hero"><h1>{said["how"]}</h1>']
    parts.append(f"<p>{escape(intro)}</p>" if intro else "")
    parts.append(f"{frame.search(site, locale)}</div>")
    if cards:
        parts.append(f"<h2>{said['categories']}</h2>{cards}")
    if newest:
        parts.append(f"<h2>{said['newest']}</h2>{_teasers(site, locale, newest)}")
    if loose and cards:
        parts.append(f"<h2>{said['other']}</h2>{_teasers(site, locale, loose)}")
    if not rows:
        parts.append(f"<p>{said['empty']}</p>")
    title = frame.title_of(site, locale)
    return frame.Page(title=title, body="".join(parts), indexed=True, description=intro or title)


def _crumbs(site: Site, locale: str, tree: Sequence[Category], category_id: int | None) -> str:
    said = words.of(locale)
    by_id = {one.id: one for one in tree}
    steps: list[Category] = []
    one = by_id.get(category_id or 0)
    while one is not None and one not in steps:
        steps.insert(0, one)
        one = by_id.get(one.parent_id or 0)
    links = [f'<a href="{frame.at(site, locale)}">{said["home"]}</a>']
    links += [
        f'<a href="{frame.at(site, locale, f"c/{step.id}")}">{escape(words.pick(step.names, locale))}</a>'
        for step in steps
    ]
    items = "".join(f"<li>{link}</li>" for link in links)
    return f'<nav class="crumbs" aria-label="{said["categories"]}"><ol>{items}</ol></nav>'


def category(
    site: Site, locale: str, *, one: Category, tree: Sequence[Category], rows: Sequence[Teaser]
) -> frame.Page:
    """A topic with those within it."""
    said = words.of(locale)
    name = words.pick(one.names, locale)
    mine = [row for row in rows if row.category_id == one.id]
    inner = _cards(site, locale, [c for c in tree if c.parent_id == one.id], tree, rows)
    body = (
        f"{_crumbs(site, locale, tree, one.parent_id)}<h1>{escape(name)}</h1>{inner}"
        + (_teasers(site, locale, mine) if mine else "")
        + ("" if mine or inner else f"<p>{said['empty']}</p>")
    )
    return frame.Page(title=name, body=body, path=f"c/{one.id}", indexed=True, description=name)


def results(
    site: Site, locale: str, *, q: str, rows: Sequence[Teaser], ask_id: int | None = None
) -> frame.Page:
    """What the search found; ``ask_id`` goes along with what is opened."""
    said = words.of(locale)
    title = said["results"].format(q=q) if q else said["search"]
    found = f"<p>{said['nothing']}</p>" if q else ""
    if rows:
        found = _teasers(site, locale, rows, ask_id=ask_id)
    body = f"<h1>{escape(title)}</h1>{frame.search(site, locale, q=q)}{found}{_still(site, locale)}"
    return frame.Page(title=title, body=body, path="search", q=q)


def _still(site: Site, locale: str) -> str:
    said = words.of(locale)
    if not site.portal.new_tickets:
        return ""
    link = f'<a class="button" href="{frame.at(site, locale, "new")}">{said["new"]}</a>'
    return f'<aside class="still"><p>{said["still"]}</p>{link}</aside>'


def _feedback(site: Site, locale: str, shown: Shown, *, thanked: bool, ask_id: int | None) -> str:
    said = words.of(locale)
    if thanked:
        return f'<p class="thanks" role="status" id="feedback">{said["thanks"]}</p>'
    action = frame.at(site, locale, f"a/{shown.article_id}/feedback")
    asked = "" if ask_id is None else f'<input type="hidden" name="from" value="{ask_id}">'
    return (
        f'<form class="feedback" id="feedback" method="post" action="{action}">'
        f"{asked}<fieldset><legend>{said['helpful']}</legend>"
        f'<label class="away" for="comment">{said["comment"]}</label>'
        f'<textarea id="comment" name="comment" maxlength="{MOST_COMMENT}" rows="2"'
        f' placeholder="{said["comment"]}"></textarea>'
        f'<button name="helpful" value="yes">{said["yes"]}</button>'
        f'<button name="helpful" value="no" class="second">{said["no"]}</button></fieldset></form>'
    )


def article(
    site: Site,
    locale: str,
    *,
    shown: Shown,
    locales: Sequence[str],
    tree: Sequence[Category],
    files: Sequence[File],
    thanked: bool,
    ask_id: int | None = None,
) -> frame.Page:
    """One article."""
    said = words.of(locale)
    html = content.with_files_at(shown.html, f"{site.root}/files/")
    other = "" if shown.locale == locale else f'<p class="note">{said["in_other"]}</p>'
    date = shown.published_at.strftime("%Y-%m-%d")
    links = "".join(
        f'<li><a href="{site.root}/files/{one.id}">{escape(one.name)}</a></li>' for one in files
    )
    body = (
        f"{_crumbs(site, locale, tree, shown.category_id)}{other}"
        f'<article lang="{escape(shown.locale)}"><h1>{escape(shown.title)}</h1>'
        f'<div class="text">{html}</div></article>'
        f'<p class="when">{said["updated"].format(date=f"<time datetime={date}>{date}</time>")}</p>'
        + (f"<h2>{said['files']}</h2><ul>{links}</ul>" if links else "")
        + f"{_feedback(site, locale, shown, thanked=thanked, ask_id=ask_id)}{_still(site, locale)}"
    )
    return frame.Page(
        title=shown.title,
        body=body,
        path=f"a/{shown.article_id}",
        description=shown.summary or " ".join(shown.plain.split())[:160],
        indexed=shown.audience == "public",
        locales=[one for one in locales if one in site.portal.locales] or [shown.locale],
    )
