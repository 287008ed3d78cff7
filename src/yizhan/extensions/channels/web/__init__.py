"""Tickets that customers write on the help pages; they read the answers there and in their mail."""
