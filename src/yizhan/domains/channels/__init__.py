"""Inboxes, what came in raw, what goes out, and what is known of it.

Invariants:

* What comes in is stored first (content, then its row), then looked into. Every envelope ends as a
  message, a receipt, in quarantine, ignored or discarded, with a reason that an agent can see.
* One envelope becomes one message: its state changes in the transaction that writes the message.
* Nobody joins a ticket by a reference alone: the sender is the conversation's own contact or a
  participant whom an agent or a proven sender brought in.
* No transaction is open while a connector talks to the outside. When a process dies between claim
  and result, and the channel cannot tell, the outcome is ``unknown``: never a silent second send.
* Only a public, outgoing message can become an :class:`~.contract.OutboundMessage`.
"""
