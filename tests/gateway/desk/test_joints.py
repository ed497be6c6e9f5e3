"""What the desk asks of the composition, the composition has, under the same names."""

import pytest

from amanat.gateway.desk import joints
from amanat.gateway.desk.acts import Bot
from amanat.gateway.service.desk_bot import DeskBot
from amanat.gateway.service.desk_days import DeskDays
from amanat.gateway.service.desk_editing import DeskEditing
from amanat.gateway.service.desk_files import DeskFiles
from amanat.gateway.service.desk_names import DeskNames
from amanat.gateway.service.desk_speech import DeskSpeech
from amanat.gateway.service.desk_tickets import DeskTickets
from tests.gateway.desk.agreeing import agrees

JOINED: list[tuple[type, type]] = [
    (Bot, DeskBot),
    (joints.Days, DeskDays),
    (joints.Editing, DeskEditing),
    (joints.Files, DeskFiles),
    (joints.Names, DeskNames),
    (joints.Speech, DeskSpeech),
    (joints.Tickets, DeskTickets),
]


@pytest.mark.parametrize(("asked", "has"), JOINED, ids=lambda each: each.__name__)
def test_each_method_is_there(asked: type, has: type) -> None:
    agrees(asked, has)
