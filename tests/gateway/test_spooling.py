"""Files that are under way: in memory while they are small, and never more of them than there is room for."""

import pytest

from amanat.gateway.spooling import IN_MEMORY, PIECE, Full, Opened, Room, Spools, sent


@pytest.mark.parametrize("size", [0, 1, IN_MEMORY, IN_MEMORY + 1, 3 * PIECE + IN_MEMORY])
async def test_what_is_written_is_read_as_often_as_need_be(size: int) -> None:
    content = bytes(each % 251 for each in range(size))
    with Spools(Room()) as spools:
        spool = spools.new()
        for at in range(0, size, 100_000):
            spool.write(content[at : at + 100_000])
        assert (len(spool), spools.on_disk) == (size, size > IN_MEMORY)
        for _ in range(2):
            assert b"".join([piece async for piece in spool.pieces()]) == content
        assert spool.reader().read(7) == content[:7]


def test_a_large_one_has_no_name_on_the_disk(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("spool")
    with pytest.MonkeyPatch.context() as patched, Spools(Room()) as spools:
        patched.setattr("tempfile.tempdir", str(folder))
        spool = spools.new()
        spool.write(bytes(IN_MEMORY + 1))
        assert spool.on_disk
        assert list(folder.iterdir()) == []


async def test_what_is_sent_lets_its_spools_go_also_if_nobody_reads_it() -> None:
    room = Room(3)
    for reads in True, False:
        spools = Spools(room)
        spool = spools.new()
        spool.write(b"abc")
        pieces = await sent(Opened(3, spool.pieces), spools)
        if reads:
            assert b"".join([piece async for piece in pieces]) == b"abc"
        await pieces.aclose()
        room.take(3)
        room.give_back(3)


def test_there_is_room_again_once_others_are_gone() -> None:
    room = Room(100)
    with Spools(room, declared=80) as first:
        first.new().write(bytes(80))
        with pytest.raises(Full), Spools(room, declared=21):
            raise AssertionError
        with Spools(room, declared=10) as second, pytest.raises(Full):
            second.new().write(bytes(21))
        first.new().write(bytes(20))
    with Spools(room, declared=100):
        pass
