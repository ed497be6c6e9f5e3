"""What the pages say, in every language: the catalogues `words.toml` of the features that have pages."""

import tomllib
from collections.abc import Iterable, Mapping
from importlib.resources import files

from msgspec import Struct, convert

from amanat.product.accounts.pages.language import Language


class Saying(Struct, frozen=True, forbid_unknown_fields=True):
    """One thing to say. `{name}` in it is filled in; there is no markup in it."""

    id: str
    en: str


Catalogue = Mapping[str, Saying]


def load(packages: Iterable[str]) -> Catalogue:
    """Read the catalogues of some packages: a saying's key is its table's name, a dot and its own."""
    sayings: dict[str, Saying] = {}
    for package in packages:
        text = files(package).joinpath("words.toml").read_text("utf-8")
        tables = convert(tomllib.loads(text), dict[str, dict[str, Saying]])
        sayings |= {f"{table}.{name}": saying for table, rows in tables.items() for name, saying in rows.items()}
    return sayings


class Words:
    """Says things in one language."""

    def __init__(self, catalogue: Catalogue, language: Language) -> None:
        self._catalogue = catalogue
        self.language = language

    def __call__(self, key: str, **values: object) -> str:
        """Return the saying in this language with the values filled in."""
        text: str = getattr(self._catalogue[key], self.language)
        return text.format(**values) if values else text

    def has(self, key: str) -> bool:
        """Whether there is such a saying."""
        return key in self._catalogue
