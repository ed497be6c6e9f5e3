"""`amanat gateway` says what is missing."""

from pathlib import Path

from tests.cli.conftest import Call


def test_a_folder_without_a_service_is_refused(call: Call, tmp_path: Path) -> None:
    refused = call("gateway", "--data", tmp_path)
    assert (refused.code, "`amanat service create` makes one" in refused.err) == (1, True)
