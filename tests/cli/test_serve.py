"""A server runs alone on its data, logs what it does, and answers its operator meanwhile."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Call
from tests.processes import AmanatProcess, free_port, lab


@pytest.fixture
def config(tmp_path: Path, data: Path) -> Path:
    """A configuration of the data, on a free port."""
    file = tmp_path / "amanat.toml"
    file.write_text(f'listen = "127.0.0.1:{free_port()}"\ndata = "{data}"\n')
    return file


def test_its_log_is_json_and_its_end_is_clean(config: Path, tmp_path: Path) -> None:
    server = AmanatProcess("serve", "--config", str(config), log=tmp_path / "log")
    server.start()
    assert server.stop() == 0
    logged = [json.loads(line) for line in server.log.read_text().splitlines()]
    assert [line["event"] for line in logged] == ["started", "stopped"]
    assert logged[0]["url"] == server.url


def test_while_it_runs_it_is_asked_and_nobody_else_has_the_data(config: Path, call: Call, tmp_path: Path) -> None:
    with AmanatProcess("serve", "--config", str(config), log=tmp_path / "log"):
        assert call("user", "create", "budi", "--config", config).code == 0
        assert "budi" in call("user", "list", "--config", config).out
        assert "running, release" in call("doctor", "--config", config).out
        assert call("migrate", "--config", config).code == 3
        second = AmanatProcess("serve", "--config", str(tmp_path / "second.toml"), log=tmp_path / "second.log")
        (tmp_path / "second.toml").write_text(config.read_text().replace("listen", "#"))
        with pytest.raises(AssertionError, match="left with 3"):
            second.start()


def test_it_does_not_touch_the_data_of_a_lab(config: Path, tmp_path: Path) -> None:
    with lab(tmp_path):
        pass
    config.write_text(f'data = "{tmp_path / "data"}"\nlisten = "127.0.0.1:{free_port()}"\n')
    with pytest.raises(AssertionError, match=r"left with 4:\namanat serve: This data was made by `amanat lab`"):
        AmanatProcess("serve", "--config", str(config), log=tmp_path / "log").start()
