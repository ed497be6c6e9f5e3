"""A file is opened by whoever is sent its key, in another client too, and by nobody else."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nio.crypto.attachments import decrypt_attachment, encrypt_attachment
from nio.exceptions import EncryptionError

from amanat.gateway.device.attachments import Locked, Locking, NotOpened, lock, unlock


def _opened(locked: Locked) -> bytes:
    key: dict[str, Any] = locked.lock["key"]
    return bytes(decrypt_attachment(locked.content, key["k"], locked.lock["hashes"]["sha256"], locked.lock["iv"]))


@given(st.binary(max_size=200))
@settings(max_examples=50, deadline=None)
def test_another_client_opens_what_was_locked(content: bytes) -> None:
    assert _opened(lock(content)) == content


def test_what_is_said_of_a_lock_is_what_the_specification_asks_for() -> None:
    locked = lock(b"tiket", mint=lambda count: bytes(range(1, count + 1)))
    assert locked.lock == {
        "v": "v2",
        "key": {
            "kty": "oct",
            "key_ops": ["encrypt", "decrypt"],
            "alg": "A256CTR",
            "k": "AQIDBAUGBwgJCgsMDQ4PEBESExQVFhcYGRobHB0eHyA",
            "ext": True,
        },
        "iv": "AQIDBAUGBwgAAAAAAAAAAA",
        "hashes": {"sha256": locked.lock["hashes"]["sha256"]},
    }


def test_the_same_file_sent_twice_looks_like_two() -> None:
    one, other = lock(b"tiket"), lock(b"tiket")
    assert one.content != other.content
    assert one.lock["key"]["k"] != other.lock["key"]["k"]
    assert one.lock["iv"] != other.lock["iv"]


def test_a_file_in_pieces_is_locked_as_a_whole_one() -> None:
    content = bytes(range(256)) * 10
    locking = Locking(mint=lambda count: bytes(range(1, count + 1)))
    pieces = [locking.update(content[at : at + 37]) for at in range(0, len(content), 37)]
    whole = lock(content, mint=lambda count: bytes(range(1, count + 1)))
    assert (b"".join(pieces), locking.lock) == (whole.content, whole.lock)


def test_what_was_changed_on_the_way_is_not_opened() -> None:
    locked = lock(b"tiket")
    with pytest.raises(EncryptionError):
        _opened(Locked(bytes([locked.content[0] ^ 1]) + locked.content[1:], locked.lock))


def test_a_lock_does_not_show_its_key() -> None:
    locked = lock(b"tiket")
    assert locked.lock["key"]["k"] not in repr(locked)


@given(st.binary(max_size=200))
@settings(max_examples=50, deadline=None)
def test_what_another_client_locked_is_opened(content: bytes) -> None:
    locked, file = encrypt_attachment(content)
    assert unlock(locked, file) == content


_LOCKED, _FILE = encrypt_attachment(b"kartu")


@pytest.mark.parametrize(
    ("content", "file"),
    [
        (_LOCKED + b"!", _FILE),
        (_LOCKED, _FILE | {"hashes": {"sha256": _FILE["hashes"]["sha256"][::-1]}}),
        (_LOCKED, _FILE | {"hashes": {}}),
        (_LOCKED, _FILE | {"key": {"k": "AAAA"}}),
        (_LOCKED, _FILE | {"key": None}),
        (_LOCKED, _FILE | {"key": {"k": "?" * 43}}),
        (_LOCKED, _FILE | {"iv": "AAAA"}),
        (_LOCKED, _FILE | {"iv": "&"}),
        (_LOCKED, {}),
    ],
    # Its bytes are others at each run, and a test's name must not be.
    ids=["longer", "another hash", "no hash", "a short key", "no key", "no base64", "a short counter", "&", "nothing"],
)
def test_what_is_not_what_was_sent_is_not_opened(content: bytes, file: dict[str, Any]) -> None:
    with pytest.raises(NotOpened):
        unlock(content, file)
