"""`amanat breach`: practise telling everybody concerned of a breach, as the law asks, before it must be done."""

import argparse
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import chain, islice
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, urlencode

import msgspec

from amanat.cli.admin_socket import AdminClient, ask
from amanat.cli.failure import Exit, Failure
from amanat.cli.settings import add_settings, settings
from amanat.core.breach_notices import DUE, KINDS, Breach, Item, Notice, notice
from amanat.core.identifiers import localpart_of

HELP = "practise telling people of a breach of their data"
DESCRIPTION = """\
Write a notice for each person concerned, in Indonesian and English, with what the law asks for: which data, when and
how it got out, what was done. Nothing is sent.
"""
DRILL = """\
Write the notices of a breach that has not happened. Each says so in its first line. OUT gets `summary.json` and a
file for each person in `notices`.
"""

_DONE: Final = Item(
    id="Jalur masuk ditutup, kunci dan token diganti, dan kejadian dilaporkan kepada lembaga pelindungan data pribadi.",
    en="The way in was closed, keys and tokens were replaced, and the authority for personal data was told.",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what can be done, and its flags."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    drill = actions.add_parser("drill", help="write notices of a breach that has not happened", description=DRILL)
    drill.add_argument("--since", metavar="DATE", required=True, help="the first day it may have begun: 2026-01-31")
    drill.add_argument("--kind", metavar="KIND", required=True, choices=sorted(KINDS), help=f"{', '.join(KINDS)}")
    drill.add_argument("--partner", metavar="ID", help="with `--kind partner`: which one")
    drill.add_argument("--out", metavar="OUT", type=Path, required=True, help="folder to write to, which must be new")
    add_settings(drill)


def main(arguments: argparse.Namespace) -> Exit:
    """Do it."""
    config = settings(arguments)
    breach = Breach(
        kind=arguments.kind,
        since=_day(arguments.since),
        noticed=datetime.now(UTC),
        done=_DONE,
        contact=config.support_email or config.support_page or config.public_url or config.server_name,
        is_drill=True,
    )
    count = ask(
        config, lambda client: _write(_notices(client, breach, partner=arguments.partner), breach, arguments.out)
    )
    print(f"Notices of a drill in {arguments.out}: {count}. Nothing was sent.")
    return Exit.OK


def _write(notices: Iterator[Notice], breach: Breach, out: Path) -> int:
    # The first one before the folder: what cannot be asked leaves nothing behind.
    first = list(islice(notices, 1))
    _make_folder(out)
    count = 0
    for one in chain(first, notices):
        name = quote(localpart_of(one.user_id), safe="")
        _write_file(out / "notices" / f"{name}.json", one)
        count += 1
    summary = {
        "drill": breach.is_drill,
        "kind": breach.kind,
        "since": breach.since,
        "noticed": breach.noticed,
        "due": breach.noticed + DUE,
        "people": count,
        "how": msgspec.structs.asdict(KINDS[breach.kind]),
        "done": breach.done,
    }
    _write_file(out / "summary.json", summary)
    return count


def _notices(client: AdminClient, breach: Breach, *, partner: str | None) -> Iterator[Notice]:
    """Yield the notice of everybody concerned, a page at a time."""
    asked = {"kind": breach.kind, "since": int(breach.since.timestamp() * 1000)}
    asked |= {} if partner is None else {"partner": partner}
    page: Any = {"next": ""}
    while page["next"] is not None:
        page = client.get(f"/breach/affected?{urlencode({**asked, 'after': page['next']})}")
        for person in page["affected"]:
            yield notice(breach, person["user_id"], data=msgspec.convert(person["data"], list[Item]))


def _write_file(file: Path, content: Any) -> None:
    with open(file, "xb", opener=lambda path, flags: os.open(path, flags, 0o600)) as written:
        written.write(msgspec.json.format(msgspec.json.encode(content)))


def _make_folder(out: Path) -> None:
    try:
        out.mkdir(mode=0o700, parents=True)
        (out / "notices").mkdir(mode=0o700)
    except FileExistsError:
        raise Failure(f"{out} exists already: name a folder that is new.") from None


def _day(text: str) -> datetime:
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        raise Failure(f"--since is a day, as 2026-01-31, not {text!r}.", code=Exit.USAGE) from None
