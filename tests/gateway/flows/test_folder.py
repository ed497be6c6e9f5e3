"""A flow's folder on a disk."""

from pathlib import Path

import pytest

from amanat.gateway.flows.folder import MAX_FILES, read_folder
from amanat.gateway.office_files.problems import FilesRefused


def test_every_file_is_read_but_hidden_ones(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / ".git").mkdir()
    for name in ("flow.yaml", "texts/id.md", ".git/config", "flow.yaml~", "texts/.id.md.swp"):
        (tmp_path / name).write_text(name)
    assert read_folder(tmp_path) == {"flow.yaml": b"flow.yaml", "texts/id.md": b"texts/id.md"}


def test_a_folder_that_is_no_flow_is_told(tmp_path: Path) -> None:
    with pytest.raises(FilesRefused, match="There is no such folder"):
        read_folder(tmp_path / "none")
    for number in range(MAX_FILES + 1):
        (tmp_path / str(number)).touch()
    with pytest.raises(FilesRefused, match="is this its folder"):
        read_folder(tmp_path)
