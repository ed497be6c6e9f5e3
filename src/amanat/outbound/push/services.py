"""Hands pushes to whomever a pusher names: public addresses only, no redirects, one deadline for each."""

from amanat.core.push_targets import BrowserTarget
from amanat.outbound.http import HttpAnswer, HttpClient, Unreachable
from amanat.outbound.push import gateway, web_push
from amanat.outbound.push.push import End, Outcome, Push, Receiver
from amanat.outbound.push.web_push import WebPush


class PushServices:
    """Pushes to browsers and to gateways."""

    def __init__(self, client: HttpClient, *, web: WebPush) -> None:
        self._client = client
        self._web = web

    async def push(self, receiver: Receiver, push: Push) -> Outcome:
        """Hand a push over; never raises."""
        target = receiver.target
        try:
            if isinstance(target, BrowserTarget):
                return web_push.outcome_of(await self._ask_browser(target, push))
            body = gateway.body(receiver, push, data=target.data)
            answer = await self._client.ask("POST", target.url, headers=gateway.HEADERS, body=body)
            return gateway.outcome_of(answer, pushkey=receiver.pushkey)
        except Unreachable:
            return Outcome(End.LATER)

    async def _ask_browser(self, target: BrowserTarget, push: Push) -> HttpAnswer:
        headers, body = self._web.request(target, push)
        return await self._client.ask("POST", target.endpoint, headers=headers, body=body)

    async def close(self) -> None:
        """Let the connections go."""
        await self._client.close()
