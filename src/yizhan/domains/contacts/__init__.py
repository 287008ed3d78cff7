"""People, companies, and the identities by which channels know them.

An identity is kind + scope + value with a strength: 0 hint, 1 claimed, 2 known, 3 proven.

* What is known or proven (2, 3) is *held*: one contact in the workspace has it, and it finds that
  contact. Several contacts may claim (1) the same value; a claim never joins two people.
* A claim with an empty scope (an address typed into a chat, a caller's number) only stands on its
  own contact's page and makes a suggestion.
* A claim with a scope is a *lane*: it finds the contact that came by the same lane before. Mail
  that nobody authenticated has the lane ``mail``: all of it from one address is one contact, found
  by the way it came, and by nothing else. What it may meet besides:

  - the holder of that address when the address is merely known (2): our own staff or system entered
    it, nobody proved anything with it, so there is nothing to gain;
  - never the holder who proved it elsewhere (3: a signed-in user, a magic link): then it stays a
    contact of its own, beside a suggestion.

  When the owner writes later with a DMARC pass, and nobody holds the address yet, the lane's
  contact is taken over: what came by the lane was always answered to that same address.
  Mail that *fails* authentication has a lane of its own (``mail:fail``), which nobody takes over.
* A kind of which a person has only one (an id of the customer's own system) outweighs an address:
  two different ones are two people, whatever else they share.
* A merge is a link with the data to undo it.
"""
