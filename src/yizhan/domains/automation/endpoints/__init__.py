"""HTTP of automation."""

from yizhan.domains.automation.endpoints import bulk, macros, runs

routes = [*macros.routes, *runs.routes, *bulk.routes]
