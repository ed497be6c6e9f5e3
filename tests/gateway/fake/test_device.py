"""What a bot says in memory."""

from collections.abc import Callable

from amanat.db.tx import Tx
from amanat.gateway.fake import device
from amanat.gateway.fake.device import FakeDevice


class _Now(Tx):
    """A unit that is kept at once."""

    def __init__(self) -> None:
        """It has no rows."""

    def after_commit(self, publish: Callable[[], None]) -> None:
        publish()


async def test_what_is_said_can_be_waited_for_and_is_bounded(monkeypatch) -> None:
    monkeypatch.setattr(device, "MAX_SAID", 3)
    fake = FakeDevice()
    assert await fake.spoken("!a", after=0, seconds=0) == []
    sent = []
    fake.sent = lambda *what: sent.append(what)
    for number in range(5):
        fake.say(_Now(), "!a", txn_id=str(number), event_type="m.room.message", content={})
    assert [each.position for each in await fake.spoken("!a", after=0, seconds=0)] == [3, 4, 5]
    assert [each.position for each in await fake.spoken("!a", after=4, seconds=0)] == [5]
    assert [txn_id for _, txn_id, _ in sent] == ["0", "1", "2", "3", "4"]


async def test_files_and_rooms() -> None:
    fake = FakeDevice()
    fake.numbers["@a:b"] = "+6281234567890"
    assert await fake.still_share(["@a:b", "@c:d"]) == {"@a:b"}
    assert await fake.download(await fake.upload(b"x")) == b"x"
    assert await fake.download({"url": "mxc://fake/none"}) is None
    fake.open_room("!a", ["@a:b"])
    assert await fake.members("!a") == ["@a:b"]
    await fake.leave("!a")
    assert list(await fake.members("!a")) == []
