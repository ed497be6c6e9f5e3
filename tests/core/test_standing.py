"""Where receipts leave a reader."""

from hypothesis import given
from hypothesis import strategies as st

from amanat.core.receipts import MAIN, UNTHREADED
from amanat.core.standing import NOWHERE, Standing

receipts = st.lists(st.tuples(st.sampled_from([UNTHREADED, MAIN, "$a", "$b"]), st.integers(1, 50)), max_size=12)


def after(moves: list[tuple[str, int]]) -> Standing:
    standing = NOWHERE
    for thread, position in moves:
        standing = standing.moved(thread, position=position, main_notifying=position // 2)
    return standing


@given(receipts, st.randoms())
def test_the_order_of_receipts_does_not_matter(moves: list[tuple[str, int]], chance: object) -> None:
    shuffled = list(moves)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]  # a random.Random, which Hypothesis does not type
    assert after(moves) == after(shuffled)


@given(receipts)
def test_a_reader_stands_at_the_furthest_receipt_that_covers_a_thread(moves: list[tuple[str, int]]) -> None:
    standing = after(moves)
    for thread in ("$a", "$b"):
        covering = [position for where, position in moves if where in (UNTHREADED, thread)]
        assert standing.read_upto(thread) == max(covering, default=0)
    main = [position for where, position in moves if where in (UNTHREADED, MAIN)]
    assert standing.main_position == max(main, default=0)
    assert standing.main_notifying == max((position // 2 for position in main), default=0)
