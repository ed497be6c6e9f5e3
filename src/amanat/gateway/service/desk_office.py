"""A service as its desk sees it: the desk's parts joined with the flow, the appointments, the tickets and the shelf."""

from collections.abc import Awaitable, Callable
from pathlib import Path

from msgspec import Struct

from amanat.gateway.appointments.day_sheet import Called
from amanat.gateway.desk.acts import Acts
from amanat.gateway.desk.file_acts import FileActs
from amanat.gateway.desk.inbox import Inbox
from amanat.gateway.desk.joints import Days, Files
from amanat.gateway.desk.office import Office
from amanat.gateway.desk.staff import Staff
from amanat.gateway.device.ground import Ground
from amanat.gateway.flows.labels import labels_of, options_of
from amanat.gateway.service import desk_days, desk_editing
from amanat.gateway.service.desk_bot import DeskBot
from amanat.gateway.service.desk_days import DeskDays
from amanat.gateway.service.desk_editing import DeskEditing
from amanat.gateway.service.desk_names import DeskNames
from amanat.gateway.service.desk_speech import DeskSpeech
from amanat.gateway.service.desk_tickets import DeskTickets
from amanat.gateway.service.shelf import Shelf
from amanat.gateway.service.turns import Turns


class DeskGround(Struct, frozen=True, kw_only=True):
    """What a service's desk stands on. `speak` takes over a published version, and says whether it could."""

    folder: Path
    on: Ground
    turns: Turns
    inbox: Inbox
    shelf: Shelf
    files: Files
    speak: Callable[[str], Awaitable[bool]]


def office_of(ground: DeskGround) -> Office:
    """Return the service as the desk serves it."""
    on, changes, shelf = ground.on, ground.inbox.changes, ground.shelf
    store, now_ms = on.store, on.now_ms
    names = DeskNames(on.api, now_ms=now_ms)
    staff = Staff(ground.folder)
    for member in staff.members():
        if member.name:
            names.learn(member.user_id, member.name)
    bot = DeskBot(ground.turns)
    acts = Acts(store, ground.inbox, bot=bot, now_ms=now_ms, mint=on.mint)
    editing = desk_editing.Ground(
        folder=ground.folder, store=store, shelf=shelf, changes=changes, speak=ground.speak, now_ms=now_ms
    )

    def days() -> Days | None:
        if shelf.appointments is None:
            return None
        flow = shelf.current
        stands = desk_days.Ground(
            store=store,
            changes=changes,
            language=flow.languages[0],
            called=Called(names=labels_of(flow), options=options_of(flow)),
            turns=ground.turns,
            now_ms=now_ms,
            mint=on.mint,
        )
        return DeskDays(shelf.appointments, stands)

    return Office(
        id=ground.folder.name,
        user_id=on.credentials.user_id,
        homeserver=on.credentials.homeserver,
        store=store,
        staff=staff,
        changes=changes,
        acts=acts,
        names=names,
        speech=DeskSpeech(shelf),
        files=FileActs(acts, bot=bot, files=ground.files),
        tickets=DeskTickets(store, ground.turns, names=names, changes=changes, now_ms=now_ms),
        editing=DeskEditing(editing),
        days=days,
        now_ms=now_ms,
    )
