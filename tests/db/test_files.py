"""A file is there as a whole or not at all, and closed to others."""

from pathlib import Path

import pytest

from amanat.db.files import sync_folder, write_durably


def test_a_file_is_replaced_as_a_whole(tmp_path: Path) -> None:
    file = tmp_path / "secret.key"
    for content in (b"a longer one", b"short"):
        write_durably(file, content, mode=0o600)
        assert file.read_bytes() == content
    assert file.stat().st_mode & 0o777 == 0o600
    assert list(tmp_path.iterdir()) == [file]


def test_only_a_folder_can_be_synced(tmp_path: Path) -> None:
    sync_folder(tmp_path)
    with pytest.raises(FileNotFoundError):
        sync_folder(tmp_path / "missing")
