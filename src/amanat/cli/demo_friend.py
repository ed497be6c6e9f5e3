"""Citra: a sample person whom a newcomer can talk with. She takes every invitation, and answers what she is sent."""

import asyncio
from itertools import cycle
from typing import Final

import nio

from amanat.cli.demo_person import SamplePerson

NAME: Final = "Citra"
ANSWERS: Final = (
    "Halo! Aku Citra, teman contohmu. Pesan ini hanya kita berdua yang bisa membaca.",
    "Server melihat bahwa kita berkirim pesan, tetapi tidak isinya.",
    "Coba kirim foto, atau tekan nama di atas untuk melihat siapa yang bisa membaca.",
    "Buka /demo untuk melihat apa yang server simpan.",
)
PRAISE: Final = "Fotonya bagus!"
THINKS_S: Final = 1.0
_PICTURES: Final = (nio.RoomEncryptedImage, nio.RoomMessageImage)


class Friend:
    """Answers whoever writes to her, each in turn."""

    def __init__(self, person: SamplePerson) -> None:
        self._person = person
        self._answers: dict[str, cycle[str]] = {}

    def begin(self) -> None:
        """Listen from now on."""
        client = self._person.client
        client.add_event_callback(self._on_invitation, nio.InviteMemberEvent)
        client.add_event_callback(self._on_message, (nio.RoomMessageText, *_PICTURES))

    async def _on_invitation(self, room: nio.MatrixInvitedRoom, event: nio.InviteMemberEvent) -> None:
        if event.membership == "invite" and event.state_key == self._person.client.user_id:
            await self._person.client.join(room.room_id)

    async def _on_message(self, room: nio.MatrixRoom, event: nio.Event) -> None:
        if event.sender == self._person.client.user_id:
            return
        await asyncio.sleep(THINKS_S)
        answers = self._answers.setdefault(room.room_id, cycle(ANSWERS))
        await self._person.say(room.room_id, PRAISE if isinstance(event, _PICTURES) else next(answers))
