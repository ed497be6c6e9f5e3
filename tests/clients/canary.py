"""Markers to plant in what people say, and a search for them in every byte that a server wrote."""

import base64
import os
import tarfile
from collections.abc import Iterator
from pathlib import Path
from secrets import token_hex

from msgspec import Struct

_STEM = f"Canary{token_hex(3)}"  # Twelve letters that begin every marker of a run, so that one search finds all.


class Planted(Struct, frozen=True):
    """A marker, in which kind of content it was put, and the words of the page by which the server sees it or not."""

    what: str
    marker: str
    page_says: str


class Canary:
    """Keeps what was planted: `seen` is what the page says the server sees, `hidden` what it says it does not."""

    def __init__(self) -> None:
        self.seen: list[Planted] = []
        self.hidden: list[Planted] = []

    def show(self, what: str, page_says: str) -> str:
        """Mint a marker for content that the server sees."""
        return self._mint(self.seen, what, page_says)

    def hide(self, what: str, page_says: str) -> str:
        """Mint a marker for content that never reaches the server's disk."""
        return self._mint(self.hidden, what, page_says)

    def keep(self, what: str, secret: str, page_says: str) -> None:
        """Watch for a secret that a client made itself."""
        assert len(secret) >= 16, f"{what} is too short to be looked for"
        self.hidden.append(Planted(what, secret, page_says))

    def _mint(self, planted: list[Planted], what: str, page_says: str) -> str:
        marker = _STEM + token_hex(6)
        planted.append(Planted(what, marker, page_says))
        return marker

    def found_in(self, written: bytes) -> set[str]:
        """Return what was planted and can be read in there, in any of the forms that `forms` makes."""
        return {
            planted.what
            for planted in self.seen + self.hidden
            if any(form in written for form in _FORMS_OF_STEM) or not planted.marker.startswith(_STEM)
            if any(form in written for form in forms(planted.marker))
        }


def forms(text: str) -> list[bytes]:
    """Return the ways to write a text: as it is, in UTF-16, in hexadecimal, in base64 wherever it begins."""
    raw = text.encode()
    wide = text.encode("utf-16-le"), text.encode("utf-16-be")
    digits = raw.hex().encode(), raw.hex().upper().encode()
    aligned = [_base64_at(raw, offset) for offset in range(3)]
    safe = [form.translate(bytes.maketrans(b"+/", b"-_")) for form in aligned]
    return [*dict.fromkeys([raw, *wide, *digits, *aligned, *safe])]


def _base64_at(raw: bytes, offset: int) -> bytes:
    """Return the characters that are made of these bytes alone where `offset` others come before them."""
    encoded = base64.b64encode(bytes(offset) + raw)
    whole = (offset + len(raw)) * 8 // 6
    return encoded[-(-offset * 8 // 6) : whole]


_FORMS_OF_STEM = forms(_STEM)


def files_in(*folders: Path) -> Iterator[tuple[Path, bytes]]:
    """Yield every file with its bytes; what is in a tar is yielded too, as it may lie across blocks."""
    for folder in folders:
        for path in [folder] if folder.is_file() else sorted(folder.rglob("*")):
            if path.is_file():
                yield path, path.read_bytes()
                if path.suffix == ".tar":
                    yield from _members(path)


def _members(path: Path) -> Iterator[tuple[Path, bytes]]:
    with tarfile.open(path) as tar:
        for member in tar:
            file = tar.extractfile(member)
            if file is not None:
                yield Path(os.fspath(path), member.name), file.read()
