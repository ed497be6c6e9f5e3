"""The operator's folder is read strictly: what is wrong is said in a sentence."""

from pathlib import Path

import pytest

from amanat.product.consent.documents import MAX_TEXT_BYTES, PolicyRefused, load
from tests.product.consent.folder import publish


def test_versions_come_in_order_with_their_texts(tmp_path: Path) -> None:
    for version in (2, 1):
        publish(tmp_path, version=version, effective=f"2026-0{version}-01", feature="suggestions")
    (tmp_path / ".git").mkdir()
    (tmp_path / "empty").mkdir()
    policies = load(tmp_path)
    assert [version.number for version in policies["suggestions"]] == [1, 2]
    assert policies["suggestions"][0].title("id") == "Saran kontak"
    assert list(policies) == ["suggestions"]


@pytest.mark.parametrize(
    ("file", "content", "says"),
    [
        ("1.toml", b"", "must say `effective"),
        ("1.toml", b"effective = 2026-01-01T00:00:00Z", "must say `effective"),
        ("1.toml", b'effective = "2026-01-01"', "must say `effective"),
        ("1.toml", b"effective = 2026-01-01\nurgent = true", "must say `effective"),
        ("1.toml", b"effective = 2026-01-01\nfeature = 1", "text in quotes"),
        ("1.toml", b"effective", "is not TOML"),
        ("01.toml", b"effective = 2026-01-01", "a version is a number"),
        ("one.toml", b"effective = 2026-01-01", "a version is a number"),
        ("2.toml", b"effective = 2026-01-01", "There is no"),
        ("2.en.md", b"# New", "for which there is no version"),
        ("1.en.md", b"\xff", "is not UTF-8"),
        ("1.en.md", b"x" * (MAX_TEXT_BYTES + 1), "more than"),
        ("1.en.md", b"", "has no text in en"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, file: str, content: bytes, says: str) -> None:
    publish(tmp_path)
    (tmp_path / "suggestions" / file).write_bytes(content)
    with pytest.raises(PolicyRefused, match=says):
        load(tmp_path)


@pytest.mark.parametrize("name", ["choices", "Terms", "terms of use", "-x"])
def test_a_name_that_cannot_stand_in_an_address_is_refused(tmp_path: Path, name: str) -> None:
    publish(tmp_path, name)
    with pytest.raises(PolicyRefused, match="a policy's name"):
        load(tmp_path)


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PolicyRefused, match="there is no folder"):
        load(tmp_path / "policies")
