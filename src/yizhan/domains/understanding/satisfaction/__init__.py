"""How satisfied a customer probably is whom nobody asked: inferred, and never mixed with what customers said.

By rules that can be read until a workspace has trained the head ``satisfaction`` on its own ratings.
"""
