# Written by `make openapi` from openapi.json; do not edit.
"""One method for each operation of the API."""
