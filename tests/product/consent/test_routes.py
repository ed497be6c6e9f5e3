"""Texts and differences are for everybody; what is asked for wrongly is refused."""

from pathlib import Path

import pytest

from tests.product.consent.conftest import Start
from tests.product.consent.folder import publish


async def test_a_text_and_what_has_changed_are_read_in_both_languages(folder: Path, start_anew: Start) -> None:
    publish(folder)
    publish(folder, version=2, effective="2026-01-01")
    amanat = await start_anew()
    text = (await amanat.request("GET", "/_amanat/v1/policies/suggestions/1?language=en")).json
    assert (text["title"], text["effective"], text["text"]) == (
        "Suggestions",
        "2023-11-01",
        "# Suggestions\n\nWhat stays.\n\nVersion 1.\n",
    )
    for _ in range(2):
        changed = (await amanat.request("GET", "/_amanat/v1/policies/suggestions/2/diff?from=1")).json
        assert changed["language"] == "id"
        assert [(change["kind"], change["text"]) for change in changed["changes"]] == [
            ("kept", "# Saran kontak"),
            ("kept", "Yang tetap."),
            ("removed", "Versi 1."),
            ("added", "Versi 2."),
        ]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/suggestions/2", 404),
        ("/suggestions/01", 404),
        ("/terms/1", 404),
        ("/suggestions/1?language=fr", 400),
        ("/suggestions/1/diff", 400),
        ("/suggestions/1/diff?from=9", 404),
        ("/..%2Fsecret.key/1", 404),
    ],
)
async def test_what_is_not_there_is_not_found(folder: Path, start_anew: Start, path: str, status: int) -> None:
    publish(folder)
    amanat = await start_anew()
    assert (await amanat.request("GET", f"/_amanat/v1/policies{path}")).status == status
