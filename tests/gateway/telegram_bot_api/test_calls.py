"""Which function answers which call."""

import pytest

from amanat.gateway.telegram_bot_api.calls import Call, collect, message_number, method
from amanat.gateway.telegram_bot_api.errors import BadRequest
from amanat.gateway.telegram_bot_api.fields import Fields


class _One:
    @method("getOne", "getFirst")
    async def get(self, _call: Call) -> int:
        return 1


async def test_a_method_has_its_names_without_case() -> None:
    methods = collect(_One())
    assert set(methods) == {"getone", "getfirst"}
    assert await methods["getone"](None) == 1
    with pytest.raises(AssertionError, match="declared twice"):
        collect(_One(), _One())


def test_a_message_is_named_by_its_number() -> None:
    assert message_number(Fields({"message_id": "5"})) == 5
    for fields in ({}, {"message_id": ""}, {"inline_message_id": "x", "message_id": 5}):
        with pytest.raises(BadRequest):
            message_number(Fields(fields))
