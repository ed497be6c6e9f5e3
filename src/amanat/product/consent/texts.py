"""Policies as a page shows them: of Markdown the headings, lists and paragraphs, and nothing that runs. Pure."""

import re
from collections.abc import Sequence
from typing import Final, Literal

from msgspec import Struct

Kind = Literal["heading", "list", "paragraph"]

_HEADING: Final = re.compile(r"#{1,6}\s+(.+)")
_ITEM: Final = re.compile(r"(?:[-*+]|\d+\.)\s+")


class Block(Struct, frozen=True):
    """A heading, a paragraph, or a list with its items; the text is shown as it is."""

    kind: Kind
    lines: tuple[str, ...]


def blocks(text: str) -> Sequence[Block]:
    """Return what a text is made of, in order."""
    found: list[Block] = []
    for paragraph in text.replace("\r\n", "\n").split("\n\n"):
        waiting: list[str] = []
        for line in filter(None, map(str.strip, paragraph.split("\n"))):
            heading = _HEADING.fullmatch(line)
            if heading is None:
                waiting.append(line)
                continue
            found += _block(waiting)
            waiting = []
            found.append(Block("heading", (heading[1],)))
        found += _block(waiting)
    return found


def _block(lines: Sequence[str]) -> list[Block]:
    if not lines:
        return []
    if not _ITEM.match(lines[0]):
        return [Block("paragraph", (" ".join(lines),))]
    items: list[str] = []
    for line in lines:
        begins = _ITEM.match(line)
        if begins:
            items.append(line[begins.end() :])
        else:
            items[-1] += f" {line}"
    return [Block("list", tuple(items))]
