"""The demo is on this machine alone, and needs the people's client."""

import pytest

from amanat.cli import demo
from tests.cli.conftest import Call


def test_other_machines_cannot_reach_it(call: Call) -> None:
    refused = call("demo", "--listen", "0.0.0.0:8008", "--data", "demo")
    assert (refused.code, "loopback only" in refused.err) == (2, True)


def test_without_the_client_library_it_says_what_to_install(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo, "find_spec", lambda _name: None)
    refused = call("demo", "--data", "demo")
    assert (refused.code, "make setup" in refused.err) == (1, True)
