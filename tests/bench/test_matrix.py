"""The load looks like real clients' traffic, and can be found again in what comes back."""

import json

from bench import matrix
from bench.matrix import Person, Poll, Sender

ANI = Person(user_id="@ani:localhost", device_id="ANIDEVICE", token="ani-token")
BUDI = Person(user_id="@budi:localhost", device_id="BUDIDEVICE", token="budi-token")


def parts(raw: bytes) -> tuple[str, bytes]:
    head, _, body = raw.partition(b"\r\n\r\n")
    return head.decode(), body


def test_an_event_is_one_kilobyte_of_megolm_content() -> None:
    head, body = parts(Sender(ANI, "!room", name="ani").event())
    assert f"Content-Length: {len(body)}" in head
    assert len(body) == 1024
    assert set(json.loads(body)) == {"algorithm", "ciphertext", "device_id", "sender_key", "session_id"}


def test_every_event_has_a_transaction_id_of_its_own() -> None:
    sender = Sender(ANI, "!room", name="ani")
    paths = {parts(sender.event())[0].split(" ")[1] for _ in range(50)}
    assert len(paths) == 50
    assert all(path.startswith("/_matrix/client/v3/rooms/%21room/send/m.room.encrypted/") for path in paths)


def test_a_path_holds_the_room_whatever_letters_its_id_has() -> None:
    for room in ("!aTXNb", "!HTTP", "!TOKEN"):
        path = parts(Sender(ANI, room, name="ani").event())[0].split(" ")[1]
        assert path == f"/_matrix/client/v3/rooms/%21{room[1:]}/send/m.room.encrypted/ani-1"


def test_a_marked_event_is_found_in_the_sync_that_carries_it() -> None:
    sender = Sender(ANI, "!room", name="ani")
    contents = [json.loads(parts(sender.event(mark))[1]) for mark in (7, 123456)]
    answer = {"next_batch": "s1_2", "rooms": {"join": {"!room": {"timeline": {"events": contents}}}}}
    for separators in (None, (",", ":")):
        body = json.dumps(answer, separators=separators).encode()
        assert matrix.marks_in(body) == [7, 123456]
        assert matrix.next_batch(body) == "s1_2"


def test_a_claim_names_each_device_once() -> None:
    _, body = parts(matrix.claim(ANI, [ANI, BUDI]))
    wanted = {
        "@ani:localhost": {"ANIDEVICE": "signed_curve25519"},
        "@budi:localhost": {"BUDIDEVICE": "signed_curve25519"},
    }
    assert json.loads(body)["one_time_keys"] == wanted


def test_a_sync_goes_on_from_its_token_and_brings_no_presence() -> None:
    head, _ = parts(matrix.sync(ANI, filter_id="0", since="s1"))
    assert "since=s1" in head
    assert "set_presence=offline" in head
    assert "timeout=30000" in head


def test_each_poll_is_a_sync_from_its_own_token() -> None:
    polls = Poll(ANI, filter_id="0")
    for token in ("v1.3.14", "s1_2~a|b"):
        assert polls.since(token) == matrix.sync(ANI, filter_id="0", since=token)
