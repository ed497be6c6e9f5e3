"""The data map: what every column of the database says about a person, why, for how long, and who reads it. Pure.

`data_map_rooms.py`, `data_map_accounts.py` and `data_map_products.py` declare it, table by table; a test holds them
against the schema, so a column that nobody has thought about does not get in. `docs/data-map.md` is written from it.
"""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final

from msgspec import Struct


class Kind(StrEnum):
    """What a column says about a person."""

    PSEUDONYM = "pseudonym"
    NAME = "name"
    CONTACT = "contact"
    CREDENTIAL = "credential"
    KEY = "public key"
    CIPHERTEXT = "ciphertext"
    CONTENT = "content"
    RELATION = "relation"
    ACTIVITY = "activity"
    CHOICE = "choice"
    NETWORK = "network"


class About(Struct, frozen=True, kw_only=True):
    """What a kind is. `specific`: people may put there what the law calls specific: health, belief, finances, children.

    Everything else is general data in the sense of article 4 of the Indonesian law on personal data (27/2022).
    """

    words: str
    specific: bool = False


KINDS: Final[Mapping[Kind, About]] = {
    Kind.PSEUDONYM: About(words="a random id that stands for a person, or for a device or session of theirs"),
    Kind.NAME: About(words="a name or handle that somebody chose for themselves or for something of theirs"),
    Kind.CONTACT: About(
        words="how somebody is reached: a number or address, hashed or sealed with the server's secret; where pushes go"
    ),
    Kind.CREDENTIAL: About(
        words="what proves who somebody is: a hash, a public half, or two digits that live for minutes"
    ),
    Kind.KEY: About(words="a public key of a device or person, or a signature on one"),
    Kind.CIPHERTEXT: About(words="what apps have encrypted end to end: the server cannot read it", specific=True),
    Kind.CONTENT: About(words="what people write or set where the server can read it", specific=True),
    Kind.RELATION: About(words="who has to do with whom, or with which room"),
    Kind.ACTIVITY: About(words="that somebody did something, and when"),
    Kind.CHOICE: About(words="a setting or a choice"),
    Kind.NETWORK: About(words="where in the network somebody asked from: a hash, or a coarse name of the network"),
}


class Held(Struct, frozen=True, kw_only=True):
    """A column that says something about a person."""

    kind: Kind
    purpose: str
    kept: str
    readers: str


class TableMap(Struct, frozen=True):
    """The columns of a table: those that say something about a person, and those that do not."""

    personal: Mapping[str, Held]
    other: frozenset[str]

    @property
    def columns(self) -> frozenset[str]:
        """All columns."""
        return self.other | self.personal.keys()


class Declared(Struct, frozen=True):
    """A part of a table: its columns by kind, or without one where they say nothing about anybody."""

    table: str
    personal: Mapping[str, Held]
    other: frozenset[str]


# How long, and who reads: said the same way wherever it is the same.

ACCOUNT: Final = "until the account ends"
ROOM: Final = "as long as the room; what was said goes when it is redacted"
SERVER: Final = "the server"
OWNER: Final = "its owner"
MEMBERS: Final = "the people in the room; the server"
CONTACTS: Final = "people who share a room with them or know their handle; the server"


def held(
    table: str, kinds: Mapping[Kind, str], *, purpose: str, kept: str = ACCOUNT, readers: str = SERVER
) -> Declared:
    """Declare columns that say something about a person: for each kind their names, with spaces between them."""
    personal = {
        column: Held(kind=kind, purpose=purpose, kept=kept, readers=readers)
        for kind, columns in kinds.items()
        for column in columns.split()
    }
    return Declared(table, personal, frozenset())


def plain(table: str, columns: str) -> Declared:
    """Declare columns that say nothing about anybody, or nothing beyond the other columns of their row."""
    return Declared(table, {}, frozenset(columns.split()))


def joined(parts: Iterable[Declared]) -> dict[str, TableMap]:
    """Put the parts of tables together; raises ValueError where a column is declared twice."""
    tables: dict[str, TableMap] = {}
    for part in parts:
        before = tables.get(part.table, TableMap({}, frozenset()))
        twice = before.columns & (part.personal.keys() | part.other)
        if twice:
            raise ValueError(f"{part.table} declares {', '.join(sorted(twice))} twice.")
        tables[part.table] = TableMap({**before.personal, **part.personal}, before.other | part.other)
    return tables
