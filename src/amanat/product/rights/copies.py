"""The copy a person takes: a ZIP with a JSON file for each kind of data, and a page that shows them to a reader.

It is made piece by piece, so that it takes little memory however much there is.
"""

import asyncio
from base64 import b64encode
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from html import escape
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZipFile

import msgspec
from msgspec import Struct, json

from amanat.product.rights.holding import Holding, pages
from amanat.product.rights.own_events import own_events
from amanat.store.store import Store

SHOWN: Final = 50
"""Rows of each kind that the page shows; the rest is in the JSON."""
FOLDER: Final = "data"
_KEPT: Final = "(kept secret)"

Extra = Callable[[str], Awaitable[str | None]]


class Section(Struct, frozen=True, kw_only=True):
    """What the page shows of one kind of data."""

    en: str
    id: str
    file: str
    count: int
    rows: Sequence[Mapping[str, Any]]


class _Sink:
    """What a ZIP is written to: bytes that wait to be taken."""

    def __init__(self) -> None:
        self._waiting: list[bytes] = []

    def write(self, piece: bytes, /) -> int:
        self._waiting.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Everything is there to be taken already."""

    def close(self) -> None:
        """Nothing is held."""

    def take(self) -> bytes:
        taken, self._waiting = b"".join(self._waiting), []
        return taken


class Copies:
    """Makes copies of all that is held about somebody. `extras` are facts that no table shows as they are."""

    def __init__(self, store: Store, *, holdings: Sequence[Holding], extras: Mapping[str, Extra]) -> None:
        self.extras = dict(extras)
        self._store = store
        self._holdings = holdings

    async def of(self, user_id: str) -> AsyncIterator[bytes]:
        """Yield the ZIP of one person."""
        sink = _Sink()
        with ZipFile(sink, "w", ZIP_DEFLATED, compresslevel=1) as archive:
            sections = [await self._facts(archive, user_id)]
            for holding in self._holdings:
                rows = _shown_pages(pages(self._store, holding, user_id=user_id), holding)
                file = f"{FOLDER}/{holding.name}.json"
                async for section in _write(archive, file, rows, en=holding.en, id=holding.id):
                    sections += [section] if section is not None else []
                    yield sink.take()
            events = _events(own_events(self._store, user_id))
            async for section in _write(archive, f"{FOLDER}/events.json", events, en="Your events", id="Peristiwamu"):
                sections += [section] if section is not None else []
                yield sink.take()
            archive.writestr("index.html", page(user_id, sections))
        yield sink.take()

    async def _facts(self, archive: ZipFile, user_id: str) -> Section:
        facts = {"user_id": user_id} | {name: await extra(user_id) for name, extra in self.extras.items()}
        archive.writestr(f"{FOLDER}/facts.json", json.format(json.encode(facts)))
        return Section(en="In short", id="Ringkasan", file=f"{FOLDER}/facts.json", count=1, rows=[facts])


async def _write(
    archive: ZipFile, file: str, batches: AsyncIterator[Sequence[Mapping[str, Any]]], *, en: str, id: str
) -> AsyncIterator[Section | None]:
    """Write a JSON list; yield None whenever there is something to take, and its section at the end."""
    shown: list[Mapping[str, Any]] = []
    count = 0
    with archive.open(file, "w", force_zip64=True) as entry:
        entry.write(b"[")
        async for rows in batches:
            lines = b"".join(b"%b\n%b" % (b"," * (count + at > 0), json.encode(row)) for at, row in enumerate(rows))
            # Compressing takes the processor for milliseconds.
            await asyncio.to_thread(entry.write, lines)
            shown += rows[: SHOWN - len(shown)]
            count += len(rows)
            yield None
        entry.write(b"\n]\n")
    yield Section(en=en, id=id, file=file, count=count, rows=shown)


async def _shown_pages(batches: AsyncIterator[Sequence[Any]], holding: Holding) -> AsyncIterator[list[dict[str, Any]]]:
    async for rows in batches:
        yield [shown(row, secret=holding.secret) for row in rows]


async def _events(batches: AsyncIterator[Sequence[Any]]) -> AsyncIterator[list[dict[str, Any]]]:
    async for rows in batches:
        yield [json.decode(row.json) for row in rows]


def shown(row: Struct, *, secret: frozenset[str] = frozenset()) -> dict[str, Any]:
    """Return a row as its person is shown it: JSON as what it says, other bytes in base64, secrets not at all."""
    return {
        name: _KEPT if name in secret and value is not None else _value(value)
        for name, value in msgspec.structs.asdict(row).items()
    }


def _value(value: Any) -> Any:
    if not isinstance(value, bytes):
        return value
    try:
        return json.decode(value)
    except msgspec.DecodeError:
        return b64encode(value).decode()


_HEAD: Final = """\
<!doctype html>
<html lang="id"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Datamu · Your data</title>
<style>body{font:16px/1.5 system-ui,sans-serif;margin:1rem auto;max-width:60rem;padding:0 1rem}
table{border-collapse:collapse;display:block;overflow-x:auto}td,th{border:1px solid #999;padding:.2rem .5rem;
text-align:left;vertical-align:top;max-width:24rem;overflow-wrap:anywhere}</style>
"""


def page(user_id: str, sections: Sequence[Section]) -> str:
    """Return the page. All that people wrote is escaped: a name must not become a script in its owner's browser."""
    parts = [_HEAD, f"<h1>Datamu · <span lang=en>Your data</span></h1><p>{escape(user_id)}</p><ul>"]
    parts += [f"<li><a href='#{at}'>{escape(one.id)}</a> ({one.count})" for at, one in enumerate(sections)]
    parts.append("</ul>")
    for at, one in enumerate(sections):
        heading = f"{escape(one.id)} · <span lang=en>{escape(one.en)}</span> ({one.count})"
        parts.append(f"<h2 id='{at}'>{heading}</h2><p><a href='{escape(one.file)}'>{escape(one.file)}</a></p>")
        parts.append(_table(one.rows))
    return "\n".join(parts)


def _table(rows: Sequence[Mapping[str, Any]]) -> str:
    if not rows:
        return ""
    names = list(dict.fromkeys(name for row in rows for name in row))
    lines = ["<table><tr>" + "".join(f"<th scope=col>{escape(name)}</th>" for name in names)]
    lines += ["<tr>" + "".join(f"<td>{_cell(row.get(name))}</td>" for name in names) for row in rows]
    return "\n".join([*lines, "</table>"])


def _cell(value: Any) -> str:
    text = "" if value is None else value if isinstance(value, str) else json.encode(value).decode()
    return escape(text if len(text) <= 500 else f"{text[:500]}…")
