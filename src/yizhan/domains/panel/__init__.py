"""What other systems know of a customer, beside the ticket.

A source is an extension folder. The desk asks all of a ticket's sources at once, waits a moment, shows
what is there and delivers the rest when it comes; it keeps answers, shows old ones as old, gives a
failing source a rest, and masks what a role may not see. Opening a ticket never waits for any of this.
"""
