"""What a person is to be told without having asked."""

from typing import Literal

from msgspec import Struct

from amanat.gateway.appointments.wishes import Answer

Kind = Literal["answer", "reminder", "lapsed", "offer", "missed", "closed", "not_waiting"]


class Notice(Struct, frozen=True, kw_only=True):
    """Something to say in a chat.

    `answer`: the lot of `request` is drawn, `answer` is what came of it. `reminder`: of a visit; one word cancels it.
    `offer`: a seat for somebody who waited; `lapsed`: a hold or an offer was not taken in time. `missed`: nobody came.
    `closed`: the office is closed on the day, and `answer` has an offer (`offered`) or nothing (`none`) instead.
    `not_waiting`: the day that somebody waited for is over or closed.
    """

    kind: Kind
    chat: str
    answer: Answer
    request: str = ""
