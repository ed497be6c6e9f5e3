"""The vectors are those of the reference implementation of RFC 6962 (certificate-transparency, merkle tree tests)."""

from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amanat.core import merkle

LEAVES = [
    b"",
    b"\x00",
    b"\x10",
    b"\x20\x21",
    b"\x30\x31",
    b"\x40\x41\x42\x43",
    b"\x50\x51\x52\x53\x54\x55\x56\x57",
    bytes(range(0x60, 0x70)),
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
HASHES = [merkle.leaf_hash(leaf) for leaf in LEAVES]


def _as_defined(hashes: list[bytes]) -> bytes:
    """RFC 6962, 2.1, word for word: split at the largest power of two that is smaller than the number of leaves."""
    if len(hashes) == 1:
        return hashes[0]
    at = 1 << (len(hashes) - 1).bit_length() - 1
    return merkle.node_hash(_as_defined(hashes[:at]), _as_defined(hashes[at:]))


def test_the_empty_tree_has_the_hash_of_nothing() -> None:
    assert merkle.root([]) == sha256().digest()


@pytest.mark.parametrize("size", range(1, len(LEAVES) + 1))
def test_roots_are_those_of_the_reference_implementation(size: int) -> None:
    assert merkle.root(HASHES[:size]).hex() == ROOTS[size - 1]


def test_a_proof_is_that_of_the_reference_implementation() -> None:
    assert [hashed.hex() for hashed in merkle.path(HASHES, 0)] == [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ]


hashes = st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=70)


@settings(max_examples=100)
@given(hashes)
def test_a_root_is_what_the_definition_says(hashes: list[bytes]) -> None:
    assert merkle.root(hashes) == _as_defined(hashes)


@settings(max_examples=100)
@given(hashes, st.sampled_from([1, 2, 8, 32]))
def test_roots_of_whole_tiles_stand_for_their_leaves(hashes: list[bytes], tile: int) -> None:
    tiles = [merkle.root(hashes[at : at + tile]) for at in range(0, len(hashes), tile)]
    assert merkle.root(tiles) == merkle.root(hashes)


@settings(max_examples=100)
@given(hashes, st.data())
def test_a_proof_proves_its_leaf_in_its_place_and_no_other(hashes: list[bytes], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(hashes) - 1))
    size, root, proof = len(hashes), merkle.root(hashes), merkle.path(hashes, index)
    shown = hashes[index]
    assert merkle.is_proven(shown, index=index, size=size, proof=proof, root=root)
    assert not merkle.is_proven(bytes(32), index=index, size=size, proof=proof, root=root) or shown == bytes(32)
    assert not merkle.is_proven(shown, index=index, size=size, proof=[*proof, shown], root=root)
    assert not merkle.is_proven(shown, index=size, size=size, proof=proof, root=root)
    if proof:
        assert not merkle.is_proven(shown, index=index, size=size, proof=proof[:-1], root=root)
