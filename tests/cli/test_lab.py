"""A lab is on loopback, on data of its own, says one line and leaves cleanly."""

import json
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.cli.conftest import Call
from tests.processes import lab


def test_it_prints_one_line_leaves_cleanly_and_goes_on_with_its_data(tmp_path: Path) -> None:
    server = lab(tmp_path)
    server.start()
    secret = (tmp_path / "data" / "secret.key").read_bytes()
    assert server.stop() == 0
    assert server.log.read_text() == f"Amanat lab, for tests only: {server.url}\n"
    assert not (tmp_path / "data" / "admin.sock").exists()
    server.start()
    assert (tmp_path / "data" / "secret.key").read_bytes() == secret
    assert server.stop() == 0


def test_it_answers_to_loopback_s_names_and_says_what_it_is(tmp_path: Path) -> None:
    with lab(tmp_path) as server:
        with urllib.request.urlopen(f"{server.url}/_matrix/client/versions") as answer:
            assert json.load(answer)["unstable_features"]["id.amanat.lab"] is True
        stranger = urllib.request.Request(f"{server.url}/_matrix/client/versions", headers={"Host": "evil.example"})
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(stranger)
        assert refused.value.code == 403
        refused.value.close()


@pytest.mark.parametrize("listen", ["0.0.0.0:0", "[::]:0", "192.0.2.1:8008"])
def test_other_machines_cannot_reach_it(call: Call, listen: str, tmp_path: Path) -> None:
    refused = call("lab", "--listen", listen, "--data", tmp_path / "lab")
    assert (refused.code, "loopback only" in refused.err) == (2, True)
    assert not (tmp_path / "lab").exists()


def test_it_does_not_touch_the_data_of_a_server(data: Path, tmp_path: Path) -> None:
    data.rename(tmp_path / "data")
    with pytest.raises(AssertionError, match=r"left with 4:\namanat lab: This data was made by `amanat serve`"):
        lab(tmp_path).start()


def test_a_free_port_is_known_before_it_is_told(tmp_path: Path) -> None:
    with (
        lab(tmp_path, "--listen", "127.0.0.1:0") as server,
        urllib.request.urlopen(f"{server.url}/.well-known/matrix/client") as answer,
    ):
        assert json.load(answer)["m.homeserver"]["base_url"] == f"http://localhost:{server.url.rpartition(':')[2]}"
