"""What the account page leads to: its own pages, and those that other features add."""

from msgspec import Struct


class Place(Struct, frozen=True, kw_only=True):
    """A page that the account page links to. `title` and `about` are keys of a catalogue of words."""

    path: str
    title: str
    about: str
