"""Push rules. Spec: client-server-api#push-rules-api."""

from typing import Any

from msgspec import Struct

from amanat.core import push_rules
from amanat.core.push_rules import NewRule, Where
from amanat.core.requester import Requester
from amanat.edge.request import Request
from amanat.edge.routes import delete, get, put
from amanat.handlers.pushrules import PushRules

_RULE = "/_matrix/client/v3/pushrules/global/{kind}/{ruleId}"


class EnabledBody(Struct):
    enabled: bool


class ActionsBody(Struct):
    actions: list[Any]


class PushRuleRoutes:
    """`/pushrules`."""

    def __init__(self, rules: PushRules) -> None:
        self._rules = rules

    @get("/_matrix/client/v3/pushrules/", "/_matrix/client/v3/pushrules", spec="getPushRules")
    async def get_rules(self, _request: Request, requester: Requester) -> dict[str, Any]:
        """Answer with all rules."""
        return await self._rules.content(requester)

    @get("/_matrix/client/v3/pushrules/global/", "/_matrix/client/v3/pushrules/global", spec="getPushRulesGlobal")
    async def get_global_rules(self, _request: Request, requester: Requester) -> Any:
        """Answer with the one ruleset there is."""
        return (await self._rules.content(requester))["global"]

    @get(_RULE, spec="getPushRule")
    async def get_rule(self, request: Request, requester: Requester) -> dict[str, Any]:
        """Answer with one rule."""
        return await self._rules.rule(requester, **_named(request))

    @put(_RULE, spec="setPushRule")
    async def put_rule(self, request: Request, requester: Requester) -> dict[str, Any]:
        """Make a rule, or replace one."""
        new, named = await request.struct(NewRule), _named(request)
        where = Where(before=request.query("before"), after=request.query("after"))
        await self._rules.change(requester, lambda rules: push_rules.put(rules, new, where=where, **named))
        return {}

    @delete(_RULE, spec="deletePushRule")
    async def delete_rule(self, request: Request, requester: Requester) -> dict[str, Any]:
        """Delete a rule of the user's own."""
        named = _named(request)
        await self._rules.change(requester, lambda rules: push_rules.delete(rules, **named))
        return {}

    @get(f"{_RULE}/enabled", spec="isPushRuleEnabled")
    async def get_enabled(self, request: Request, requester: Requester) -> dict[str, Any]:
        """Answer whether a rule is enabled."""
        return {"enabled": (await self._rules.rule(requester, **_named(request)))["enabled"]}

    @put(f"{_RULE}/enabled", spec="setPushRuleEnabled")
    async def set_enabled(self, request: Request, requester: Requester) -> dict[str, Any]:
        """Enable or disable a rule."""
        enabled, named = (await request.struct(EnabledBody)).enabled, _named(request)
        await self._rules.change(requester, lambda rules: push_rules.set_enabled(rules, enabled=enabled, **named))
        return {}

    @get(f"{_RULE}/actions", spec="getPushRuleActions")
    async def get_actions(self, request: Request, requester: Requester) -> dict[str, Any]:
        """Answer what a rule does."""
        return {"actions": (await self._rules.rule(requester, **_named(request)))["actions"]}

    @put(f"{_RULE}/actions", spec="setPushRuleActions")
    async def set_actions(self, request: Request, requester: Requester) -> dict[str, Any]:
        """Change what a rule does."""
        actions, named = (await request.struct(ActionsBody)).actions, _named(request)
        await self._rules.change(requester, lambda rules: push_rules.set_actions(rules, actions, **named))
        return {}


def _named(request: Request) -> dict[str, str]:
    return {"kind": request.params["kind"], "rule_id": request.params["ruleId"]}
