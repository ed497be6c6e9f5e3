"""What is published is kept by version; what cannot be used is refused, and what was said before can be said again."""

import shutil
from pathlib import Path

import pytest

from amanat.gateway.office_files.problems import FilesRefused
from amanat.gateway.service import shelf
from amanat.gateway.service.shelf import NothingPublished, Shelf
from tests.gateway.service.at_work import SAMPLE

SECRET = bytes(32)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A clerk's own copy of the sample."""
    return shutil.copytree(SAMPLE, tmp_path / "source")


def _change(source: Path, before: str, after: str) -> None:
    texts = source / "texts" / "id.md"
    texts.write_text(texts.read_text().replace(before, after))


def test_each_version_is_kept_and_the_last_is_spoken(source: Path, tmp_path: Path) -> None:
    service = tmp_path / "service"
    first = shelf.publish(source, service)
    _change(source, "Selamat datang", "Halo")
    second = shelf.publish(source, service)
    assert shelf.versions(service) == [second, first]
    spoken = Shelf(service, secret=SECRET)
    assert (spoken.current.version, spoken.pointed()) == (second, second)
    assert spoken.version(first).texts["id"]["welcome"].body.startswith("Selamat datang")
    assert spoken.version("gone").version == second
    shelf.go_back(service, first)
    assert spoken.pointed() == first
    spoken.speak(first)
    assert spoken.current.version == first
    assert spoken.appointments is not None


def test_what_cannot_be_used_is_not_published(source: Path, tmp_path: Path) -> None:
    service = tmp_path / "service"
    first = shelf.publish(source, service)
    (source / "appointments.yaml").write_text("places: {}\nservices: {}\n")
    with pytest.raises(FilesRefused, match=r"appointments\.yaml"):
        shelf.publish(source, service)
    assert Shelf(service, secret=SECRET).pointed() == first


def test_a_publishing_that_was_killed_leaves_what_was(source: Path, tmp_path: Path) -> None:
    service = tmp_path / "service"
    first = shelf.publish(source, service)
    _change(source, "Selamat datang", "Halo")
    half = service / "published" / "half.new"
    half.mkdir()
    assert shelf.versions(service) == [first]
    assert shelf.versions(service) != [shelf.publish(source, service)]


def test_old_versions_go(source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "MAX_VERSIONS", 2)
    service = tmp_path / "service"
    published = []
    for name in ("satu", "dua", "tiga"):
        (source / "texts" / "id.md").write_text((SAMPLE / "texts" / "id.md").read_text().replace("karangan", name))
        published.append(shelf.publish(source, service))
    assert shelf.versions(service) == published[:0:-1]


def test_nothing_published_is_said(tmp_path: Path) -> None:
    with pytest.raises(NothingPublished, match="amanat flow publish"):
        Shelf(tmp_path, secret=SECRET)
    with pytest.raises(NothingPublished, match="no published version x"):
        shelf.go_back(tmp_path, "x")
