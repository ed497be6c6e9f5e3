"""A backup keeps the best key of each session, and its etag moves exactly when its keys do."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from amanat.core.errors import BadJson, InvalidParam, NotFound, WrongRoomKeysVersion
from amanat.core.key_backup import (
    MAX_AUTH_DATA_BYTES,
    MAX_SESSION_BYTES,
    Backup,
    BackupInfo,
    SessionId,
    SessionKey,
    check_info,
    check_session,
    check_version,
    is_better,
    read,
    stored,
    uploaded,
    without,
)

ALGORITHM = "m.megolm_backup.v1.curve25519-aes-sha2"
BACKUP = Backup(version=7, algorithm=ALGORITHM, auth_data={"public_key": "k"})


def session(*, index: int = 1, forwarded: int = 0, verified: bool = False, **data: Any) -> SessionKey:
    return SessionKey(first_message_index=index, forwarded_count=forwarded, is_verified=verified, session_data=data)


@pytest.mark.parametrize(
    ("new", "old", "better"),
    [
        (session(), None, True),
        (session(verified=True, index=9, forwarded=9), session(), True),
        (session(index=0), session(verified=True), False),
        (session(index=0, forwarded=9), session(index=1), True),
        (session(index=2), session(index=1), False),
        (session(forwarded=0), session(forwarded=1), True),
        (session(forwarded=1), session(forwarded=0), False),
        (session(other=1), session(), False),
    ],
)
def test_the_better_key_is_kept(new: SessionKey, old: SessionKey | None, better: bool) -> None:
    assert is_better(new, old) is better


keys = st.builds(
    session, index=st.integers(0, 3), forwarded=st.integers(0, 2), verified=st.booleans(), mark=st.integers()
)
sessions: st.SearchStrategy[SessionId] = st.tuples(st.just("!r"), st.sampled_from("abc"))
uploads = st.lists(st.dictionaries(sessions, keys, max_size=3), max_size=6)


@settings(max_examples=100)
@given(uploads)
def test_after_any_uploads_the_best_key_of_each_session_is_there(made: list[dict[SessionId, SessionKey]]) -> None:
    backup, there = BACKUP, dict[SessionId, SessionKey]()
    for new in made:
        after, written = stored(backup, new, old=there)
        assert (after.etag != backup.etag) is bool(written)
        there |= written
        assert after.count == len(there)
        again, nothing = stored(after, new, old=there)
        assert (again, nothing) == (after, {})
        backup = after
    for name, kept in there.items():
        assert not any(is_better(new[name], kept) for new in made if name in new)


def test_deleting_keys_moves_the_etag() -> None:
    full = replace(BACKUP, etag=3, count=5)
    assert without(full, deleted=2).state() == {"etag": "4", "count": 3}
    assert without(full, deleted=0) == full


def test_a_backup_is_shown_with_its_state() -> None:
    assert replace(BACKUP, etag=3, count=5).shown() == {
        "algorithm": ALGORITHM,
        "auth_data": {"public_key": "k"},
        "version": "7",
        "etag": "3",
        "count": 5,
    }


ONE = {"first_message_index": 1, "forwarded_count": 0, "is_verified": True, "session_data": {"mac": "m"}}


def test_an_upload_is_read_key_by_key() -> None:
    body = read({"rooms": {"!a": {"sessions": {"s": ONE, "t": ONE}}, "!b": {"sessions": {}}}})
    assert [name for name, _ in uploaded(body)] == [("!a", "s"), ("!a", "t")]


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"rooms": []},
        {"rooms": {"!a": {}}},
        {"rooms": {"!a": {"sessions": {"s": {**ONE, "is_verified": 1}}}}},
        {"rooms": {"!a": {"sessions": {"s": {**ONE, "session_data": "x"}}}}},
        {"rooms": {"!a": {"sessions": {"s": {**ONE, "first_message_index": "1"}}}}},
    ],
)
def test_what_is_no_upload_is_refused(wrong: Any) -> None:
    with pytest.raises(BadJson):
        read(wrong)


@pytest.mark.parametrize(
    ("key", "room_id", "session_id"),
    [
        (session(), "room", "s"),
        (session(), "!r", ""),
        (session(), "!r", "s" * 256),
        (session(), "!r", "\0"),
        (session(index=-1), "!r", "s"),
        (session(forwarded=-1), "!r", "s"),
        (session(ciphertext="x" * MAX_SESSION_BYTES), "!r", "s"),
    ],
)
def test_a_key_that_cannot_be_is_refused(key: SessionKey, room_id: str, session_id: str) -> None:
    with pytest.raises(InvalidParam):
        check_session(key, room_id=room_id, session_id=session_id)


def test_only_auth_data_can_be_changed() -> None:
    check_info(BackupInfo(algorithm=ALGORITHM, auth_data={}))
    check_info(BackupInfo(algorithm=ALGORITHM, auth_data={}, version="7"), current=BACKUP)
    for wrong in (
        BackupInfo(algorithm="m.other", auth_data={}),
        BackupInfo(algorithm=ALGORITHM, auth_data={}, version="8"),
    ):
        with pytest.raises(InvalidParam):
            check_info(wrong, current=BACKUP)


@pytest.mark.parametrize(
    "wrong",
    [
        BackupInfo(algorithm="", auth_data={}),
        BackupInfo(algorithm="a" * 256, auth_data={}),
        BackupInfo(algorithm=ALGORITHM, auth_data={"x": "x" * MAX_AUTH_DATA_BYTES}),
    ],
)
def test_a_backup_has_a_size(wrong: BackupInfo) -> None:
    with pytest.raises(InvalidParam):
        check_info(wrong)


def test_keys_go_into_the_newest_version_only() -> None:
    check_version("7", current=BACKUP)
    with pytest.raises(WrongRoomKeysVersion) as refused:
        check_version("6", current=BACKUP)
    assert refused.value.body()["current_version"] == "7"
    with pytest.raises(NotFound):
        check_version("7", current=None)
