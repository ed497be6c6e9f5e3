"""Credentials for a relay of calls."""

from amanat.core.turn import credentials


def test_they_are_what_the_relay_works_out_itself() -> None:
    # Worked out with: printf %s '1700000000:@alice:localhost' | openssl dgst -sha1 -hmac shared -binary | base64
    username, password = credentials("shared", user_id="@alice:localhost", expires_s=1_700_000_000)

    assert username == "1700000000:@alice:localhost"
    assert password == "BSi6I8o17A7a2sOd+mnRxqOta14="
