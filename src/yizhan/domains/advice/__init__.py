"""The right article beside a ticket, and what became of it.

* Articles are found by what the customer wrote, and say why.
* An article is *shown*, *opened*, *inserted* and *sent*: each step counts once for an agent and a ticket.
* *Sent* is not what somebody clicked: the message that left holds the article's address or most of its
  words.
"""
