"""Keeping the knowledge base alive by what tickets show.

* *Gaps*: what customers ask again and again and no article answers.
* *Drafts*: an article in the words of the agents who solved it, each paragraph with its ticket.
* *Stale*: due for review, sent without use, changed each time before it is sent, or answered otherwise
  by now.
* *Contradictions*: two articles that say different things of the same.

A check reads everything at night or when somebody asks for it; the same material gives the same
findings. What somebody dismissed stays dismissed until the article or the evidence changes. Nothing is
changed in an article but by a person.
"""
