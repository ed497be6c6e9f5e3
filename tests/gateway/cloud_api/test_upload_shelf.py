"""What is kept of uploads, and the handles of what came."""

from amanat.gateway.cloud_api import upload_shelf
from amanat.gateway.cloud_api.upload_shelf import KEEPS_MS, MOST, Piece, Upload, file_of, handle_of
from tests.gateway.cloud_api.stand import Stand


def _upload(number: int) -> Upload:
    return Upload(id=f"upload:{number}", name="a", mimetype="image/png", length=9, ts=number)


async def test_few_are_kept_and_none_for_long(cloud: Stand) -> None:
    for number in range(1, MOST + 2):
        await upload_shelf.put(cloud.line, _upload(number), now_ms=MOST)
    known = [await upload_shelf.find(cloud.line, f"upload:{number}", now_ms=MOST) for number in range(1, MOST + 2)]
    assert [each is not None for each in known] == [False, *[True] * MOST]
    assert await upload_shelf.find(cloud.line, f"upload:{MOST}", now_ms=MOST + KEEPS_MS) is None


async def test_a_handle_is_of_a_file_that_is_there(cloud: Stand) -> None:
    number = await cloud.line.keep_file(b"a", name="a.png", mimetype="image/png")
    file = await file_of(cloud.line, handle_of(number))
    assert file is not None
    assert (file.number, file.mimetype) == (number, "image/png")
    for wrong in (handle_of(number + 1), "4:", "4:!", "4:eHg", handle_of(10**30), "", str(number)):
        assert await file_of(cloud.line, wrong) is None
    assert Upload(id="a", name="a", mimetype="b", length=9, ts=1, pieces=(Piece(1, 2), Piece(2, 3))).offset == 5
