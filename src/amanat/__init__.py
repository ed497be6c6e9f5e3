"""Amanat: a messaging service that an organisation runs for itself."""

__version__ = "0.1.0"
