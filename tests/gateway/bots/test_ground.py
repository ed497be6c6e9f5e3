"""Numbers that every client holds without loss."""

from amanat.gateway.bots.ground import NUMBER_BITS, Ground


def test_numbers_fit_and_differ() -> None:
    mint = Ground.__struct_defaults__[-1]
    numbers = {mint() for _ in range(1000)}
    assert len(numbers) == 1000
    assert all(0 < number < 2**NUMBER_BITS for number in numbers)
