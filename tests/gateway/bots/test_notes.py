"""What is learned before a unit is there within it, and does not grow."""

from amanat.gateway.bots.notes import MOST, Notes


def test_the_oldest_goes_and_what_was_noted_again_is_not_the_oldest() -> None:
    notes: Notes[int] = Notes()
    for number in range(MOST):
        notes.put(f"!{number}", number)
    notes.put("!0", -1)
    notes.put("!new", 1)
    assert (notes.get("!0", 7), notes.get("!1", 7), notes.get("!2", 7)) == (-1, 7, 2)
