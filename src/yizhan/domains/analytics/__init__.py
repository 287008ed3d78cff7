"""Reports: numbers with a definition, counted from the event log, with the rows behind them.

Facts are a pure function of a ticket's log, made anew whenever the log says something of the ticket:
delivered twice, late or in another order they come out the same.
"""
