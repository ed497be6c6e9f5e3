"""Which scope of a token each method needs. Pure."""

from typing import Final

from amanat.gateway.bots.scopes import Scope

# By the name in small letters, or what it begins with; the first that fits counts. What stands nowhere is managing:
# a token that may do less is not let do what nobody thought of.
_TABLE: Final[tuple[tuple[str, Scope | None], ...]] = (
    ("getme", None),
    # Who may read updates may fetch them here rather than have them sent there: clients say so before they poll.
    ("deletewebhook", "read"),
    ("deletemycommands", "manage"),
    ("deletechat", "manage"),
    ("get", "read"),
    ("send", "write"),
    ("edit", "write"),
    ("copy", "write"),
    ("forward", "write"),
    ("delete", "write"),
    ("answer", "write"),
    ("stop", "write"),
    ("setmessagereaction", "write"),
    ("pinchatmessage", "write"),
    ("unpin", "write"),
)
# `editChatInviteLink` and its like change no message.
_OF_CHATS: Final = ("editchat", "editforum", "editgeneral", "editstory", "deleteforum", "deletestory")


def scope_of(method: str) -> Scope | None:
    """Return what a token needs for a method; None where any will do."""
    name = method.lower()
    if name.startswith(_OF_CHATS):
        return "manage"
    return next((scope for begins, scope in _TABLE if name.startswith(begins)), "manage")
