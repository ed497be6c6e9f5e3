import pytest

from amanat.gateway.cloud_api.composing import MediaRef, MediaType
from amanat.gateway.cloud_api.errors import GraphError
from amanat.gateway.cloud_api.media_rules import check, file_name, media_kind, mimetype_of


@pytest.mark.parametrize(
    ("kind", "mimetype", "size"),
    [
        ("image", "image/png", 5_000_000),
        ("video", "video/mp4", 16_000_000),
        ("audio", "audio/ogg", 1),
        ("audio", "audio/webm", 1),
        ("audio", "audio/x-m4a", 1),
        ("document", "application/x-anything", 100_000_000),
        ("sticker", "image/webp", 500_000),
    ],
)
def test_what_is_taken(kind: MediaType, mimetype: str, size: int) -> None:
    check(kind, mimetype=mimetype, size=size)


@pytest.mark.parametrize(
    ("kind", "mimetype", "size"),
    [
        ("image", "image/svg+xml", 1),
        ("image", "image/png", 5_000_001),
        ("image", "image/pngx", 1),
        ("video", "audio/mp4", 1),
        ("audio", "audiobook/ogg", 1),
        ("document", "application/pdf", 100_000_001),
        ("document", "application/pdf", 0),
        ("sticker", "image/png", 1),
    ],
)
def test_what_is_not(kind: MediaType, mimetype: str, size: int) -> None:
    with pytest.raises(GraphError) as error:
        check(kind, mimetype=mimetype, size=size)
    assert error.value.code == 131053


def test_types_and_names() -> None:
    assert mimetype_of("audio/ogg; codecs=opus") == "audio/ogg"
    assert mimetype_of("") == mimetype_of("x\r\ny: z/1") == "application/octet-stream"
    assert media_kind(MediaRef(type="audio", is_voice=True)) == "voice"
    link = MediaRef(type="image", link="https://x.example/a/b.png?c=/d")
    assert file_name(link, mimetype="image/png") == "b.png"
    assert file_name(MediaRef(type="image", id="4"), mimetype="image/png") == "image.png"
    assert file_name(MediaRef(type="image", id="4"), mimetype="image/png", known="k.png") == "k.png"
    assert file_name(MediaRef(type="document", id="4", filename="n" * 300), mimetype="") == "n" * 255
