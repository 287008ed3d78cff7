"""The load kit: believable data by COPY, requests over a socket, and the limit beside it.

The limit is pgbench sending, in the same run and with the same number of clients, the statements
that one request of ours sends, recorded from a real request. A result is a ratio to it.
"""
