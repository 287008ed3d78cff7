"""The business, one package a domain; each imports only those below it."""
