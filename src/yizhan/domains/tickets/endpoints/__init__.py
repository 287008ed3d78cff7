"""HTTP of tickets."""

from yizhan.domains.tickets.endpoints import files, messages, personal, tickets

routes = [*tickets.routes, *messages.routes, *personal.routes, *files.routes]
