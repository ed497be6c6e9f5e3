"""What a service says, over HTTP: looked at, tried, published, and put back."""

from collections.abc import Mapping
from typing import Annotated, Any, Final

from msgspec import Meta, Struct

from amanat.edge.routes import get, post
from amanat.gateway.desk.visits import EDITORS, SERVICE, Visit, Visits, for_staff

FLOW: Final = f"{SERVICE}/flow"
MAX_BODY: Final = 4 * 1024 * 1024
MAX_SAID: Final = 200
Version = Annotated[str, Meta(max_length=64)]
Changed = Annotated[dict[Annotated[str, Meta(max_length=200)], str | None], Meta(max_length=500)]


class _Preview(Struct, frozen=True):
    base: Version
    changes: Changed = {}
    said: Annotated[list[Annotated[str, Meta(max_length=4096)]], Meta(max_length=MAX_SAID)] = []
    language: Annotated[str, Meta(max_length=8)] | None = None


class _Publish(Struct, frozen=True):
    base: Version
    changes: Changed


class _Back(Struct, frozen=True):
    version: Version


class FlowRoutes:
    """The editors' part."""

    def __init__(self, visits: Visits) -> None:
        self.visits = visits

    @get(FLOW, auth="none")
    @for_staff(EDITORS)
    async def flow(self, visit: Visit) -> Mapping[str, Any]:
        """Return what is spoken, and its files."""
        return await visit.office.editing.now()

    @post(f"{FLOW}/preview", auth="none", limit="preview", body_limit=MAX_BODY)
    @for_staff(EDITORS)
    async def preview(self, visit: Visit) -> Mapping[str, Any]:
        """Talk to a folder that is not published."""
        wanted = await visit.request.struct(_Preview)
        return await visit.office.editing.preview(
            wanted.base, wanted.changes, said=wanted.said, language=wanted.language or ""
        )

    @post(f"{FLOW}/publish", auth="none", limit="preview", body_limit=MAX_BODY)
    @for_staff(EDITORS)
    async def publish(self, visit: Visit) -> dict[str, str]:
        """Speak a changed folder."""
        wanted = await visit.request.struct(_Publish)
        return {"version": await visit.office.editing.publish(visit.member, base=wanted.base, changes=wanted.changes)}

    @post(f"{FLOW}/back", auth="none")
    @for_staff(EDITORS)
    async def back(self, visit: Visit) -> dict[str, str]:
        """Speak an earlier version again."""
        wanted = await visit.request.struct(_Back)
        return {"version": await visit.office.editing.go_back(visit.member, wanted.version)}
