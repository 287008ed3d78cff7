"""Signing in, one's tickets, a new one. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from html import escape

from yizhan.domains.portal import words
from yizhan.domains.portal.pages import frame
from yizhan.domains.portal.types import MessageLine, Site, TicketLine

TRAP = "website"  # people do not see this field, machines fill it in
LONGEST = {"name": 200, "email": 320, "subject": 300, "message": 20_000}
_FORM = '<form method="post" action="{action}" class="plain" novalidate>'
_FORM_WITH_FILES = _FORM.replace(" novalidate", ' enctype="multipart/form-data" novalidate')


def sign_in(site: Site, locale: str) -> frame.Page:
    """Asks for an address."""
    said = words.of(locale)
    if not site.can_mail and not site.sign_in_url:
        return frame.message(site, locale, title=said["sign_in"], text=said["no_mail"])
    by_website = (
        f'<p><a class="button" href="{escape(site.sign_in_url)}">'
        f"{escape(said['by_website'].format(brand=site.brand))}</a></p>"
        if site.sign_in_url
        else ""
    )
    if not site.can_mail:
        body = f"<h1>{said['sign_in']}</h1>{by_website}"
        return frame.Page(title=said["sign_in"], body=body, path="sign-in")
    body = (
        f"<h1>{said['sign_in']}</h1>{by_website}<p>{said['sign_in_intro']}</p>"
        f"{_FORM.format(action=frame.at(site, locale, 'sign-in'))}"
        f'<label for="email">{said["email"]}</label>'
        '<input id="email" name="email" type="email" autocomplete="email" maxlength="320" required>'
        f"{_trap(said)}<button>{said['send_link']}</button></form>"
    )
    return frame.Page(title=said["sign_in"], body=body, path="sign-in")


def enter(site: Site, locale: str, *, token: str) -> frame.Page:
    """A button: opening the link alone does nothing."""
    said = words.of(locale)
    body = (
        f"<h1>{said['enter']}</h1><p>{escape(said['enter_intro'].format(brand=site.brand))}</p>"
        f"{_FORM.format(action=frame.at(site, locale, 'enter'))}"
        f'<input type="hidden" name="token" value="{escape(token)}"><button>{said["enter"]}</button></form>'
    )
    return frame.Page(title=said["enter"], body=body)


def used_up(site: Site, locale: str) -> frame.Page:
    said = words.of(locale)
    body = (
        f"<h1>{said['used_up']}</h1><p>{said['used_up_intro']}</p>"
        f'<p><a class="button" href="{frame.at(site, locale, "sign-in")}">{said["again"]}</a></p>'
    )
    return frame.Page(title=said["used_up"], body=body, status=410)


def not_handed_over(site: Site, locale: str) -> frame.Page:
    """What the website sent does not hold."""
    said = words.of(locale)
    link = escape(site.sign_in_url) or frame.at(site, locale, "sign-in")
    body = (
        f"<h1>{said['refused']}</h1><p>{said['refused_intro']}</p>"
        f'<p><a class="button" href="{link}">{said["sign_in"]}</a></p>'
    )
    return frame.Page(title=said["refused"], body=body, status=403)


def _trap(said: Mapping[str, str]) -> str:
    return (
        f'<div class="leave" aria-hidden="true"><label for="{TRAP}">{said["leave"]}</label>'
        f'<input id="{TRAP}" name="{TRAP}" tabindex="-1" autocomplete="off"></div>'
    )


def _when(moment: datetime | None) -> str:
    if moment is None:
        return ""
    text = moment.strftime("%Y-%m-%d %H:%M")
    return f'<time datetime="{moment.strftime("%Y-%m-%dT%H:%M:%SZ")}">{text} UTC</time>'


def _status(line: TicketLine, locale: str) -> str:
    name = words.pick(line.status_names, locale, otherwise=line.status)
    return f'<span class="status {escape(line.status_category)}">{escape(name)}</span>'


def _account(site: Site, locale: str, *, proof: str) -> str:
    """Who is signed in, and the way out."""
    said = words.of(locale)
    one = site.customer
    if one is None:
        return ""
    name = escape(said["signed_in_as"].format(name=one.address or one.name))
    return (
        f'<form method="post" class="account" action="{frame.at(site, locale, "sign-out")}"><span>{name}</span>'
        f'<input type="hidden" name="proof" value="{proof}">'
        f'<button class="second">{said["sign_out"]}</button></form>'
    )


def mine(
    site: Site, locale: str, *, rows: Sequence[TicketLine], more: bool, company: bool, proof: str
) -> frame.Page:
    """One's own tickets, or the company's."""
    said = words.of(locale)
    tabs = ""
    if site.customer is not None and site.customer.company_tickets and site.customer.company_id:
        here = frame.at(site, locale, "my")
        tabs = (
            f'<nav class="tabs" aria-label="{said["mine"]}">'
            f'<a href="{here}"{"" if company else " aria-current=page"}>{said["mine"]}</a>'
            f'<a href="{here}?of=company"{" aria-current=page" if company else ""}>{said["company"]}</a></nav>'
        )
    items = "".join(
        f'<li><a href="{frame.at(site, locale, f"my/{row.number}")}">{escape(row.subject)}</a>'
        f"<p><span>#{row.number}</span>{_status(row, locale)}"
        + (f"<span>{escape(row.requester_name)}</span>" if company else "")
        + f"{_when(row.last_message_at or row.created_at)}</p></li>"
        for row in rows
    )
    listed = f'<ul class="tickets">{items}</ul>' if rows else f"<p>{said['no_tickets']}</p>"
    of = "&amp;of=company" if company else ""
    older = (
        f'<p><a href="{frame.at(site, locale, "my")}?before={rows[-1].id}{of}">{said["older"]}</a></p>'
        if more
        else ""
    )
    title = said["company"] if company else said["mine"]
    body = f"<h1>{title}</h1>{_account(site, locale, proof=proof)}{tabs}{listed}{older}"
    return frame.Page(title=title, body=body, path="my")


def _message(site: Site, one: MessageLine, said: Mapping[str, str]) -> str:
    own = (
        site.customer is not None
        and one.direction == "in"
        and one.author_id == site.customer.contact_id
    )
    files = "".join(
        f'<li><a href="{site.root}/my-files/{escape(file["id"])}">{escape(file["name"])}</a></li>'
        for file in one.files
    )
    return (
        f'<li class="{"in" if one.direction == "in" else "out"}"><p class="who">'
        f"<strong>{said['you'] if own else escape(one.author_name)}</strong> {_when(one.at)}</p>"
        f'<div class="said">{escape(one.text)}</div>'
        + (f"<ul>{files}</ul>" if files else "")
        + "</li>"
    )


def ticket(
    site: Site,
    locale: str,
    *,
    line: TicketLine,
    messages: Sequence[MessageLine],
    proof: str,
    client_id: str,
    problems: Mapping[str, str],
) -> frame.Page:
    """A ticket with what was said, and room for an answer."""
    said = words.of(locale)
    listed = "".join(_message(site, one, said) for one in messages)
    closed = (
        f'<p class="note">{said["closed_note"]}</p>' if line.status_category == "closed" else ""
    )
    body = (
        f'<nav class="crumbs" aria-label="{said["mine"]}"><ol><li><a href="{frame.at(site, locale, "my")}">'
        f"{said['mine']}</a></li></ol></nav><h1>{escape(line.subject)}</h1>"
        f'<p class="facts"><span>#{line.number}</span>{_status(line, locale)}</p>'
        f'<ol class="messages">{listed}</ol>{closed}'
        f"{_FORM_WITH_FILES.format(action=frame.at(site, locale, f'my/{line.number}'))}"
        f'<input type="hidden" name="proof" value="{proof}">'
        f'<input type="hidden" name="client_id" value="{client_id}">'
        f'<label for="message">{said["answer"]}</label>'
        f'<textarea id="message" name="message" rows="5" maxlength="20000" required'
        f"{_bad('message', problems)}></textarea>{_problem('message', problems)}"
        f"{_files(said, problems)}<button>{said['send']}</button></form>"
    )
    return frame.Page(title=line.subject, body=body, path=f"my/{line.number}")


def new(
    site: Site,
    locale: str,
    *,
    proof: str,
    client_id: str,
    given: Mapping[str, str] | None = None,
    problems: Mapping[str, str] | None = None,
) -> frame.Page:
    """A new ticket, with room for the articles that a script finds meanwhile."""
    said = words.of(locale)
    given, wrong = given or {}, problems or {}
    fields = []
    if site.customer is None:
        fields.append(_input("name", said, given, wrong, kind="text", complete="name"))
        fields.append(_input("email", said, given, wrong, kind="email", complete="email"))
    fields.append(_input("subject", said, given, wrong, kind="text"))
    items = "".join(
        f'<li><a href="#{name}">{escape(text)}</a></li>' for name, text in wrong.items()
    )
    summary = f'<div class="problems" role="alert">{said["errors"]}<ul>{items}</ul></div>'
    area = (
        f'<label for="message">{said["message"]}</label>'
        f'<textarea id="message" name="message" rows="7" maxlength="20000" required{_bad("message", wrong)}>'
        f"{escape(given.get('message', ''))}</textarea>{_problem('message', wrong)}"
    )
    body = (
        f"<h1>{said['new']}</h1>{summary if wrong else ''}"
        f"{_FORM_WITH_FILES.format(action=frame.at(site, locale, 'new'))}"
        f'<input type="hidden" name="proof" value="{proof}">'
        f'<input type="hidden" name="client_id" value="{escape(client_id)}">{"".join(fields)}'
        f'<div id="suggested" data-url="{site.root}/suggest.json" data-locale="{escape(locale)}"'
        f' data-title="{said["suggested"]}" aria-live="polite"></div>'
        f"{area}{_files(said, wrong)}{_trap(said)}<button>{said['submit']}</button></form>"
    )
    return frame.Page(title=said["new"], body=body, path="new", status=422 if wrong else 200)


def _files(said: Mapping[str, str], wrong: Mapping[str, str]) -> str:
    return (
        f'<label for="files">{said["files"]} <span class="optional">({said["files_hint"]})</span></label>'
        f'<input id="files" name="files" type="file" multiple{_bad("files", wrong)}>'
        f"{_problem('files', wrong)}"
    )


def _bad(name: str, wrong: Mapping[str, str]) -> str:
    return f' aria-invalid="true" aria-describedby="{name}-problem"' if name in wrong else ""


def _problem(name: str, wrong: Mapping[str, str]) -> str:
    if name not in wrong:
        return ""
    return f'<p class="problem" id="{name}-problem">{escape(wrong[name])}</p>'


def _input(
    name: str,
    said: Mapping[str, str],
    given: Mapping[str, str],
    wrong: Mapping[str, str],
    *,
    kind: str,
    complete: str = "",
) -> str:
    needed = name != "name"
    hint = "" if needed else f' <span class="optional">({said["optional"]})</span>'
    more = f' autocomplete="{complete}"' if complete else ""
    more += " required" if needed else ""
    return (
        f'<label for="{name}">{said[name]}{hint}</label><input id="{name}" name="{name}" type="{kind}"'
        f' maxlength="{LONGEST[name]}" value="{escape(given.get(name, ""))}"{more}{_bad(name, wrong)}>'
        f"{_problem(name, wrong)}"
    )


def received(site: Site, locale: str, *, number: int, address: str) -> frame.Page:
    """It arrived."""
    said = words.of(locale)
    see = (
        f'<p><a class="button" href="{frame.at(site, locale, f"my/{number}")}">{said["see"]}</a></p>'
        if site.customer is not None
        else ""
    )
    mail = f"<p>{escape(said['received_mail'].format(email=address))}</p>" if address else ""
    body = (
        f'<h1>{said["received"]}</h1><p class="number">{said["received_number"].format(number=number)}</p>'
        f"{mail}{see}"
    )
    return frame.Page(title=said["received"], body=body)
