"""Members of a group, and what they may do, as a bot is told. Pure; source: core.telegram.org/bots/api#chatmember."""

from collections.abc import Mapping
from typing import Any, Final

from amanat.gateway.bots.groups.group_model import Member
from amanat.gateway.bots.groups.rights import Rights
from amanat.gateway.telegram_bot_api.objects import Object, Telling

_SAYING: Final = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_react_to_messages",
)
"""All of it is one right here: the server sees nothing of what is said but that it is."""
_NOT_HERE: Final = (
    "can_manage_video_chats",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_send_welcome_messages",
)


def permissions(rights: Rights) -> Object:
    """Return what members may do."""
    told: Object = dict.fromkeys(_SAYING, rights.say)
    told |= {"can_edit_tag": False, "can_manage_topics": False}
    told |= {"can_change_info": rights.change, "can_invite_users": rights.invite, "can_pin_messages": rights.pin}
    return told


def says(permissions: Mapping[str, Any], *, default: bool) -> bool:
    """Return whether permissions let somebody write: what is not named is not given."""
    named = [permissions[key] for key in _SAYING if key in permissions]
    return any(value in (True, 1, "true", "True") for value in named) if named else default


def member(found: Member, telling: Telling) -> Object:
    """Return somebody of a group."""
    rights, until_s = found.rights, found.until_ts // 1000
    told: Object = {"user": telling.sender(found.person), "status": found.status}
    if found.status == "creator":
        return told | {"is_anonymous": False}
    if found.status == "administrator":
        return told | _administrator(rights)
    if found.status == "restricted":
        return told | permissions(rights) | {"is_member": True, "until_date": until_s}
    return told | ({"until_date": until_s} if found.status == "kicked" else {})


def _administrator(rights: Rights) -> Object:
    return dict.fromkeys(_NOT_HERE, False) | {
        "can_be_edited": False,
        "is_anonymous": False,
        "can_manage_chat": True,
        "can_delete_messages": rights.delete,
        "can_restrict_members": rights.put_out,
        "can_promote_members": rights.promote,
        "can_change_info": rights.change,
        "can_invite_users": rights.invite,
        "can_pin_messages": rights.pin,
    }
