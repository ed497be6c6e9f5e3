"""What the desk asks of a bot, the composition has, under the same names."""

from amanat.gateway.desk.bot_joints import BotProgram
from amanat.gateway.service.bot_desk import DeskProgram
from tests.gateway.desk.agreeing import agrees


def test_each_method_is_there() -> None:
    agrees(BotProgram, DeskProgram)
