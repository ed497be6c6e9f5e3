"""What is kept beside a message is what was kept."""

from amanat.gateway.telegram_bot_api.entities import Entity
from amanat.gateway.telegram_bot_api.markup import Markup, packed, unpacked


def test_it_comes_back_and_nothing_takes_no_room() -> None:
    kept = Markup(
        entities=(Entity(type="bold", offset=0, length=1),),
        inline=(({"text": "A", "callback_data": "a"},),),
        told={"dice": {"emoji": "x", "value": 3}},
    )
    assert unpacked(packed(kept)) == kept
    assert packed(Markup()) == b""
    assert unpacked(b"") == Markup()
