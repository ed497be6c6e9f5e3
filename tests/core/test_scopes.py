import pytest

from amanat.core import scopes
from amanat.core.errors import InvalidParam
from amanat.core.scopes import SCOPES


def test_a_field_is_of_one_scope_alone() -> None:
    fields = [field for scope in SCOPES.values() for field in scope.fields]
    assert len(fields) == len(set(fields))


@pytest.mark.parametrize("scope", SCOPES)
def test_each_scope_needs_itself_and_says_what_it_is(scope: str) -> None:
    assert scopes.needed_for(SCOPES[scope].fields) == (scope,)
    assert SCOPES[scope].en.endswith(".")
    assert SCOPES[scope].id.endswith(".")


def test_fields_of_two_scopes_need_both() -> None:
    assert scopes.needed_for(["handle", "phone_masked", "displayname"]) == ("profile.basic", "profile.phone_masked")


@pytest.mark.parametrize("fields", [[], ["password_hash"], ["handle", ""], ["handle", "*"]])
def test_what_stands_in_no_scope_is_refused(fields: list[str]) -> None:
    with pytest.raises(InvalidParam):
        scopes.needed_for(fields)


def test_scopes_are_kept_once_and_in_order() -> None:
    assert scopes.check(["profile.basic", "account.age", "profile.basic"]) == ("account.age", "profile.basic")
    for wrong in (["everything"], []):
        with pytest.raises(InvalidParam):
            scopes.check(wrong)
