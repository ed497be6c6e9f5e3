"""The bot as a business with one phone: what its numbers, its profile and its name are."""

from collections.abc import Callable
from typing import Any, Final

from msgspec import Struct, json, to_builtins

from amanat.edge.routes import get, post
from amanat.gateway.bots.api import Line, Me, NotNow
from amanat.gateway.cloud_api.errors import GraphError
from amanat.gateway.cloud_api.ids import display_number, node_id
from amanat.gateway.cloud_api.media_links import link
from amanat.gateway.cloud_api.media_rules import MB
from amanat.gateway.cloud_api.reading import read
from amanat.gateway.cloud_api.upload_shelf import file_of
from amanat.gateway.cloud_api.visits import DONE, Visit, Visits, for_bots

_PROFILE: Final = "cloud_api.profile"
_PROFILE_EDGE: Final = "/{version}/{node}/whatsapp_business_profile"
ABOUT, ADDRESS, DESCRIPTION, EMAIL, WEBSITE, WEBSITES = 139, 256, 512, 128, 256, 2
_PICTURES: Final = ("image/jpeg", "image/png")
_PICTURE: Final = 5 * MB
_NAMED: Final = ("about", "address", "description", "email", "websites", "vertical")
_LIMITS: Final = {"about": ABOUT, "address": ADDRESS, "description": DESCRIPTION, "email": EMAIL}


class Profile(Struct, frozen=True, kw_only=True):
    """What a business says of itself; `vertical` is what it does, in Meta's words.

    `picture`: the file of its picture, which the bot's account shows.
    """

    about: str = ""
    address: str = ""
    description: str = ""
    email: str = ""
    websites: tuple[str, ...] = ()
    vertical: str = "UNDEFINED"
    picture: int | None = None


class AccountRoutes:
    """The businesses and phones of bots."""

    def __init__(self, visits: Visits, *, base_url: str, now_ms: Callable[[], int]) -> None:
        self.visits = visits
        self._base_url = base_url
        self._now_ms = now_ms

    @get("/{version}/{node}/phone_numbers", auth="none")
    @for_bots("business")
    async def phone_numbers(self, visit: Visit) -> dict[str, Any]:
        """List the one phone of a bot."""
        return {"data": [chosen(visit, phone(visit.line.me))], "paging": {"cursors": {"before": "0", "after": "1"}}}

    @post(
        "/{version}/{node}/register",
        "/{version}/{node}/deregister",
        "/{version}/{node}/request_code",
        "/{version}/{node}/verify_code",
        auth="none",
    )
    @for_bots("phone")
    async def register(self, visit: Visit) -> dict[str, bool]:  # noqa: ARG002 - what is asked changes nothing
        """Answer set-up scripts: a bot's number is registered as long as the bot is there."""
        return DONE

    @get(_PROFILE_EDGE, auth="none")
    @for_bots("phone")
    async def profile(self, visit: Visit) -> dict[str, Any]:
        """Show what the business says of itself."""
        shown = to_builtins(await profile_of(visit.line)) | {"messaging_product": "whatsapp"}
        picture = shown.pop("picture")
        if picture is not None and await visit.line.file(picture) is not None:
            now_s, secret = self._now_ms() // 1000, visit.line.secret
            shown["profile_picture_url"] = link(self._base_url, picture, secret=secret, now_s=now_s)
        return {"data": [chosen(visit, shown)]}

    @post(_PROFILE_EDGE, auth="none")
    @for_bots("phone")
    async def change_profile(self, visit: Visit) -> dict[str, bool]:
        """Change what the business says of itself; what is not named stays."""
        fields = await visit.fields()
        named = {name: fields[name] for name in _NAMED if fields.get(name) is not None}
        _check(read(named, Profile, at=""))
        handle = fields.get("profile_picture_handle")
        picture = {"picture": await _show_picture(visit.line, handle)} if handle else {}

        def change(kept: bytes | None) -> bytes:
            return json.encode(read(to_builtins(_profile(kept)) | named | picture, Profile, at=""))

        await visit.line.change_setting(_PROFILE, change)
        return DONE


def phone(me: Me) -> dict[str, Any]:
    """Return the phone of a bot."""
    return {
        "id": node_id("phone", me.number),
        "display_phone_number": display_number(me),
        "verified_name": me.name,
        "code_verification_status": "VERIFIED",
        "name_status": "APPROVED",
        "quality_rating": "UNKNOWN",
        "platform_type": "CLOUD_API",
        "throughput": {"level": "STANDARD"},
        "status": "CONNECTED",
        "account_mode": "LIVE",
        "is_official_business_account": False,
    }


def business(me: Me) -> dict[str, Any]:
    """Return the business account of a bot."""
    return {
        "id": node_id("business", me.number),
        "name": me.name,
        "currency": "IDR",
        "timezone_id": "0",
        "message_template_namespace": node_id("business", me.number),
        "account_review_status": "APPROVED",
    }


def chosen(visit: Visit, shown: dict[str, Any]) -> dict[str, Any]:
    """Return the fields that were asked for, or all."""
    names = [name for name in (visit.request.query("fields") or "").split(",") if name]
    return {name: value for name, value in shown.items() if not names or name in (*names, "id")}


async def profile_of(line: Line) -> Profile:
    """Return what a business says of itself."""
    return _profile(await line.setting(_PROFILE))


def _profile(kept: bytes | None) -> Profile:
    return Profile() if kept is None else json.decode(kept, type=Profile)


async def _show_picture(line: Line, handle: object) -> int:
    """Let the bot's account have a picture; everybody can see it, the server too."""
    file = await file_of(line, handle) if isinstance(handle, str) else None
    if file is None:
        raise GraphError(100, "Param profile_picture_handle is of no upload, or of one that is gone.")
    if file.mimetype not in _PICTURES or file.size > _PICTURE:
        raise GraphError(100, f"Param profile_picture_handle must be of a JPEG or PNG of at most {_PICTURE} bytes.")
    try:
        content = await line.open_file(file.number)
        if content is None:
            raise GraphError(100, "Param profile_picture_handle is of an upload that is gone.")
        await line.show_picture(content, mimetype=file.mimetype)
    except NotNow:
        raise GraphError(131016, "The homeserver cannot take files at the moment.") from None
    return file.number


def _check(profile: Profile) -> None:
    for name, limit in _LIMITS.items():
        if len(getattr(profile, name)) > limit:
            raise GraphError(100, f"Param {name} must be at most {limit} characters long.")
    if len(profile.websites) > WEBSITES or any(len(each) > WEBSITE for each in profile.websites):
        raise GraphError(100, f"Param websites must have at most {WEBSITES} addresses of {WEBSITE} characters.")
