"""What a service says when it has come into a group, in both languages: it knows nobody there yet. Pure."""

from collections.abc import Mapping
from typing import Final, Literal

from msgspec import Struct

Hears = Literal["named", "all", "first"]
"""What its program is told: what is meant for it; all; or what the first to write to it says, as flows hear."""

DECLINES: Final = (
    "Hanya admin grup yang bisa memasukkan layanan ini. / Only an admin of the group can bring this service in."
)


class About(Struct, frozen=True, kw_only=True):
    """What is told. `host` runs it for somebody; empty where its owner does. `username` is what it is called by."""

    username: str
    host: str = ""
    hears: Hears = "named"


_RUN: Final[Mapping[str, tuple[str, str]]] = {
    "id": (
        "Aku dijalankan **{host}**, yang bisa membaca",
        "Yang menjalankanku adalah pemilikku sendiri, yang bisa membaca",
    ),
    "en": ("I am run by **{host}**, who can read", "I am run by my owner, who can read"),
}
_HEARS: Final[Mapping[str, Mapping[Hears, str]]] = {
    "id": {
        "named": "Programku hanya diberi tahu perintah, balasan untukku, dan yang menyebut @{username}.",
        "all": "Programku diberi tahu semuanya.",
        "first": "Aku hanya menjawab orang pertama yang menulis di sini.",
    },
    "en": {
        "named": "My program is told only of commands, answers to me, and what names @{username}.",
        "all": "My program is told of everything.",
        "first": "I answer only the first who writes here.",
    },
}
_AROUND: Final[Mapping[str, tuple[str, str]]] = {
    "id": (
        "Aku layanan otomatis. ",
        " semua yang ditulis di grup ini mulai sekarang. {hears} Admin bisa mengeluarkanku di Info grup.",
    ),
    "en": (
        "I am an automatic service. ",
        " all that is written in this group from now on. {hears} An admin can remove me in Group info.",
    ),
}


def notice(about: About) -> str:
    """Return the notice."""
    return "\n\n".join(_in(language, about) for language in ("id", "en"))


def _in(language: str, about: About) -> str:
    hosted, own = _RUN[language]
    run = hosted.replace("{host}", about.host) if about.host else own
    hears = _HEARS[language][about.hears].replace("{username}", about.username)
    before, after = _AROUND[language]
    return f"{before}{run}{after}".replace("{hears}", hears)
