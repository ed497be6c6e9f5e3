"""A flow that writes down whatever it is told, as a ticket each, and says so."""

from pathlib import Path
from typing import Final

FLOW: Final = """\
flow: buku-tamu
title: {id: Buku Tamu}
languages: [id]
start: ask
steps:
  ask: {say: ask, ask: word, as: text, go: keep, otherwise: ask}
  keep: {ticket: note, with: [word], when: {opened: kept}, otherwise: lost, timeout: 30 minutes}
  kept: {say: kept, go: ask}
  lost: {say: lost, go: ask}
"""
TEXTS: Final = """\
## ask
Tulis sesuatu.

## kept
Dicatat {word} sebagai {note.number}.

## lost
Hilang {word}.
"""


def write_guest_book(folder: Path) -> Path:
    """Write it into a folder, and return that."""
    (folder / "texts").mkdir(parents=True)
    (folder / "flow.yaml").write_text(FLOW)
    (folder / "texts" / "id.md").write_text(TEXTS)
    return folder
