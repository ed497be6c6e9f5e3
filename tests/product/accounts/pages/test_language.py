"""Which language is spoken."""

import pytest

from amanat.product.accounts.pages.language import accepted, named


@pytest.mark.parametrize(
    ("header", "spoken"),
    [
        (None, "id"),
        ("", "id"),
        ("en-GB,en;q=0.9", "en"),
        ("in-ID", "id"),
        ("fr-FR, id;q=0.4, en;q=0.8", "en"),
        ("en;q=0.2, id;q=0.3", "id"),
        ("id;q=0, de", "en"),
        ("de, fr", "en"),
        ("en;q=x, id", "id"),
        (";;;,,,", "en"),
    ],
)
def test_the_browser_is_believed(header: str | None, spoken: str) -> None:
    assert accepted(header) == spoken


@pytest.mark.parametrize(("tag", "meant"), [("id", "id"), ("EN-us", "en"), ("in", "id"), ("fr", None), (None, None)])
def test_a_tag_names_a_language_that_is_spoken_or_none(tag: str | None, meant: str | None) -> None:
    assert named(tag) == meant
