"""HTTP of the customers' pages: HTML for customers, JSON for who sets them up."""

from litestar import Router

from yizhan.domains.portal.endpoints import admin, articles, edge, files, requests
from yizhan.kernel import errors

routes = admin.routes
public_routes = [
    Router(
        "/",
        route_handlers=[*files.handlers, *articles.handlers, *requests.handlers],
        exception_handlers={errors.YizhanError: edge.on_error},
        include_in_schema=False,
        opt={"public": True},
    )
]
