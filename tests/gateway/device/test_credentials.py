"""What a device signs in with is kept closed, and never shown."""

from pathlib import Path

import pytest

from amanat.gateway.device.credentials import BadCredentials, Credentials, read, write

OFFICE = Credentials(homeserver="http://x", user_id="@office:x", device_id="D", access_token="secret")


def test_they_come_back_as_they_were_written_and_only_to_their_owner(tmp_path: Path) -> None:
    file = tmp_path / "credentials.json"
    write(OFFICE, file)
    assert (read(file), OFFICE.server_name) == (OFFICE, "x")
    assert file.stat().st_mode & 0o777 == 0o600


def test_the_token_is_not_shown() -> None:
    assert "secret" not in repr(OFFICE)


@pytest.mark.parametrize(("content", "told"), [(None, "missing"), ("{", "damaged"), ("{}", "damaged")])
def test_what_is_not_there_is_named(tmp_path: Path, content: str | None, told: str) -> None:
    file = tmp_path / "credentials.json"
    if content is not None:
        file.write_text(content)
    with pytest.raises(BadCredentials, match=told):
        read(file)
