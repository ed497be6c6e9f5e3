"""Scopes are written by name."""

import pytest

from amanat.gateway.bots.scopes import NoSuchScope, scopes_of


def test_they_stand_once_and_in_their_order() -> None:
    assert scopes_of(["write", " read", "write"]) == ("read", "write")
    for wrong in ([], [""], ["read", "all"]):
        with pytest.raises(NoSuchScope):
            scopes_of(wrong)
