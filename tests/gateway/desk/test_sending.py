"""The ids of replies lead back to their lines, and nobody else's do."""

from hypothesis import given
from hypothesis import strategies as st

from amanat.gateway.desk.sending import Part, part_of, txn_ids

SEEDS = st.from_regex(r"[A-Za-z0-9_-]{16}", fullmatch=True)


@given(st.integers(1, 2**53), st.integers(1, 20), st.integers(1, 20), SEEDS)
def test_an_id_leads_back(position: int, number: int, more: int, seed: str) -> None:
    of = number + more - 1
    txn_id = txn_ids(position, seed=seed)(number, of)
    assert part_of(txn_id) == Part(position, is_last=more == 1)
    assert len(txn_id) <= 255


def test_what_the_flow_says_is_nobodys_reply() -> None:
    for txn_id in ("", "a random id", "desk.1.1.1.", "desk.1.1.1", "desk.x.1.1.a", "desk.1.1.1.a b"):
        assert part_of(txn_id) is None
