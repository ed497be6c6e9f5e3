import hashlib
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amanat.core import proof_of_work
from amanat.core.proof_of_work import Proof

KEY = b"k" * 32


def asked(*, bits: int = 6, expires_ms: int = 1000) -> str:
    return proof_of_work.challenge(KEY, nonce="abc", expires_ms=expires_ms, bits=bits)


def solve(challenge: str) -> str:
    bits = int(challenge.split(".")[2])
    works = (f"{challenge}:{number}" for number in count())
    return next(work for work in works if _zero_bits(work) >= bits)


def _zero_bits(work: str) -> int:
    digest = "".join(f"{byte:08b}" for byte in hashlib.sha256(work.encode()).digest())
    return len(digest) - len(digest.lstrip("0"))


def test_work_that_was_done_is_a_proof_until_it_expires() -> None:
    work = solve(asked())
    assert proof_of_work.check(KEY, work, now_ms=999, bits=6) == Proof(nonce="abc", expires_ms=1000)
    assert proof_of_work.check(KEY, work, now_ms=1000, bits=6) is None


def test_work_that_was_not_done_is_none() -> None:
    challenge = asked(bits=12)
    lazy = next(f"{challenge}:{number}" for number in count() if _zero_bits(f"{challenge}:{number}") < 12)
    assert proof_of_work.check(KEY, lazy, now_ms=0, bits=12) is None


def test_work_on_a_challenge_that_was_easier_is_not_enough() -> None:
    assert proof_of_work.check(KEY, solve(asked(bits=4)), now_ms=0, bits=5) is None


def test_nobody_writes_their_own_challenge() -> None:
    theirs = proof_of_work.challenge(b"x" * 32, nonce="abc", expires_ms=10**12, bits=1)
    assert proof_of_work.check(KEY, solve(theirs), now_ms=0, bits=1) is None
    easier = asked(bits=20).replace(".20.", ".0.")
    assert proof_of_work.check(KEY, f"{easier}:1", now_ms=0, bits=0) is None


@pytest.mark.parametrize(
    "work", ["", ":", "1.2.3:4", "1.x.y.z.w:1", "....:1", "é.1.1.1.1:1", "1.1000.6.abc.:0", "9" * 5000]
)
def test_what_is_no_proof_is_none(work: str) -> None:
    assert proof_of_work.check(KEY, work, now_ms=0, bits=0) is None


@settings(max_examples=100)
@given(st.text(max_size=60))
def test_nothing_said_at_random_is_a_proof(work: str) -> None:
    assert proof_of_work.check(KEY, work, now_ms=0, bits=0) is None


@settings(max_examples=100)
@given(st.integers(0, 2**256 - 1))
def test_zero_bits_are_counted_from_the_front(number: int) -> None:
    digest = number.to_bytes(32, "big")
    assert proof_of_work.zero_bits(digest) == 256 - len(f"{number:b}" if number else "")
