"""`amanat service` knows what it can do, and what it needs for it."""

from tests.cli.conftest import Call


def test_it_tells_what_it_needs(call: Call) -> None:
    assert call("service").code == 2
    refused = call("service", "create", "paspor")
    assert (refused.code, "--homeserver, --flow" in refused.err) == (2, True)
