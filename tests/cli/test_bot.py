"""`amanat bot` knows what it can do, and what it needs for it."""

from tests.cli.conftest import Call


def test_it_tells_what_it_needs(call: Call) -> None:
    assert call("bot").code == 2
    refused = call("bot", "create", "toko")
    assert (refused.code, "--api, --homeserver" in refused.err) == (2, True)
    assert call("bot", "create", "toko", "--api", "irc", "--homeserver", "http://x").code == 2
