"""How the installation itself is: what it promises and keeps, what slows it, what to send for help.

Numbers of the whole installation, so they are shown in one workspace only: its operator's. Nothing
here is about a tenant's customers; what leaves as a bundle is put together from known names, numbers
and ids, never cleaned of what should not be in it.
"""
