"""What a file is, its bytes tell: pictures, sound and films are shown in place, and everything else is a download."""

import pytest

from amanat.gateway.desk.files import KeptFile, shown_as

BINARY = "application/octet-stream"


@pytest.mark.parametrize(
    ("content", "kind", "shown"),
    [
        (b"\x89PNG\r\n\x1a\n....", "file", "image/png"),
        (b"\xff\xd8\xff\xe0....", "picture", "image/jpeg"),
        (b"GIF89a....", "picture", "image/gif"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "picture", "image/webp"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", "voice", "audio/wav"),
        (b"OggS....", "voice", "audio/ogg"),
        (b"ID3\x04....", "voice", "audio/mpeg"),
        (b"\x00\x00\x00\x20ftypM4A ....", "voice", "audio/mp4"),
        (b"\x00\x00\x00\x20ftypisom....", "voice", "audio/mp4"),
        (b"\x00\x00\x00\x20ftypisom....", "video", "video/mp4"),
        (b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm", "voice", "audio/webm"),
        (b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm", "video", "video/webm"),
        # What runs, what is text, and what only says that it is a picture.
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "picture", BINARY),
        (b"<!doctype html><script>alert(1)</script>", "picture", BINARY),
        (b"%PDF-1.7", "file", BINARY),
        (b"XXXX\x00\x00\x00\x00WEBPVP8 ", "picture", BINARY),
        (b"\x00\x00\x00\x20ftypheic....", "picture", BINARY),
        (b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x88matroska", "video", BINARY),
        (b"GIF", "picture", BINARY),
        (b"", "picture", BINARY),
    ],
)
def test_only_its_own_bytes_say_what_a_file_is(content: bytes, kind: str, shown: str) -> None:
    assert shown_as(content, kind=kind) == shown


def test_what_opens_a_file_is_not_written_into_logs() -> None:
    assert "secret" not in repr(KeptFile(name="secret", size=3, file={"key": {"k": "secret"}}))
