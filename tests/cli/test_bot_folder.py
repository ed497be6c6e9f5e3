"""Commands about a bot work on its data alone."""

from argparse import Namespace
from pathlib import Path

import pytest

from amanat.cli.bot_folder import bot_folder
from amanat.cli.failure import Exit, Failure
from amanat.gateway.service import bot_file


def test_a_bot_is_found_by_its_name_and_nothing_else_is_taken_for_one(tmp_path: Path) -> None:
    (tmp_path / "toko").mkdir()
    (tmp_path / "toko" / bot_file.FILE).touch()
    (tmp_path / "kantor").mkdir()
    assert bot_folder(Namespace(data=tmp_path, name="toko")) == tmp_path / "toko"
    for name in ("kantor", "lain"):
        with pytest.raises(Failure, match="holds no bot") as refused:
            bot_folder(Namespace(data=tmp_path, name=name))
        assert refused.value.code == Exit.WRONG_DATA
