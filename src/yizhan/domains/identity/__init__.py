"""Who works here and what they may do.

Owns workspaces, brands, the tree of units, teams, agents, roles, sessions and API tokens.
Invariants: a workspace always has an active administrator and a brand; nobody gives rights that
they do not have; a token never does more than the agent behind it; a unit is never below itself.
"""
