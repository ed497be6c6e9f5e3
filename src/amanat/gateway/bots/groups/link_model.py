"""Links by which people come into a group, in no API's words. Pure data."""

from msgspec import Struct


class NoSuchLink(Exception):
    """The bot made no link of this kind in the group, or it is revoked."""


class TooManyLinks(Exception):
    """The group has as many of the bot's links as are kept."""


class LinkWish(Struct, frozen=True, kw_only=True):
    """What a link is to be. `by_request`: somebody decides about each who comes by it; else they are let in.

    `expire_ts`: in ms; `member_limit`: how many who came by it may be in the group at once; 0 for neither.
    """

    name: str = ""
    expire_ts: int = 0
    member_limit: int = 0
    by_request: bool = False


class InviteLink(Struct, frozen=True, kw_only=True):
    """A link, and its address. `is_primary`: the one that takes the place of its predecessor."""

    url: str
    wish: LinkWish
    is_primary: bool = False
    is_revoked: bool = False
