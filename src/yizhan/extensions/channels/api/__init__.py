"""Tickets made through the API: they carry no answers themselves."""
