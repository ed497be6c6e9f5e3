"""Bytes of media, by name."""
