"""Reading forms."""

import pytest

from amanat.core.errors import InvalidParam, TooLarge
from amanat.product.accounts.pages.forms import MAX_BODY, MAX_FIELDS, read_form
from tests.edge.asking import Client, asking

FORM = "application/x-www-form-urlencoded"


async def _read(body: bytes, kind: str = FORM):
    client = Client([body])
    return await read_form(asking("POST", "/", {"content-type": kind}, incoming=client.incoming))


async def test_fields_are_read_as_they_were_typed() -> None:
    form = await _read(b"name=+Ani+%F0%9F%8C%BA+&empty=&name=second", f"{FORM}; charset=UTF-8")
    assert (form.text("name"), form.raw("name"), form.text("empty"), form.text("absent")) == (
        "Ani 🌺",
        " Ani 🌺 ",
        "",
        "",
    )
    assert "empty" in form
    assert "absent" not in form


@pytest.mark.parametrize("body", [b"a=%FF", "a=é".encode(), b"a=%00", b"&".join([b"a=b"] * (MAX_FIELDS + 1))])
async def test_what_is_no_form_is_refused(body: bytes) -> None:
    with pytest.raises(InvalidParam):
        await _read(body)


async def test_other_kinds_of_body_are_refused() -> None:
    with pytest.raises(InvalidParam):
        await _read(b'{"a": "b"}', "application/json")


async def test_a_form_is_small() -> None:
    with pytest.raises(TooLarge):
        await _read(b"a=" + b"b" * MAX_BODY)
