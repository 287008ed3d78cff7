"""What the pages are made of besides HTML: style, script, logo, files, the site map."""

from __future__ import annotations

from html import escape

from litestar import Response, get

from yizhan.domains.knowledge import service as knowledge
from yizhan.domains.portal import errors
from yizhan.domains.portal.endpoints import edge as pages
from yizhan.domains.portal.endpoints.edge import Req
from yizhan.domains.portal.pages import frame
from yizhan.domains.portal.service import desk, places
from yizhan.kernel import http
from yizhan.kernel.actor import system
from yizhan.kernel.http import Edge

_FOREVER = "public, max-age=31536000, immutable"
_HOUR = "public, max-age=3600"
_KINDS = {"css": "text/css", "js": "text/javascript"}
_MOST_ADDRESSES = 20_000
_ROBOTS = "User-agent: *\nAllow: /help/\nAllow: /help-assets/\nDisallow: /\n"


@get("/robots.txt")
async def robots() -> Response[str]:
    """Crawlers may read the help pages and nothing else."""
    return Response(_ROBOTS, media_type="text/plain", headers={"Cache-Control": _HOUR})


@get("/help-assets/{build:str}/{name:str}")
async def asset(build: str, name: str) -> Response[bytes]:
    """Style and script; their address changes with them."""
    found = frame.ASSETS.get(name)
    if found is None:
        raise errors.PortalNotFound
    keep = _FOREVER if build == frame.BUILD else "no-cache"
    kind = _KINDS[name.rpartition(".")[2]]
    return Response(
        found, media_type=kind, headers={"Cache-Control": keep, "X-Content-Type-Options": "nosniff"}
    )


@get("/help/{slug:str}/theme.css")
async def theme(edge: Edge, slug: str) -> Response[str]:
    """The brand's colours; the address changes with them."""
    site = await places.open_site(edge, slug)
    return Response(frame.theme(site), media_type="text/css", headers={"Cache-Control": _HOUR})


@get("/help/{slug:str}/logo")
async def logo(edge: Edge, slug: str) -> Response[bytes]:
    """The brand's logo."""
    site = await places.open_site(edge, slug)
    async with edge.database.begin(system(site.workspace_id)) as tx:
        row = await tx.db.fetchrow(
            "SELECT name, content_type, sha256 FROM file WHERE workspace_id = $1 AND id = $2",
            site.workspace_id,
            site.logo_file_id,
        )
    if row is None:
        raise errors.PortalNotFound
    content = await edge.store.get(site.workspace_id, row["sha256"])
    return http.file_response(row["name"], row["content_type"], content, kept=_HOUR)


@get("/help/{slug:str}/files/{file_id:int}")
async def article_file(request: Req, edge: Edge, slug: str, file_id: int) -> Response[bytes]:
    """A file of an article that this visitor may read."""
    site = await pages.site_of(request, edge, slug)
    async with edge.database.begin(system(site.workspace_id)) as tx:
        found = await knowledge.file_for_reader(tx, desk.viewer(site), file_id=file_id)
    content = await edge.store.get(site.workspace_id, found.sha256)
    kept = "private, max-age=3600"  # who may read it changes with the article
    return http.file_response(found.name, found.content_type, content, kept=kept)


@get("/help/{slug:str}/my-files/{file_id:int}")
async def ticket_file(request: Req, edge: Edge, slug: str, file_id: int) -> Response[bytes]:
    """A file on a ticket that this customer may see."""
    site = await pages.site_of(request, edge, slug)
    async with edge.database.begin(system(site.workspace_id)) as tx:
        name, content_type, sha256 = await desk.file(tx, site, file_id=file_id)
    content = await edge.store.get(site.workspace_id, sha256)
    return http.file_response(name, content_type, content, kept="private, no-store")


@get("/help/{slug:str}/sitemap.xml")
async def sitemap(edge: Edge, slug: str) -> Response[str]:
    """Every public article in each of its languages."""
    site = await places.open_site(edge, slug)
    async with edge.database.begin(system(site.workspace_id)) as tx:
        rows = await knowledge.every_address(tx, desk.viewer(site), most=_MOST_ADDRESSES)
    root = escape(f"{site.base}{site.root}")
    lines = [f"<url><loc>{root}/{escape(locale)}</loc></url>" for locale in site.portal.locales]
    lines += [
        f"<url><loc>{root}/{escape(row.locale)}/a/{row.article_id}</loc>"
        f"<lastmod>{row.published_at.strftime('%Y-%m-%d')}</lastmod></url>"
        for row in rows
        if row.locale in site.portal.locales
    ]
    body = (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{"".join(lines)}</urlset>'
    )
    return Response(body, media_type="application/xml", headers={"Cache-Control": _HOUR})


handlers = [robots, asset, theme, logo, article_file, ticket_file, sitemap]
