"""Sample people on real Matrix clients, in a process of their own: Ani and Budi talk, Citra is there for newcomers.

They reach the server as every app does, over HTTP, and keep their keys in folders of their own. What each of them reads
goes to standard output, a line of JSON for each message. They leave when standard input ends.
"""

import asyncio
import logging
import sys
from collections.abc import Callable
from itertools import cycle
from pathlib import Path
from typing import Final

import msgspec
import nio

from amanat.cli.beside import until_stdin_ends
from amanat.cli.demo_friend import NAME, Friend
from amanat.cli.demo_person import SamplePerson, expect, until
from amanat.cli.demo_screens import Read

LINES: Final = (
    ("Ani", "Halo Budi! Apakah pesan ini hanya bisa dibaca kita berdua?"),
    ("Budi", "Halo Ani! Ya. Server menyimpannya, tetapi tidak bisa membacanya."),
    ("Ani", "Lalu apa yang dilihat server?"),
    ("Budi", "Siapa menulis kepada siapa, kapan, dan seberapa panjang. Isinya tidak."),
    ("Ani", "Bagus. Besok kita bertemu di pasar jam sembilan, ya."),
    ("Budi", "Baik. Sampai besok!"),
)
"""What they say, in turn, again and again."""
SPOKEN_SOON: Final = len(LINES)
SOON_S: Final = 2.0
LATER_S: Final = 30.0
SPOKEN_AT_MOST: Final = 500
"""Then they fall silent: a demo that is forgotten for weeks does not fill the disk."""


async def meet(ani: SamplePerson, budi: SamplePerson) -> str:
    """Bring the two into an encrypted room, the one of the last start if there is one; return its id."""
    await until(lambda: not ani.client.should_upload_keys and not budi.client.should_upload_keys)
    if not ani.client.rooms:
        response = await ani.client.room_create(
            preset=nio.RoomPreset.private_chat, name="Ani & Budi", invite=[budi.client.user_id]
        )
        expect(nio.RoomCreateResponse, response)
    await until(lambda: bool(ani.client.rooms))
    room_id: str = next(iter(ani.client.rooms))
    if room_id not in budi.client.rooms:
        await until(lambda: room_id in budi.client.invited_rooms)
        expect(nio.JoinResponse, await budi.client.join(room_id))
    for person, other in (ani, budi), (budi, ani):
        await until(lambda person=person: room_id in person.client.rooms and person.client.rooms[room_id].encrypted)  # type: ignore[misc]  # mypy infers no type for a bound default
        await until(lambda person=person, other=other: _knows(person, other, room_id))  # type: ignore[misc]  # likewise
    return room_id


def _knows(person: SamplePerson, other: SamplePerson, room_id: str) -> bool:
    """Whether one has the keys of the other's device: who joins later could not read what was said before."""
    devices = person.client.device_store.active_user_devices(other.client.user_id)
    return other.client.user_id in person.client.rooms[room_id].users and any(devices)


async def talk(people: dict[str, SamplePerson], room_id: str) -> None:
    """Say the lines, one after the other, quickly at first."""
    for number, (name, text) in enumerate(cycle(LINES)):
        if number == SPOKEN_AT_MOST:
            return
        await people[name].say(room_id, text)
        await asyncio.sleep(SOON_S if number < SPOKEN_SOON else LATER_S)


async def live(url: str, folder: Path, *, tell: Callable[[Read], None]) -> None:
    """Sign both in, let them meet and talk, and listen until cancelled."""
    people = {name: SamplePerson(name, url=url, folder=folder, tell=tell) for name in ("Ani", "Budi")}
    # What a newcomer and the friend say is for nobody else's eyes.
    citra = SamplePerson(NAME, url=url, folder=folder, tell=lambda _read: None)
    people_and_friend = [*people.values(), citra]
    try:
        for person in people_and_friend:
            await person.sign_in()
        Friend(citra).begin()
        async with asyncio.TaskGroup() as group:
            for person in people_and_friend:
                group.create_task(person.listen())
                group.create_task(person.be_known())
            await talk(people, await meet(people["Ani"], people["Budi"]))
    finally:
        for person in people_and_friend:
            await person.client.close()


def _print(read: Read) -> None:
    print(msgspec.json.encode(read).decode(), flush=True)


if __name__ == "__main__":
    # It warns of what is usual: the first message to a device that has no session yet.
    logging.getLogger("nio").setLevel(logging.ERROR)
    asyncio.run(until_stdin_ends(live(sys.argv[1], Path(sys.argv[2]), tell=_print)))
