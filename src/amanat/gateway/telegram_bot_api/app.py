"""The Telegram Bot API over HTTP: which bot calls, what it was given, and the form of the answer."""

import re
from typing import Any, Final

from amanat.core.errors import MissingToken
from amanat.core.requester import Requester
from amanat.edge.app import App, EdgeRules
from amanat.edge.request import Request
from amanat.edge.responses import Stream
from amanat.edge.routes import collect, get, post
from amanat.gateway.bots.api import Admitted, Bots, Line
from amanat.gateway.bots.scopes import Scope
from amanat.gateway.spooling import Full, Room, Spools, sent
from amanat.gateway.telegram_bot_api.api import RETRY_S, TelegramBotApi
from amanat.gateway.telegram_bot_api.errors import Forbidden, NotFound, TooManyRequests, Unauthorized, refused
from amanat.gateway.telegram_bot_api.reading import MAX_BODY, fields_of
from amanat.gateway.telegram_bot_api.scopes import scope_of
from amanat.gateway.telegram_bot_api.taking import Updates

BOT: Final = "bot"
_TOKEN: Final = re.compile(r"[0-9]{1,18}:[A-Za-z0-9_-]{35,80}", re.ASCII)
_OK: Final = b'{"ok":true,"result":['


class TelegramRoutes:
    """`/bot<token>/<method>`, and the files at `/file/bot<token>/<path>`."""

    def __init__(self, api: TelegramBotApi, bots: Bots, *, room: Room) -> None:
        self._api = api
        self._bots = bots
        self._room = room

    @get("/{bot}/{method}", auth="none")
    async def ask(self, request: Request) -> Any:
        """Do what a bot calls for in a query."""
        return await self._call(request)

    @post("/{bot}/{method}", auth="none", body_limit=MAX_BODY)
    async def tell(self, request: Request) -> Any:
        """Do what a bot calls for."""
        return await self._call(request)

    @get("/file/{bot}/{folder}/{name}", auth="none")
    async def download(self, request: Request) -> Stream:
        """Return a file's bytes."""
        line = self._line(request, needs="read")
        spools = Spools(self._room)
        try:
            opened = await self._api.download(line, request.params["name"], spool=spools.new())
        except BaseException:
            spools.close()
            raise
        # As bytes for a program, never as a page: anybody can send one.
        headers = [
            (b"content-type", b"application/octet-stream"),
            (b"x-content-type-options", b"nosniff"),
            (b"content-disposition", b"attachment"),
            (b"content-length", b"%d" % opened.size),
        ]
        return Stream(200, headers, await sent(opened, spools))

    async def _call(self, request: Request) -> Any:
        # Whose token it is goes first: nobody else makes the gateway read a long body.
        name = request.params["method"]
        line = self._line(request, needs=scope_of(name))
        try:
            with Spools(self._room, declared=min(request.content_length or 0, MAX_BODY)) as spools:
                answer = await self._api.call(line, name, fields=await fields_of(request, spools=spools))
        except Full:
            # Who is hung up on while they send does not read why.
            async for _ in request.stream(MAX_BODY):
                pass
            raise TooManyRequests(retry_after=RETRY_S) from None
        if isinstance(answer, Updates):
            return _OK + b",".join(answer) + b"]}"
        told = {"ok": True, "result": answer.result}
        return told | ({"description": answer.description} if answer.description else {})

    def _line(self, request: Request, *, needs: Scope | None) -> Line:
        admitted = self._admitted(request)
        if needs is not None and needs not in admitted.token.scopes:
            raise Forbidden(f"this token has no scope {needs}")
        return admitted.line

    def _admitted(self, request: Request) -> Admitted:
        named = request.params["bot"]
        token = named.removeprefix(BOT)
        if token == named or not _TOKEN.fullmatch(token):
            raise NotFound
        admitted = self._bots.of_token(token)
        if admitted is None:
            raise Unauthorized
        return admitted


def telegram_app(
    api: TelegramBotApi, bots: Bots, *, room: Room | None = None, rules: EdgeRules | None = None
) -> App[Requester]:
    """Return the application that answers every path that begins with `/bot` or `/file/bot`.

    `room`: for files that are under way.
    """
    return App(
        collect(TelegramRoutes(api, bots, room=room or Room())), authenticate=_nobody, rules=rules, refuse=refused
    )


async def _nobody(_token: str, _request: Request) -> Requester:
    """The token stands in the path, and nowhere else."""
    raise MissingToken
