"""`amanat fake` listens on this machine alone."""

from tests.cli.conftest import Call


def test_another_place_is_refused(call: Call) -> None:
    refused = call("fake", "--listen", "0.0.0.0:8020")
    assert (refused.code, "https" in refused.err) == (2, True)
    assert call("fake", "--listen", "here").code == 2
