"""Scopes: what a partner, or a bot's account, may be allowed to read of a person. A closed table. Pure."""

from collections.abc import Iterable, Sequence
from typing import Final

from msgspec import Struct

from amanat.core.errors import InvalidParam


class Scope(Struct, frozen=True, kw_only=True):
    """Fields that are allowed together, and how a person is told of them.

    `for_accounts`: read by an account of this server, as a bot's is, which its person speaks with. No partner is
    admitted for it, and no account for another.
    """

    fields: tuple[str, ...]
    en: str
    id: str
    for_accounts: bool = False


SCOPES: Final = {
    "profile.basic": Scope(
        fields=("handle", "displayname", "avatar_url"),
        en="Your handle, name and picture.",
        id="Nama pengguna, nama, dan fotomu.",
    ),
    "profile.phone_masked": Scope(
        fields=("phone_masked",),
        en="The last two digits of your phone number.",
        id="Dua angka terakhir nomor teleponmu.",
    ),
    "account.age": Scope(
        fields=("member_since",),
        en="The month in which you joined.",
        id="Bulan kamu mulai bergabung.",
    ),
    "profile.phone": Scope(
        fields=("phone",),
        en="Your phone number, all of it.",
        id="Nomor teleponmu, seluruhnya.",
        for_accounts=True,
    ),
}

FOR_PARTNERS: Final = tuple(name for name, scope in SCOPES.items() if not scope.for_accounts)
FOR_ACCOUNTS: Final = tuple(name for name, scope in SCOPES.items() if scope.for_accounts)

_SCOPE_OF: Final = {field: name for name, scope in SCOPES.items() for field in scope.fields}


def check(names: Iterable[str], *, offered: Sequence[str] = FOR_PARTNERS) -> tuple[str, ...]:
    """Return these scopes, each once and in order; raises InvalidParam on one that is not offered to such a reader."""
    wanted = sorted(set(names))
    for name in wanted:
        if name not in offered:
            raise InvalidParam(f"There is no scope {name[:50]!r}; there are {', '.join(offered)}.")
    if not wanted:
        raise InvalidParam("Name a scope at least.")
    return tuple(wanted)


def needed_for(fields: Sequence[str]) -> tuple[str, ...]:
    """Return the scopes that these fields need; raises InvalidParam."""
    if not fields:
        raise InvalidParam("Name the fields to be read, separated by commas.")
    for field in fields:
        if field not in _SCOPE_OF:
            raise InvalidParam(f"There is no field {field[:50]!r}; there are {', '.join(_SCOPE_OF)}.")
    return tuple(sorted({_SCOPE_OF[field] for field in fields}))
