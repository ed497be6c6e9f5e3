"""Checks and generators of the house: what `make check` and `make docs` run. Nothing here is imported by the server."""
