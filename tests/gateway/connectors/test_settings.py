"""What an operator writes into connectors.toml, and what is refused in it."""

from pathlib import Path

import pytest

from amanat.gateway.connectors.settings import BadConnectors, Settings, missing, read_settings

GOOD = """
[application]
kind = "http"
url = "https://api.example.go.id/v1/{reference}?born={born}"
gives = {status = "/data/status"}
headers = {Authorization = "Bearer tr0ub4dor"}
cache_s = 60

[fees]
kind = "postgresql"
url = "postgresql://reader:tr0ub4dor@db/fees"
query = "SELECT price FROM fees WHERE kind = :kind AND since <= :day::date"
"""
HTTP = '[a]\nkind = "http"\ngives = {{status = "/status"}}\nurl = "{}"\n'


def _written(folder: Path, text: str, *, mode: int = 0o600) -> Path:
    file = folder / "connectors.toml"
    file.write_text(text)
    file.chmod(mode)
    return file


def _held(folder: Path) -> dict[str, Settings]:
    return dict(read_settings(_written(folder, GOOD)))


def test_a_service_without_the_file_calls_nobody(tmp_path: Path) -> None:
    assert read_settings(tmp_path / "connectors.toml") == {}


def test_it_says_whom_to_ask_and_shows_no_password(tmp_path: Path) -> None:
    held = _held(tmp_path)
    assert {name: sorted(settings.takes) for name, settings in held.items()} == {
        "application": ["born", "reference"],
        "fees": ["day", "kind"],
    }
    assert "tr0ub4dor" not in repr(held)


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604])
def test_a_file_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    with pytest.raises(BadConnectors, match="chmod 600"):
        read_settings(_written(tmp_path, GOOD, mode=mode))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a = ", "Invalid value"),
        (HTTP.format("ftp://x/"), "no http:// or https:// address"),
        (HTTP.format("https://{host}/"), "nowhere else"),
        (HTTP.format("https://x/{a/b}"), "nowhere else"),
        (HTTP.format("https://x/#{a}"), "no http:// or https:// address"),
        (HTTP.format("http://x/"), "'networks' of your own"),
        (HTTP.format("https://x/") + 'method = "DELETE"', "method"),
        (HTTP.format("https://x/") + 'method = "POST"\ncache_s = 9', "cache_s"),
        (HTTP.format("https://x/") + "deadline_s = 0", "deadline_s"),
        (HTTP.format("https://x/") + 'networks = ["10"]', "10"),
        (HTTP.format("https://x/") + 'headers = {Host = "y"}', "gateway's own"),
        (HTTP.format("https://x/") + 'headers = {a = "b\\r\\nc: d"}', "one line of ASCII"),
        (HTTP.format("https://x/") + "colour = 1", "colour"),
        ('[a]\nkind = "http"\nurl = "https://x/"\ngives = {s = "status"}', "no JSON pointer"),
        ('[a]\nkind = "http"\nurl = "https://x/"\ngives = {}', "gives"),
        ('[a]\nkind = "postgresql"\nurl = "mysql://x"\nquery = "SELECT 1"', "no postgresql:// address"),
        ('[a]\nkind = "oracle"', "oracle"),
    ],
)
def test_a_slip_is_told(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(BadConnectors, match=says):
        read_settings(_written(tmp_path, text))


def test_what_a_flow_asks_and_the_file_does_not_know_is_told(tmp_path: Path) -> None:
    held = _held(tmp_path)
    assert list(missing("application", held, needs=["reference", "born"], gives=["status"])) == []
    assert list(missing("fees", held, needs=["kind", "day"], gives=["whatever"])) == []
    (unsaid,) = missing("application", held, needs=["reference"], gives=["status"])
    (unheard,) = missing("application", held, needs=["reference", "born"], gives=["status", "office"])
    (unknown,) = missing("queue", held, needs=["number"], gives=["place"])
    assert "takes 'born'" in unsaid
    assert "where 'office' stands" in unheard
    assert "nothing of the connector 'queue'" in unknown
