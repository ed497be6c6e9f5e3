"""`amanat gateway` says what is missing."""

from pathlib import Path

from tests.cli.conftest import Call


def test_a_folder_without_a_service_is_refused(call: Call, tmp_path: Path) -> None:
    refused = call("gateway", "--data", tmp_path)
    assert (refused.code, "`amanat service create` makes one" in refused.err) == (1, True)


def test_a_desk_that_others_could_listen_in_on_is_refused(call: Call, tmp_path: Path) -> None:
    (tmp_path / "paspor").mkdir()
    (tmp_path / "paspor" / "credentials.json").write_text("{}")
    for flags in (["--desk", "0.0.0.0:8010"], ["--desk", "8010"], ["--desk", "127.0.0.1:0", "--desk-url", "http://x"]):
        refused = call("gateway", "--data", tmp_path, *flags)
        assert refused.code == 2, flags
    assert "https" in refused.err
