"""HTTP of tickets."""

from yizhan.domains.tickets.endpoints import customers, files, messages, personal, tickets

routes = [*tickets.routes, *messages.routes, *personal.routes, *files.routes, *customers.routes]
