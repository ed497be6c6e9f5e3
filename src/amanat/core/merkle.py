"""Merkle trees as RFC 6962 defines them: roots, proofs that a leaf is in a tree, and their check. Pure.

The hashing is two lines; the well-kept library for it (pymerkle) is under the GPL and keeps trees of its own.
"""

from collections.abc import Sequence
from hashlib import sha256
from typing import Final

EMPTY_ROOT: Final = sha256(b"").digest()


def leaf_hash(leaf: bytes) -> bytes:
    """Return the hash of a leaf."""
    return sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of what two hashes stand for together."""
    return sha256(b"\x01" + left + right).digest()


def root(hashes: Sequence[bytes]) -> bytes:
    """Return the root over the hashes of leaves.

    What stands for 2^k leaves each, but for the last, may be given in their place: the root is the same.
    """
    if not hashes:
        return EMPTY_ROOT
    level = list(hashes)
    while len(level) > 1:
        level = _above(level)
    return level[0]


def path(hashes: Sequence[bytes], index: int) -> list[bytes]:
    """Return the proof that the leaf at `index` is in the tree: the hashes beside its way up, the lowest first."""
    level, found = list(hashes), []
    while len(level) > 1:
        beside = index ^ 1
        if beside < len(level):
            found.append(level[beside])
        level, index = _above(level), index // 2
    return found


def is_proven(hashed: bytes, *, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether the proof shows that a leaf of this hash is at `index` in the tree of `size` leaves with this root."""
    if not 0 <= index < size:
        return False
    rest, last = list(proof), size - 1
    while last:
        if index % 2 or index != last:
            if not rest:
                return False
            beside = rest.pop(0)
            hashed = node_hash(beside, hashed) if index % 2 else node_hash(hashed, beside)
        index, last = index // 2, last // 2
    return not rest and hashed == root


def _above(level: list[bytes]) -> list[bytes]:
    """Join neighbours; the last of an odd number goes up alone, which is how RFC 6962 splits."""
    joined = [node_hash(level[at], level[at + 1]) for at in range(0, len(level) - 1, 2)]
    return joined + level[-1:] if len(level) % 2 else joined
