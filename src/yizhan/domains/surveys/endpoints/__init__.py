"""HTTP of surveys: JSON for who sets them up and reads them, pages for customers."""

from litestar import Router

from yizhan.domains.surveys.endpoints import admin, rating

routes = admin.routes
public_routes = [
    Router(
        "/",
        route_handlers=rating.handlers,
        include_in_schema=False,
        opt={"public": True},
    )
]
