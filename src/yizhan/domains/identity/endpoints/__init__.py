"""HTTP of identity: parse, call one service function, return a struct."""

from __future__ import annotations

from yizhan.domains.identity.endpoints import access, organisation, people, sign_in

routes = [*sign_in.routes, *organisation.routes, *people.routes, *access.routes]
