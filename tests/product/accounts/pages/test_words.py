"""The catalogue: all is said in both languages, and all that is said is there."""

import re
from pathlib import Path

import pytest

import amanat.product
from amanat.product.accounts.pages.chrome import OWN
from amanat.product.accounts.pages.words import Catalogue, Words, load

PRODUCT = Path(amanat.product.__path__[0])
FOLDERS = sorted(file.parent for file in PRODUCT.rglob("words.toml"))
_GAP = re.compile(r"\{(\w+)\}")
_KEY = re.compile(r"""["']([a-z_]+\.[a-z_0-9]+)["']""")
_FAMILY = re.compile(r"""f["']([a-z_]+)\.\{""")
_FILES = (".html", ".js", ".css", ".svg", ".toml")


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    """All that is said, by all features."""
    return load(["amanat." + folder.relative_to(PRODUCT.parent).as_posix().replace("/", ".") for folder in FOLDERS])


def test_everything_is_said_in_both_languages_with_the_same_gaps(catalogue: Catalogue) -> None:
    assert load([OWN])
    for key, saying in catalogue.items():
        assert saying.id.strip(), key
        assert saying.en.strip(), key
        assert set(_GAP.findall(saying.id)) == set(_GAP.findall(saying.en)), key


def test_nobody_meets_a_word_of_the_protocol(catalogue: Catalogue) -> None:
    foreign = re.compile(r"matrix|homeserver|cross-?signing|megolm|device id|user id|\broom\b|localpart", re.I)
    assert [key for key, saying in catalogue.items() if foreign.search(f"{saying.id} {saying.en}")] == []


def test_each_key_that_is_asked_for_exists_and_each_that_exists_is_asked_for(catalogue: Catalogue) -> None:
    asked: set[str] = set()
    for folder in (PRODUCT, *FOLDERS):
        for file in (*folder.glob("*.py"), *folder.joinpath("templates").glob("*.html")):
            text = file.read_text()
            asked |= set(_KEY.findall(text))
            # A whole table, when its keys are put together.
            asked |= {key for key in catalogue if key.partition(".")[0] in _FAMILY.findall(text)}
    tables = {key.partition(".")[0] for key in catalogue}
    unknown = {key for key in asked if key.partition(".")[0] in tables and not key.endswith(_FILES)}
    assert unknown - set(catalogue) == set()
    assert set(catalogue) - asked == set()


def test_a_gap_is_filled_in() -> None:
    words = Words(load([OWN]), "en")
    assert words("refused.limit", seconds=5) == "Too many attempts. Wait 5 seconds, then try again."
