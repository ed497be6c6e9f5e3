"""Accounts are made, listed and ended by the operator, whether or not the server runs."""

from pathlib import Path

import pytest

from amanat.cli import user as module
from tests.cli.conftest import Call


def test_an_account_gets_an_id_and_a_password_that_is_shown_once(call: Call, data: Path) -> None:
    made = call("user", "create", "budi", "--data", data)
    assert made.code == 0
    assert "Password, shown this once: " in made.out
    names = {line.split("\t")[1] for line in call("user", "list", "--data", data).out.splitlines()}
    assert names == {"ani", "budi"}


def test_a_bot_s_id_can_be_read(call: Call, data: Path) -> None:
    assert "Made @weather:localhost." in call("user", "create", "weather", "--bot", "--data", data).out


def test_a_password_may_be_typed(call: Call, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "getpass", lambda _prompt: "correct horse battery")
    made = call("user", "create", "budi", "--password-prompt", "--data", data)
    assert (made.code, "Password" in made.out) == (0, False)


def test_a_name_that_is_taken_is_refused(call: Call, data: Path) -> None:
    refused = call("user", "create", "ani", "--data", data)
    assert (refused.code, refused.err.startswith("amanat user: That user name is taken")) == (1, True)


def test_an_account_is_ended(call: Call, data: Path) -> None:
    assert call("user", "deactivate", "ani", "--data", data).code == 0
    assert "deactivated" in call("user", "list", "--data", data).out
    assert call("user", "deactivate", "ani", "--data", data).code == 1


def test_a_registration_token_is_one_line(call: Call, data: Path) -> None:
    token = call("user", "token", "--uses", "3", "--data", data)
    assert (token.code, len(token.out.splitlines())) == (0, 1)
    assert call("user", "token", "--uses", "0", "--data", data).code == 1


def test_an_account_is_restricted_and_the_book_says_so(call: Call, data: Path) -> None:
    for act, state in (("suspend", "suspended"), ("lock", "locked")):
        assert call("user", act, "ani", "--reason", "spam", "--data", data).code == 0
        assert state in call("user", "list", "--data", data).out
        assert state in call("user", "find", "ani", "--data", data).out
        assert call("user", f"un{act}", "ani", "--data", data).code == 0
        assert state not in call("user", "find", "ani", "--data", data).out
    lines = [line.split("\t") for line in call("user", "acts", "--data", data).out.splitlines()]
    assert [line[2] for line in lines] == ["unlock", "lock", "unsuspend", "suspend", "create"]
    assert (lines[1][1], lines[1][4]) == ("operator", "spam")
    user_id = lines[0][3]
    assert call("user", "acts", user_id, "--all", "--data", data).out.count(user_id) == 5


def test_there_is_no_pin_to_forget(call: Call, data: Path) -> None:
    assert "no PIN" in call("user", "reset-pin", "ani", "--data", data).err
    assert call("user", "reset-pin", "ani", "--cancel", "--data", data).code == 1


def test_nobody_is_found_by_half_a_handle(call: Call, data: Path) -> None:
    assert call("user", "find", "an", "--data", data).code == 1
