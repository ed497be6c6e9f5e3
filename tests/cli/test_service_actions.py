"""What `amanat service` prints and refuses."""

import json
from pathlib import Path

from amanat.gateway.store.data_folder import ServiceFolder
from amanat.gateway.store.stamp import ServiceStamp
from tests.cli.conftest import Call
from tests.gateway.service.at_work import SAMPLE
from tests.processes import lab


def test_one_object_says_what_there_is(call: Call, tmp_path: Path) -> None:
    with lab(tmp_path) as server:
        made = call("service", "create", "paspor", "--homeserver", server.url, "--flow", SAMPLE)
        assert made.code == 0, made.err
        said = json.loads(made.out)
        assert said["user_id"] == "@paspor:localhost"
        assert Path(said["owner"]).exists()
        assert Path(said["data"], "service.key").exists()
        assert call("service", "renew", "paspor").code == 0
        (tmp_path / "paspor-owner.json").unlink()
        refused = call("service", "renew", "paspor")
        assert (refused.code, "paspor-owner.json is missing" in refused.err) == (1, True)


def test_a_flow_that_cannot_be_used_is_refused_with_its_line(call: Call, tmp_path: Path) -> None:
    (tmp_path / "flow.yaml").write_text("flow: x\n")
    refused = call("service", "create", "paspor", "--homeserver", "http://127.0.0.1:9", "--flow", tmp_path)
    assert refused.code == 1
    assert "flow.yaml:" in refused.err


def test_who_is_of_the_staff_is_said_and_taken_back(call: Call, tmp_path: Path) -> None:
    folder = ServiceFolder(tmp_path / "gateway" / "paspor")
    assert call("service", "staff", "paspor", "list").code == 1
    folder.prepare(ServiceStamp(server_name="localhost", user_id="@paspor:localhost", created_ts=1))
    assert call("service", "staff", "paspor", "add", "@sari:localhost", "--role", "lead").code == 0
    listed = call("service", "staff", "paspor", "add", "@budi:localhost")
    assert listed.out == "@sari:localhost\tlead\n@budi:localhost\tagent\n"
    assert call("service", "staff", "paspor", "remove", "@budi:localhost").out == "@sari:localhost\tlead\n"
    for refused in (["remove", "@budi:localhost"], ["add", "budi"], ["add"], ["list", "@sari:localhost"]):
        assert call("service", "staff", "paspor", *refused).code != 0, refused
    assert call("service", "staff", "paspor", "list").out == "@sari:localhost\tlead\n"
