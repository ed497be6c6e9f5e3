"""The name of a press says which chat it was in."""

from amanat.gateway.telegram_bot_api.query_ids import chat_in, query_id


def test_a_press_is_found_again() -> None:
    assert [chat_in(query_id(chat, 9)) for chat in (5, -5)] == [5, -5]
    assert [chat_in(name) for name in ("", "5", "5_", "a_9", "5_9_1", "٥_9")] == [None] * 6
