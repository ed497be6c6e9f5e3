"""Scopes: what a partner may be allowed to read of a person, field by field. A closed table. Pure."""

from collections.abc import Iterable, Sequence
from typing import Final

from msgspec import Struct

from amanat.core.errors import InvalidParam


class Scope(Struct, frozen=True, kw_only=True):
    """Fields that are allowed together, and how a person is told of them."""

    fields: tuple[str, ...]
    en: str
    id: str


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
}

_SCOPE_OF: Final = {field: name for name, scope in SCOPES.items() for field in scope.fields}


def check(names: Iterable[str]) -> tuple[str, ...]:
    """Return these scopes, each once and in order; raises InvalidParam on one that does not exist."""
    wanted = sorted(set(names))
    for name in wanted:
        if name not in SCOPES:
            raise InvalidParam(f"There is no scope {name!r}; there are {', '.join(SCOPES)}.")
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
