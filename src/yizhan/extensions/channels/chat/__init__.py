"""Web chat: the widget's side of the desk.

Visitors hold a token that the desk signed; it names the visitor and, where the host page proved
it, the signed-in user. What they write is stored before it is acknowledged, answers are pushed
from the event log, and who has left gets unread answers by mail.
"""
