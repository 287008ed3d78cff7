"""The customers' own pages: articles, search, one's tickets. HTML from here, no framework.

* A brand's pages have one name in addresses. They are closed until somebody opens them.
* Customers sign in by a link in a mail. Whoever asks gets the same answer, whether we know the address
  or not; a link works once, for a short time, and only by a button, so that a scanner's visit uses up
  nothing.
* A customer's session is no agent's session: another table, another cookie, other rights.
* Customers see what is public of their own tickets, and of their company's where they have that role.
"""
