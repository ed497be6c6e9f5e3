"""The screens hold the newest messages, and what each person reads of them."""

from amanat.cli.demo_screens import KEPT, Read, Screens


def read(number: int, reader: str = "Ani", text: str | None = "hello") -> Read:
    return Read(reader=reader, event_id=f"${number}", sender="Budi", text=text, ts=number)


def test_a_message_is_one_row_with_two_readers() -> None:
    screens = Screens()
    screens.show(read(1))
    screens.show(read(1, "Budi", None))
    assert screens.messages["$1"].texts == {"Ani": "hello", "Budi": None}


def test_the_oldest_scroll_off() -> None:
    screens = Screens()
    for number in range(KEPT + 5):
        screens.show(read(number))
    assert min(message.ts for message in screens.messages.values()) == 5
    assert len(screens.messages) == KEPT
