"""The names of files, and what is no name of one."""

import pytest

from amanat.gateway.bots.api import KeptFile
from amanat.gateway.telegram_bot_api.file_ids import file_id, number_in_path, number_of, path_of, unique_id


def test_a_number_comes_back() -> None:
    assert number_of(file_id(2**52)) == 2**52
    assert unique_id(1) != unique_id(2)


@pytest.mark.parametrize(
    ("name", "mimetype", "path"),
    [
        ("a.b.PDF", "application/pdf", "documents/file_7.PDF"),
        ("foto", "image/jpeg", "photos/file_7"),
        ("x.../../etc", "audio/ogg", "music/file_7"),
        ("v.mp4", "video/mp4", "videos/file_7.mp4"),
    ],
)
def test_a_path_names_its_file(name: str, mimetype: str, path: str) -> None:
    assert path_of(KeptFile(number=7, name=name, mimetype=mimetype, size=1, ts=1)) == path
    assert number_in_path(path.partition("/")[2]) == 7


@pytest.mark.parametrize("name", ["", "7", "AmanatFile-", "AmanatFile-x", "AgACAgQAAxkBAAI", "AmanatFile-٧"])
def test_what_is_no_file(name: str) -> None:
    assert number_of(name) is None
    assert number_in_path(name) is None
