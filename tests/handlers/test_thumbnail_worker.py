"""What the worker makes of pictures; it is called here in this process, without its limits."""

import io
import json
import struct
import zlib
from typing import Any

import pytest
from PIL import Image

from amanat.handlers import thumbnail_worker
from tests.client_api.media import opened, picture, png

MAX_PIXELS = 4_000_000


def order(data: bytes, *, width: int = 96, height: int = 96, crop: bool = False) -> tuple[dict[str, Any], bytes]:
    """Give one order as the server does."""
    wanted = {"size": len(data), "width": width, "height": height, "crop": crop, "max_pixels": MAX_PIXELS}
    answers = io.BytesIO()
    thumbnail_worker.serve(io.BytesIO(json.dumps(wanted).encode() + b"\n" + data), answers)
    head, _, made = answers.getvalue().partition(b"\n")
    told = json.loads(head)
    assert told["size"] == len(made)
    return told, made


@pytest.fixture(autouse=True)
def no_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limits would be this process's own."""
    monkeypatch.setattr(thumbnail_worker, "allow_cpu", lambda: None)
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", Image.MAX_IMAGE_PIXELS)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "GIF"])
@pytest.mark.parametrize(
    ("crop", "size", "made_size"),
    [
        (False, (1000, 500), (96, 48)),
        (False, (500, 1000), (48, 96)),
        (False, (97, 97), (96, 96)),
        (True, (1000, 500), (96, 96)),
        (True, (97, 2000), (96, 96)),
        (True, (50, 500), (50, 50)),
        (False, (1, 1000), (1, 96)),
    ],
)
def test_a_picture_shrinks(form: str, crop: bool, size: tuple[int, int], made_size: tuple[int, int]) -> None:
    told, made = order(picture(size, form=form), crop=crop)
    assert told["content_type"] == "image/jpeg"
    assert opened(made).size == made_size


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "GIF"])
def test_nothing_is_ever_enlarged(form: str) -> None:
    told, made = order(picture((60, 96), form=form))
    assert (told["content_type"], made) == (f"image/{form.lower()}", b"")


def test_a_crop_is_of_the_middle() -> None:
    _, made = order(picture((1000, 100)), crop=True)
    seen = opened(made).convert("RGB")
    left, right = seen.getpixel((5, 48)), seen.getpixel((90, 48))
    assert isinstance(left, tuple)
    assert isinstance(right, tuple)
    assert (left[0] > 200, right[2] > 200) == (True, True)


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_what_is_transparent_stays_so(mode: str) -> None:
    drawn = Image.new("RGBA", (500, 500), (255, 0, 0, 0)).convert(mode)
    written = io.BytesIO()
    drawn.save(written, "PNG")
    told, made = order(written.getvalue())
    assert told["content_type"] == "image/png"
    pixel = opened(made).convert("RGBA").getpixel((10, 10))
    assert isinstance(pixel, tuple)
    assert pixel[3] == 0


@pytest.mark.parametrize("mode", ["1", "L", "P", "I;16", "CMYK"])
def test_every_mode_is_understood(mode: str) -> None:
    drawn = Image.new("L", (500, 500), 200)
    written = io.BytesIO()
    if mode == "I;16":
        Image.new("I;16", (500, 500)).save(written, "PNG")
    else:
        drawn.convert(mode).save(written, "JPEG" if mode == "CMYK" else "PNG")
    assert opened(order(written.getvalue())[1]).size == (96, 96)


def test_a_turned_photo_stands_upright_and_says_nothing_else() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # Turned by a quarter, as phones held upright say.
    exif[0x010F] = "Maker"
    exif.get_ifd(0x8825)[1] = "N"  # Where it was taken.
    _, made = order(picture((1000, 500), form="JPEG", exif=exif))
    seen = opened(made)
    assert seen.size == (48, 96)
    assert not dict(seen.getexif())
    top = seen.convert("RGB").getpixel((24, 5))
    assert isinstance(top, tuple)
    assert top[0] > 200


def moving(form: str, *, size: tuple[int, int] = (20, 20)) -> bytes:
    written = io.BytesIO()
    frames = [Image.new("RGB", size, colour) for colour in ("red", "green", "blue")]
    frames[0].save(written, form, save_all=True, append_images=frames[1:], duration=100)
    return written.getvalue()


@pytest.mark.parametrize("form", ["GIF", "PNG", "WEBP"])
def test_what_moves_becomes_its_first_frame_however_small(form: str) -> None:
    for size in (96, 0):
        told, made = order(moving(form), width=size, height=size)
        still = opened(made)
        assert (told["content_type"], still.size, getattr(still, "is_animated", False)) == (
            "image/jpeg",
            (20, 20),
            False,
        )


# What is hostile


@pytest.mark.parametrize(
    "data",
    [
        png(60_000, 60_000),
        png(2**31 - 1, 2**31 - 1),
        b"GIF89a"
        + struct.pack("<HHBBB", 65_535, 65_535, 0x80, 0, 0)
        + bytes(6)
        + b","
        + struct.pack("<HHHHB", 0, 0, 65_535, 65_535, 0)
        + b"\x02\x00;",
    ],
)
def test_a_picture_of_too_many_pixels_is_not_decoded(data: bytes) -> None:
    assert order(data)[0]["refusal"] == "too_large"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"x",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"%PDF-1.7",
        b"%!PS-Adobe-3.0 EPSF-3.0\n",
        png(500, 500),
        png(500, 500, (b"IDAT", zlib.compress(b"too little"))),
        png(500, 500, (b"zTXt", b"a\0\0" + zlib.compress(bytes(80_000_000)))),
        picture(form="JPEG")[:-500],
        picture(form="WEBP")[:200],
        picture(form="BMP"),
        picture(form="TIFF"),
        picture(form="ICO"),
        picture(form="PPM"),
    ],
)
def test_what_is_no_picture_of_ours_is_unreadable(data: bytes) -> None:
    assert order(data)[0] == {"refusal": "unreadable", "size": 0}


def test_one_bad_picture_does_not_spoil_the_next() -> None:
    answers, orders = io.BytesIO(), b""
    for data in (b"bad", picture((20, 20))):
        wanted = {"size": len(data), "width": 96, "height": 96, "crop": True, "max_pixels": MAX_PIXELS}
        orders += json.dumps(wanted).encode() + b"\n" + data
    thumbnail_worker.serve(io.BytesIO(orders), answers)
    assert [json.loads(line).get("refusal") for line in answers.getvalue().splitlines()] == ["unreadable", None]
